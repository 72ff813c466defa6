#pragma once

// Thin ownership over libnats' JetStream objects, and the streams' names. Internal to this folder.

#include <nats/nats.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "services/platform/base/ids.h"
#include "services/platform/events/nats_connection.h"

namespace redress::platform::jetstream {

struct ContextDeleter {
  void operator()(jsCtx* context) const { jsCtx_Destroy(context); }
};
using Context = std::unique_ptr<jsCtx, ContextDeleter>;

struct MessageDeleter {
  void operator()(natsMsg* message) const { natsMsg_Destroy(message); }
};
using Message = std::unique_ptr<natsMsg, MessageDeleter>;

struct SubscriptionDeleter {
  void operator()(natsSubscription* subscription) const { natsSubscription_Destroy(subscription); }
};
using Subscription = std::unique_ptr<natsSubscription, SubscriptionDeleter>;

inline constexpr char kMessageIdHeader[] = "Nats-Msg-Id";

// "REDRESS_ORDER" for service "order".
std::string StreamName(std::string_view service);
// "redress.events.order.>", and of one shop "redress.events.order.7".
std::string AllSubjects(std::string_view service);
std::string SubjectOf(std::string_view service, ShopId shop);

struct StreamLimits {
  std::int64_t max_bytes = 0;
  std::int64_t max_age_us = 0;
  std::int64_t duplicate_window_us = 0;
};

struct StreamFacts {
  std::int64_t created_ns = 0;  // another value means another stream: the old one was wiped
  std::uint64_t last_sequence = 0;
};

// Context for requests; throws std::runtime_error only when memory is short.
Context OpenContext(NatsConnection& nats, jsOptions* options = nullptr);

// nullopt when the stream does not exist. Throws std::runtime_error when the bus does not answer.
std::optional<StreamFacts> FindStream(jsCtx* context, const std::string& name);

// Creates the stream of a service unless it exists. Throws std::runtime_error when it cannot.
void EnsureStream(jsCtx* context, std::string_view service, const StreamLimits& limits);

}  // namespace redress::platform::jetstream
