#include <gtest/gtest.h>

#include <atomic>
#include <barrier>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "services/platform/base/errors.h"
#include "tests/integration/order/order_house.h"
#include "tests/support/private_maria_db.h"

namespace redress::order {
namespace {

using platform::Code;
using platform::Refusal;

template <class Call>
Refusal RefusalOf(Call call) {
  try {
    call();
  } catch (const Refusal& refusal) {
    return refusal;
  }
  ADD_FAILURE() << "was not refused";
  return Refusal(Code::kInternal, "NONE", "");
}

class Push : public ::testing::Test {
 protected:
  OrderHouse house_{test::InjectedFaults()};
};

TEST_F(Push, StoresTheWholeOrder) {
  OrderInput input = PaidOrder("A1", {MakeLine("1", 3, "6.45"), MakeLine("2", 1, "0.005")}, "tom");
  input.lines[1].refunded_elsewhere_minor = 0;
  input.shipments = {{"SF", "SF1", kNoon + kDay, 0}};
  input.receiver = {"张三丰", "13812345678", "浙江省杭州市西湖区文三路 1 号"};
  input.region = "United Kingdom";
  house_.Push(input, "r1");
  const OrderView view = house_.reading.GetByNumber(kShop, {"direct", "A1"});
  const Order& order = view.order;
  EXPECT_EQ(order.version, 1u);
  EXPECT_EQ(order.customer, CustomerId{1});
  ASSERT_EQ(order.lines.size(), 2u);
  EXPECT_EQ(order.lines[0].paid_minor, 1935);
  EXPECT_EQ(order.lines[0].unit_price, "6.45");
  EXPECT_EQ(order.lines[1].paid_minor, 0);
  EXPECT_EQ(order.shipments, input.shipments);
  EXPECT_EQ(order.region, "United Kingdom");
  EXPECT_EQ(view.masked_receiver.name, "张**");
  EXPECT_EQ(view.masked_receiver.phone, "138****5678");
  EXPECT_EQ(house_.Count("SELECT COUNT(1) FROM order_contacts WHERE sealed LIKE '%1381%'"), 0);
  house_.ExpectHistoryIsWhole();
  EXPECT_TRUE(house_.EventsOf(order.id.value).at(0).has_order_paid());
  EXPECT_EQ(house_.EventsOf(order.id.value).at(0).occurred_at_us(), input.paid_at);
}

TEST_F(Push, RepeatedChangesNothing) {
  const OrderInput input = PaidOrder("A1", {MakeLine("1", 3, "6.45")}, "tom");
  const Order first = house_.Push(input, "r1");
  EXPECT_EQ(house_.Push(input, "r1").version, 1u);
  EXPECT_EQ(house_.Push(input, "r2").version, 1u);
  EXPECT_EQ(house_.Stored("A1").id, first.id);
  house_.ExpectHistoryIsWhole();
}

TEST_F(Push, AnswersARepeatAsTheFirstTime) {
  OrderInput input = PaidOrder("A1", {MakeLine("1", 3, "6.45")});
  const auto push = [&](const std::string& request) {
    return house_.intake.Push(
        kShop,
        {request, platform::Sha256(request + std::to_string(input.lines[0].quantity)), input},
        Soon(), [](const Order& order) { return std::to_string(order.version); });
  };
  EXPECT_EQ(push("r1"), "1");
  input.lines[0].quantity = 4;
  EXPECT_EQ(push("r2"), "2");
  input.lines[0].quantity = 3;
  EXPECT_EQ(push("r1"), "1");
  EXPECT_EQ(house_.Stored("A1").lines[0].quantity, 4);
  input.lines[0].quantity = 9;
  const Refusal reused = RefusalOf([&] { push("r1"); });
  EXPECT_EQ(reused.code(), Code::kInvalidArgument);
}

TEST_F(Push, OlderThanTheStoredOneChangesNothing) {
  OrderInput input = PaidOrder("A1", {MakeLine("1", 3, "6.45")});
  house_.Push(input, "r1");
  input.lines[0].quantity = 1;
  input.source_at = *input.source_at - 1;
  EXPECT_EQ(house_.Push(input, "r2").version, 1u);
  EXPECT_EQ(house_.Stored("A1").lines[0].quantity, 3);
}

TEST_F(Push, ChangesLinesAndParcelsByTheirNumbers) {
  OrderInput input = PaidOrder("A1", {MakeLine("1", 3, "6.45"), MakeLine("2", 1, "9.00")});
  input.shipments = {{"SF", "SF1", kNoon, 0}, {"SF", "SF2", kNoon, 0}};
  const Order first = house_.Push(input, "r1");
  input.lines = {MakeLine("3", 1, "1.00"), MakeLine("1", 4, "6.45")};
  input.shipments = {{"SF", "SF2", kNoon, kNoon + 1}};
  input.source_at = *input.source_at + 1;
  const Order second = house_.Push(input, "r2");
  EXPECT_EQ(second.version, 2u);
  ASSERT_EQ(second.lines.size(), 3u);
  EXPECT_EQ(second.lines[0].id, first.lines[0].id);
  EXPECT_EQ(second.lines[0].paid_minor, 2580);
  EXPECT_TRUE(second.lines[1].removed);
  EXPECT_EQ(second.lines[1].RefundCeiling(), 0);
  EXPECT_EQ(second.shipments, input.shipments);
  house_.ExpectHistoryIsWhole();
  EXPECT_TRUE(house_.EventsOf(second.id.value).at(1).has_order_changed());
}

TEST_F(Push, TellsOnceThatAnOrderWasPaid) {
  OrderInput input = PaidOrder("A1", {MakeLine("1", 3, "6.45")});
  input.status = OrderStatus::kWaitBuyerPay;
  input.paid_at = 0;
  const OrderId id = house_.Push(input, "r1").id;
  input.status = OrderStatus::kWaitSellerSendGoods;
  input.paid_at = kNoon + kDay;
  house_.Push(input, "r2");
  input.status = OrderStatus::kTradeFinished;
  house_.Push(input, "r3");
  const auto events = house_.EventsOf(id.value);
  ASSERT_EQ(events.size(), 3u);
  EXPECT_TRUE(events[0].has_order_changed());
  EXPECT_TRUE(events[1].has_order_paid());
  EXPECT_EQ(events[1].occurred_at_us(), kNoon + kDay);
  EXPECT_TRUE(events[2].has_order_changed());
  house_.ExpectHistoryIsWhole();
}

TEST_F(Push, RefusesBadFieldsByName) {
  OrderInput input = PaidOrder("A1", {MakeLine("1", 3, "")});
  const Refusal refusal = RefusalOf([&] { house_.Push(input, "r1"); });
  EXPECT_EQ(refusal.code(), Code::kInvalidArgument);
  ASSERT_EQ(refusal.violations().size(), 1u);
  EXPECT_EQ(refusal.violations()[0].field, "order.lines[0].unit_price");
  input.lines[0].unit_price = "1";
  house_.Push(input, "r1");
  input.currency = "CNY";
  EXPECT_EQ(RefusalOf([&] { house_.Push(input, "r2"); }).violations().at(0).field,
            "order.currency_code");
  EXPECT_EQ(house_.Stored("A1").version, 1u);
}

TEST_F(Push, KeepsShopsApart) {
  const Order ours = house_.Push(PaidOrder("A1", {MakeLine("1", 3, "6.45")}), "r1");
  EXPECT_EQ(RefusalOf([&] { house_.reading.Get(kOtherShop, ours.id); }).code(), Code::kNotFound);
  EXPECT_EQ(RefusalOf([&] {
              house_.reading.GetByNumber(kOtherShop, {"direct", "A1"});
            }).code(),
            Code::kNotFound);
  EXPECT_EQ(RefusalOf([&] { house_.reading.FactsOf(kOtherShop, ours.id, {}); }).code(),
            Code::kNotFound);
  const Order theirs = house_.Push(PaidOrder("A1", {MakeLine("1", 1, "1.00")}), "r1", kOtherShop);
  EXPECT_NE(theirs.id, ours.id);
  EXPECT_EQ(house_.Stored("A1").lines[0].quantity, 3);
}

TEST_F(Push, SealsTheReceiverForTheCustomerOnceKnown) {
  OrderInput input = PaidOrder("A1", {MakeLine("1", 1, "1")});
  input.receiver = {"John Smith", "+44 20 7946 0000", "12 Baker Street, London"};
  const OrderId id = house_.Push(input, "r1").id;
  input.buyer_nick = "john";
  house_.Push(input, "r2");
  EXPECT_EQ(house_.Count("SELECT subject_kind FROM order_contacts"),
            static_cast<int>(platform::SubjectKind::kCustomer));
  EXPECT_EQ(house_.reading.MaskedReceiver(kShop, id).name, "J*** S***");
}

TEST_F(Push, SealsDetailsAndShowsPersonalOnesMasked) {
  OrderInput input = PaidOrder("A1", {MakeLine("1", 1, "1")});
  input.details = {"please gift-wrap",
                   "called on Monday",
                   "13812345678",
                   {{"发票抬头", "张三丰", "", true}, {"商品属性", "red", "1", false}}};
  input.derived.Add(DerivedPart::kStatus);
  house_.Push(input, "r1");
  const OrderView view = house_.reading.GetByNumber(kShop, {"direct", "A1"});
  EXPECT_EQ(view.masked_details.buyer_message, "please gift-wrap");
  EXPECT_EQ(view.masked_details.memo, "called on Monday");
  EXPECT_EQ(view.masked_details.buyer_account, "138****5678");
  ASSERT_EQ(view.masked_details.raw_fields.size(), 2u);
  EXPECT_EQ(view.masked_details.raw_fields[0].text, "张**");
  EXPECT_EQ(view.masked_details.raw_fields[1], input.details.raw_fields[1]);
  EXPECT_TRUE(view.order.derived.Has(DerivedPart::kStatus));
  EXPECT_EQ(house_.Count("SELECT COUNT(1) FROM order_details WHERE sealed LIKE '%1381%' OR sealed "
                         "LIKE '%gift%' OR sealed LIKE '%red%'"),
            0);
  EXPECT_EQ(house_.Push(input, "r2").version, 1u) << "the same details are no change";
}

TEST_F(Push, SealsDetailsForTheCustomerOnceKnown) {
  OrderInput input = PaidOrder("A1", {MakeLine("1", 1, "1")});
  input.details.memo = "call first";
  house_.Push(input, "r1");
  input.buyer_nick = "john";
  house_.Push(input, "r2");
  EXPECT_EQ(house_.Count("SELECT subject_kind FROM order_details"),
            static_cast<int>(platform::SubjectKind::kCustomer));
  EXPECT_EQ(house_.reading.GetByNumber(kShop, {"direct", "A1"}).masked_details.memo, "call first");
}

TEST_F(Push, AnswersLineFacts) {
  OrderInput input = PaidOrder("A1", {MakeLine("1", 3, "6.45"), MakeLine("2", 1, "9.00")}, "tom");
  input.lines[0].refunded_elsewhere_minor = 1000;
  const Order order = house_.Push(input, "r1");
  const LineFacts facts = house_.reading.FactsOf(kShop, order.id, order.lines[0].id);
  EXPECT_EQ(facts.line.RefundCeiling(), 935);
  EXPECT_TRUE(facts.order.Received());
  EXPECT_EQ(RefusalOf([&] { house_.reading.FactsOf(kShop, order.id, {}); }).reason(),
            "LINE_NOT_NAMED");
  EXPECT_EQ(RefusalOf([&] { house_.reading.FactsOf(kShop, order.id, LineId{5}); }).code(),
            Code::kNotFound);
  const Order single = house_.Push(PaidOrder("A2", {MakeLine("1", 3, "6.45")}), "r2");
  EXPECT_EQ(house_.reading.FactsOf(kShop, single.id, {}).line.id, single.lines[0].id);
}

// Threads push states of one order at once: the newest state stays, versions have no gaps.
void Race(OrderHouse& house) {
  constexpr int kThreads = 8;
  constexpr int kPushes = 6;
  std::barrier start(kThreads);
  std::vector<std::thread> threads;
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&, thread] {
      start.arrive_and_wait();
      for (int i = 0; i < kPushes; ++i) {
        const int state = i * kThreads + thread;
        OrderInput input = PaidOrder("RACE", {MakeLine("1", state + 1, "1.00")}, "tom");
        input.source_at = kNoon + state * kSecond;
        house.Push(input, "race-" + std::to_string(state));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(house.Stored("RACE").lines.at(0).quantity, kThreads * kPushes);
  house.ExpectHistoryIsWhole();
}

TEST_F(Push, RacesEndWithTheNewestState) { Race(house_); }

TEST(PushUnderFaults, EndsTheSame) {
  platform::FaultPlan faults(150, 60, 40);
  OrderHouse house(&faults);
  Race(house);
  for (int i = 0; i < 100; ++i) {
    house.Push(PaidOrder("F" + std::to_string(i), {MakeLine("1", 1, "2.00")}, "tom"),
               "f" + std::to_string(i));
  }
  EXPECT_EQ(house.Count("SELECT COUNT(1) FROM orders"), 101);
  house.ExpectHistoryIsWhole();
  EXPECT_GT(faults.struck(), 5u);
}

}  // namespace
}  // namespace redress::order
