// What people of the shop changed of an order, against what its platform says later.

#include <gtest/gtest.h>

#include "services/order/domain/merge.h"
#include "tests/unit/order/samples.h"

namespace redress::order {
namespace {

constexpr std::int64_t kChanged = kNoon + kDay;

PreparedOrder Push(std::int64_t source_at, const std::string& receiver, const std::string& memo) {
  OrderInput input = PaidOrder({MakeLine("1", 1, "10.00")});
  input.source_at = source_at;
  input.receiver.name = receiver;
  input.details.memo = memo;
  PreparedOrder prepared = Good(input);
  prepared.order.receiver_hash = receiver;
  prepared.order.memo_hash = memo;
  return prepared;
}

class LocalChanges : public ::testing::Test {
 protected:
  OrderChange Merged(const PreparedOrder& push, const Order* stored) {
    return std::get<OrderChange>(Merge(push, stored, kNoon + 9 * kDay, ids_));
  }
  // The platform's order, with receiver and memo changed by the shop a day later.
  Order Changed() {
    Order order = Merged(Push(kNoon, "platform's", "platform's"), nullptr).order;
    order.receiver_hash = "ours";
    order.receiver_at = kChanged;
    order.receiver_version = 1;
    order.memo_hash = "ours";
    order.memo_at = kChanged;
    return order;
  }
  CountingIds ids_;
};

TEST_F(LocalChanges, StandAgainstAnOlderPush) {
  const Order order = Changed();
  const OrderChange change = Merged(Push(kChanged - 1, "platform's", "platform's"), &order);
  EXPECT_FALSE(change.receiver);
  EXPECT_FALSE(change.memo);
  EXPECT_EQ(change.order.receiver_hash, "ours");
  EXPECT_EQ(change.order.receiver_at, kChanged);
  EXPECT_EQ(change.outcome, Outcome::kUnchanged);
}

TEST_F(LocalChanges, YieldToALaterPushAndTheRecordSaysSo) {
  const Order order = Changed();
  const OrderChange change = Merged(Push(kChanged, "newer", "newer"), &order);
  ASSERT_TRUE(change.receiver);
  EXPECT_EQ(change.receiver->name, "newer");
  EXPECT_TRUE(change.replaced_receiver);
  EXPECT_EQ(change.order.receiver_version, 2u);
  EXPECT_EQ(change.order.receiver_at, 0);
  ASSERT_TRUE(change.memo);
  EXPECT_EQ(change.memo->text, "newer");
}

TEST_F(LocalChanges, ThatThePlatformRepeatsAreItsOwnFromThenOn) {
  const Order order = Changed();
  const OrderChange change = Merged(Push(kChanged + 1, "ours", "ours"), &order);
  EXPECT_EQ(change.outcome, Outcome::kUnchanged);
  EXPECT_TRUE(change.newer_source);
  EXPECT_EQ(change.order.receiver_at, 0);
  EXPECT_FALSE(change.replaced_receiver);
  EXPECT_FALSE(change.memo);
}

TEST_F(LocalChanges, OfTheReceiverAreThePlatformsToo) {
  const Order order = Merged(Push(kNoon, "first", ""), nullptr).order;
  const OrderChange change = Merged(Push(kChanged, "second", ""), &order);
  EXPECT_TRUE(change.replaced_receiver);
  EXPECT_EQ(change.order.receiver_version, 1u);
}

TEST_F(LocalChanges, AreNotAReceiverThatWasUnknownBefore) {
  const Order order = Merged(Push(kNoon, "", ""), nullptr).order;
  const OrderChange change = Merged(Push(kChanged, "first", ""), &order);
  ASSERT_TRUE(change.receiver);
  EXPECT_FALSE(change.replaced_receiver);
  EXPECT_EQ(change.order.receiver_version, 0u);
}

TEST_F(LocalChanges, OtherFactsOfAnOlderPushAreTaken) {
  const Order order = Changed();
  PreparedOrder push = Push(kChanged - 1, "platform's", "platform's");
  push.order.status = OrderStatus::kTradeFinished;
  const OrderChange change = Merged(push, &order);
  EXPECT_EQ(change.order.status, OrderStatus::kTradeFinished);
  EXPECT_EQ(change.order.receiver_hash, "ours");
}

TEST_F(LocalChanges, AMemoOfThePlatformIsKeptWithoutAnEvent) {
  const Order order = Merged(Push(kNoon, "r", "first"), nullptr).order;
  const OrderChange change = Merged(Push(kNoon, "r", "second"), &order);
  ASSERT_TRUE(change.memo);
  EXPECT_TRUE(change.newer_source);
  EXPECT_EQ(change.order.memo_hash, "second");
}

}  // namespace
}  // namespace redress::order
