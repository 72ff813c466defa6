#include "services/platform/events/stream_reader.h"

#include <stdexcept>
#include <utility>

namespace redress::platform {
namespace {

constexpr std::int64_t kNanosPerMicro = 1'000;
// Messages in hands, unacknowledged: bounds what the server keeps for redelivery.
constexpr std::int64_t kMaxUnacknowledged = 65'536;
constexpr std::int64_t kRequestWaitMs = 2'000;

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
  const std::string subjects = jetstream::AllSubjects(service_);
  jsSubOptions options;
  jsSubOptions_Init(&options);
  options.Stream = stream.c_str();
  options.Consumer = durable_.c_str();
  natsSubscription* subscription = nullptr;
  const natsStatus status = js_PullSubscribe(&subscription, context_.get(), subjects.c_str(),
                                             durable_.c_str(), nullptr, &options, nullptr);
  if (status != NATS_OK) {
    throw std::runtime_error("cannot consume stream " + stream + ": " + natsStatus_GetText(status));
  }
  subscription_.reset(subscription);
  stream_created_ns_ = facts->created_ns;
  return is_new;
}

std::vector<jetstream::Message> StreamReader::Fetch(std::int64_t wait_ms) {
  if (!subscription_) throw std::runtime_error("not bound to a stream");
  natsMsgList list{};
  const natsStatus status = natsSubscription_Fetch(&list, subscription_.get(),
                                                   static_cast<int>(max_batch_), wait_ms, nullptr);
  std::vector<jetstream::Message> messages;
  if (status == NATS_OK) {
    messages.reserve(static_cast<std::size_t>(list.Count));
    for (int i = 0; i < list.Count; ++i)
      messages.emplace_back(std::exchange(list.Msgs[i], nullptr));
    natsMsgList_Destroy(&list);
    return messages;
  }
  if (status == NATS_TIMEOUT) return messages;
  subscription_.reset();
  throw std::runtime_error(std::string("fetching failed: ") + natsStatus_GetText(status));
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
