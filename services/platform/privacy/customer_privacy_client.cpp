#include "services/platform/privacy/customer_privacy_client.h"

#include <chrono>
#include <string>

#include "services/platform/server/channel.h"
#include "services/platform/server/status.h"

namespace redress::platform {

namespace v1 = redress::customer::v1;

v1::RecordRevealResponse CustomerPrivacyClient::Record(const Call& call,
                                                       const v1::RecordRevealRequest& request) {
  v1::RecordRevealResponse response;
  grpc::ClientContext context;
  PassOn(call, context);
  ThrowUnlessOk(stub_->RecordReveal(&context, request, &response));
  return response;
}

std::vector<CustomerId> CustomerPrivacyClient::AdmitExport(const Call& call, const ExportAsk& ask) {
  v1::RecordRevealRequest request;
  // The same in every service, so that one export is one reveal.
  request.set_request_id("export:" + ask.request_id);
  request.set_kind(v1::REVEAL_KIND_EXPORT);
  request.set_customer_id(ToString(ask.customer));
  request.set_reason(ask.reason);
  const v1::RecordRevealResponse recorded = Record(call, request);
  std::vector<CustomerId> customers;
  for (const std::uint64_t id : recorded.customer_ids()) {
    customers.push_back(CustomerId{id});
  }
  return customers;
}

std::uint64_t CustomerPrivacyClient::RecordReceiver(const Call& call, const std::string& request_id,
                                                    OrderId order, CustomerId customer,
                                                    const std::string& reason) {
  v1::RecordRevealRequest request;
  request.set_request_id("receiver:" + request_id);
  request.set_kind(v1::REVEAL_KIND_RECEIVER);
  request.set_customer_id(ToString(customer));
  request.set_order_id(ToString(order));
  request.set_reason(reason);
  return std::stoull(Record(call, request).reveal_id());
}

void CustomerPrivacyClient::ConfirmErasure(ShopId shop, CustomerId named) {
  constexpr auto kTimeout = std::chrono::milliseconds(5000);
  v1::ConfirmErasureRequest request;
  request.set_customer_id(ToString(named));
  v1::ConfirmErasureResponse response;
  grpc::ClientContext context;
  AsService(shop, kTimeout, context);
  ThrowUnlessOk(stub_->ConfirmErasure(&context, request, &response));
}

}  // namespace redress::platform
