#include "services/order/api/receiver_api.h"

#include <string>

#include "services/platform/base/errors.h"
#include "services/platform/server/call.h"

namespace redress::order {
namespace {

using platform::Refusal;

// Who packs parcels reads whom they are for, and nobody whose parcel has left or is not paid yet.
void RequireToBePacked(const platform::Call& call, const Order& order) {
  const bool is_colleague = call.caller.has(platform::Role::ROLE_AGENT) ||
                            call.caller.has(platform::Role::ROLE_SUPERVISOR);
  if (is_colleague || order.MayBePacked()) return;
  throw Refusal(platform::Code::kFailedPrecondition, "NOT_TO_BE_SHIPPED",
                "The order does not wait to be shipped, so its receiver is shown to agents and "
                "supervisors only; ask one of them.")
      .With("status", std::string(StatusName(order.status)));
}

}  // namespace

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
        RequireToBePacked(call, order);
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
