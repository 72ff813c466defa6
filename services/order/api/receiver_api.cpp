#include "services/order/api/receiver_api.h"

#include "services/platform/server/call.h"

namespace redress::order {

grpc::ServerUnaryReactor* ReceiverApi::RevealReceiver(grpc::CallbackServerContext* context,
                                                      const v1::RevealReceiverRequest* request,
                                                      v1::RevealReceiverResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const platform::Call& call, const v1::RevealReceiverRequest& request,
             v1::RevealReceiverResponse& response) {
        const ShopId shop = call.caller.shop;
        const auto id = platform::ParseId<OrderId>(request.order_id(), "order_id");
        const Order order = uses_.reading.Get(shop, id).order;
        // Recorded first: nothing is shown that nobody can trace.
        const std::uint64_t reveal = uses_.customers.RecordReceiver(
            call, request.request_id(), id, order.customer, request.reason());
        const Receiver receiver = uses_.show(shop, id, reveal);
        v1::Receiver& out = *response.mutable_receiver();
        out.set_name(receiver.name);
        out.set_phone(receiver.phone);
        out.set_address(receiver.address);
      });
}

}  // namespace redress::order
