#include "services/platform/events/publisher.h"

#include <stdexcept>
#include <utility>

#include "services/platform/base/rfc3339.h"
#include "services/platform/events/event_type.h"
#include "services/platform/telemetry/log.h"

namespace redress::platform {
namespace {

using redress::events::v1::Event;

constexpr std::int64_t kMaxPending = 65'536;
constexpr auto kLookAtStreamEvery = std::chrono::seconds(2);

EventRef RefOf(const Event& event) {
  return {ShopId{event.shop_id()}, event.aggregate_id(), event.sequence()};
}

// The same id for every publication of the event: the stream drops repeats within its window.
std::string MessageId(const std::string& service, const EventRef& ref) {
  return service + "-" + std::to_string(ref.shop.value) + "-" + std::to_string(ref.aggregate_id) +
         "-" + std::to_string(ref.sequence);
}

natsStatus SetHeaders(natsMsg* message, const std::string& service, const Event& event,
                      const std::string& id) {
  const std::string type(EventType(event));
  const std::string source = "/redress/" + service;
  const std::string time = Rfc3339(event.occurred_at_us());
  const std::string subject = std::to_string(event.aggregate_id());
  const std::pair<const char*, const char*> headers[] = {{jetstream::kMessageIdHeader, id.c_str()},
                                                         {"ce-specversion", "1.0"},
                                                         {"ce-id", id.c_str()},
                                                         {"ce-source", source.c_str()},
                                                         {"ce-type", type.c_str()},
                                                         {"ce-time", time.c_str()},
                                                         {"ce-subject", subject.c_str()},
                                                         {"content-type", "application/protobuf"}};
  for (const auto& [name, value] : headers) {
    const natsStatus status = natsMsgHeader_Set(message, name, value);
    if (status != NATS_OK) return status;
  }
  return NATS_OK;
}

void LogTooLarge(const Event& event) {
  LogError("an event is larger than the bus takes: only the history has it",
           {{"shop", event.shop_id()},
            {"aggregate", event.aggregate_id()},
            {"sequence", event.sequence()},
            {"bytes", event.ByteSizeLong()}});
}

}  // namespace

Publisher::Publisher(NatsConnection& nats, std::string service, jetstream::StreamLimits limits,
                     std::int64_t ack_wait_us)
    : nats_(nats),
      service_(std::move(service)),
      limits_(limits),
      ack_wait_ms_(ack_wait_us / 1'000) {
  jsOptions options;
  jsOptions_Init(&options);
  options.Wait = ack_wait_ms_;
  options.PublishAsync.MaxPending = kMaxPending;
  options.PublishAsync.ErrHandler = &Publisher::OnAckError;
  options.PublishAsync.ErrHandlerClosure = this;
  context_ = jetstream::OpenContext(nats_, &options);
}

void Publisher::OnAckError(jsCtx*, jsPubAckErr* error, void* closure) {
  auto& self = *static_cast<Publisher*>(closure);
  const char* id = nullptr;
  if (natsMsgHeader_Get(error->Msg, jetstream::kMessageIdHeader, &id) != NATS_OK) return;
  const std::lock_guard lock(self.mutex_);
  self.failed_.insert(id);
}

bool Publisher::Ready() {
  if (!nats_.Connected()) return false;
  if (stream_seen_) return true;
  try {
    jetstream::EnsureStream(context_.get(), service_, limits_);
    stream_seen_ = true;
  } catch (const std::runtime_error& problem) {
    LogWarning("the relay has no stream yet", {{"problem", problem.what()}});
  }
  return stream_seen_;
}

void Publisher::KeepStream() {
  const auto now = std::chrono::steady_clock::now();
  if (now < look_at_stream_at_) return;
  look_at_stream_at_ = now + kLookAtStreamEvery;
  stream_seen_ = false;
  Ready();
}

natsStatus Publisher::Send(const Event& event) {
  const EventRef ref = RefOf(event);
  const std::string bytes = event.SerializeAsString();
  natsMsg* message = nullptr;
  natsStatus status = natsMsg_Create(&message, jetstream::SubjectOf(service_, ref.shop).c_str(),
                                     nullptr, bytes.data(), static_cast<int>(bytes.size()));
  if (status != NATS_OK) return status;
  status = SetHeaders(message, service_, event, MessageId(service_, ref));
  if (status == NATS_OK) status = js_PublishMsgAsync(context_.get(), &message, nullptr);
  natsMsg_Destroy(message);  // null when the library took it
  return status;
}

void Publisher::WaitForAcknowledgements() {
  jsPubOptions options;
  jsPubOptions_Init(&options);
  options.MaxWait = ack_wait_ms_;
  if (js_PublishAsyncComplete(context_.get(), &options) == NATS_OK) return;
  natsMsgList pending{};
  if (js_PublishAsyncGetPendingList(&pending, context_.get()) != NATS_OK) return;
  const std::lock_guard lock(mutex_);
  for (int i = 0; i < pending.Count; ++i) {
    const char* id = nullptr;
    if (natsMsgHeader_Get(pending.Msgs[i], jetstream::kMessageIdHeader, &id) == NATS_OK) {
      failed_.insert(id);
    }
  }
  natsMsgList_Destroy(&pending);
}

Publisher::Outcome Publisher::Publish(std::span<const Event> events) {
  Outcome outcome;
  auto& [unacknowledged, too_large] = outcome;
  if (!Ready()) {
    for (const Event& event : events) unacknowledged.insert(RefOf(event));
    return outcome;
  }
  {
    const std::lock_guard lock(mutex_);
    failed_.clear();
  }
  bool bus_takes_more = true;
  for (const Event& event : events) {
    const natsStatus status = bus_takes_more ? Send(event) : NATS_OK;
    if (status == NATS_MAX_PAYLOAD) {
      LogTooLarge(event);
      too_large.insert(RefOf(event));
      continue;
    }
    // Whatever else it is, a connection that is down or stalls, the next event would meet it too.
    bus_takes_more = bus_takes_more && status == NATS_OK;
    if (!bus_takes_more) unacknowledged.insert(RefOf(event));
  }
  WaitForAcknowledgements();
  const std::lock_guard lock(mutex_);
  for (const Event& event : events) {
    const EventRef ref = RefOf(event);
    if (failed_.count(MessageId(service_, ref)) != 0) unacknowledged.insert(ref);
  }
  // Nobody answers for a stream that was wiped: look, and create it, before the next batch.
  if (!unacknowledged.empty()) stream_seen_ = false;
  return outcome;
}

}  // namespace redress::platform
