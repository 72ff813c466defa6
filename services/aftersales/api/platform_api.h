#pragma once

#include "redress/aftersales/v1/platform_service.grpc.pb.h"
#include "services/aftersales/domain/case_repository.h"
#include "services/aftersales/domain/platform_objects.h"
#include "services/platform/server/guard.h"

namespace redress::aftersales {

// PlatformService: what marketplaces say of refunds and ratings, and where they and our cases
// differ.
class PlatformApi final : public v1::PlatformService::CallbackService {
 public:
  PlatformApi(platform::Guard& guard, PlatformObjects& refunds, PlatformObjectRepository& rows,
              CaseRepository& cases)
      : guard_(guard), refunds_(refunds), rows_(rows), cases_(cases) {}

  grpc::ServerUnaryReactor* PushRefunds(grpc::CallbackServerContext* context,
                                        const v1::PushRefundsRequest* request,
                                        v1::PushRefundsResponse* response) override;
  grpc::ServerUnaryReactor* ListPlatformRefunds(grpc::CallbackServerContext* context,
                                                const v1::ListPlatformRefundsRequest* request,
                                                v1::ListPlatformRefundsResponse* response) override;
  grpc::ServerUnaryReactor* PushRatings(grpc::CallbackServerContext* context,
                                        const v1::PushRatingsRequest* request,
                                        v1::PushRatingsResponse* response) override;
  grpc::ServerUnaryReactor* ListPlatformRatings(grpc::CallbackServerContext* context,
                                                const v1::ListPlatformRatingsRequest* request,
                                                v1::ListPlatformRatingsResponse* response) override;
  grpc::ServerUnaryReactor* ListUnmapped(grpc::CallbackServerContext* context,
                                         const v1::ListUnmappedRequest* request,
                                         v1::ListUnmappedResponse* response) override;

 private:
  // A page of objects, and where the next one begins.
  template <class Request>
  std::vector<PlatformObject> Page(const platform::Call& call, PlatformObjectKind kind,
                                   const Request& request, std::string& next_page_token);
  // How their cases stand now, which may be further than when they last followed.
  template <class Objects>
  void AddCases(ShopId shop, Objects& objects);

  platform::Guard& guard_;
  PlatformObjects& refunds_;
  PlatformObjectRepository& rows_;
  CaseRepository& cases_;
};

}  // namespace redress::aftersales
