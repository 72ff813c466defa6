#include "services/customer/domain/merging.h"

#include <gtest/gtest.h>

namespace redress::customer {
namespace {

TEST(Branch, IsTheCustomerAloneWithoutEdges) {
  EXPECT_EQ(Branch(CustomerId{3}, {}), std::vector{CustomerId{3}});
}

TEST(Branch, HoldsAllBelowAndNobodyAbove) {
  // 2 and 4 under 3, 5 under 4; 3 under 9, 8 under 9.
  const std::vector<MergeEdge> edges{{CustomerId{2}, CustomerId{3}},
                                     {CustomerId{4}, CustomerId{3}},
                                     {CustomerId{5}, CustomerId{4}},
                                     {CustomerId{3}, CustomerId{9}},
                                     {CustomerId{8}, CustomerId{9}}};
  const std::vector<CustomerId> expected{CustomerId{3}, CustomerId{2}, CustomerId{4},
                                         CustomerId{5}};
  EXPECT_EQ(Branch(CustomerId{3}, edges), expected);
}

}  // namespace
}  // namespace redress::customer
