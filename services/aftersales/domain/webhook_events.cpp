#include "services/aftersales/domain/webhook_events.h"

#include <algorithm>
#include <array>

#include "services/aftersales/domain/case_kind.h"
#include "services/aftersales/domain/deadline_rules.h"
#include "services/aftersales/domain/event_json.h"
#include "services/platform/base/errors.h"
#include "services/platform/base/rfc3339.h"
#include "services/platform/base/text.h"

namespace redress::aftersales {
namespace {

constexpr std::string_view kAny = "*";
constexpr std::string_view kTaskQueued = "warehouse_task.queued";
constexpr std::string_view kTaskCancelled = "warehouse_task.cancelled";
// Steps that the engine takes of cases of every kind.
constexpr std::array kEngineEvents{kOpenEvent,          kAssignEvent,
                                   kWarningEvent,       kPlatformDeadlineEvent,
                                   kGoodsReportedEvent, kCallPersonEvent};

// Parts of a step's events: 0 is its own, then one for each place of a task.
constexpr std::uint8_t kFirstQueuedPart = 1;
constexpr std::uint8_t kFirstCancelledPart = 5;
using TaskSlots = std::array<TaskId, 4>;
static_assert(kFirstQueuedPart + std::tuple_size_v<TaskSlots> == kFirstCancelledPart);

TaskSlots SlotsOf(const Case& of) {
  return {of.inbound_task, of.send_back_task, of.outbound_task, of.intercept_task};
}

TaskSlots SlotsBefore(const StepNews& news) {
  return news.before ? SlotsOf(*news.before) : TaskSlots{};
}

std::vector<std::string> AllTypes() {
  std::set<std::string> types{std::string(kTaskQueued), std::string(kTaskCancelled),
                              std::string(kReceiverChangedEventType)};
  for (const workflows::Workflow* workflow : Workflows()) {
    const std::string kind = std::string(workflow->kind) + ".";
    for (const workflows::EventInfo& event : workflow->events) {
      types.insert(kind + std::string(event.name));
    }
    for (const std::string_view event : kEngineEvents) types.insert(kind + std::string(event));
  }
  return {types.begin(), types.end()};
}

// "refund." of "refund.*"; empty for what is no such pattern.
std::string_view KindOfPattern(std::string_view pattern) {
  return pattern.ends_with(".*") ? pattern.substr(0, pattern.size() - 1) : std::string_view();
}

bool IsKnown(std::string_view pattern) {
  const std::vector<std::string>& types = WebhookEventTypes();
  const std::string_view kind = KindOfPattern(pattern);
  return pattern == kAny || std::ranges::any_of(types, [&](const std::string& type) {
           return kind.empty() ? type == pattern : type.starts_with(kind);
         });
}

std::string Object(const std::string& members) { return "{" + members + "}"; }

void AddObject(std::string& members, std::string_view name, const std::string& object) {
  members += (members.empty() ? "\"" : ",\"") + std::string(name) + "\":" + object;
}

template <class Id>
void AddId(std::string& members, std::string_view name, Id id) {
  if (id) AddMember(members, name, std::string_view(platform::ToString(id)));
}

void AddTextUnlessEmpty(std::string& members, std::string_view name, std::string_view text) {
  if (!text.empty()) AddMember(members, name, text);
}

std::string Envelope(ShopId shop, std::string_view id, std::string_view type, std::string_view of,
                     std::int64_t at_us, const std::string& data) {
  std::string members;
  AddMember(members, "specversion", std::string_view("1.0"));
  AddMember(members, "id", id);
  AddMember(members, "source", std::string_view("/shops/" + platform::ToString(shop)));
  AddMember(members, "type", type);
  AddMember(members, "subject", of);
  AddMember(members, "time", std::string_view(platform::Rfc3339(at_us)));
  AddMember(members, "datacontenttype", std::string_view("application/json"));
  AddObject(members, "data", Object(data));
  return Object(members);
}

void AddAmounts(std::string& data, const StepNews& news) {
  if (!news.after.IsRefund()) return;
  const workflows::refund::RefundProgress& refund = news.after.Refund();
  AddMember(data, "quantity", std::int64_t{refund.quantity});
  AddMember(data, "currency_code", std::string_view(news.after.currency));
  AddMember(data, "amount_asked_minor", refund.amount_asked);
  AddMember(data, "amount_approved_minor", refund.approved_amount);
  if (news.step.settled_minor != 0) AddMember(data, "settled_minor", news.step.settled_minor);
}

std::string CaseData(const StepNews& news) {
  const Step& step = news.step;
  std::string data;
  AddId(data, "case_id", step.case_id);
  AddMember(data, "case_number", static_cast<std::int64_t>(news.after.number));
  AddMember(data, "sequence", std::int64_t{step.sequence});
  AddMember(data, "kind", KindOf(news.after));
  AddTextUnlessEmpty(data, "variant", ScopeOf(news.after).variant);
  AddMember(data, "event", std::string_view(step.event));
  AddMember(data, "from_state", std::string_view(step.from_state));
  AddMember(data, "to_state", std::string_view(step.to_state));
  AddMember(data, "final", news.after.final);
  AddMember(data, "actor", NameOf(step.actor_kind));
  AddTextUnlessEmpty(data, "outcome", step.outcome);
  AddId(data, "order_id", news.after.order);
  AddId(data, "line_id", news.after.line);
  AddId(data, "customer_id", news.after.customer);
  AddId(data, "assignee_id", step.assignee);
  AddAmounts(data, news);
  return data;
}

std::string_view GoodsWorkOf(TaskKind kind) {
  switch (kind) {
    case TaskKind::kInboundReturn:
      return "inbound return";
    case TaskKind::kSendBack:
      return "send back";
    case TaskKind::kOutboundReplacement:
      return "outbound replacement";
    case TaskKind::kIntercept:
      return "intercept";
  }
  return "";
}

std::string TaskData(const StepNews& news, const WarehouseTask& task) {
  std::string data;
  AddId(data, "task_id", task.id);
  AddMember(data, "kind", GoodsWorkOf(task.kind));
  AddId(data, "case_id", news.step.case_id);
  AddMember(data, "case_number", static_cast<std::int64_t>(news.after.number));
  AddMember(data, "sequence", std::int64_t{news.step.sequence});
  AddMember(data, "case_state", std::string_view(news.step.to_state));
  AddId(data, "order_id", task.order);
  AddId(data, "line_id", task.line);
  AddMember(data, "sku", std::string_view(task.sku));
  AddMember(data, "title", std::string_view(task.title));
  AddMember(data, "quantity", std::int64_t{task.quantity});
  AddTextUnlessEmpty(data, "carrier", task.carrier);
  AddTextUnlessEmpty(data, "tracking_number", task.tracking);
  return data;
}

}  // namespace

const std::vector<std::string>& WebhookEventTypes() {
  static const std::vector<std::string> types = AllTypes();
  return types;
}

void CheckEventPatterns(std::span<const std::string> patterns, std::string_view field) {
  for (std::size_t i = 0; i < patterns.size(); ++i) {
    const std::string at = std::string(field) + "[" + std::to_string(i) + "]";
    const auto earlier = patterns.first(i);
    if (std::ranges::find(earlier, patterns[i]) != earlier.end()) {
      throw platform::InvalidField(at, "is in the list already; name every type once");
    }
    if (IsKnown(patterns[i])) continue;
    const auto nearest = platform::NearestName(patterns[i], WebhookEventTypes());
    throw platform::InvalidField(
        at, "is no type of event" + (nearest ? "; did you mean " + *nearest + "?" : std::string()) +
                "; say a type, refund.* or *");
  }
}

bool Matches(std::span<const std::string> patterns, std::string_view type) {
  return std::ranges::any_of(patterns, [&](const std::string& pattern) {
    const std::string_view kind = KindOfPattern(pattern);
    return pattern == kAny || pattern == type || (!kind.empty() && type.starts_with(kind));
  });
}

std::vector<TaskId> TasksLeftBehind(const StepNews& news) {
  const TaskSlots before = SlotsBefore(news);
  const TaskSlots after = SlotsOf(news.after);
  std::vector<TaskId> left;
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (before[i] && before[i] != after[i]) left.push_back(before[i]);
  }
  return left;
}

std::vector<WebhookEvent> EventsOf(const StepNews& news, const std::set<TaskId>& cancelled) {
  // What was done before Redress is news to nobody.
  if (news.after.IsImported()) return {};
  std::vector<WebhookEvent> events{
      {.type = std::string(KindOf(news.after)) + "." + news.step.event}};
  const TaskSlots before = SlotsBefore(news);
  const TaskSlots after = SlotsOf(news.after);
  for (std::size_t i = 0; i < after.size(); ++i) {
    if (!after[i] || after[i] == before[i]) continue;
    events.push_back(
        {static_cast<std::uint8_t>(kFirstQueuedPart + i), std::string(kTaskQueued), after[i]});
  }
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (before[i] == after[i] || !cancelled.contains(before[i])) continue;
    events.push_back({static_cast<std::uint8_t>(kFirstCancelledPart + i),
                      std::string(kTaskCancelled), before[i]});
  }
  return events;
}

std::string WebhookEventId(const WebhookEventKey& key) {
  if (key.order) {
    return "order-" + platform::ToString(key.order) + "-receiver-" + std::to_string(key.sequence);
  }
  const std::string step = platform::ToString(key.case_id) + "-" + std::to_string(key.sequence);
  return key.part == 0 ? step : step + "-" + std::to_string(key.part);
}

std::string TestEventId(WebhookDeliveryId id) { return "test-" + platform::ToString(id); }

std::string CloudEventOf(const StepNews& news, const WebhookEvent& event,
                         const WarehouseTask* task) {
  const std::string id = WebhookEventId({news.step.case_id, news.step.sequence, event.part});
  const std::string subject = task == nullptr ? "cases/" + platform::ToString(news.step.case_id)
                                              : "warehouse_tasks/" + platform::ToString(task->id);
  return Envelope(news.step.shop, id, event.type, subject, news.step.applied_at,
                  task == nullptr ? CaseData(news) : TaskData(news, *task));
}

std::string CloudEventOf(ShopId shop, OrderId order, const OrderMoment& moment) {
  std::string data;
  AddId(data, "order_id", order);
  AddMember(data, "platform", std::string_view(moment.platform));
  AddMember(data, "order_number", std::string_view(moment.order_number));
  AddMember(data, "receiver_version", std::int64_t{moment.receiver_version});
  AddMember(data, "status", std::string_view(moment.status));
  return Envelope(shop, WebhookEventId({.sequence = moment.receiver_version, .order = order}),
                  kReceiverChangedEventType, "orders/" + platform::ToString(order), moment.at,
                  data);
}

std::string TestCloudEventOf(const WebhookDelivery& test) {
  std::string data;
  AddId(data, "webhook_id", test.webhook);
  return Envelope(test.shop, TestEventId(test.id), kTestEventType,
                  "webhooks/" + platform::ToString(test.webhook), test.queued_at, data);
}

}  // namespace redress::aftersales
