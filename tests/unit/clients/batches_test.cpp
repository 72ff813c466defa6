#include "clients/importing/batches.h"

#include <gtest/gtest.h>

namespace redress::importing {
namespace {

OrderItem Order(int lines, const std::string& title = "") {
  OrderItem item;
  for (int i = 0; i < lines; ++i) {
    item.order.add_lines()->set_title(title);
    item.rows.push_back({static_cast<std::uint64_t>(i), "", ""});
  }
  return item;
}

TEST(BatchFiller, StopsAtTheNumberOfOrders) {
  BatchFiller filler;
  for (int i = 0; i < 1000; ++i) EXPECT_FALSE(filler.Add(Order(1))) << i;
  const auto full = filler.Add(Order(1));
  ASSERT_TRUE(full);
  EXPECT_EQ(full->request.orders_size(), 1000);
  EXPECT_EQ(full->order_rows.size(), 1000u);
  EXPECT_EQ(filler.Finish()->request.orders_size(), 1);
  EXPECT_FALSE(filler.Finish());
}

TEST(BatchFiller, StopsAtTheNumberOfLines) {
  BatchFiller filler;
  EXPECT_FALSE(filler.Add(Order(2000)));
  EXPECT_FALSE(filler.Add(Order(2000)));
  EXPECT_FALSE(filler.Add(Order(1000)));
  EXPECT_EQ(filler.Add(Order(1))->request.orders_size(), 3);
}

TEST(BatchFiller, StopsBelowTheBytesOfACall) {
  BatchFiller filler;
  std::size_t sent = 0;
  for (int i = 0; i < 200; ++i) {
    if (const auto full = filler.Add(Order(100, std::string(300, 'x')))) {
      EXPECT_LE(full->request.ByteSizeLong(), 3'000'000u);
      sent += static_cast<std::size_t>(full->request.orders_size());
    }
  }
  sent += static_cast<std::size_t>(filler.Finish()->request.orders_size());
  EXPECT_EQ(sent, 200u);
}

TEST(BatchFiller, StopsAtTheNumberOfAdjustments) {
  BatchFiller filler(BatchFiller::Limits{.adjustments = 2});
  EXPECT_FALSE(filler.Add(AdjustmentItem{}));
  EXPECT_FALSE(filler.Add(AdjustmentItem{}));
  EXPECT_EQ(filler.Add(AdjustmentItem{})->request.adjustments_size(), 2);
}

}  // namespace
}  // namespace redress::importing
