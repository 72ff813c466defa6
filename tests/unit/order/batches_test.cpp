#include "services/order/domain/import_batch.h"

#include <gtest/gtest.h>

#include <span>
#include <string>
#include <utility>
#include <vector>

namespace redress::order {
namespace {

struct Item {
  std::string number;
  std::size_t lines;
};

std::vector<std::size_t> Sizes(const std::vector<Item>& items) {
  std::vector<std::size_t> sizes;
  for (const auto& batch : Batches(
           std::span<const Item>(items),
           [](const Item& item) {
             return std::pair(NumberKey{"direct", item.number}, item.lines);
           },
           3, 10)) {
    sizes.push_back(batch.size());
  }
  return sizes;
}

using Counts = std::vector<std::size_t>;

TEST(Batches, HoldSoManyItems) {
  EXPECT_EQ(Sizes({{"1", 1}, {"2", 1}, {"3", 1}, {"4", 1}}), (Counts{3, 1}));
  EXPECT_EQ(Sizes({}), Counts{});
}

TEST(Batches, HoldSoManyLines) {
  EXPECT_EQ(Sizes({{"1", 6}, {"2", 4}, {"3", 1}}), (Counts{2, 1}));
  EXPECT_EQ(Sizes({{"1", 50}, {"2", 50}}), (Counts{1, 1}));
}

TEST(Batches, HoldEachNumberOnce) {
  EXPECT_EQ(Sizes({{"1", 1}, {"1", 1}, {"2", 1}, {"1", 1}}), (Counts{1, 2, 1}));
}

TEST(AdjustmentContent, TellsRecordsApart) {
  Adjustment refund;
  refund.sku = "ab";
  refund.title = "c";
  Adjustment other;
  other.sku = "a";
  other.title = "bc";
  EXPECT_NE(ContentOf(refund), ContentOf(other));
  EXPECT_EQ(ContentOf(refund), ContentOf(Adjustment(refund)));
  other = refund;
  other.correction = true;
  EXPECT_NE(ContentOf(refund), ContentOf(other));
}

}  // namespace
}  // namespace redress::order
