#include "services/platform/events/stream_reader.h"

#include <stdexcept>
#include <string_view>
#include <utility>

namespace redress::platform {
namespace {

constexpr std::int64_t kNanosPerMicro = 1'000;
constexpr std::int64_t kNanosPerMilli = 1'000'000;
// Messages in hands, unacknowledged: bounds what the server keeps for redelivery.
constexpr std::int64_t kMaxUnacknowledged = 65'536;
constexpr std::int64_t kRequestWaitMs = 2'000;
// For the messages behind a batch's first: fewer and larger batches cost less.
constexpr std::chrono::milliseconds kLinger(5);
// In the header of a message that the server sends instead of one of the stream.
constexpr char kStatusHeader[] = "Status";
constexpr char kDescriptionHeader[] = "Description";

}  // namespace

StreamReader::StreamReader(NatsConnection& nats, std::string service, std::string durable,
                           std::int64_t redeliver_after_us, std::size_t max_batch)
    : nats_(nats),
      service_(std::move(service)),
      durable_(std::move(durable)),
      redeliver_after_us_(redeliver_after_us),
      max_batch_(max_batch) {
  jsOptions options;
  jsOptions_Init(&options);
  options.Wait = kRequestWaitMs;
  context_ = jetstream::OpenContext(nats_, &options);
}

void StreamReader::PutConsumer(const std::string& stream) {
  const std::string subjects = jetstream::AllSubjects(service_);
  jsConsumerConfig config;
  jsConsumerConfig_Init(&config);
  config.Durable = durable_.c_str();
  config.FilterSubject = subjects.c_str();
  config.DeliverPolicy = js_DeliverAll;
  config.AckPolicy = js_AckExplicit;
  config.AckWait = redeliver_after_us_ * kNanosPerMicro;
  config.MaxAckPending = kMaxUnacknowledged;
  config.MaxDeliver = -1;
  const natsStatus status =
      js_AddConsumer(nullptr, context_.get(), stream.c_str(), &config, nullptr, nullptr);
  if (status != NATS_OK) {
    throw std::runtime_error("cannot make consumer " + durable_ + " of stream " + stream + ": " +
                             natsStatus_GetText(status));
  }
}

bool StreamReader::Bind() {
  if (!nats_.Connected()) throw std::runtime_error("not connected to the bus");
  const std::string stream = jetstream::StreamName(service_);
  const auto facts = jetstream::FindStream(context_.get(), stream);
  if (!facts) throw std::runtime_error("stream " + stream + " does not exist yet");
  const bool is_new = facts->created_ns != stream_created_ns_;
  if (!is_new && subscription_) {
    jsConsumerInfo* info = nullptr;
    if (js_GetConsumerInfo(&info, context_.get(), stream.c_str(), durable_.c_str(), nullptr,
                           nullptr) == NATS_OK) {
      jsConsumerInfo_Destroy(info);
      return false;
    }
  }
  subscription_.reset();
  PutConsumer(stream);
  natsInbox* inbox = nullptr;
  if (natsInbox_Create(&inbox) != NATS_OK) throw std::runtime_error("no memory for an inbox");
  inbox_ = inbox;
  natsInbox_Destroy(inbox);
  natsSubscription* subscription = nullptr;
  const natsStatus status =
      natsConnection_SubscribeSync(&subscription, nats_.get(), (inbox_ + ".*").c_str());
  if (status != NATS_OK) {
    throw std::runtime_error("cannot consume stream " + stream + ": " + natsStatus_GetText(status));
  }
  subscription_.reset(subscription);
  stream_name_ = stream;
  asked_for_ = 0;
  stream_created_ns_ = facts->created_ns;
  return is_new;
}

std::vector<jetstream::Message> StreamReader::Fetch(std::int64_t wait_ms) {
  if (!subscription_) throw std::runtime_error("not bound to a stream");
  using std::chrono::ceil;
  using std::chrono::milliseconds;
  using std::chrono::steady_clock;
  std::vector<jetstream::Message> messages;
  // What came after the last batch was full, or after the wait for it was over.
  while (messages.size() < max_batch_ && Take(messages, milliseconds(0))) {
  }
  if (!messages.empty()) return messages;
  if (asked_for_ == 0 || steady_clock::now() >= asked_until_) Ask(wait_ms);
  const SteadyTime given_up_at = steady_clock::now() + milliseconds(wait_ms);
  // A status may come before a message, and ends the wait where it ends the request.
  while (messages.empty() && asked_for_ > 0) {
    const auto left = ceil<milliseconds>(given_up_at - steady_clock::now());
    if (left <= milliseconds(0)) return messages;
    Take(messages, left);
  }
  const SteadyTime full_at = steady_clock::now() + kLinger;
  while (!messages.empty() && messages.size() < max_batch_ && asked_for_ > 0) {
    const auto left = ceil<milliseconds>(full_at - steady_clock::now());
    if (left <= milliseconds(0)) break;
    Take(messages, left);
  }
  return messages;
}

void StreamReader::Ask(std::int64_t wait_ms) {
  reply_to_ = inbox_ + "." + std::to_string(++requests_);
  const std::string subject = "$JS.API.CONSUMER.MSG.NEXT." + stream_name_ + "." + durable_;
  const std::string request = "{\"batch\":" + std::to_string(max_batch_) +
                              ",\"expires\":" + std::to_string(wait_ms * kNanosPerMilli) + "}";
  const natsStatus status = natsConnection_PublishRequestString(nats_.get(), subject.c_str(),
                                                                reply_to_.c_str(), request.c_str());
  if (status != NATS_OK) GiveUp(natsStatus_GetText(status));
  asked_for_ = max_batch_;
  asked_until_ = std::chrono::steady_clock::now() + std::chrono::milliseconds(wait_ms);
}

bool StreamReader::Take(std::vector<jetstream::Message>& messages, std::chrono::milliseconds wait) {
  natsMsg* next = nullptr;
  const natsStatus status = natsSubscription_NextMsg(&next, subscription_.get(), wait.count());
  if (status == NATS_TIMEOUT) return false;
  if (status != NATS_OK) GiveUp(natsStatus_GetText(status));
  jetstream::Message message(next);
  const char* code = nullptr;
  if (natsMsg_GetDataLength(next) == 0 &&
      natsMsgHeader_Get(next, kStatusHeader, &code) == NATS_OK) {
    HearStatus(*next);
    return true;
  }
  if (asked_for_ > 0) --asked_for_;
  messages.push_back(std::move(message));
  return true;
}

// 404 and 408 end a request that nothing (more) was there for; 409 ends one for which there was no
// room, or says that the consumer is gone; 503 comes where nobody keeps the stream; 100 is a sign
// of life. Of a request before the open one, nothing matters.
void StreamReader::HearStatus(natsMsg& status) {
  if (natsMsg_GetSubject(&status) != reply_to_) return;
  const char* header = nullptr;
  natsMsgHeader_Get(&status, kStatusHeader, &header);
  const std::string code = header;
  if (code == "100") return;
  asked_for_ = 0;
  const char* text = nullptr;
  if (natsMsgHeader_Get(&status, kDescriptionHeader, &text) != NATS_OK) text = "";
  const bool is_gone = code == "503" || std::string_view(text).find("Deleted") != std::string::npos;
  if (is_gone) GiveUp(code + " " + text);
}

void StreamReader::GiveUp(const std::string& problem) {
  subscription_.reset();
  throw std::runtime_error("fetching failed: " + problem);
}

void StreamReader::Acknowledge(const jetstream::Message& message) { Reply(message, "+ACK"); }

void StreamReader::Return(const jetstream::Message& message, std::int64_t after_us) {
  Reply(message, "-NAK {\"delay\":" + std::to_string(after_us * kNanosPerMicro) + "}");
}

void StreamReader::Drop(const jetstream::Message& message) { Reply(message, "+TERM"); }

void StreamReader::Reply(const jetstream::Message& message, const std::string& answer) {
  natsConnection_PublishString(nats_.get(), natsMsg_GetReply(message.get()), answer.c_str());
}

std::uint64_t StreamReader::Pending() {
  if (!subscription_ || !nats_.Connected()) return 0;
  jsConsumerInfo* info = nullptr;
  const std::string stream = jetstream::StreamName(service_);
  if (js_GetConsumerInfo(&info, context_.get(), stream.c_str(), durable_.c_str(), nullptr,
                         nullptr) != NATS_OK) {
    return 0;
  }
  const std::uint64_t pending = info->NumPending + static_cast<std::uint64_t>(info->NumAckPending);
  jsConsumerInfo_Destroy(info);
  return pending;
}

}  // namespace redress::platform
