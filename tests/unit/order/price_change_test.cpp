// What the buyer has to pay, changed by the shop, and what a platform's word does to it.

#include "services/order/domain/price_change.h"

#include <gtest/gtest.h>

#include <random>

#include "tests/unit/order/samples.h"

namespace redress::order {
namespace {

OrderInput Unpaid(std::int64_t source_at = kNoon) {
  OrderInput input = PaidOrder({MakeLine("1", 2, "10.00"), MakeLine("2", 1, "5.00")});
  input.status = OrderStatus::kWaitBuyerPay;
  input.paid_at = 0;
  input.source_at = source_at;
  return input;
}

class Price : public ::testing::Test {
 protected:
  Order Stored() {
    return std::get<OrderChange>(Merge(Good(Unpaid()), nullptr, kNoon, ids_)).order;
  }
  PriceChange Change(const Order& order, std::vector<NewPrice> lines,
                     std::optional<std::int64_t> postage = {}, std::int64_t now_us = kNoon + kDay) {
    return std::get<PriceChange>(ChangePrice(order, lines, postage, now_us, ids_));
  }
  Order Pushed(const OrderInput& input, const Order& order) {
    return std::get<OrderChange>(Merge(Good(input), &order, kNoon + 9 * kDay, ids_)).order;
  }
  CountingIds ids_;
};

TEST_F(Price, OfALineIsWhatHasToBePaid) {
  const Order order = Stored();
  const PriceChange changed = Change(order, {{order.lines[0].id, 1500}});
  EXPECT_EQ(changed.change.order.PaidMinor(), 2000);
  EXPECT_EQ(changed.change.order.lines[0].RefundCeiling(), 1500);
  EXPECT_EQ(changed.change.order.version, 2u);
  EXPECT_EQ(changed.change.lines, (std::vector<std::size_t>{0}));
  EXPECT_EQ(changed.prices, (std::vector<LinePrice>{{order.lines[0].id, 2000, 1500}}));
}

TEST_F(Price, ThatIsTheSameChangesNothing) {
  const Order order = Stored();
  const PriceChange changed = Change(order, {{order.lines[0].id, 2000}}, 0);
  EXPECT_EQ(changed.change.outcome, Outcome::kUnchanged);
  EXPECT_EQ(changed.change.order.version, 1u);
}

TEST_F(Price, OfPostageIsALineOfItsOwn) {
  const PriceChange added = Change(Stored(), {}, 800);
  EXPECT_EQ(added.change.order.PaidMinor(), 3300);
  ASSERT_EQ(added.change.order.lines.size(), 3u);
  EXPECT_TRUE(added.change.order.lines[2].postage);
  EXPECT_EQ(Change(added.change.order, {}, 0).change.order.PaidMinor(), 2500);
}

TEST_F(Price, LeavesSomethingToPay) {
  const Order order = Stored();
  const std::vector<NewPrice> nothing = {{order.lines[0].id, 0}, {order.lines[1].id, 0}};
  const auto refused = ChangePrice(order, nothing, {}, kNoon, ids_);
  EXPECT_EQ(std::get<Problem>(refused).field, "lines");
}

TEST_F(Price, NamesTheEntryAtFault) {
  const Order order = Stored();
  const std::vector<NewPrice> twice = {{order.lines[0].id, 1}, {order.lines[0].id, 2}};
  EXPECT_EQ(std::get<Problem>(ChangePrice(order, twice, {}, kNoon, ids_)).field,
            "lines[1].line_id");
  const std::vector<NewPrice> unknown = {{LineId{99}, 1}};
  EXPECT_EQ(std::get<Problem>(ChangePrice(order, unknown, {}, kNoon, ids_)).field,
            "lines[0].line_id");
  const std::vector<NewPrice> negative = {{order.lines[0].id, -1}};
  EXPECT_EQ(std::get<Problem>(ChangePrice(order, negative, {}, kNoon, ids_)).field,
            "lines[0].payable_minor");
}

TEST_F(Price, IsNotUndoneByAnOlderPush) {
  const Order order = Stored();
  const Order changed = Change(order, {{order.lines[0].id, 1500}}, 800).change.order;
  const Order pushed = Pushed(Unpaid(kNoon + kDay - 1), changed);
  EXPECT_EQ(pushed.PaidMinor(), 2800);
  EXPECT_EQ(pushed.price_at, kNoon + kDay);
}

TEST_F(Price, YieldsToALaterPush) {
  const Order order = Stored();
  const Order changed = Change(order, {{order.lines[0].id, 1500}}, 800).change.order;
  const Order pushed = Pushed(Unpaid(kNoon + kDay), changed);
  EXPECT_EQ(pushed.PaidMinor(), 2500);
  EXPECT_EQ(pushed.price_at, 0);
}

TEST_F(Price, OfAPaidOrderIsWhatThePlatformSaysWheneverItSaysIt) {
  const Order order = Stored();
  const Order changed = Change(order, {{order.lines[0].id, 1500}}).change.order;
  OrderInput paid = Unpaid(kNoon + 60);
  paid.status = OrderStatus::kWaitSellerSendGoods;
  paid.paid_at = kNoon + 60;
  EXPECT_EQ(Pushed(paid, changed).PaidMinor(), 2500);
}

// Whatever comes, in whatever order: what lines say sums up, and only the newer word holds.
TEST_F(Price, IsTheNewerWordUnderAnyHistory) {
  std::mt19937 random(7);
  for (int history = 0; history < 300; ++history) {
    Order order = Stored();
    std::int64_t now_us = kNoon + kDay;
    std::int64_t shop_at = 0;
    std::int64_t first_line = 2000;
    std::uint32_t version = order.version;
    for (int i = 0; i < 12; ++i) {
      now_us += 1000;
      if (random() % 2 == 0) {
        first_line = static_cast<std::int64_t>(random() % 5000);
        const PriceChange changed = Change(order, {{order.lines[0].id, first_line}}, {}, now_us);
        if (!changed.prices.empty()) shop_at = now_us;
        order = changed.change.order;
      } else {
        const std::int64_t source_at =
            kNoon + static_cast<std::int64_t>(random() % (now_us - kNoon));
        OrderInput push = Unpaid(source_at);
        push.lines[0].paid_minor = static_cast<std::int64_t>(random() % 5000);
        const std::int64_t source_before = order.source_at;
        order = Pushed(push, order);
        const bool holds = shop_at != 0 && source_at < shop_at;
        if (source_at >= source_before && !holds) {
          first_line = *push.lines[0].paid_minor;
          shop_at = 0;
        }
      }
      ASSERT_EQ(order.lines[0].paid_minor, first_line) << history << "/" << i;
      ASSERT_EQ(order.PaidMinor(), first_line + 500);
      ASSERT_EQ(order.lines[0].RefundCeiling(), first_line);
      ASSERT_GE(order.version, version);
      version = order.version;
    }
  }
}

}  // namespace
}  // namespace redress::order
