#include "services/aftersales/api/order_line_source.h"

#include "services/platform/server/channel.h"
#include "services/platform/server/status.h"

namespace redress::aftersales {
namespace {

constexpr std::chrono::milliseconds kTimeout(5000);

workflows::refund::OrderShipping ShippingOf(const order::v1::GetLineFactsResponse& facts) {
  using workflows::refund::OrderShipping;
  if (facts.received()) return OrderShipping::kReceived;
  return facts.shipped() ? OrderShipping::kShipped : OrderShipping::kUnshipped;
}

}  // namespace

OrderLineSource::OrderLineSource(std::shared_ptr<grpc::Channel> channel)
    : stub_(order::v1::OrderService::NewStub(std::move(channel))) {}

LineFacts OrderLineSource::Read(ShopId shop, OrderId order, LineId line) {
  order::v1::GetLineFactsRequest request;
  request.set_order_id(platform::ToString(order));
  request.set_line_id(platform::ToString(line));
  return Ask(shop, order, request);
}

LineFacts OrderLineSource::ReadOrder(ShopId shop, OrderId order) {
  order::v1::GetLineFactsRequest request;
  request.set_order_id(platform::ToString(order));
  request.set_whole_order(true);
  return Ask(shop, order, request);
}

LineFacts OrderLineSource::Find(ShopId shop, const std::string& platform,
                                const std::string& order_number, const std::string& line_number) {
  order::v1::GetLineFactsRequest request;
  request.mutable_number()->set_platform(platform);
  request.mutable_number()->set_order_number(order_number);
  request.set_line_number(line_number);
  return Ask(shop, {}, request);
}

LineFacts OrderLineSource::FindOrder(ShopId shop, const std::string& platform,
                                     const std::string& order_number) {
  order::v1::GetLineFactsRequest request;
  request.mutable_number()->set_platform(platform);
  request.mutable_number()->set_order_number(order_number);
  request.set_whole_order(true);
  return Ask(shop, {}, request);
}

LineFacts OrderLineSource::Ask(ShopId shop, OrderId order,
                               const order::v1::GetLineFactsRequest& request) {
  grpc::ClientContext context;
  platform::AsService(shop, kTimeout, context);
  order::v1::GetLineFactsResponse response;
  platform::ThrowUnlessOk(stub_->GetLineFacts(&context, request, &response));

  LineFacts facts;
  facts.order = order ? order : OrderId{response.order_id()};
  facts.line = {response.line_id()};
  facts.order_version = response.order_version();
  facts.currency = response.currency_code();
  facts.ceiling = response.refund_ceiling_minor();
  facts.quantity = response.quantity();
  facts.customer = {response.customer_id()};
  facts.paid_at = response.paid_at_us();
  facts.shipping = ShippingOf(response);
  facts.postage = response.postage();
  facts.sku = response.sku();
  facts.title = response.title();
  facts.platform = response.platform();
  facts.refunded_elsewhere = response.refunded_elsewhere_minor();
  return facts;
}

}  // namespace redress::aftersales
