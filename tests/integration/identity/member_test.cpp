// Members: roles, limits, versions, over the real server.
#include <gtest/gtest.h>

#include <string>

#include "tests/integration/identity/identity_house.h"

namespace redress::test {
namespace {

using common::v1::ROLE_ADMIN;
using common::v1::ROLE_AGENT;
using common::v1::ROLE_SUPERVISOR;
using grpc::StatusCode;
using platform::ShopId;

class MemberTest : public ::testing::Test {
 protected:
  MemberTest() : house_(ground_), shop_(house_.MakeShop("admin")), token_(house_.Token("admin")) {}

  identity::v1::Member Made(const identity::v1::CreateMemberRequest& request) {
    identity::v1::CreateMemberResponse response;
    const auto status = house_.CreateMember(token_, shop_, request, response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response.member();
  }
  grpc::Status TryCreate(const identity::v1::CreateMemberRequest& request) {
    identity::v1::CreateMemberResponse response;
    return house_.CreateMember(token_, shop_, request, response);
  }
  identity::v1::UpdateMemberRequest Update(const std::string& id,
                                           const identity::v1::Member& member,
                                           std::vector<common::v1::Role> roles) {
    identity::v1::UpdateMemberRequest request;
    request.set_request_id(id);
    request.set_account_id(member.account_id());
    request.set_etag(member.etag());
    for (const auto role : roles) request.add_roles(role);
    return request;
  }
  grpc::Status TryUpdate(const identity::v1::UpdateMemberRequest& request) {
    identity::v1::UpdateMemberResponse response;
    return house_.UpdateMember(token_, shop_, request, response);
  }
  std::vector<identity::v1::Member> Members(const std::string& token, std::uint32_t page_size) {
    std::vector<identity::v1::Member> members;
    identity::v1::ListMembersRequest request;
    request.set_page_size(page_size);
    do {
      grpc::ClientContext context;
      Prepare(context, token, shop_);
      identity::v1::ListMembersResponse response;
      const auto status = house_.shop_stub().ListMembers(&context, request, &response);
      EXPECT_TRUE(status.ok()) << status.error_message();
      members.insert(members.end(), response.members().begin(), response.members().end());
      request.set_page_token(response.next_page_token());
    } while (!request.page_token().empty());
    return members;
  }

  Ground ground_;
  IdentityHouse house_;
  ShopId shop_;
  std::string token_;
};

TEST_F(MemberTest, ANewMemberCanLogInAndWork) {
  auto request = MemberRequest("m1", "wang", {ROLE_AGENT, ROLE_SUPERVISOR});
  request.set_approval_limit_minor(50'000);
  const auto member = Made(request);
  EXPECT_EQ(member.account_name(), "wang");
  EXPECT_EQ(member.roles_size(), 2);
  EXPECT_EQ(member.approval_limit_minor(), 50'000);
  const auto members = Members(house_.Token("wang"), 100);
  EXPECT_EQ(members.size(), 2u);
}

TEST_F(MemberTest, ARepeatedCreateAnswersTheFirstAnswer) {
  const auto request = MemberRequest("m1", "wang", {ROLE_AGENT});
  const auto first = Made(request);
  EXPECT_EQ(Made(request).SerializeAsString(), first.SerializeAsString());
  ASSERT_TRUE(TryUpdate(Update("u1", first, {ROLE_SUPERVISOR})).ok());
  EXPECT_EQ(Made(request).SerializeAsString(), first.SerializeAsString());
  EXPECT_EQ(ReasonOf(TryCreate(MemberRequest("m1", "zhao", {ROLE_AGENT}))), "REQUEST_ID_REUSED");
  EXPECT_EQ(TryCreate(MemberRequest("m2", "wang", {ROLE_AGENT})).error_code(),
            StatusCode::ALREADY_EXISTS);
}

TEST_F(MemberTest, OneAccountWorksInSeveralShops) {
  Made(MemberRequest("m1", "wang", {ROLE_AGENT}));
  const ShopId second = house_.MakeShop("boss");
  const std::string boss = house_.Token("boss");
  auto request = MemberRequest("m1", "wang", {ROLE_SUPERVISOR});
  identity::v1::CreateMemberResponse response;
  EXPECT_EQ(ReasonOf(house_.CreateMember(boss, second, request, response)), "ACCOUNT_EXISTS");
  request.clear_password();
  request.clear_display_name();
  ASSERT_TRUE(house_.CreateMember(boss, second, request, response).ok());
  identity::v1::GetMeResponse me;
  ASSERT_TRUE(house_.GetMe(house_.Token("wang"), me).ok());
  ASSERT_EQ(me.memberships_size(), 2);
  EXPECT_EQ(me.memberships(0).roles(0), ROLE_AGENT);
  EXPECT_EQ(me.memberships(1).roles(0), ROLE_SUPERVISOR);
}

TEST_F(MemberTest, ANewAccountNeedsPasswordAndName) {
  auto request = MemberRequest("m1", "wang", {ROLE_AGENT});
  request.set_password("short");
  EXPECT_EQ(BadRequestOf(TryCreate(request)).field_violations(0).field(), "password");
  request.clear_password();
  EXPECT_EQ(BadRequestOf(TryCreate(request)).field_violations(0).field(), "password");
  request.set_password(kPassword);
  request.clear_display_name();
  EXPECT_EQ(BadRequestOf(TryCreate(request)).field_violations(0).field(), "display_name");
  request = MemberRequest("m1", "wang", {});
  EXPECT_EQ(BadRequestOf(TryCreate(request)).field_violations(0).field(), "roles");
  request = MemberRequest("m1", "wang", {common::v1::ROLE_UNSPECIFIED});
  EXPECT_EQ(BadRequestOf(TryCreate(request)).field_violations(0).field(), "roles[0]");
  request = MemberRequest("m1", "wang", {static_cast<common::v1::Role>(99)});
  EXPECT_EQ(BadRequestOf(TryCreate(request)).field_violations(0).field(), "roles[0]");
  request = MemberRequest("m1", "Wang Fang", {ROLE_AGENT});
  EXPECT_EQ(BadRequestOf(TryCreate(request)).field_violations(0).field(), "account_name");
  request = MemberRequest("m1", "wang", {ROLE_AGENT});
  request.set_approval_limit_minor(-1);
  EXPECT_EQ(BadRequestOf(TryCreate(request)).field_violations(0).field(), "approval_limit_minor");
  EXPECT_EQ(house_.Count("SELECT COUNT(1) FROM accounts"), 1);
}

TEST_F(MemberTest, UpdatesCheckTheVersion) {
  const auto member = Made(MemberRequest("m1", "wang", {ROLE_AGENT}));
  const auto first = Update("u1", member, {ROLE_SUPERVISOR});
  identity::v1::UpdateMemberResponse answer, repeat;
  ASSERT_TRUE(house_.UpdateMember(token_, shop_, first, answer).ok());
  EXPECT_NE(answer.member().etag(), member.etag());
  const auto lost = TryUpdate(Update("u2", member, {ROLE_AGENT}));
  EXPECT_EQ(lost.error_code(), StatusCode::ABORTED);
  // The repeat of what won is not a loser.
  ASSERT_TRUE(house_.UpdateMember(token_, shop_, first, repeat).ok());
  EXPECT_EQ(repeat.SerializeAsString(), answer.SerializeAsString());
  auto broken = Update("u3", member, {ROLE_AGENT});
  broken.set_etag("x");
  EXPECT_EQ(TryUpdate(broken).error_code(), StatusCode::INVALID_ARGUMENT);
}

TEST_F(MemberTest, EndedMembershipsOpenNoDoor) {
  const auto member = Made(MemberRequest("m1", "wang", {ROLE_AGENT}));
  const std::string token = house_.Token("wang");
  EXPECT_EQ(Members(token, 100).size(), 2u);
  ASSERT_TRUE(TryUpdate(Update("u1", member, {})).ok());
  grpc::ClientContext context;
  Prepare(context, token, shop_);
  identity::v1::ListMembersResponse response;
  EXPECT_FALSE(house_.shop_stub().ListMembers(&context, {}, &response).ok());
  identity::v1::GetMeResponse me;
  ASSERT_TRUE(house_.GetMe(token, me).ok());
  EXPECT_EQ(me.memberships_size(), 0);
}

TEST_F(MemberTest, TheLastAdminStays) {
  const auto admin = Members(token_, 100).front();
  EXPECT_EQ(ReasonOf(TryUpdate(Update("u1", admin, {ROLE_AGENT}))), "LAST_ADMIN");
  Made(MemberRequest("m1", "wang", {ROLE_ADMIN}));
  EXPECT_TRUE(TryUpdate(Update("u1", admin, {ROLE_AGENT})).ok());
}

TEST_F(MemberTest, OtherShopsMembersDoNotExist) {
  house_.MakeShop("boss");
  identity::v1::LogInResponse boss;
  ASSERT_TRUE(house_.LogIn("boss", kPassword, boss).ok());
  identity::v1::Member stranger;
  stranger.set_account_id(boss.account_id());
  stranger.set_etag("1");
  EXPECT_EQ(TryUpdate(Update("u1", stranger, {ROLE_AGENT})).error_code(), StatusCode::NOT_FOUND);
  stranger.set_account_id("12345");
  EXPECT_EQ(TryUpdate(Update("u2", stranger, {ROLE_AGENT})).error_code(), StatusCode::NOT_FOUND);
}

TEST_F(MemberTest, AgentsManageNobody) {
  Made(MemberRequest("m1", "wang", {ROLE_AGENT}));
  identity::v1::CreateMemberResponse response;
  EXPECT_EQ(house_
                .CreateMember(house_.Token("wang"), shop_,
                              MemberRequest("m2", "zhao", {ROLE_AGENT}), response)
                .error_code(),
            StatusCode::PERMISSION_DENIED);
}

TEST_F(MemberTest, MembersAreListedInPages) {
  for (int i = 0; i < 6; ++i) {
    Made(MemberRequest("m" + std::to_string(i), "agent" + std::to_string(i), {ROLE_AGENT}));
  }
  const auto members = Members(token_, 2);
  ASSERT_EQ(members.size(), 7u);
  for (std::size_t i = 1; i < members.size(); ++i) {
    EXPECT_LT(std::stoull(members[i - 1].account_id()), std::stoull(members[i].account_id()));
  }
}

}  // namespace
}  // namespace redress::test
