// Segments and who is in them.
#include <gtest/gtest.h>

#include "tests/integration/customer/tag_house.h"

namespace redress::customer {
namespace {

class SegmentsTest : public ::testing::Test {
 protected:
  void Orders(CustomerId customer, std::uint32_t count) {
    house_.Learn(customer, [&](CustomerFacts& facts) { facts.figures.paid_orders = count; });
  }
  Segment Get(const std::string& code) {
    return Patiently([&] { return house_.segments.Get(kShop, code, house_.clock.NowUs()); });
  }

  TagHouse house_{test::InjectedFaults()};
};

TEST_F(SegmentsTest, MembersComeAndGoWithTheFacts) {
  house_.NewSegment("regulars", "paid_orders >= 2");
  const CustomerId customer = house_.NewCustomer();
  Orders(customer, 2);
  house_.Settle();
  EXPECT_EQ(Get("regulars").members, 1u);
  EXPECT_EQ(house_.segments.Members(kShop, "regulars", {}, 10).at(0).nick, "nick1");
  Orders(customer, 1);
  house_.Settle();
  EXPECT_EQ(Get("regulars").members, 0u);
}

TEST_F(SegmentsTest, AChangedConditionIsSettledInTheBackground) {
  const Segment made = house_.NewSegment("regulars", "paid_orders >= 9");
  const auto customers = house_.NewCustomers(5);
  for (const CustomerId customer : customers) Orders(customer, 3);
  house_.Settle();
  EXPECT_TRUE(Get("regulars").settled);
  Segment changed = made;
  changed.expression = "paid_orders >= 3";
  const Write write = house_.NewWrite();
  Patiently([&] { return house_.segments.Set(write, changed); });
  EXPECT_FALSE(Get("regulars").settled);
  house_.Settle();
  EXPECT_TRUE(Get("regulars").settled);
  EXPECT_EQ(Get("regulars").members, 5u);
}

TEST_F(SegmentsTest, RulesMayNameThem) {
  house_.NewTag("gold");
  house_.NewSegment("regulars", "paid_orders >= 2");
  house_.RuleOn("gold", "segment(\"regulars\")");
  const CustomerId customer = house_.NewCustomer();
  Orders(customer, 2);
  house_.Settle();
  EXPECT_EQ(house_.TagsOf(customer), std::set<std::string>{"gold"});
  EXPECT_EQ(
      ReasonOfRefusal([&] { house_.segments.SetArchived(house_.NewWrite(), "regulars", 1, true); }),
      "SEGMENT_IN_USE");
}

TEST_F(SegmentsTest, AnArchivedOneIsEmptied) {
  house_.NewSegment("regulars", "true");
  house_.NewCustomer();
  house_.Settle();
  EXPECT_EQ(Get("regulars").members, 1u);
  const Write write = house_.NewWrite();
  Patiently([&] { return house_.segments.SetArchived(write, "regulars", 1, true); });
  house_.Settle();
  EXPECT_EQ(Get("regulars").members, 0u);
}

TEST_F(SegmentsTest, MembersArePagedByTheirHeads) {
  house_.NewSegment("all", "true");
  const auto customers = house_.NewCustomers(5);
  house_.Settle();
  const auto first = house_.segments.Members(kShop, "all", {}, 3);
  ASSERT_EQ(first.size(), 3u);
  EXPECT_EQ(house_.segments.Members(kShop, "all", first.back().customer, 3).size(), 2u);
}

}  // namespace
}  // namespace redress::customer
