#include "services/identity/store/answer.h"

#include <gtest/gtest.h>

#include <string>

namespace redress::identity {
namespace {

TEST(Answer, IsReadBackAsItWasWritten) {
  Member member{AccountId{12345678901234}, "wang", "王:芳 3:x", RoleSet::FromBits(6), 5000, 9};
  Member back = MemberOf(ToAnswer(member));
  EXPECT_EQ(back.account, member.account);
  EXPECT_EQ(back.display_name, member.display_name);
  EXPECT_EQ(back.roles, member.roles);
  EXPECT_EQ(back.approval_limit_minor, 5000);
  EXPECT_EQ(back.version, 9u);
  member.approval_limit_minor.reset();
  EXPECT_EQ(MemberOf(ToAnswer(member)).approval_limit_minor, std::nullopt);

  const CreatedShop created{{ShopId{3}, "店:铺", "Asia/Shanghai", "CNY", 17}, AccountId{4}};
  const CreatedShop shop = CreatedShopOf(ToAnswer(created));
  EXPECT_EQ(shop.shop.id, created.shop.id);
  EXPECT_EQ(shop.shop.name, "店:铺");
  EXPECT_EQ(shop.admin, created.admin);

  const ShopSetting setting = SettingOf(ToAnswer(ShopSetting{"time_zone", "", -5}));
  EXPECT_EQ(setting.value, "");
  EXPECT_EQ(setting.effective_at, -5);
}

TEST(Answer, AForeignFormIsRefused) {
  for (const std::string bad : {"", "5:abc", "x:abc", "3abc", "999999999999999999999:a"}) {
    EXPECT_THROW(SettingOf(bad), std::runtime_error) << bad;
  }
}

}  // namespace
}  // namespace redress::identity
