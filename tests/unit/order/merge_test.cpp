#include "services/order/domain/merge.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <utility>

#include "tests/unit/order/samples.h"

namespace redress::order {
namespace {

class Merging : public ::testing::Test {
 protected:
  OrderChange Apply(const OrderInput& input, const Order* stored, CustomerId customer = {},
                    std::string receiver_hash = "") {
    PreparedOrder prepared = Good(input);
    prepared.order.customer = customer;
    prepared.order.receiver_hash = std::move(receiver_hash);
    return std::get<OrderChange>(Merge(prepared, stored, kNoon + kDay, ids_));
  }

  CountingIds ids_;
};

TEST_F(Merging, CreatesWithIdsAndVersionOne) {
  const OrderChange change =
      Apply(PaidOrder({MakeLine("1", 1, "2"), MakeLine("2", 1, "3")}), nullptr);
  EXPECT_EQ(change.outcome, Outcome::kCreated);
  EXPECT_EQ(change.order.version, 1u);
  EXPECT_TRUE(change.order.id);
  EXPECT_NE(change.order.lines[0].id, change.order.lines[1].id);
  EXPECT_EQ(change.lines.size(), 2u);
  EXPECT_TRUE(change.became_paid);
  EXPECT_EQ(change.occurred_at, change.order.paid_at);
  EXPECT_EQ(change.order.source_at, kNoon + kDay);
}

TEST_F(Merging, OfAnUnpaidOrderHappenedWhenItWasPlaced) {
  OrderInput input = PaidOrder({MakeLine("1", 1, "2")});
  input.status = OrderStatus::kWaitBuyerPay;
  input.paid_at = 0;
  const OrderChange change = Apply(input, nullptr);
  EXPECT_FALSE(change.became_paid);
  EXPECT_EQ(change.occurred_at, kNoon);
}

TEST_F(Merging, OfTheSameChangesNothing) {
  const OrderInput input = PaidOrder({MakeLine("1", 1, "2")});
  const Order stored = Apply(input, nullptr).order;
  const OrderChange again = Apply(input, &stored);
  EXPECT_EQ(again.outcome, Outcome::kUnchanged);
  EXPECT_EQ(again.order.version, 1u);
  EXPECT_FALSE(again.newer_source);
  EXPECT_TRUE(again.lines.empty());
}

TEST_F(Merging, KeepsANewerSourceTimeWithoutAChange) {
  OrderInput input = PaidOrder({MakeLine("1", 1, "2")});
  input.source_at = kNoon;
  const Order stored = Apply(input, nullptr).order;
  input.source_at = kNoon + 5;
  const OrderChange again = Apply(input, &stored);
  EXPECT_EQ(again.outcome, Outcome::kUnchanged);
  EXPECT_TRUE(again.newer_source);
  EXPECT_EQ(again.order.source_at, kNoon + 5);
}

TEST_F(Merging, OfAnOlderPushChangesNothing) {
  OrderInput input = PaidOrder({MakeLine("1", 1, "2")});
  input.source_at = kNoon + 5;
  const Order stored = Apply(input, nullptr).order;
  input.lines[0].quantity = 7;
  input.source_at = kNoon + 4;
  EXPECT_EQ(Apply(input, &stored).outcome, Outcome::kUnchanged);
  EXPECT_EQ(Apply(input, &stored).order.lines[0].quantity, 1);
  input.source_at = kNoon + 5;
  EXPECT_EQ(Apply(input, &stored).outcome, Outcome::kChanged);
}

TEST_F(Merging, KeepsLinesByTheirNumber) {
  const Order stored =
      Apply(PaidOrder({MakeLine("1", 1, "2"), MakeLine("2", 1, "3")}), nullptr).order;
  const OrderChange change = Apply(
      PaidOrder({MakeLine("3", 1, "4"), MakeLine("2", 5, "3"), MakeLine("1", 1, "2")}), &stored);
  EXPECT_EQ(change.outcome, Outcome::kChanged);
  EXPECT_EQ(change.order.version, 2u);
  ASSERT_EQ(change.order.lines.size(), 3u);
  EXPECT_EQ(change.order.lines[0], stored.lines[0]);
  EXPECT_EQ(change.order.lines[1].id, stored.lines[1].id);
  EXPECT_EQ(change.order.lines[1].paid_minor, 1500);
  EXPECT_EQ(change.lines, (std::vector<std::size_t>{1, 2}));
}

TEST_F(Merging, RemovesAndRestoresALine) {
  const OrderInput both = PaidOrder({MakeLine("1", 1, "2"), MakeLine("2", 1, "3")});
  const Order stored = Apply(both, nullptr).order;
  const OrderChange without = Apply(PaidOrder({MakeLine("1", 1, "2")}), &stored);
  EXPECT_EQ(without.outcome, Outcome::kChanged);
  EXPECT_TRUE(without.order.lines[1].removed);
  EXPECT_EQ(without.order.lines[1].RefundCeiling(), 0);
  EXPECT_EQ(Apply(PaidOrder({MakeLine("1", 1, "2")}), &without.order).outcome, Outcome::kUnchanged);
  const OrderChange back = Apply(both, &without.order);
  EXPECT_FALSE(back.order.lines[1].removed);
  EXPECT_EQ(back.order.lines[1].id, stored.lines[1].id);
  EXPECT_EQ(back.order.version, 3u);
}

TEST_F(Merging, KeepsWhatWasAdjusted) {
  Order stored = Apply(PaidOrder({MakeLine("1", 2, "2")}), nullptr).order;
  stored.lines[0].adjusted_minor = 150;
  const OrderChange change = Apply(PaidOrder({MakeLine("1", 3, "2")}), &stored);
  EXPECT_EQ(change.order.lines[0].adjusted_minor, 150);
  EXPECT_EQ(change.order.lines[0].RefundCeiling(), 450);
}

TEST_F(Merging, TellsWhenAnOrderBecomesPaid) {
  OrderInput input = PaidOrder({MakeLine("1", 1, "2")});
  input.status = OrderStatus::kWaitBuyerPay;
  input.paid_at = 0;
  const Order stored = Apply(input, nullptr).order;
  const OrderChange paid = Apply(PaidOrder({MakeLine("1", 1, "2")}), &stored);
  EXPECT_TRUE(paid.became_paid);
  EXPECT_EQ(paid.occurred_at, paid.order.paid_at);
  OrderInput shipped = PaidOrder({MakeLine("1", 1, "2")});
  shipped.status = OrderStatus::kWaitBuyerConfirmGoods;
  shipped.source_at = kNoon + 2 * kDay;
  const OrderChange later = Apply(shipped, &paid.order);
  EXPECT_EQ(later.outcome, Outcome::kChanged);
  EXPECT_FALSE(later.became_paid);
  EXPECT_EQ(later.occurred_at, kNoon + 2 * kDay);
}

TEST_F(Merging, ReplacesParcels) {
  OrderInput input = PaidOrder({MakeLine("1", 1, "2")});
  input.shipments = {{"SF", "A", kNoon, 0}, {"SF", "B", kNoon, 0}};
  const Order stored = Apply(input, nullptr).order;
  input.shipments = {{"YTO", "C", kNoon, 0}, {"SF", "B", kNoon, kNoon + 1}};
  const OrderChange change = Apply(input, &stored);
  EXPECT_EQ(change.shipments.size(), 2u);
  EXPECT_EQ(change.lost_shipments, std::vector<std::string>{"A"});
  EXPECT_TRUE(change.lines.empty());
  EXPECT_EQ(change.outcome, Outcome::kChanged);
}

TEST_F(Merging, RefusesAnotherCurrency) {
  const Order stored = Apply(PaidOrder({MakeLine("1", 1, "2")}), nullptr).order;
  OrderInput input = PaidOrder({MakeLine("1", 1, "2")});
  input.currency = "GBP";
  const auto merged = Merge(Good(input), &stored, kNoon, ids_);
  EXPECT_EQ(std::get<Problem>(merged).field, "currency_code");
}

TEST_F(Merging, KeepsAKnownCustomerAndReceiver) {
  OrderInput input = PaidOrder({MakeLine("1", 1, "2")});
  input.receiver = {"Zhang San", "13800138000", "1 Lake Road"};
  const OrderChange created = Apply(input, nullptr, CustomerId{5}, "hash-1");
  ASSERT_TRUE(created.receiver.has_value());
  input.receiver = {};
  const OrderChange again = Apply(input, &created.order);
  EXPECT_EQ(again.outcome, Outcome::kUnchanged);
  EXPECT_EQ(again.order.customer, CustomerId{5});
  EXPECT_EQ(again.order.receiver_hash, "hash-1");
  input.receiver = {"Li Si", "13900139000", "2 Lake Road"};
  const OrderChange moved = Apply(input, &created.order, CustomerId{5}, "hash-2");
  EXPECT_EQ(moved.outcome, Outcome::kChanged);
  EXPECT_EQ(moved.receiver->name, "Li Si");
}

TEST_F(Merging, SealsAKnownReceiverForANewCustomer) {
  OrderInput input = PaidOrder({MakeLine("1", 1, "2")});
  input.receiver = {"Zhang San", "13800138000", "1 Lake Road"};
  const Order stored = Apply(input, nullptr, {}, "hash-1").order;
  const OrderChange change = Apply(input, &stored, CustomerId{5}, "hash-1");
  EXPECT_TRUE(change.new_subject);
  EXPECT_FALSE(change.receiver.has_value());
  EXPECT_EQ(change.outcome, Outcome::kChanged);
}

TEST_F(Merging, KeepsKnownDetailsAndTellsNewOnes) {
  OrderInput input = PaidOrder({MakeLine("1", 1, "2")});
  input.details.memo = "call first";
  PreparedOrder prepared = Good(input);
  prepared.order.details_hash = "hash-1";
  const Order stored = std::get<OrderChange>(Merge(prepared, nullptr, kNoon + kDay, ids_)).order;
  EXPECT_EQ(std::get<OrderChange>(Merge(prepared, &stored, kNoon + kDay, ids_)).outcome,
            Outcome::kUnchanged);
  const OrderChange silent = Apply(PaidOrder({MakeLine("1", 1, "2")}), &stored);
  EXPECT_EQ(silent.outcome, Outcome::kUnchanged) << "a source without details forgets none";
  EXPECT_EQ(silent.order.details_hash, "hash-1");
  prepared.details.memo = "call later";
  prepared.order.details_hash = "hash-2";
  const OrderChange told = std::get<OrderChange>(Merge(prepared, &stored, kNoon + kDay, ids_));
  EXPECT_EQ(told.outcome, Outcome::kChanged);
  EXPECT_EQ(told.details->memo, "call later");
  prepared = Good(PaidOrder({MakeLine("1", 1, "2")}));
  prepared.order.customer = CustomerId{5};
  const OrderChange owned = std::get<OrderChange>(Merge(prepared, &stored, kNoon + kDay, ids_));
  EXPECT_TRUE(owned.new_details_subject);
}

TEST_F(Merging, KeepsWhatIsDerived) {
  OrderInput input = PaidOrder({MakeLine("1", 1, "2")});
  input.derived.Add(DerivedPart::kStatus);
  const Order stored = Apply(input, nullptr).order;
  EXPECT_TRUE(stored.derived.Has(DerivedPart::kStatus));
  EXPECT_FALSE(stored.derived.Has(DerivedPart::kLines));
  input.derived = {};
  EXPECT_EQ(Apply(input, &stored).outcome, Outcome::kChanged) << "now the source says it";
}

}  // namespace
}  // namespace redress::order
