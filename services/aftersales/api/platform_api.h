#pragma once

#include "redress/aftersales/v1/platform_service.grpc.pb.h"
#include "services/aftersales/domain/case_repository.h"
#include "services/aftersales/domain/platform_refunds.h"
#include "services/platform/server/guard.h"

namespace redress::aftersales {

// PlatformService: what marketplaces say of refunds, and where they and our cases differ.
class PlatformApi final : public v1::PlatformService::CallbackService {
 public:
  PlatformApi(platform::Guard& guard, PlatformRefunds& refunds, PlatformRefundRepository& rows,
              CaseRepository& cases)
      : guard_(guard), refunds_(refunds), rows_(rows), cases_(cases) {}

  grpc::ServerUnaryReactor* PushRefunds(grpc::CallbackServerContext* context,
                                        const v1::PushRefundsRequest* request,
                                        v1::PushRefundsResponse* response) override;
  grpc::ServerUnaryReactor* ListPlatformRefunds(grpc::CallbackServerContext* context,
                                                const v1::ListPlatformRefundsRequest* request,
                                                v1::ListPlatformRefundsResponse* response) override;
  grpc::ServerUnaryReactor* ListUnmapped(grpc::CallbackServerContext* context,
                                         const v1::ListUnmappedRequest* request,
                                         v1::ListUnmappedResponse* response) override;

 private:
  void List(const platform::Call& call, const v1::ListPlatformRefundsRequest& request,
            v1::ListPlatformRefundsResponse& response);
  void AddCases(ShopId shop, v1::ListPlatformRefundsResponse& response);

  platform::Guard& guard_;
  PlatformRefunds& refunds_;
  PlatformRefundRepository& rows_;
  CaseRepository& cases_;
};

}  // namespace redress::aftersales
