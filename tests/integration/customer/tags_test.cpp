// Tags that people give and take.
#include <gtest/gtest.h>

#include "tests/integration/customer/tag_house.h"

namespace redress::customer {
namespace {

class TagsTest : public ::testing::Test {
 protected:
  TagHouse house_{test::InjectedFaults()};
};

TEST_F(TagsTest, ATagIsDefinedOnceAndChangedByItsVersion) {
  const Tag made = house_.NewTag("vip");
  EXPECT_EQ(made.version, 1u);
  Tag again = made;
  again.version = 0;
  EXPECT_EQ(ReasonOfRefusal([&] { house_.tags.Set(house_.NewWrite(), again); }),
            "TAG_ALREADY_EXISTS");
  again.version = 7;
  EXPECT_EQ(ReasonOfRefusal([&] { house_.tags.Set(house_.NewWrite(), again); }),
            "VERSION_CONFLICT");
  again.version = 1;
  again.group = "other";
  const Write write = house_.NewWrite();
  EXPECT_EQ(Patiently([&] { return house_.tags.Set(write, again); }).version, 2u);
}

TEST_F(TagsTest, ManyAreAnsweredOneByOne) {
  house_.NewTag("vip");
  auto customers = house_.NewCustomers(3);
  house_.Decide("vip", HandDecision::kSet, {customers[0]});
  customers.push_back(CustomerId{99});
  EXPECT_EQ(house_.Decide("vip", HandDecision::kSet, customers),
            (std::vector<TagResult>{TagResult::kUnchanged, TagResult::kChanged, TagResult::kChanged,
                                    TagResult::kNotFound}));
}

TEST_F(TagsTest, ARepeatedCallGetsTheFirstAnswer) {
  house_.NewTag("vip");
  const auto customers = house_.NewCustomers(1);
  const Write write = house_.NewWrite("once");
  const TagByHand set{.tag = "vip"};
  const auto give = [&] {
    return Patiently([&] { return house_.tags.Decide(write, set, customers); });
  };
  EXPECT_EQ(give(), std::vector<TagResult>{TagResult::kChanged});
  EXPECT_EQ(give(), std::vector<TagResult>{TagResult::kChanged});
  const Person person{customers[0], customers};
  EXPECT_EQ(house_.tags.Changes(kShop, person.members, 0, 10).size(), 1u);
}

TEST_F(TagsTest, WhoSetWhatIsRemembered) {
  house_.NewTag("vip");
  const auto customers = house_.NewCustomers(1);
  house_.Decide("vip", HandDecision::kSet, customers);
  house_.Decide("vip", HandDecision::kDeny, customers);
  house_.Decide("vip", HandDecision::kHandBack, customers);
  const auto changes = house_.tags.Changes(kShop, customers, 0, 10);
  ASSERT_EQ(changes.size(), 3u);
  EXPECT_EQ(changes[0].action, TagAction::kHandedBack);
  EXPECT_EQ(changes[1].action, TagAction::kRemoved);
  EXPECT_EQ(changes[2].action, TagAction::kSet);
  EXPECT_EQ(changes[2].account, AccountId{5});
}

TEST_F(TagsTest, ATagIsShownForTheWholeGroup) {
  house_.NewTag("vip");
  const auto customers = house_.NewCustomers(2);
  house_.Decide("vip", HandDecision::kSet, {customers[1]});
  EXPECT_TRUE(house_.TagsOf(customers[0]).empty());
  house_.Merge(customers[1], customers[0]);
  EXPECT_EQ(house_.TagsOf(customers[0]), std::set<std::string>{"vip"});
}

TEST_F(TagsTest, ATagSetByHandExpires) {
  house_.NewTag("coupon", 7);
  const CustomerId customer = house_.NewCustomer();
  house_.Decide("coupon", HandDecision::kSet, {customer});
  house_.Settle();
  EXPECT_EQ(house_.tags.Tagged(kShop, "coupon", {}, 10).size(), 1u);
  house_.clock.Advance(7 * platform::kDayUs);
  EXPECT_TRUE(house_.TagsOf(customer).empty());
  house_.Settle();
  EXPECT_TRUE(house_.tags.Tagged(kShop, "coupon", {}, 10).empty());
  EXPECT_EQ(house_.tags.Changes(kShop, {&customer, 1}, 0, 10).front().action, TagAction::kExpired);
}

TEST_F(TagsTest, ATagThatAConditionNamesIsNotArchived) {
  house_.NewTag("vip");
  house_.NewSegment("best", "tag(\"vip\")");
  EXPECT_EQ(ReasonOfRefusal([&] { house_.tags.SetArchived(house_.NewWrite(), "vip", 1, true); }),
            "TAG_IN_USE");
}

TEST_F(TagsTest, AnotherShopsTagsAreUnknown) {
  house_.NewTag("vip");
  const auto customers = house_.NewCustomers(1, kOtherShop);
  EXPECT_EQ(house_.Decide("vip", HandDecision::kSet, customers),
            std::vector<TagResult>{TagResult::kNotFound});
  EXPECT_EQ(ReasonOfRefusal([&] { house_.tags.Tagged(kOtherShop, "vip", {}, 10); }),
            "TAG_NOT_FOUND");
}

}  // namespace
}  // namespace redress::customer
