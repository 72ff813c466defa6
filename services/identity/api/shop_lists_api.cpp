// The lists of ShopApi: pages read by key.
#include <algorithm>

#include "services/identity/api/mapping.h"
#include "services/identity/api/shop_api.h"
#include "services/platform/paging/paging.h"

namespace redress::identity {
namespace {

using platform::Call;
using platform::PageQuery;

constexpr std::size_t kStandardPage = 100;
constexpr std::size_t kLargestPage = 1000;

// Page tokens hold numbers: a setting stands for its place among the known ones, which are sorted.
std::uint64_t PlaceOf(const std::string& setting) {
  const auto known = KnownSettings();
  return static_cast<std::uint64_t>(std::lower_bound(known.begin(), known.end(), setting) -
                                    known.begin());
}

std::string SettingAt(std::uint64_t place) {
  const auto known = KnownSettings();
  return place < known.size() ? known[place] : known.back();
}

}  // namespace

grpc::ServerUnaryReactor* ShopApi::ListShopSettings(grpc::CallbackServerContext* context,
                                                    const v1::ListShopSettingsRequest* request,
                                                    v1::ListShopSettingsResponse* response) {
  return guard_.Blocking(
      context, request, response,
      [this](const Call& call, const v1::ListShopSettingsRequest& request,
             v1::ListShopSettingsResponse& response) {
        const PageQuery query("ListShopSettings", call.caller.shop);
        const auto after = query.Decode(request.page_token(), 2);
        const std::size_t page =
            platform::PageSize(request.page_size(), kStandardPage, kLargestPage);
        auto settings =
            shops_.Settings(call.caller.shop, after ? SettingAt((*after)[0]) : std::string(),
                            after ? static_cast<std::int64_t>((*after)[1]) : 0, page + 1);
        const bool more = settings.size() > page;
        if (more) settings.resize(page);
        for (const ShopSetting& setting : settings) ToProto(setting, response.add_settings());
        if (more) {
          const ShopSetting& last = settings.back();
          response.set_next_page_token(
              query.Encode({PlaceOf(last.name), static_cast<std::uint64_t>(last.effective_at)}));
        }
      });
}

grpc::ServerUnaryReactor* ShopApi::ListMembers(grpc::CallbackServerContext* context,
                                               const v1::ListMembersRequest* request,
                                               v1::ListMembersResponse* response) {
  return guard_.Blocking(
      context, request, response,
      [this](const Call& call, const v1::ListMembersRequest& request,
             v1::ListMembersResponse& response) {
        const PageQuery query("ListMembers", call.caller.shop);
        const auto after = query.Decode(request.page_token(), 1);
        const std::size_t page =
            platform::PageSize(request.page_size(), kStandardPage, kLargestPage);
        auto members =
            shops_.Members(call.caller.shop, AccountId{after ? after->front() : 0}, page + 1);
        const bool more = members.size() > page;
        if (more) members.resize(page);
        for (const Member& member : members) ToProto(member, response.add_members());
        if (more) response.set_next_page_token(query.Encode({members.back().account.value}));
      });
}

}  // namespace redress::identity
