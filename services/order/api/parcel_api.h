// ParcelService: what carriers tell of parcels, and which somebody has to look after.
#pragma once

#include <utility>

#include "redress/order/v1/parcel_service.grpc.pb.h"
#include "services/order/domain/order_rules.h"
#include "services/order/domain/parcel.h"
#include "services/platform/server/call.h"
#include "services/platform/server/guard.h"

namespace redress::order {

class ParcelApi final : public v1::ParcelService::CallbackService {
 public:
  // All outlive the api.
  struct Uses {
    platform::Guard& guard;
    ParcelRepository& parcels;
    RulesRepository& rules;
  };
  explicit ParcelApi(Uses uses) : uses_(std::move(uses)) {}

  grpc::ServerUnaryReactor* PushTracks(grpc::CallbackServerContext* context,
                                       const v1::PushTracksRequest* request,
                                       v1::PushTracksResponse* response) override;
  grpc::ServerUnaryReactor* ListTracks(grpc::CallbackServerContext* context,
                                       const v1::ListTracksRequest* request,
                                       v1::ListTracksResponse* response) override;
  grpc::ServerUnaryReactor* ListStuckParcels(grpc::CallbackServerContext* context,
                                             const v1::ListStuckParcelsRequest* request,
                                             v1::ListStuckParcelsResponse* response) override;
  grpc::ServerUnaryReactor* ListUntoldParcels(grpc::CallbackServerContext* context,
                                              const v1::ListUntoldParcelsRequest* request,
                                              v1::ListUntoldParcelsResponse* response) override;
  grpc::ServerUnaryReactor* MarkParcelTold(grpc::CallbackServerContext* context,
                                           const v1::MarkParcelToldRequest* request,
                                           v1::MarkParcelToldResponse* response) override;

 private:
  using Call = platform::Call;

  void Answer(const Call& call, const v1::PushTracksRequest& request,
              v1::PushTracksResponse& response);
  void Answer(const Call& call, const v1::ListTracksRequest& request,
              v1::ListTracksResponse& response);
  void Answer(const Call& call, const v1::ListStuckParcelsRequest& request,
              v1::ListStuckParcelsResponse& response);
  void Answer(const Call& call, const v1::ListUntoldParcelsRequest& request,
              v1::ListUntoldParcelsResponse& response);
  void Answer(const Call& call, const v1::MarkParcelToldRequest& request,
              v1::MarkParcelToldResponse& response);

  Uses uses_;
};

}  // namespace redress::order
