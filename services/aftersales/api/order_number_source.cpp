#include "services/aftersales/api/order_number_source.h"

#include "services/platform/server/channel.h"
#include "services/platform/server/status.h"

namespace redress::aftersales {
namespace {

constexpr std::chrono::milliseconds kTimeout(5000);

}  // namespace

OrderServiceNumbers::OrderServiceNumbers(std::shared_ptr<grpc::Channel> channel)
    : stub_(order::v1::OrderService::NewStub(std::move(channel))) {}

std::vector<OrderNumber> OrderServiceNumbers::Read(ShopId shop, std::span<const OrderId> orders) {
  grpc::ClientContext context;
  platform::AsService(shop, kTimeout, context);
  order::v1::ListOrderNumbersRequest request;
  for (const OrderId order : orders) request.add_order_ids(platform::ToString(order));
  order::v1::ListOrderNumbersResponse response;
  platform::ThrowUnlessOk(stub_->ListOrderNumbers(&context, request, &response));
  std::vector<OrderNumber> numbers;
  for (const auto& one : response.orders()) {
    numbers.push_back({platform::ParseId<OrderId>(one.order_id(), "order_id"), one.platform(),
                       one.order_number()});
  }
  return numbers;
}

}  // namespace redress::aftersales
