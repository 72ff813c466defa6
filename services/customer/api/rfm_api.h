// RfmService: maps a request to the domain, calls once, maps the answer back.
#pragma once

#include <functional>
#include <string>

#include "redress/customer/v1/rfm_service.grpc.pb.h"
#include "services/customer/domain/fact_rebuild.h"
#include "services/customer/domain/person.h"
#include "services/customer/domain/rfm.h"
#include "services/customer/domain/timeline.h"
#include "services/platform/server/guard.h"

namespace redress::customer {

class RfmApi final : public v1::RfmService::CallbackService {
 public:
  // All outlive the api.
  struct Uses {
    platform::Guard& guard;
    Rfm& rfm;
    RfmRepository& bounds;
    People& people;
    TimelineReader& reader;
    FactRebuild& rebuild;
    std::function<std::string(ShopId)> currency_of;  // the shop's main currency
  };

  explicit RfmApi(Uses uses) : uses_(std::move(uses)) {}

  grpc::ServerUnaryReactor* ComputeRfm(grpc::CallbackServerContext* context,
                                       const v1::ComputeRfmRequest* request,
                                       v1::ComputeRfmResponse* response) override;
  grpc::ServerUnaryReactor* GetRfm(grpc::CallbackServerContext* context,
                                   const v1::GetRfmRequest* request,
                                   v1::GetRfmResponse* response) override;
  grpc::ServerUnaryReactor* RebuildFacts(grpc::CallbackServerContext* context,
                                         const v1::RebuildFactsRequest* request,
                                         v1::RebuildFactsResponse* response) override;

 private:
  Uses uses_;
};

}  // namespace redress::customer
