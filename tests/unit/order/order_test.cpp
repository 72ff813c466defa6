#include "services/order/domain/order.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <tuple>

#include "tests/unit/order/samples.h"

namespace redress::order {
namespace {

Line PaidLine(std::int64_t paid_minor) {
  Line line;
  line.quantity = 1;
  line.paid_minor = paid_minor;
  return line;
}

TEST(Packing, IsForPaidOrdersOfWhichNothingHasLeft) {
  Order order;
  for (const auto& [status, is_to_be_shipped, may_be_packed] :
       {std::tuple(OrderStatus::kWaitBuyerPay, true, false),
        std::tuple(OrderStatus::kWaitSellerSendGoods, true, true),
        std::tuple(OrderStatus::kWaitBuyerConfirmGoods, false, false),
        std::tuple(OrderStatus::kTradeFinished, false, false),
        std::tuple(OrderStatus::kTradeClosed, false, false),
        std::tuple(OrderStatus::kTradeClosedByTaobao, false, false)}) {
    order.status = status;
    EXPECT_EQ(order.IsToBeShipped(), is_to_be_shipped) << StatusName(status);
    EXPECT_EQ(order.MayBePacked(), may_be_packed) << StatusName(status);
  }
  order.status = OrderStatus::kWaitSellerSendGoods;
  order.shipments.push_back({.tracking_number = "SF1"});
  EXPECT_FALSE(order.IsToBeShipped());
  EXPECT_FALSE(order.MayBePacked()) << "one of its parcels has left";
}

TEST(RefundCeiling, IsWhatWasPaidLessWhatWasRefunded) {
  Line line = PaidLine(1000);
  EXPECT_EQ(line.RefundCeiling(), 1000);
  line.refunded_elsewhere_minor = 300;
  EXPECT_EQ(line.RefundCeiling(), 700);
  line.adjusted_minor = 200;
  EXPECT_EQ(line.RefundCeiling(), 500);
}

TEST(RefundCeiling, IsNeverNegative) {
  Line line = PaidLine(1000);
  line.refunded_elsewhere_minor = 800;
  line.adjusted_minor = 800;
  EXPECT_EQ(line.RefundCeiling(), 0);
  EXPECT_EQ(PaidLine(-5).RefundCeiling(), 0);
}

TEST(RefundCeiling, IsNothingForCorrectionsAndRemovedLines) {
  Line line = PaidLine(1000);
  line.quantity = -1;
  EXPECT_EQ(line.RefundCeiling(), 0);
  line.quantity = 0;
  EXPECT_EQ(line.RefundCeiling(), 0);
  line.quantity = 1;
  line.removed = true;
  EXPECT_EQ(line.RefundCeiling(), 0);
}

TEST(OrderTotals, LeaveRemovedLinesOut) {
  Order order;
  order.lines = {PaidLine(100), PaidLine(50), PaidLine(-20)};
  order.lines[1].removed = true;
  EXPECT_EQ(order.PaidMinor(), 80);
}

TEST(OrderProgress, FollowsStatusAndParcels) {
  Order order;
  order.status = OrderStatus::kWaitSellerSendGoods;
  EXPECT_FALSE(order.Shipped());
  order.shipments = {{"SF", "1", 1, 0}};
  EXPECT_TRUE(order.Shipped());
  EXPECT_FALSE(order.Received());
  order.shipments = {{"SF", "1", 1, 2}, {"SF", "2", 1, 0}};
  EXPECT_FALSE(order.Received());
  order.shipments[1].received_at = 3;
  EXPECT_TRUE(order.Received());
  order.shipments.clear();
  order.status = OrderStatus::kTradeFinished;
  EXPECT_TRUE(order.Shipped());
  EXPECT_TRUE(order.Received());
}

TEST(LineNumbers, CompareByValueWhereTheyAreNumbers) {
  EXPECT_TRUE(LineNumberLess("9", "10"));
  EXPECT_FALSE(LineNumberLess("10", "9"));
  EXPECT_TRUE(LineNumberLess("10", "9a"));
  EXPECT_FALSE(LineNumberLess("a", "a"));
  EXPECT_TRUE(LineNumberLess("", "1"));
}

TEST(StatusNames, AreDistinct) {
  std::set<std::string_view> names;
  for (int i = 1; i <= 6; ++i) names.insert(StatusName(static_cast<OrderStatus>(i)));
  EXPECT_EQ(names.size(), 6u);
  EXPECT_FALSE(names.contains(""));
}

}  // namespace
}  // namespace redress::order
