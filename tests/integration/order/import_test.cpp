#include <gtest/gtest.h>

#include <barrier>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "services/platform/base/errors.h"
#include "services/platform/database/error.h"
#include "tests/integration/order/order_house.h"
#include "tests/support/private_maria_db.h"

namespace redress::order {
namespace {

using Outcomes = std::vector<ImportOutcome>;

Outcomes OutcomesOf(const std::vector<ImportResult>& results) {
  Outcomes outcomes;
  for (const ImportResult& result : results) outcomes.push_back(result.outcome);
  return outcomes;
}

constexpr auto kCreated = ImportOutcome::kCreated;
constexpr auto kChanged = ImportOutcome::kChanged;
constexpr auto kUnchanged = ImportOutcome::kUnchanged;
constexpr auto kRefused = ImportOutcome::kRefused;

class Import : public ::testing::Test {
 protected:
  OrderHouse house_{test::InjectedFaults()};
};

TEST_F(Import, JudgesEachItemByItself) {
  std::vector<OrderInput> orders = {PaidOrder("1", {MakeLine("1", 1, "1")}, "tom"),
                                    PaidOrder("2", {MakeLine("1", 1, "")}, "tom"),
                                    PaidOrder("3", {MakeLine("1", 1, "1")}, "ann")};
  ImportReport report = house_.Import(orders);
  EXPECT_EQ(OutcomesOf(report.orders), (Outcomes{kCreated, kRefused, kCreated}));
  EXPECT_EQ(report.orders[1].problem.field, "lines[0].unit_price");
  EXPECT_FALSE(report.orders[1].problem.description.empty());
  EXPECT_EQ(house_.customers.calls(), 1);
  orders[1].lines[0].unit_price = "2";
  orders[2].lines[0].quantity = 2;
  orders[0].currency = "EUR";
  report = house_.Import(orders);
  EXPECT_EQ(OutcomesOf(report.orders), (Outcomes{kRefused, kCreated, kChanged}));
  EXPECT_EQ(report.orders[0].problem.field, "currency_code");
  house_.ExpectHistoryIsWhole();
}

TEST_F(Import, TellsTheLatestWordOfHowABuyerIsReached) {
  OrderInput older = PaidOrder("1", {MakeLine("1", 1, "1")}, "tom");
  older.receiver = {"Tom", "13800138000", "1 High St"};
  older.source_at = kNoon;
  OrderInput newer = PaidOrder("2", {MakeLine("1", 1, "1")}, "tom");
  newer.receiver = {"Tom", "13911112222", "2 High St"};
  newer.source_at = kNoon + kDay;
  OrderInput silent = PaidOrder("3", {MakeLine("1", 1, "1")}, "tom");
  silent.source_at = kNoon + 2 * kDay;
  house_.Import({newer, older, silent});
  EXPECT_EQ(house_.customers.Told("tom").reached_at, newer.receiver);
  EXPECT_EQ(house_.customers.Told("tom").source_at, kNoon + kDay);
}

TEST_F(Import, ForeseesWhatWouldBecomeOfItemsAndStoresNothing) {
  const LineInput line = MakeLine("1", 2, "1.50");
  OrderInput known = PaidOrder("1", {line}, "tom");
  const AdjustmentInput refund = RefundOf("C1", "tom", line, 1, kNoon + kDay);
  const std::vector<OrderInput> orders = {known, PaidOrder("2", {line}, "ann"),
                                          PaidOrder("3", {MakeLine("1", 1, "")}, "tom")};
  const ImportReport before = house_.Foresee(orders, {refund});
  EXPECT_EQ(OutcomesOf(before.orders), (Outcomes{kCreated, kCreated, kRefused}));
  EXPECT_EQ(before.orders[2].problem.field, "lines[0].unit_price");
  EXPECT_EQ(OutcomesOf(before.adjustments), Outcomes{kCreated});
  for (const char* table : {"orders", "adjustments", "events", "outbox"}) {
    EXPECT_EQ(house_.Count(std::string("SELECT COUNT(1) FROM ") + table), 0) << table;
  }
  EXPECT_EQ(house_.customers.calls(), 0) << "nobody is made a customer";

  house_.Import({known}, {refund});
  known.lines[0].quantity = 3;
  known.source_at = *known.source_at + 1;
  AdjustmentInput other = refund;
  other.quantity = 2;
  const std::int64_t events = house_.Count("SELECT COUNT(1) FROM events");
  EXPECT_EQ(OutcomesOf(house_.Foresee({known}, {refund}).orders), Outcomes{kChanged});
  EXPECT_EQ(OutcomesOf(house_.Foresee({}, {refund, other}).adjustments),
            (Outcomes{kUnchanged, kRefused}));
  EXPECT_EQ(house_.Stored("1").version, 2u);
  EXPECT_EQ(house_.Count("SELECT COUNT(1) FROM events"), events);
}

TEST_F(Import, ForeseesWhatARepeatedNumberWouldFind) {
  const LineInput line = MakeLine("1", 2, "1.50");
  const OrderInput order = PaidOrder("1", {line}, "tom");
  OrderInput in_euro = order;
  in_euro.currency = "EUR";
  const AdjustmentInput refund = RefundOf("C1", "tom", line, 1, kNoon + kDay);
  AdjustmentInput other = refund;
  other.quantity = 2;
  const ImportReport report = house_.Foresee({order, order, in_euro}, {refund, refund, other});
  EXPECT_EQ(OutcomesOf(report.orders), (Outcomes{kCreated, kUnchanged, kRefused}));
  EXPECT_EQ(OutcomesOf(report.adjustments), (Outcomes{kCreated, kUnchanged, kRefused}));
}

TEST_F(Import, WritesOneOutboxRowATransaction) {
  std::vector<OrderInput> orders;
  for (int i = 0; i < 100; ++i) {
    orders.push_back(PaidOrder(std::to_string(i), {MakeLine("1", 1, "1")}, "tom"));
  }
  house_.Import(orders);
  EXPECT_EQ(house_.Count("SELECT COUNT(1) FROM outbox"), 1);
  EXPECT_EQ(house_.Count("SELECT COUNT(1) FROM events"), 100);
}

TEST_F(Import, TakesAnItemTwiceInOneBatch) {
  OrderInput older = PaidOrder("1", {MakeLine("1", 1, "1")});
  OrderInput newer = PaidOrder("1", {MakeLine("1", 2, "1")});
  newer.source_at = *older.source_at + 1;
  const ImportReport report = house_.Import({older, newer, older});
  EXPECT_EQ(OutcomesOf(report.orders), (Outcomes{kCreated, kChanged, kUnchanged}));
  EXPECT_EQ(house_.Stored("1").version, 2u);
  house_.ExpectHistoryIsWhole();
}

TEST_F(Import, LowersTheCeilingOfTheMatchedLine) {
  const LineInput line = MakeLine("1", 12, "1.65");
  const LineInput same_article = MakeLine("1", 12, "1.70");
  const ImportReport report = house_.Import(
      {PaidOrder("1", {line, MakeLine("2", 1, "5")}, "tom"), PaidOrder("2", {same_article}, "tom")},
      {RefundOf("C1", "tom", line, 2, kNoon + kDay), RefundOf("C2", "", line, 2, kNoon + kDay),
       RefundOf("C3", "tom", line, 13, kNoon + kDay), RefundOf("C4", "tom", line, 1, kNoon - 1)});
  EXPECT_EQ(OutcomesOf(report.adjustments), (Outcomes{kCreated, kCreated, kCreated, kCreated}));
  EXPECT_TRUE(report.adjustments[0].matched);
  EXPECT_FALSE(report.adjustments[1].matched);
  EXPECT_FALSE(report.adjustments[2].matched);
  EXPECT_FALSE(report.adjustments[3].matched);
  const Order order = house_.Stored("1");
  EXPECT_EQ(order.version, 2u);
  EXPECT_EQ(order.lines[0].RefundCeiling(), 12 * 165 - 2 * 165);
  EXPECT_EQ(house_.Stored("2").version, 1u);
  house_.ExpectHistoryIsWhole();
  const auto changed = house_.EventsOf(order.id.value).at(1);
  EXPECT_TRUE(changed.has_order_changed());
  EXPECT_EQ(changed.order_changed().order().lines(0).refund_ceiling_minor(), 1650);
  const Page<Adjustment> page = house_.reading.ListAdjustments(kShop, {}, {}, 10);
  ASSERT_EQ(page.items.size(), 4u);
  EXPECT_EQ(house_.Count("SELECT COUNT(1) FROM adjustments WHERE order_id = " +
                         platform::ToString(order.id)),
            1);
}

TEST_F(Import, NeverLowersACeilingBelowNothing) {
  const LineInput line = MakeLine("1", 2, "1.50");
  house_.Import({PaidOrder("1", {line}, "tom")}, {RefundOf("C1", "tom", line, 2, kNoon + kDay),
                                                  RefundOf("C2", "tom", line, 2, kNoon + kDay)});
  const Order order = house_.Stored("1");
  EXPECT_EQ(order.lines[0].adjusted_minor, 600);
  EXPECT_EQ(order.lines[0].RefundCeiling(), 0);
  EXPECT_EQ(order.version, 2u);
  OrderInput bigger = PaidOrder("1", {MakeLine("1", 6, "1.50")}, "tom");
  bigger.source_at = *bigger.source_at + 1;
  house_.Import({bigger});
  EXPECT_EQ(house_.Stored("1").lines[0].RefundCeiling(), 300);
  house_.ExpectHistoryIsWhole();
}

TEST_F(Import, StoresCorrectionsWithTheirSign) {
  AdjustmentInput correction;
  correction.platform = "direct";
  correction.number = "A563186";
  correction.correction = true;
  correction.sku = "B";
  correction.quantity = 1;
  correction.unit_price = "-11062.06";
  correction.currency = "GBP";
  correction.adjust_at = kNoon;
  house_.Import({}, {correction});
  const Adjustment stored = house_.reading.ListAdjustments(kShop, {}, {}, 10).items.at(0);
  EXPECT_EQ(stored.amount_minor, -1106206);
  EXPECT_TRUE(stored.correction);
  const auto event = house_.EventsOf(stored.id.value).at(0);
  EXPECT_EQ(event.order_adjusted().kind(), redress::events::v1::ADJUSTMENT_KIND_CORRECTION);
  EXPECT_EQ(event.order_adjusted().amount_minor(), -1106206);
  EXPECT_EQ(event.occurred_at_us(), kNoon);
}

TEST_F(Import, SentAgainChangesNothing) {
  const LineInput line = MakeLine("1", 12, "1.65");
  const std::vector<OrderInput> orders = {PaidOrder("1", {line}, "tom"),
                                          PaidOrder("2", {line}, "ann")};
  std::vector<AdjustmentInput> adjustments = {RefundOf("C1", "tom", line, 2, kNoon + kDay),
                                              RefundOf("C2", "bob", line, 2, kNoon + kDay)};
  house_.Import(orders, adjustments);
  const std::int64_t events = house_.Count("SELECT COUNT(1) FROM events");
  const ImportReport again = house_.Import(orders, adjustments);
  EXPECT_EQ(OutcomesOf(again.orders), (Outcomes{kUnchanged, kUnchanged}));
  EXPECT_EQ(OutcomesOf(again.adjustments), (Outcomes{kUnchanged, kUnchanged}));
  EXPECT_TRUE(again.adjustments[0].matched);
  EXPECT_FALSE(again.adjustments[1].matched);
  EXPECT_EQ(house_.Count("SELECT COUNT(1) FROM events"), events);
  adjustments[0].quantity = 3;
  const ImportReport other = house_.Import({}, adjustments);
  EXPECT_EQ(OutcomesOf(other.adjustments), (Outcomes{kRefused, kUnchanged}));
  EXPECT_EQ(other.adjustments[0].problem.field, "adjustment_number");
  house_.ExpectHistoryIsWhole();
}

TEST_F(Import, SealsManyReceivers) {
  std::vector<OrderInput> orders;
  for (int i = 0; i < 300; ++i) {
    orders.push_back(PaidOrder(std::to_string(i), {MakeLine("1", 1, "1")}));
    orders.back().receiver = {"Person " + std::to_string(i), "1381234" + std::to_string(1000 + i),
                              "Road " + std::to_string(i)};
  }
  house_.Import(orders);
  EXPECT_EQ(house_.Count("SELECT COUNT(1) FROM order_contacts"), 300);
  EXPECT_EQ(house_.reading.List(kShop, {}, {}, 200).items.at(7).masked_receiver.name.at(0), 'P');
  EXPECT_EQ(OutcomesOf(house_.Import(orders).orders), Outcomes(300, kUnchanged));
}

TEST_F(Import, ListsPageByPage) {
  std::vector<OrderInput> orders;
  for (int i = 0; i < 25; ++i) {
    orders.push_back(
        PaidOrder(std::to_string(i), {MakeLine("1", 1, "1")}, i % 5 == 0 ? "tom" : "ann"));
    orders.back().order_at = kNoon + (i / 3) * kSecond;  // several of one moment
  }
  house_.Import(orders);
  const auto walk = [&](CustomerId customer) {
    std::vector<Order> all;
    std::optional<ListKey> after;
    do {
      Page<OrderView> page = house_.reading.List(kShop, customer, after, 4);
      for (OrderView& view : page.items) all.push_back(std::move(view.order));
      after = page.next;
    } while (after);
    return all;
  };
  const std::vector<Order> all = walk({});
  ASSERT_EQ(all.size(), 25u);
  for (std::size_t i = 1; i < all.size(); ++i) {
    EXPECT_GT(std::pair(all[i - 1].order_at, all[i - 1].id), std::pair(all[i].order_at, all[i].id));
  }
  const CustomerId tom = house_.Stored("0").customer;
  EXPECT_EQ(walk(tom).size(), 5u);
  EXPECT_TRUE(house_.reading.List(kOtherShop, {}, {}, 4).items.empty());
}

// Two clients import one file at once, in pieces: the end is that of one import.
void TwoImports(OrderHouse& house) {
  constexpr int kPieces = 6;
  constexpr int kOrdersAPiece = 30;
  std::barrier start(2);
  const auto run = [&] {
    start.arrive_and_wait();
    for (int piece = 0; piece < kPieces; ++piece) {
      std::vector<OrderInput> orders;
      std::vector<AdjustmentInput> refunds;
      for (int i = 0; i < kOrdersAPiece; ++i) {
        const int number = piece * kOrdersAPiece + i;
        const LineInput line = MakeLine("1", 3, "2.00");
        OrderInput order =
            PaidOrder(std::to_string(number), {line}, "nick" + std::to_string(i % 7));
        order.order_at = kNoon + number * kSecond;
        order.paid_at = order.order_at;
        orders.push_back(order);
        refunds.push_back(
            RefundOf("C" + std::to_string(number), order.buyer_nick, line, 1, order.order_at));
      }
      house.Import(orders, refunds);
    }
  };
  std::thread other(run);
  run();
  other.join();
  constexpr int kOrders = kPieces * kOrdersAPiece;
  EXPECT_EQ(house.Count("SELECT COUNT(1) FROM orders"), kOrders);
  EXPECT_EQ(house.Count("SELECT COUNT(1) FROM order_lines"), kOrders);
  EXPECT_EQ(house.Count("SELECT COUNT(1) FROM adjustments WHERE order_id <> 0"), kOrders);
  // Each refund belongs to the order of its own moment.
  EXPECT_EQ(house.Count("SELECT COUNT(1) FROM order_lines WHERE adjusted_minor = 200"), kOrders);
  house.ExpectHistoryIsWhole();
}

TEST_F(Import, ByTwoClientsAtOnceEndsAsByOne) { TwoImports(house_); }

TEST(ImportUnderFaults, EndsTheSame) {
  platform::FaultPlan faults(150, 60, 40);
  // An import has few commits: about three of them meet a fault, by chance none.
  constexpr std::uint64_t kEnough = 6;
  for (int round = 0; round < 20 && faults.struck() < kEnough; ++round) {
    OrderHouse house(&faults);
    TwoImports(house);
  }
  EXPECT_GE(faults.struck(), kEnough);
}

// The CHECKs that order_lines declares have no names of their own: the server numbers them.
TEST_F(Import, LeavesNoLineWithANegativeRefund) {
  house_.Import({PaidOrder("1", {MakeLine("1", 1, "1")}, "tom")});
  const std::pair<const char*, const char*> checks[] = {
      {"UPDATE order_lines SET refunded_elsewhere_minor = -1 WHERE shop_id = 7", "CONSTRAINT_1"},
      {"UPDATE order_lines SET adjusted_minor = -1 WHERE shop_id = 7", "CONSTRAINT_2"}};
  for (const auto& [sql, constraint] : checks) {
    try {
      house_.plain.Acquire()->Execute(sql);
      FAIL() << constraint << " is gone";
    } catch (const platform::DatabaseError& error) {
      EXPECT_EQ(error.kind(), platform::DatabaseError::Kind::kCheckViolated);
      EXPECT_EQ(error.key(), constraint);
    }
  }
}

}  // namespace
}  // namespace redress::order
