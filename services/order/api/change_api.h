// ChangeService: receivers before shipping, prices before payment, and the record of both.
#pragma once

#include <utility>

#include "redress/order/v1/change_service.grpc.pb.h"
#include "services/order/domain/order_editing.h"
#include "services/order/domain/order_reading.h"
#include "services/platform/server/call.h"
#include "services/platform/server/guard.h"

namespace redress::order {

class ChangeApi final : public v1::ChangeService::CallbackService {
 public:
  // All outlive the api.
  struct Uses {
    platform::Guard& guard;
    OrderStore& store;
    OrderEditing& editing;
    OrderReading& reading;
  };
  explicit ChangeApi(Uses uses) : uses_(std::move(uses)) {}

  grpc::ServerUnaryReactor* CheckAddress(grpc::CallbackServerContext* context,
                                         const v1::CheckAddressRequest* request,
                                         v1::CheckAddressResponse* response) override;
  grpc::ServerUnaryReactor* ChangeAddress(grpc::CallbackServerContext* context,
                                          const v1::ChangeAddressRequest* request,
                                          v1::ChangeAddressResponse* response) override;
  grpc::ServerUnaryReactor* ChangePrice(grpc::CallbackServerContext* context,
                                        const v1::ChangePriceRequest* request,
                                        v1::ChangePriceResponse* response) override;
  grpc::ServerUnaryReactor* ListOrderChanges(grpc::CallbackServerContext* context,
                                             const v1::ListOrderChangesRequest* request,
                                             v1::ListOrderChangesResponse* response) override;
  grpc::ServerUnaryReactor* AcknowledgeAddressChange(
      grpc::CallbackServerContext* context, const v1::AcknowledgeAddressChangeRequest* request,
      v1::AcknowledgeAddressChangeResponse* response) override;
  grpc::ServerUnaryReactor* ListAddressChanges(grpc::CallbackServerContext* context,
                                               const v1::ListAddressChangesRequest* request,
                                               v1::ListAddressChangesResponse* response) override;

 private:
  using Call = platform::Call;

  void Answer(const Call& call, const v1::CheckAddressRequest& request,
              v1::CheckAddressResponse& response);
  void Answer(const Call& call, const v1::ChangeAddressRequest& request,
              v1::ChangeAddressResponse& response);
  void Answer(const Call& call, const v1::ChangePriceRequest& request,
              v1::ChangePriceResponse& response);
  void Answer(const Call& call, const v1::ListOrderChangesRequest& request,
              v1::ListOrderChangesResponse& response);
  void Answer(const Call& call, const v1::AcknowledgeAddressChangeRequest& request,
              v1::AcknowledgeAddressChangeResponse& response);
  void Answer(const Call& call, const v1::ListAddressChangesRequest& request,
              v1::ListAddressChangesResponse& response);
  // With the order as it is now.
  void Show(ShopId shop, const AddressChange& change, v1::AddressChange& out);

  Uses uses_;
};

}  // namespace redress::order
