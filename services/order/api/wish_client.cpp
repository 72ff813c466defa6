#include "services/order/api/wish_client.h"

#include <chrono>

#include "services/platform/server/channel.h"
#include "services/platform/server/status.h"

namespace redress::order {
namespace {

constexpr std::chrono::milliseconds kTimeout(3000);

}  // namespace

// Without quiet days nothing is reserved, so that the question needs no name of its own.
bool WishClient::MayContact(ShopId shop, CustomerId customer) {
  customer::v1::ReserveContactRequest request;
  request.set_request_id("reminder");
  request.set_customer_id(platform::ToString(customer));
  customer::v1::ReserveContactResponse response;
  grpc::ClientContext context;
  platform::AsService(shop, kTimeout, context);
  platform::ThrowUnlessOk(stub_->ReserveContact(&context, request, &response));
  return response.verdict() == customer::v1::CONTACT_VERDICT_ALLOWED;
}

}  // namespace redress::order
