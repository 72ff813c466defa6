// Log-out and the end of a membership reach every service within five seconds.

#include <gtest/gtest.h>
#include <redress/customer/v1/customer_service.pb.h>
#include <redress/identity/v1/session_service.pb.h>
#include <redress/identity/v1/shop_service.pb.h>
#include <redress/scoring/v1/figure_service.pb.h>

#include <chrono>
#include <string>

#include "clients/cpp/call_error.h"
#include "tests/e2e/figures.h"
#include "tests/security/two_shops.h"
#include "tests/support/wait_for.h"

namespace redress::security {
namespace {

using grpc::StatusCode;

constexpr auto kReachedWithin = std::chrono::seconds(5);

template <class Response, class Request>
StatusCode CodeOf(const Caller& caller, const Request& request) {
  try {
    TwoShops::Shared().wire().Get<Response>(caller, request);
    return StatusCode::OK;
  } catch (const client::CallError& error) {
    return error.code();
  }
}

// Whether a read at each service that keeps a copy of identity's directory is answered so.
bool EverywhereAnswered(const Caller& caller, StatusCode code) {
  scoring::v1::QueryFiguresRequest figures;
  const std::string today = e2e::DayOf(TwoShops::Shared().stack().NowUs());
  figures.mutable_query()->set_from_day(today);
  figures.mutable_query()->set_to_day(today);
  return CodeOf<identity::GetShopResponse>(caller, identity::GetShopRequest()) == code &&
         CodeOf<customer::v1::ListCustomersResponse>(
             caller, customer::v1::ListCustomersRequest()) == code &&
         CodeOf<order::v1::ListOrdersResponse>(caller, order::v1::ListOrdersRequest()) == code &&
         CodeOf<aftersales::v1::ListCasesResponse>(caller, aftersales::v1::ListCasesRequest()) ==
             code &&
         CodeOf<scoring::v1::QueryFiguresResponse>(caller, figures) == code;
}

TEST(Sessions, LogOutIsKnownEverywhereWithinFiveSeconds) {
  TwoShops& shops = TwoShops::Shared();
  const Caller caller = {
      .name = "agent",
      .authorization = "Bearer " + shops.NewSession(shops.ours(), "agent").access_token(),
      .shop = shops.ours().shop_id()};
  ASSERT_TRUE(EverywhereAnswered(caller, StatusCode::OK));
  shops.wire().Get<identity::LogOutResponse>(caller, identity::LogOutRequest());
  EXPECT_TRUE(test::WaitFor([&] { return EverywhereAnswered(caller, StatusCode::UNAUTHENTICATED); },
                            kReachedWithin));
}

TEST(Sessions, TheEndOfAMembershipIsKnownEverywhereWithinFiveSeconds) {
  TwoShops& shops = TwoShops::Shared();
  identity::CreateMemberRequest create;
  create.set_request_id(e2e::Unique("leaver"));
  create.set_account_name(e2e::Unique("leaver"));
  create.set_display_name("leaver");
  create.set_password(e2e::Unique("a-long-password"));
  create.add_roles(common::v1::ROLE_AGENT);
  const auto member =
      shops.wire().Get<identity::CreateMemberResponse>(shops.Member("admin"), create).member();
  identity::LogInRequest log_in;
  log_in.set_account_name(create.account_name());
  log_in.set_password(create.password());
  const auto tokens =
      shops.wire().Get<identity::LogInResponse>(TwoShops::Nobody(), log_in).tokens();
  const Caller caller = {.name = "leaver",
                         .authorization = "Bearer " + tokens.access_token(),
                         .shop = shops.ours().shop_id()};
  ASSERT_TRUE(test::WaitFor([&] { return EverywhereAnswered(caller, StatusCode::OK); }));
  identity::UpdateMemberRequest end;
  end.set_request_id(e2e::Unique("leaver"));
  end.set_account_id(member.account_id());
  end.set_etag(member.etag());
  shops.wire().Get<identity::UpdateMemberResponse>(shops.Member("admin"), end);
  EXPECT_TRUE(test::WaitFor(
      [&] { return EverywhereAnswered(caller, StatusCode::PERMISSION_DENIED); }, kReachedWithin));
}

}  // namespace
}  // namespace redress::security
