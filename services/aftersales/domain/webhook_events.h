#pragma once

// What a step tells other people's systems: its own event, e.g. `refund.approve`, and those of
// goods work that it queued or called off. All of it follows from the step, so that an event is the
// same whenever it is sent. And what orders tell them: that there is another receiver, to be read
// anew. Events hold ids, numbers, names of states and goods; no contact data and no free text.

#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "services/aftersales/domain/receiver_news.h"
#include "services/aftersales/domain/step.h"
#include "services/aftersales/domain/webhook.h"

namespace redress::aftersales {

inline constexpr std::string_view kTestEventType = "webhook.test";
inline constexpr std::string_view kReceiverChangedEventType = "order.receiver_changed";

// Every type that there is, sorted.
const std::vector<std::string>& WebhookEventTypes();
// Throws InvalidField for what is neither a type nor `kind.*` nor `*`, and for one said twice.
void CheckEventPatterns(std::span<const std::string> patterns, std::string_view field);
bool Matches(std::span<const std::string> patterns, std::string_view type);

// A step, with its case before (unless it opened it) and after.
struct StepNews {
  Step step;
  Case after;
  std::optional<Case> before = std::nullopt;
};

// Tasks that the case had before the step and has no more: done, failed or cancelled.
std::vector<TaskId> TasksLeftBehind(const StepNews& news);

struct WebhookEvent {
  std::uint8_t part = 0;  // tells the events of one step apart; never changes
  std::string type = {};
  TaskId task = {};  // of goods work
};
// `cancelled` are those of the tasks left behind that were called off.
std::vector<WebhookEvent> EventsOf(const StepNews& news, const std::set<TaskId>& cancelled);

// The `id` of the CloudEvent.
std::string WebhookEventId(const WebhookEventKey& key);
std::string TestEventId(WebhookDeliveryId id);
// The CloudEvent, structured mode. `task` is the event's task where it has one.
std::string CloudEventOf(const StepNews& news, const WebhookEvent& event,
                         const WarehouseTask* task);
// That the moment brought the order another receiver.
std::string CloudEventOf(ShopId shop, OrderId order, const OrderMoment& moment);
std::string TestCloudEventOf(const WebhookDelivery& test);

}  // namespace redress::aftersales
