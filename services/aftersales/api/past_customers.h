#pragma once

#include <grpcpp/channel.h>

#include <memory>

#include "redress/customer/v1/customer_service.grpc.pb.h"
#include "services/aftersales/domain/past_import.h"

namespace redress::aftersales {

// Asks the customer service over mTLS, as the service itself.
class PastCustomersClient final : public PastCustomers {
 public:
  explicit PastCustomersClient(const std::shared_ptr<grpc::Channel>& channel)
      : stub_(customer::v1::CustomerService::NewStub(channel)) {}

  std::vector<CustomerId> Ensure(ShopId shop, const std::string& platform,
                                 std::span<const std::string> nicks,
                                 std::chrono::steady_clock::time_point until) override;

 private:
  const std::unique_ptr<customer::v1::CustomerService::Stub> stub_;
};

}  // namespace redress::aftersales
