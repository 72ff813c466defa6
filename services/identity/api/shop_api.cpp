#include "services/identity/api/shop_api.h"

#include <charconv>

#include "services/identity/api/mapping.h"
#include "services/platform/base/errors.h"

namespace redress::identity {
namespace {

using platform::Call;

// Digests of writes never cover a password, however well hidden by the digest.
v1::CreateShopRequest WithoutSecrets(v1::CreateShopRequest request) {
  request.mutable_first_admin()->clear_password();
  return request;
}
v1::CreateMemberRequest WithoutSecrets(v1::CreateMemberRequest request) {
  request.clear_password();
  return request;
}

std::uint32_t VersionOf(const std::string& etag) {
  std::uint32_t version = 0;
  const auto [end, error] = std::from_chars(etag.data(), etag.data() + etag.size(), version);
  if (error != std::errc() || end != etag.data() + etag.size()) {
    throw platform::InvalidField("etag", "is none of ours: send back the one you were given");
  }
  return version;
}

template <class Request>
std::optional<std::int64_t> LimitOf(const Request& request) {
  if (!request.has_approval_limit_minor()) return std::nullopt;
  return request.approval_limit_minor();
}

}  // namespace

grpc::ServerUnaryReactor* ShopApi::CreateShop(grpc::CallbackServerContext* context,
                                              const v1::CreateShopRequest* request,
                                              v1::CreateShopResponse* response) {
  return guard_.Blocking(
      context, request, response,
      [this](const Call& call, const v1::CreateShopRequest& request,
             v1::CreateShopResponse& response) {
        const auto& admin = request.first_admin();
        const CreatedShop created = shops_.Create(
            KeyOf(call, ShopId{}, "CreateShop", request.request_id(), WithoutSecrets(request)),
            {request.name(), request.time_zone(), request.currency_code(), {}},
            {admin.account_name(), admin.display_name(), admin.password()});
        feed_.CatchUp();
        ToProto(created.shop, response.mutable_shop());
        response.set_admin_account_id(ToString(created.admin));
      });
}

grpc::ServerUnaryReactor* ShopApi::GetShop(grpc::CallbackServerContext* context,
                                           const v1::GetShopRequest* request,
                                           v1::GetShopResponse* response) {
  return guard_.Blocking(
      context, request, response,
      [this](const Call& call, const v1::GetShopRequest&, v1::GetShopResponse& response) {
        ToProto(shops_.Get(call.caller.shop), response.mutable_shop());
      });
}

grpc::ServerUnaryReactor* ShopApi::SetShopSetting(grpc::CallbackServerContext* context,
                                                  const v1::SetShopSettingRequest* request,
                                                  v1::SetShopSettingResponse* response) {
  return guard_.Blocking(
      context, request, response,
      [this](const Call& call, const v1::SetShopSettingRequest& request,
             v1::SetShopSettingResponse& response) {
        SettingChange change{request.name(), request.value(), std::nullopt, call.caller.account};
        if (request.has_effective_time()) {
          change.effective_at = FromTimestamp(request.effective_time(), "effective_time");
        }
        const ShopSetting setting = shops_.Set(
            KeyOf(call, call.caller.shop, "SetShopSetting", request.request_id(), request), change);
        feed_.CatchUp();
        ToProto(setting, response.mutable_setting());
      });
}

grpc::ServerUnaryReactor* ShopApi::CreateMember(grpc::CallbackServerContext* context,
                                                const v1::CreateMemberRequest* request,
                                                v1::CreateMemberResponse* response) {
  return guard_.Blocking(
      context, request, response,
      [this](const Call& call, const v1::CreateMemberRequest& request,
             v1::CreateMemberResponse& response) {
        NewMember member;
        member.roles = RolesOf(request.roles());
        member.approval_limit_minor = LimitOf(request);
        const Member created = shops_.CreateMember(
            KeyOf(call, call.caller.shop, "CreateMember", request.request_id(),
                  WithoutSecrets(request)),
            member, {request.account_name(), request.display_name(), request.password()});
        feed_.CatchUp();
        ToProto(created, response.mutable_member());
      });
}

grpc::ServerUnaryReactor* ShopApi::UpdateMember(grpc::CallbackServerContext* context,
                                                const v1::UpdateMemberRequest* request,
                                                v1::UpdateMemberResponse* response) {
  return guard_.Blocking(
      context, request, response,
      [this](const Call& call, const v1::UpdateMemberRequest& request,
             v1::UpdateMemberResponse& response) {
        const MemberChange change{platform::ParseId<AccountId>(request.account_id(), "account_id"),
                                  VersionOf(request.etag()), RolesOf(request.roles()),
                                  LimitOf(request)};
        const Member updated = shops_.UpdateMember(
            KeyOf(call, call.caller.shop, "UpdateMember", request.request_id(), request), change);
        feed_.CatchUp();
        ToProto(updated, response.mutable_member());
      });
}

}  // namespace redress::identity
