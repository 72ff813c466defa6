#include "services/desk/background.h"

#include "services/platform/telemetry/log.h"

namespace redress::desk {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t kMostCounted = 100'000;

auto Failure(std::string_view what) {
  return [what](const std::exception& error) {
    platform::LogWarning(what, {{"cause", error.what()}});
  };
}

}  // namespace

Background::Background(platform::Parts& parts, MessageDispatch& dispatch,
                       MessageRepository& messages)
    : counting_(
          milliseconds(5000),
          [&messages,
           &queued = parts.metrics.Gauge("redress_messages_queued", "Messages not sent yet."),
           &waiting = parts.metrics.Gauge("redress_messages_waiting_for_person",
                                          "Messages that somebody has to send."),
           &failed =
               parts.metrics.Gauge("redress_messages_failed", "Messages that could not be sent.")] {
            const MessageRepository::Counts counts = messages.Count(kMostCounted);
            queued.Set(static_cast<double>(counts.queued));
            waiting.Set(static_cast<double>(counts.waiting_for_person));
            failed.Set(static_cast<double>(counts.failed));
            return false;
          },
          Failure("messages could not be counted")) {
  const milliseconds pause(parts.config.Int("desk.poll_ms"));
  const auto add_senders = [&](std::int64_t threads, SendingLane lane) {
    for (std::int64_t i = 0; i < threads; ++i) {
      senders_.push_back(std::make_unique<platform::Periodic>(
          pause, [&dispatch, lane] { return dispatch.Round(lane); },
          Failure("messages that are due could not be read")));
    }
  };
  add_senders(parts.config.Int("desk.senders"), SendingLane::kSound);
  add_senders(parts.config.Int("desk.slow_senders"), SendingLane::kSlow);
}

void Background::Start() {
  for (const auto& sender : senders_) sender->Start();
  counting_.Start();
}

void Background::Stop() {
  counting_.Stop();
  // Each may be waiting for a shop's sender to answer.
  for (const auto& sender : senders_) sender->AskToStop();
  for (const auto& sender : senders_) sender->Stop();
}

void Background::Wake() {
  for (const auto& sender : senders_) sender->Wake();
}

}  // namespace redress::desk
