// The customer service over gRPC, called as the order service itself.
#pragma once

#include <grpcpp/channel.h>

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "redress/customer/v1/customer_service.grpc.pb.h"
#include "services/order/domain/order_store.h"

namespace redress::order {

class CustomerClient final : public CustomerBook {
 public:
  explicit CustomerClient(const std::shared_ptr<grpc::Channel>& channel);

  std::vector<CustomerId> Ensure(ShopId shop, const std::string& platform,
                                 std::span<const Buyer> buyers, Deadline until) override;
  std::vector<CustomerId> Find(ShopId shop, const std::string& platform,
                               std::span<const std::string> nicks, Deadline until) override;

 private:
  std::vector<CustomerId> Ask(ShopId shop, const customer::v1::EnsureCustomersRequest& request,
                              Deadline until);

  const std::unique_ptr<customer::v1::CustomerService::Stub> stub_;
};

}  // namespace redress::order
