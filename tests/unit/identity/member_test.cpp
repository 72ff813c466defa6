#include "services/identity/domain/member.h"

#include <gtest/gtest.h>

#include "services/platform/base/errors.h"

namespace redress::identity {
namespace {

using platform::Code;
using platform::Refusal;
using platform::Role;

RoleSet Roles(std::initializer_list<Role> roles) { return RoleSet::Of(roles); }

template <class Call>
Refusal RefusalOf(Call call) {
  try {
    call();
  } catch (const Refusal& refusal) {
    return refusal;
  }
  ADD_FAILURE() << "was not refused";
  return Refusal(Code::kInternal, "NONE", "");
}

Member Admin() {
  return {AccountId{1}, "wang", "王芳", Roles({Role::ROLE_ADMIN}), std::nullopt, 4};
}

TEST(MemberUpdate, TakesTheChangeAndTheNextVersion) {
  const Member after = DecideUpdate(
      Admin(), {AccountId{1}, 4, Roles({Role::ROLE_ADMIN, Role::ROLE_AGENT}), 5000}, 0);
  EXPECT_TRUE(after.roles.Has(Role::ROLE_AGENT));
  EXPECT_EQ(after.approval_limit_minor, 5000);
  EXPECT_EQ(after.version, 5u);
}

TEST(MemberUpdate, AnotherVersionIsAborted) {
  const Refusal refusal = RefusalOf([] {
    DecideUpdate(Admin(), {AccountId{1}, 3, Roles({Role::ROLE_ADMIN}), {}}, 1);
  });
  EXPECT_EQ(refusal.code(), Code::kAborted);
  EXPECT_EQ(refusal.metadata().at("current_version"), "4");
}

TEST(MemberUpdate, TheLastAdminStays) {
  const MemberChange leaves{AccountId{1}, 4, {}, {}};
  EXPECT_EQ(RefusalOf([&] { DecideUpdate(Admin(), leaves, 0); }).reason(), "LAST_ADMIN");
  EXPECT_TRUE(DecideUpdate(Admin(), leaves, 1).roles.empty());
}

TEST(NewMemberAccount, NewNameNeedsPasswordAndDisplayName) {
  NewMember asked;
  asked.account = {AccountId{1}, "wang", "王芳", "hash"};
  asked.account_details = true;
  EXPECT_NO_THROW(CheckAccount(asked, false));
  asked.account.password_hash.clear();
  EXPECT_EQ(RefusalOf([&] { CheckAccount(asked, false); }).violations().at(0).field, "password");
  asked.account.password_hash = "hash";
  asked.account.display_name.clear();
  EXPECT_EQ(RefusalOf([&] { CheckAccount(asked, false); }).violations().at(0).field,
            "display_name");
}

TEST(NewMemberAccount, ExistingAccountKeepsItsPassword) {
  NewMember asked;
  asked.account.name = "wang";
  EXPECT_NO_THROW(CheckAccount(asked, true));
  asked.account_details = true;
  EXPECT_EQ(RefusalOf([&] { CheckAccount(asked, true); }).reason(), "ACCOUNT_EXISTS");
}

}  // namespace
}  // namespace redress::identity
