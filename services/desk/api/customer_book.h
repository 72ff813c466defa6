#pragma once

#include <grpcpp/channel.h>

#include <memory>

#include "redress/customer/v1/customer_service.grpc.pb.h"
#include "services/desk/domain/conversation_import.h"

namespace redress::desk {

// Asks the customer service over mTLS, as the service itself.
class CustomerBookClient final : public CustomerBook {
 public:
  explicit CustomerBookClient(const std::shared_ptr<grpc::Channel>& channel)
      : stub_(customer::v1::CustomerService::NewStub(channel)) {}

  std::vector<CustomerId> Ensure(ShopId shop, const std::string& platform,
                                 std::span<const std::string> nicks, Until until) override;

 private:
  const std::unique_ptr<customer::v1::CustomerService::Stub> stub_;
};

}  // namespace redress::desk
