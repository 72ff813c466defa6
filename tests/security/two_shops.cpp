#include "tests/security/two_shops.h"

#include <redress/identity/v1/directory_service.pb.h>
#include <redress/identity/v1/shop_service.pb.h>

#include <stdexcept>

#include "clients/cpp/call_error.h"
#include "tests/support/wait_for.h"

namespace redress::security {
namespace {

constexpr std::int64_t kTokenLifeS = 600;
constexpr std::int64_t kRenewBeforeS = 120;

// With the pause between looks at the directory that is shipped: how soon the services hear of a
// log-out is tested here.
e2e::Stack& Deployment() {
  static e2e::Stack stack({"REDRESS_SERVER_DIRECTORY_POLL_MS=2000"});
  return stack;
}

std::string Bearer(const std::string& token) { return "Bearer " + token; }

}  // namespace

TwoShops& TwoShops::Shared() {
  static TwoShops shops;
  return shops;
}

TwoShops::TwoShops() : stack_(Deployment()), wire_(stack_), ours_(stack_), theirs_(stack_) {
  for (const std::string& role : kRoles) {
    const auto tokens = NewSession(ours_, role);
    expired_[role] = tokens.access_token();
    refresh_token_ = tokens.refresh_token();
  }
  stack_.Advance(kTokenLifeS + 1);
  AwaitExpiry();
  EndASessionOfEachRole();
  EndAMembership();
  public_key_ = wire_
                    .Get<identity::ListSigningKeysResponse>(Certificate("gateway"),
                                                            identity::ListSigningKeysRequest{})
                    .keys(0)
                    .public_key_pem();
}

identity::LogInResponse TwoShops::LogIn(const std::string& account, const std::string& password) {
  identity::LogInRequest request;
  request.set_account_name(account);
  request.set_password(password);
  auto answer = wire_.Get<identity::LogInResponse>(Nobody(), request);
  given_out_.push_back(answer.tokens().access_token());
  given_out_.push_back(answer.tokens().refresh_token());
  return answer;
}

identity::SessionTokens TwoShops::NewSession(e2e::Shop& shop, const std::string& role) {
  return LogIn(shop.AccountNameOf(role), shop.PasswordOf(role)).tokens();
}

// Processes look at the moved clock one after another; what identity issued before it did would be
// out of date at once.
void TwoShops::AwaitExpiry() {
  const Caller expired = {.name = "agent", .authorization = Bearer(expired_.at("agent"))};
  const auto is_refused = [&] {
    try {
      wire_.Get<identity::GetMeResponse>(expired, identity::GetMeRequest{});
      return false;
    } catch (const client::CallError& error) {
      return error.code() == grpc::StatusCode::UNAUTHENTICATED;
    }
  };
  if (!test::WaitFor(is_refused, std::chrono::seconds(10))) {
    throw std::runtime_error("identity still takes tokens that have expired");
  }
}

void TwoShops::EndASessionOfEachRole() {
  for (const std::string& role : kRoles) {
    ended_[role] = NewSession(ours_, role).access_token();
    wire_.Get<identity::LogOutResponse>({.name = role, .authorization = Bearer(ended_[role])},
                                        identity::LogOutRequest{});
  }
}

void TwoShops::EndAMembership() {
  identity::CreateMemberRequest create;
  create.set_request_id(e2e::Unique("former"));
  former_account_ = e2e::Unique("former");
  former_password_ = e2e::Unique("a-long-password");
  create.set_account_name(former_account_);
  create.set_display_name("former");
  create.set_password(former_password_);
  create.add_roles(common::v1::ROLE_AGENT);
  const auto member = wire_.Get<identity::CreateMemberResponse>(Member("admin"), create).member();
  identity::UpdateMemberRequest end;
  end.set_request_id(e2e::Unique("former"));
  end.set_account_id(member.account_id());
  end.set_etag(member.etag());
  wire_.Get<identity::UpdateMemberResponse>(Member("admin"), end);
}

std::string TwoShops::TokenOf(e2e::Shop& shop, const std::string& role) {
  Kept& kept = tokens_[{shop.shop_id(), role}];
  if (stack_.NowUs() >= kept.renew_at_us) {
    kept.token = NewSession(shop, role).access_token();
    kept.renew_at_us = stack_.NowUs() + (kTokenLifeS - kRenewBeforeS) * 1'000'000;
  }
  return kept.token;
}

Caller TwoShops::Member(const std::string& role) {
  return {.name = role, .authorization = Bearer(TokenOf(ours_, role)), .shop = ours_.shop_id()};
}

Caller TwoShops::TheirMember(const std::string& role) {
  return {.name = role + " of another shop",
          .authorization = Bearer(TokenOf(theirs_, role)),
          .shop = theirs_.shop_id()};
}

Caller TwoShops::FormerMember() {
  if (stack_.NowUs() >= former_.renew_at_us) {
    former_.token = LogIn(former_account_, former_password_).tokens().access_token();
    former_.renew_at_us = stack_.NowUs() + (kTokenLifeS - kRenewBeforeS) * 1'000'000;
  }
  return {
      .name = "a former member", .authorization = Bearer(former_.token), .shop = ours_.shop_id()};
}

Caller TwoShops::Certificate(const std::string& common_name) {
  return {
      .name = "certificate " + common_name, .shop = ours_.shop_id(), .certificate = common_name};
}

}  // namespace redress::security
