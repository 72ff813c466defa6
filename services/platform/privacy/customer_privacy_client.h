// The customer service's PrivacyService, as other services call it.
#pragma once

#include <grpcpp/channel.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "redress/customer/v1/privacy_service.grpc.pb.h"
#include "services/platform/base/ids.h"
#include "services/platform/privacy/personal_data_api.h"
#include "services/platform/server/call.h"

namespace redress::platform {

// Thread-safe. What the customer service refuses is thrown as the same Refusal.
class CustomerPrivacyClient {
 public:
  explicit CustomerPrivacyClient(const std::shared_ptr<grpc::Channel>& channel)
      : stub_(redress::customer::v1::PrivacyService::NewStub(channel)) {}

  // For the person behind the call.
  std::vector<CustomerId> AdmitExport(const Call& call, const ExportAsk& ask);
  // Answers the reveal's id. `customer` may be none.
  std::uint64_t RecordReceiver(const Call& call, const std::string& request_id, OrderId order,
                               CustomerId customer, const std::string& reason);
  // As the service itself.
  void ConfirmErasure(ShopId shop, CustomerId named);

 private:
  redress::customer::v1::RecordRevealResponse Record(
      const Call& call, const redress::customer::v1::RecordRevealRequest& request);

  std::unique_ptr<redress::customer::v1::PrivacyService::Stub> stub_;
};

}  // namespace redress::platform
