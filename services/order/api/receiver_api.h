// ReceiverService: receivers in clear, once the customer service has recorded who sees them.
#pragma once

#include <cstdint>
#include <functional>

#include "redress/order/v1/receiver_service.grpc.pb.h"
#include "services/order/domain/order_reading.h"
#include "services/platform/privacy/customer_privacy_client.h"
#include "services/platform/server/guard.h"

namespace redress::order {

class ReceiverApi final : public v1::ReceiverService::CallbackService {
 public:
  // What a recorded reveal shows.
  using Show = std::function<Receiver(ShopId, OrderId, std::uint64_t reveal)>;
  // All outlive the api.
  struct Uses {
    platform::Guard& guard;
    OrderReading& reading;
    platform::CustomerPrivacyClient& customers;
    Show show;
  };
  explicit ReceiverApi(Uses uses) : uses_(std::move(uses)) {}

  grpc::ServerUnaryReactor* RevealReceiver(grpc::CallbackServerContext* context,
                                           const v1::RevealReceiverRequest* request,
                                           v1::RevealReceiverResponse* response) override;

 private:
  Uses uses_;
};

}  // namespace redress::order
