#include "services/platform/events/consumer.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

#include "services/platform/events/source_consumer.h"
#include "services/platform/telemetry/log.h"

namespace redress::platform {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr auto kPauseAfterFailure = milliseconds(500);
constexpr auto kReportEvery = milliseconds(1'000);

}  // namespace

struct Consumer::State {
  State(Pool& pool, NatsConnection& nats, const Clock& clock, ConsumerMemory& memory,
        ConsumerOptions given_options, EventHandler given_handler)
      : options(std::move(given_options)), handler(std::move(given_handler)) {
    for (const ConsumerSource& source : options.sources) {
      sources.push_back(
          std::make_unique<SourceConsumer>(pool, nats, clock, memory, options, source, handler));
    }
  }

  void Run(SourceConsumer& source);
  void Report(const SourceConsumer& source) const;

  const ConsumerOptions options;
  const EventHandler handler;
  std::vector<std::unique_ptr<SourceConsumer>> sources;

  std::mutex mutex;
  std::condition_variable changed;
  bool stop = false;
  bool paused = false;
  std::vector<std::thread> threads;
};

void Consumer::State::Run(SourceConsumer& source) {
  steady_clock::time_point report_at{};
  for (;;) {
    {
      std::unique_lock lock(mutex);
      changed.wait(lock, [this] { return stop || !paused; });
      if (stop) return;
    }
    bool failed = false;
    try {
      if (source.StoppedBecause().empty()) source.Round();
    } catch (const std::exception& problem) {
      LogWarning("the consumer could not work; it tries again",
                 {{"source", source.service()}, {"problem", problem.what()}});
      failed = true;
    }
    if (options.report && steady_clock::now() >= report_at) {
      Report(source);
      report_at = steady_clock::now() + kReportEvery;
    }
    if (failed || !source.StoppedBecause().empty()) {
      std::unique_lock lock(mutex);
      changed.wait_for(lock, kPauseAfterFailure, [this] { return stop; });
    }
  }
}

void Consumer::State::Report(const SourceConsumer& source) const {
  const auto report = [&](const char* name, double value) {
    options.report(name + (":" + source.service()), value);
  };
  report("consumer_lag_events", static_cast<double>(source.pending()));
  report("consumer_applied_total", static_cast<double>(source.applied()));
  report("consumer_filled_total", static_cast<double>(source.filled()));
  report("consumer_set_aside", static_cast<double>(source.set_aside()));
  report("consumer_stopped", source.StoppedBecause().empty() ? 0 : 1);
}

Consumer::Consumer(Pool& pool, NatsConnection& nats, const Clock& clock, ConsumerMemory& memory,
                   ConsumerOptions options, EventHandler handler)
    : state_(std::make_unique<State>(pool, nats, clock, memory, std::move(options),
                                     std::move(handler))) {}

Consumer::~Consumer() { Stop(); }

void Consumer::Start() {
  if (!state_->threads.empty()) return;
  for (const auto& source : state_->sources) {
    state_->threads.emplace_back([this, raw = source.get()] { state_->Run(*raw); });
  }
}

void Consumer::Stop() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->stop = true;
  }
  state_->changed.notify_all();
  for (std::thread& thread : state_->threads) thread.join();
  state_->threads.clear();
}

void Consumer::Pause() {
  const std::lock_guard lock(state_->mutex);
  state_->paused = true;
}

void Consumer::Resume() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->paused = false;
  }
  state_->changed.notify_all();
}

std::uint64_t Consumer::Applied() const {
  std::uint64_t applied = 0;
  for (const auto& source : state_->sources) applied += source->applied();
  return applied;
}

std::uint64_t Consumer::Filled() const {
  std::uint64_t filled = 0;
  for (const auto& source : state_->sources) filled += source->filled();
  return filled;
}

std::string Consumer::StoppedBecause(std::string_view source) const {
  for (const auto& candidate : state_->sources) {
    if (candidate->service() == source) return candidate->StoppedBecause();
  }
  return "";
}

}  // namespace redress::platform
