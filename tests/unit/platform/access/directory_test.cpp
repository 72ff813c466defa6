#include "services/platform/access/directory.h"

#include <gtest/gtest.h>

#include "services/platform/access/token_issuer.h"
#include "services/platform/base/errors.h"

namespace redress::platform {
namespace {

using common::v1::ROLE_AGENT;
using common::v1::ROLE_SUPERVISOR;
using identity::v1::DirectoryChange;

constexpr ShopId kShop{1};
constexpr AccountId kAnn{7};

class DirectoryTest : public ::testing::Test {
 protected:
  DirectoryTest() { AddShop("Asia/Shanghai"); }

  void Apply(DirectoryChange change, std::uint64_t version = 0) {
    identity::v1::ListDirectoryChangesResponse changes;
    change.set_version(version != 0 ? version : directory_.version() + 1);
    *changes.add_changes() = change;
    directory_.Apply(changes.changes());
  }
  void AddShop(const std::string& time_zone) {
    DirectoryChange change;
    change.mutable_shop()->set_shop_id(kShop.value);
    change.mutable_shop()->set_time_zone(time_zone);
    change.mutable_shop()->set_currency_code("CNY");
    Apply(change);
  }
  static DirectoryChange MembershipWith(std::initializer_list<Role> roles) {
    DirectoryChange change;
    change.mutable_membership()->set_account_id(kAnn.value);
    change.mutable_membership()->set_shop_id(kShop.value);
    for (const auto role : roles) change.mutable_membership()->add_roles(role);
    return change;
  }
  void Set(const std::string& name, const std::string& value, std::int64_t from_us) {
    DirectoryChange change;
    change.mutable_setting()->set_shop_id(kShop.value);
    change.mutable_setting()->set_name(name);
    change.mutable_setting()->set_value(value);
    change.mutable_setting()->set_effective_at_us(from_us);
    Apply(change);
  }

  Directory directory_;
};

TEST_F(DirectoryTest, MembershipIsTheLatestOne) {
  Apply(MembershipWith({ROLE_AGENT}));
  Apply(MembershipWith({ROLE_SUPERVISOR}));
  const auto membership = directory_.Find(kAnn, kShop);
  ASSERT_TRUE(membership);
  EXPECT_EQ(membership->roles, RoleSet::Of(std::vector{ROLE_SUPERVISOR}));
  EXPECT_FALSE(membership->approval_limit_minor);
  Apply(MembershipWith({}));
  EXPECT_FALSE(directory_.Find(kAnn, kShop));
}

TEST_F(DirectoryTest, KnownChangesAreNotAppliedAgain) {
  Apply(MembershipWith({ROLE_AGENT}), 10);
  Apply(MembershipWith({}), 9);
  EXPECT_TRUE(directory_.Find(kAnn, kShop));
  EXPECT_EQ(directory_.version(), 10U);
}

TEST_F(DirectoryTest, UnknownRolesGiveNothing) {
  Apply(MembershipWith({static_cast<Role>(40), common::v1::ROLE_UNSPECIFIED}));
  EXPECT_FALSE(directory_.Find(kAnn, kShop));
}

TEST_F(DirectoryTest, SettingsHoldFromTheirDate) {
  Set("cap", "10", 1000);
  Set("cap", "20", 2000);
  EXPECT_EQ(directory_.Setting(kShop, "cap", 999), "");
  EXPECT_EQ(directory_.Setting(kShop, "cap", 1000), "10");
  EXPECT_EQ(directory_.Setting(kShop, "cap", 1999), "10");
  EXPECT_EQ(directory_.Setting(kShop, "cap", INT64_MAX), "20");
  EXPECT_EQ(directory_.Setting(ShopId{2}, "cap", 1000), "");
}

TEST_F(DirectoryTest, EarlierDaysKeepTheirZone) {
  Set("time_zone", "Europe/London", 5000);
  EXPECT_EQ(directory_.TimeZoneAt(kShop, 4999)->name(), "Asia/Shanghai");
  EXPECT_EQ(directory_.TimeZoneAt(kShop, 5000)->name(), "Europe/London");
}

TEST_F(DirectoryTest, UnknownZoneLeavesTheShopAsItWas) {
  AddShop("Mars/Olympus");
  EXPECT_EQ(directory_.Shop(kShop).zone->name(), "Asia/Shanghai");
  EXPECT_EQ(directory_.version(), 2U);
}

TEST_F(DirectoryTest, UnknownShopIsNotFound) {
  EXPECT_THROW(directory_.Shop(ShopId{9}), Refusal);
  EXPECT_EQ(directory_.Shops(), std::vector{kShop});
}

TEST_F(DirectoryTest, KeysAreReplacedAndUnusableOnesLeftOut) {
  const auto pair = GenerateSigningKey();
  identity::v1::ListSigningKeysResponse keys;
  keys.add_keys()->set_key_id("good");
  keys.mutable_keys(0)->set_public_key_pem(pair.public_key_pem);
  keys.add_keys()->set_key_id("bad");
  keys.mutable_keys(1)->set_public_key_pem("no key");
  directory_.SetKeys(keys.keys());
  EXPECT_NE(directory_.FindKey("good"), nullptr);
  EXPECT_EQ(directory_.FindKey("bad"), nullptr);
  keys.mutable_keys(0)->set_key_id("next");
  directory_.SetKeys(keys.keys());
  EXPECT_EQ(directory_.FindKey("good"), nullptr);
  EXPECT_NE(directory_.FindKey("next"), nullptr);
}

}  // namespace
}  // namespace redress::platform
