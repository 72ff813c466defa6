// What people change of orders, stored: memo, receiver, price, with records and events.

#include <gtest/gtest.h>

#include <atomic>
#include <random>
#include <set>
#include <thread>

#include "services/platform/database/transact.h"
#include "tests/integration/order/work_house.h"
#include "tests/support/private_maria_db.h"

namespace redress::order {
namespace {

class Editing : public ::testing::Test {
 protected:
  OrderInput Input(const std::string& number) {
    return UnpaidOrder(number, kNoon, {MakeLine("1", 2, "10.00"), MakeLine("2", 1, "5.00")});
  }
  Order PushUnpaid(const std::string& number) { return house_.Push(Input(number), number); }
  Order PushPaid(const std::string& number) {
    return house_.Push(Paid(Input(number), kNoon + kSecond), number);
  }
  WorkHouse house_{test::InjectedFaults()};
};

TEST_F(Editing, AReceiverIsChangedRecordedAndTold) {
  const Order order = house_.ChangeAddress(PushPaid("A1"), AddressOf("李小明"), "change");
  EXPECT_EQ(order.version, 2u);
  EXPECT_EQ(order.receiver_version, 1u);
  EXPECT_EQ(house_.store.ClearReceiver(kShop, order.id).name, "李小明");
  const auto changes = house_.Changes(order);
  ASSERT_EQ(changes.size(), 1u);
  EXPECT_EQ(changes[0].record.account, kAgent);
  EXPECT_EQ(changes[0].record.at, house_.clock.NowUs());
  EXPECT_EQ(changes[0].record.reason, "the buyer moved");
  EXPECT_EQ(changes[0].record.receiver_before.name, "张三丰");
  EXPECT_EQ(changes[0].record.receiver_after.address, "浙江省 杭州市 西湖区 文三路 1 号");
  const auto events = house_.EventsOf(order.id.value);
  EXPECT_EQ(events.back().order_changed().order().receiver_version(), 1u);
  house_.ExpectHistoryIsWhole();
}

TEST_F(Editing, ARepeatGetsTheFirstAnswerAndNothingElseItsRequest) {
  const Order before = PushPaid("A1");
  house_.ChangeAddress(before, AddressOf("李小明"), "change");
  EXPECT_EQ(house_.ChangeAddress(before, AddressOf("李小明"), "change").version, 2u);
  EXPECT_EQ(house_.Changes(before).size(), 1u);
  EXPECT_EQ(house_.ReasonOf([&] { house_.ChangeAddress(before, AddressOf("王五"), "change"); }),
            "REQUEST_ID_REUSED");
}

TEST_F(Editing, AStaleVersionLoses) {
  const Order before = PushPaid("A1");
  house_.ChangeAddress(before, AddressOf("李小明"), "first");
  EXPECT_EQ(house_.ReasonOf([&] { house_.ChangeAddress(before, AddressOf("王五"), "second"); }),
            "VERSION_CONFLICT");
}

TEST_F(Editing, OfTwoAtOnceOneWins) {
  const Order before = PushPaid("A1");
  std::atomic<int> won = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&, i] {
      const std::string reason = house_.ReasonOf(
          [&] { house_.ChangeAddress(before, AddressOf("李小明"), "r" + std::to_string(i)); });
      if (reason.empty()) ++won;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(won, 1);
  EXPECT_EQ(house_.Stored("A1").version, 2u);
  house_.ExpectHistoryIsWhole();
}

TEST_F(Editing, AShippedOrderKeepsItsReceiver) {
  const Order order =
      house_.Push(Shipped(Paid(Input("A1"), kNoon + kSecond), "SF1", kNoon + kDay), "A1");
  EXPECT_EQ(house_.ReasonOf([&] { house_.ChangeAddress(order, AddressOf("李小明"), "change"); }),
            "ORDER_SHIPPED");
}

TEST_F(Editing, AnOlderPushDoesNotUndoAChangedReceiverAndALaterOneDoes) {
  const Order order = house_.ChangeAddress(PushPaid("A1"), AddressOf("李小明"), "change");
  OrderInput push = Paid(Input("A1"), kNoon + kSecond);
  push.source_at = house_.clock.NowUs() - 1;
  house_.Push(push, "older");
  EXPECT_EQ(house_.store.ClearReceiver(kShop, order.id).name, "李小明");
  push.source_at = house_.clock.NowUs() + 1;
  house_.Push(push, "later");
  EXPECT_EQ(house_.store.ClearReceiver(kShop, order.id).name, "张三丰");
  const auto changes = house_.Changes(order);
  ASSERT_EQ(changes.size(), 2u);
  EXPECT_FALSE(changes[0].record.account);
  EXPECT_EQ(changes[0].record.receiver_before.name, "李小明");
  house_.ExpectHistoryIsWhole();
}

TEST_F(Editing, APriceIsChangedEverywhereAlike) {
  const Order before = PushUnpaid("A1");
  const Order order =
      house_.ChangePrice(before, {{{before.lines[0].id, 1500}}, 800, "a regular"}, "change");
  EXPECT_EQ(order.PaidMinor(), 2800);
  EXPECT_EQ(house_.Count("SELECT amount_minor FROM unpaid_orders WHERE shop_id = 7"), 2800);
  const auto changes = house_.Changes(order);
  ASSERT_EQ(changes.size(), 1u);
  EXPECT_EQ(changes[0].record.prices.size(), 2u);
  house_.ExpectHistoryIsWhole();
}

TEST_F(Editing, APaidOrderKeepsItsPrice) {
  const Order order = PushPaid("A1");
  EXPECT_EQ(house_.ReasonOf([&] {
    house_.ChangePrice(order, {{{order.lines[0].id, 1}}, {}, "late"}, "change");
  }),
            "ORDER_PAID");
}

// Pushes of any age and changes, mixed: what is stored, listed and told agrees to the minor unit.
TEST_F(Editing, MoneyAgreesUnderAnyMixOfPushesAndChanges) {
  std::mt19937 random(11);
  Order order = PushUnpaid("A1");
  for (int i = 0; i < 60; ++i) {
    house_.clock.Advance(kSecond);
    const std::string request = "r" + std::to_string(i);
    if (random() % 2 == 0) {
      const auto price = static_cast<std::int64_t>(random() % 9000);
      order =
          house_.ChangePrice(order, {{{order.lines[0].id, price}}, random() % 500, "r"}, request);
    } else {
      OrderInput push = Input("A1");
      push.lines[1].paid_minor = static_cast<std::int64_t>(random() % 9000);
      push.source_at = house_.clock.NowUs() - static_cast<std::int64_t>(random() % 9) * kSecond;
      order = house_.Push(push, request);
    }
    ASSERT_EQ(house_.Count("SELECT amount_minor FROM unpaid_orders WHERE shop_id = 7"),
              order.PaidMinor());
    for (const Line& line : order.lines) {
      ASSERT_EQ(line.RefundCeiling(), line.removed ? 0 : line.paid_minor);
    }
  }
  house_.ExpectHistoryIsWhole();
  const Order paid = house_.Push(Paid(Input("A1"), house_.clock.NowUs()), "paid");
  EXPECT_EQ(paid.PaidMinor(), 2500);
  EXPECT_EQ(house_.Count("SELECT COUNT(1) FROM unpaid_orders WHERE shop_id = 7"), 0);
  house_.ExpectHistoryIsWhole();
}

TEST_F(Editing, AMemoIsWrittenWithItsHistory) {
  OrderInput input = Input("A1");
  input.details.memo = "急！发顺丰";
  input.memo_flag = 2;
  const Order order = house_.Push(input, "push");
  const CurrentMemo imported = house_.store.Memo(kShop, order.id);
  EXPECT_EQ(imported.memo, (MemoText{2, "急！发顺丰"}));
  EXPECT_EQ(imported.number, 1u);
  EXPECT_FALSE(imported.account);
  EXPECT_EQ(house_.WriteMemo(order, 1, "换颜色", "write"), 2u);
  EXPECT_EQ(house_.WriteMemo(order, 1, "换颜色", "write"), 2u);  // a repeat
  const auto versions = house_.store.ListChanges(kShop, order.id, ChangeKind::kMemo, ~0u, 10);
  ASSERT_EQ(versions.size(), 2u);
  EXPECT_EQ(versions[0].record.memo_before.text, "急！发顺丰");
  EXPECT_EQ(versions[0].record.account, kAgent);
  EXPECT_EQ(house_.reading.Get(kShop, order.id).masked_details.memo,
            versions[0].record.memo_after.text);
  EXPECT_EQ(house_.ReasonOf([&] { house_.WriteMemo(order, 1, "again", "stale"); }),
            "VERSION_CONFLICT");
}

TEST_F(Editing, APlatformsMemoIsTakenOnceAndOnlyWhenItIsNewer) {
  OrderInput input = Input("A1");
  input.details.memo = "first";
  const Order order = house_.Push(input, "push");
  house_.WriteMemo(order, 1, "ours", "write");
  input.details.memo = "second";
  input.source_at = house_.clock.NowUs() - 1;
  house_.Push(input, "older");
  EXPECT_EQ(house_.store.Memo(kShop, order.id).number, 2u);
  input.source_at = house_.clock.NowUs() + 1;
  house_.Push(input, "newer");
  house_.Push(input, "newer again");
  EXPECT_EQ(house_.store.Memo(kShop, order.id).number, 3u);
  EXPECT_EQ(house_.store.Memo(kShop, order.id).memo.text, "second");
}

TEST_F(Editing, WhatIsKeptBelongsToTheCustomerOnceKnownAndGoesWithThem) {
  OrderInput input = Input("A1");
  input.buyer_nick.clear();
  const Order order = house_.Push(input, "push");
  house_.WriteMemo(order, 0, "ours", "write");
  input.buyer_nick = "known";
  input.source_at = kNoon + kSecond;
  const Order known = house_.Push(input, "known");
  EXPECT_EQ(house_.Count("SELECT COUNT(1) FROM order_changes WHERE subject_kind <> 1"), 0);
  EXPECT_FALSE(house_.store.Memo(kShop, order.id).erased);
  platform::Transact(house_.plain, [&](platform::Connection& connection) {
    house_.sealer.DestroySubject(connection, kShop, platform::SubjectKind::kCustomer,
                                 known.customer.value);
  });
  const CurrentMemo memo = house_.store.Memo(kShop, order.id);
  EXPECT_TRUE(memo.erased);
  EXPECT_TRUE(memo.memo.empty());
  EXPECT_TRUE(house_.Changes(order)[0].erased);
}

TEST_F(Editing, AnotherShopsOrderIsUnknown) {
  const Order order = PushPaid("A1");
  const auto encode = [](const Order&) { return std::string(); };
  EXPECT_EQ(house_.ReasonOf([&] {
    house_.editing.ChangeAddress(house_.WriteOf("r", kAgent, kOtherShop), {order.id, order.version},
                                 {AddressOf("李小明"), "r"}, encode);
  }),
            "ORDER_NOT_FOUND");
  EXPECT_EQ(house_.ReasonOf([&] { house_.store.Memo(kOtherShop, order.id); }), "ORDER_NOT_FOUND");
}

}  // namespace
}  // namespace redress::order
