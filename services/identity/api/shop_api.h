// ShopService over gRPC.
#pragma once

#include "redress/identity/v1/shop_service.grpc.pb.h"
#include "services/identity/api/directory_feed.h"
#include "services/identity/domain/shops.h"
#include "services/platform/server/guard.h"

namespace redress::identity {

class ShopApi final : public v1::ShopService::CallbackService {
 public:
  // All of them outlive the service.
  ShopApi(platform::Guard& guard, Shops& shops, DirectoryFeed& feed)
      : guard_(guard), shops_(shops), feed_(feed) {}

  grpc::ServerUnaryReactor* CreateShop(grpc::CallbackServerContext* context,
                                       const v1::CreateShopRequest* request,
                                       v1::CreateShopResponse* response) override;
  grpc::ServerUnaryReactor* GetShop(grpc::CallbackServerContext* context,
                                    const v1::GetShopRequest* request,
                                    v1::GetShopResponse* response) override;
  grpc::ServerUnaryReactor* SetShopSetting(grpc::CallbackServerContext* context,
                                           const v1::SetShopSettingRequest* request,
                                           v1::SetShopSettingResponse* response) override;
  grpc::ServerUnaryReactor* ListShopSettings(grpc::CallbackServerContext* context,
                                             const v1::ListShopSettingsRequest* request,
                                             v1::ListShopSettingsResponse* response) override;
  grpc::ServerUnaryReactor* CreateMember(grpc::CallbackServerContext* context,
                                         const v1::CreateMemberRequest* request,
                                         v1::CreateMemberResponse* response) override;
  grpc::ServerUnaryReactor* UpdateMember(grpc::CallbackServerContext* context,
                                         const v1::UpdateMemberRequest* request,
                                         v1::UpdateMemberResponse* response) override;
  grpc::ServerUnaryReactor* ListMembers(grpc::CallbackServerContext* context,
                                        const v1::ListMembersRequest* request,
                                        v1::ListMembersResponse* response) override;

 private:
  platform::Guard& guard_;
  Shops& shops_;
  DirectoryFeed& feed_;
};

}  // namespace redress::identity
