// What steps tell other people's systems, and how it is asked for.

#include "services/aftersales/domain/webhook_events.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "services/platform/base/errors.h"
#include "services/platform/json/json.h"
#include "tests/unit/aftersales/desk.h"

namespace redress::aftersales {
namespace {

namespace refund = workflows::refund;
using platform::JsonValue;

// The desk's last step.
StepNews LastStep(const Desk& desk, const Case& before) {
  return {desk.steps.back(), desk.Now(), before};
}

std::vector<std::string> TypesOf(const std::vector<WebhookEvent>& events) {
  std::vector<std::string> types;
  for (const WebhookEvent& event : events) types.push_back(event.type);
  return types;
}

std::string TextIn(const JsonValue& object, std::string_view name) {
  const JsonValue* found = object.Find(name);
  return found == nullptr ? "(none)" : found->text;
}

std::string Problem(const std::vector<std::string>& patterns) {
  try {
    CheckEventPatterns(patterns, "event_types");
    return "";
  } catch (const platform::Refusal& refusal) {
    return refusal.violations().at(0).field + ": " + refusal.violations().at(0).description;
  }
}

TEST(WebhookTypes, AreTheEventsOfEveryKindAndTheEnginesOwn) {
  const auto& types = WebhookEventTypes();
  EXPECT_TRUE(std::is_sorted(types.begin(), types.end()));
  for (const char* type :
       {"refund.approve", "refund.open", "dispute.deadline_warning", "review.assign_case",
        "warehouse_task.queued", "order.receiver_changed"}) {
    EXPECT_TRUE(std::binary_search(types.begin(), types.end(), type)) << type;
  }
  for (const std::string& type : types) EXPECT_LE(type.size(), 64u) << "a column is that wide";
}

TEST(WebhookTypes, AreMatchedByThemselvesTheirKindAndTheStar) {
  using List = std::vector<std::string>;
  EXPECT_TRUE(Matches(List{"refund.approve"}, "refund.approve"));
  EXPECT_TRUE(Matches(List{"review.*", "refund.*"}, "refund.approve"));
  EXPECT_TRUE(Matches(List{"*"}, "warehouse_task.queued"));
  EXPECT_TRUE(Matches(List{"order.*"}, kReceiverChangedEventType));
  EXPECT_FALSE(Matches(List{"refund.approve"}, "refund.approve_again"));
  EXPECT_FALSE(Matches(List{"refund.*"}, "refunded.approve"));
  EXPECT_FALSE(Matches(List{}, "refund.approve"));
}

TEST(WebhookTypes, AreRefusedWhereTheyAreUnknownOrSaidTwice) {
  EXPECT_EQ(Problem({"*", "refund.*", "refund.approve", "warehouse_task.*", "order.*"}), "");
  EXPECT_EQ(
      Problem({"order.reciever_changed"}),
      "event_types[0]: is no type of event; did you mean order.receiver_changed?; say a type, "
      "refund.* or *");
  EXPECT_EQ(Problem({"refund.*", "refund.aprove"}),
            "event_types[1]: is no type of event; did you mean refund.approve?; say a type, "
            "refund.* or *");
  EXPECT_NE(Problem({"parcel.*"}), "");
  EXPECT_NE(Problem({"refund*"}), "");
  EXPECT_NE(Problem({"*", "*"}).find("once"), std::string::npos);
}

TEST(WebhookEvents, OfAStepAreItsOwnAndThoseOfTasksThatItQueued) {
  Desk desk;
  desk.Apply(desk.Open(2000, Desk::kCase, refund::Variant::kReturnAndRefund));
  desk.Apply(desk.Fire(refund::Approve{2000}));
  const Case before = desk.Now();
  desk.Apply(desk.Fire(refund::ShipReturn{"SF", "SF1", refund::Shipping::kExpress}));
  const auto events = EventsOf(LastStep(desk, before), {});
  EXPECT_EQ(TypesOf(events),
            (std::vector<std::string>{"refund.ship_return", "warehouse_task.queued"}));
  EXPECT_EQ(events.at(1).task, desk.Now().inbound_task);
}

TEST(WebhookEvents, TellThatATaskWasCalledOffAndNotThatItWasDone) {
  StepNews news;
  news.before = Case{};
  news.before->inbound_task = TaskId{5};
  news.before->outbound_task = TaskId{6};
  news.step.event = "convert_to_refund";
  EXPECT_EQ(TasksLeftBehind(news), (std::vector{TaskId{5}, TaskId{6}}));
  const auto events = EventsOf(news, {TaskId{6}});
  EXPECT_EQ(TypesOf(events),
            (std::vector<std::string>{"refund.convert_to_refund", "warehouse_task.cancelled"}));
  EXPECT_EQ(events.at(1).task, TaskId{6});
}

TEST(WebhookEvents, KeepTheTaskThatStaysToThemselves) {
  StepNews news;
  news.after.inbound_task = TaskId{5};
  news.before = news.after;
  EXPECT_TRUE(TasksLeftBehind(news).empty());
  EXPECT_EQ(EventsOf(news, {}).size(), 1u);
}

TEST(CloudEvent, HasTheAttributesAndTheStepsFacts) {
  Desk desk;
  desk.Apply(desk.Open(2000));
  const Case before = desk.Now();
  desk.Apply(desk.Fire(refund::Approve{1500}));
  const StepNews news = LastStep(desk, before);
  const std::string text = CloudEventOf(news, EventsOf(news, {}).at(0), nullptr);
  const JsonValue event = platform::ParseJson(text);
  EXPECT_EQ(TextIn(event, "specversion"), "1.0");
  EXPECT_EQ(TextIn(event, "id"), "11-2");
  EXPECT_EQ(TextIn(event, "source"), "/shops/7");
  EXPECT_EQ(TextIn(event, "type"), "refund.approve");
  EXPECT_EQ(TextIn(event, "subject"), "cases/11");
  EXPECT_TRUE(TextIn(event, "time").starts_with("2025-10-09T08:53:20")) << TextIn(event, "time");
  EXPECT_EQ(TextIn(event, "datacontenttype"), "application/json");
  const JsonValue& data = *event.Find("data");
  EXPECT_EQ(TextIn(data, "case_id"), "11");
  EXPECT_EQ(TextIn(data, "sequence"), "2");
  EXPECT_EQ(TextIn(data, "variant"), "refund_only");
  EXPECT_EQ(TextIn(data, "from_state"), "Requested");
  EXPECT_EQ(TextIn(data, "to_state"), desk.Now().state);
  EXPECT_EQ(TextIn(data, "amount_approved_minor"), "1500");
  EXPECT_EQ(TextIn(data, "order_id"), "70");
}

TEST(CloudEvent, OfATaskTellsAWarehouseWhatToDo) {
  Desk desk;
  desk.Apply(desk.Open(2000, Desk::kCase, refund::Variant::kReturnAndRefund));
  desk.Apply(desk.Fire(refund::Approve{2000}));
  const Case before = desk.Now();
  desk.Apply(desk.Fire(refund::ShipReturn{"SF", "SF1", refund::Shipping::kExpress}));
  const StepNews news = LastStep(desk, before);
  const WebhookEvent queued = EventsOf(news, {}).at(1);
  const WarehouseTask& task = desk.Task(queued.task);
  const JsonValue event = platform::ParseJson(CloudEventOf(news, queued, &task));
  EXPECT_EQ(TextIn(event, "id"), "11-3-1");
  EXPECT_EQ(TextIn(event, "subject"), "warehouse_tasks/" + platform::ToString(task.id));
  const JsonValue& data = *event.Find("data");
  EXPECT_EQ(TextIn(data, "kind"), "inbound return");
  EXPECT_EQ(TextIn(data, "sku"), task.sku);
  EXPECT_EQ(TextIn(data, "quantity"), std::to_string(task.quantity));
  EXPECT_EQ(TextIn(data, "tracking_number"), "SF1");
}

TEST(CloudEvent, OfAChangedReceiverNamesTheOrderAndNobody) {
  const OrderMoment moment{.sequence = 4,
                           .receiver_version = 2,
                           .platform = "taobao",
                           .order_number = "T\"1",
                           .status = "WAIT_SELLER_SEND_GOODS",
                           .at = 1'700'000'000'000'000};
  const JsonValue event = platform::ParseJson(CloudEventOf(ShopId{7}, OrderId{70}, moment));
  EXPECT_EQ(TextIn(event, "id"), "order-70-receiver-2");
  EXPECT_EQ(TextIn(event, "type"), "order.receiver_changed");
  EXPECT_EQ(TextIn(event, "subject"), "orders/70");
  EXPECT_EQ(TextIn(event, "source"), "/shops/7");
  EXPECT_EQ(TextIn(event, "time"), "2023-11-14T22:13:20.000000Z");
  const JsonValue& data = *event.Find("data");
  EXPECT_EQ(TextIn(data, "order_id"), "70");
  EXPECT_EQ(TextIn(data, "platform"), "taobao");
  EXPECT_EQ(TextIn(data, "order_number"), "T\"1");
  EXPECT_EQ(TextIn(data, "receiver_version"), "2");
  EXPECT_EQ(TextIn(data, "status"), "WAIT_SELLER_SEND_GOODS");
}

TEST(CloudEvent, OfATestNamesTheWebhook) {
  WebhookDelivery test;
  test.shop = ShopId{7};
  test.id = WebhookDeliveryId{9};
  test.webhook = WebhookId{3};
  const JsonValue event = platform::ParseJson(TestCloudEventOf(test));
  EXPECT_EQ(TextIn(event, "type"), "webhook.test");
  EXPECT_EQ(TextIn(event, "id"), "test-9");
  EXPECT_EQ(TextIn(*event.Find("data"), "webhook_id"), "3");
}

}  // namespace
}  // namespace redress::aftersales
