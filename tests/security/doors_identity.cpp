#include <redress/identity/v1/directory_service.pb.h>
#include <redress/identity/v1/session_service.pb.h>
#include <redress/identity/v1/shop_service.pb.h>

#include "tests/security/doors.h"
#include "tests/security/two_shops.h"

namespace redress::security {
namespace {

using e2e::Shop;
using e2e::Unique;

constexpr char kAdmin[] = "admin";
constexpr char kPollers[] = "customer order aftersales desk scoring gateway";
constexpr auto kNothing = [](Shop&, const std::string&, auto&) {};

// An account that is a member of the shop already, as its admin sees it.
identity::Member NewMember(Shop& shop) {
  identity::CreateMemberRequest request;
  request.set_account_name(Unique("member"));
  request.set_display_name("member");
  request.set_password(Unique("a-long-password"));
  request.add_roles(common::v1::ROLE_AGENT);
  return shop.As(kAdmin).Call<identity::CreateMemberResponse>(std::move(request)).member();
}

void FillNewShop(Shop&, const std::string&, identity::CreateShopRequest& request) {
  request.set_request_id(Unique("shop"));
  request.set_name(Unique("shop"));
  request.set_time_zone("Asia/Shanghai");
  request.set_currency_code("CNY");
  request.mutable_first_admin()->set_account_name(Unique("admin"));
  request.mutable_first_admin()->set_display_name("admin");
  request.mutable_first_admin()->set_password(Unique("a-long-password"));
}

void FillNewMember(Shop&, const std::string&, identity::CreateMemberRequest& request) {
  request.set_request_id(Unique("member"));
  request.set_account_name(Unique("member"));
  request.set_display_name("member");
  request.set_password(Unique("a-long-password"));
  request.add_roles(common::v1::ROLE_ADMIN);
}

std::vector<Door> SessionDoors() {
  return {
      DoorOf<identity::LogInRequest>({.anyone = true},
                                     [](Shop& shop, auto&, auto& request) {
                                       request.set_account_name(shop.AccountNameOf("agent"));
                                       request.set_password(shop.PasswordOf("agent"));
                                     }),
      DoorOf<identity::RefreshSessionRequest>(
          {.anyone = true},
          [](Shop& shop, auto&, auto& request) {
            request.set_refresh_token(TwoShops::Shared().NewSession(shop, "agent").refresh_token());
          }),
      DoorOf<identity::LogOutRequest>({.signed_in = true}, kNothing),
      DoorOf<identity::GetMeRequest>({.signed_in = true}, kNothing)};
}

}  // namespace

std::vector<Door> IdentityDoors() {
  std::vector<Door> doors = SessionDoors();
  doors.push_back(DoorOf<identity::CreateShopRequest>({.services = "operator"}, FillNewShop));
  doors.push_back(DoorOf<identity::GetShopRequest>({.roles = kEveryRole}, kNothing));
  doors.push_back(
      DoorOf<identity::SetShopSettingRequest>({.roles = kAdmin}, [](Shop&, auto&, auto& request) {
        request.set_request_id(Unique("setting"));
        request.set_name("non_returnable_categories");
        request.set_value("fresh");
      }));
  doors.push_back(
      DoorOf<identity::ListShopSettingsRequest>({.roles = "supervisor admin auditor"}, kNothing));
  doors.push_back(DoorOf<identity::CreateMemberRequest>({.roles = kAdmin}, FillNewMember));
  doors.push_back(DoorOf<identity::UpdateMemberRequest>(
      {.roles = kAdmin}, [](Shop& shop, auto&, auto& request) {
        const identity::Member member = NewMember(shop);
        request.set_request_id(Unique("member"));
        request.set_account_id(member.account_id());
        request.set_etag(member.etag());
        request.add_roles(common::v1::ROLE_ADMIN);
      }));
  doors.push_back(
      DoorOf<identity::ListMembersRequest>({.roles = "agent supervisor admin auditor"}, kNothing));
  doors.push_back(DoorOf<identity::ListSigningKeysRequest>({.services = kPollers}, kNothing));
  doors.push_back(DoorOf<identity::ListDirectoryChangesRequest>({.services = kPollers}, kNothing));
  return doors;
}

}  // namespace redress::security
