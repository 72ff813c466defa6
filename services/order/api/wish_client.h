// The customer service's care over gRPC, called as the order service itself.
#pragma once

#include <grpcpp/channel.h>

#include <memory>

#include "redress/customer/v1/care_service.grpc.pb.h"
#include "services/order/domain/reminder.h"

namespace redress::order {

class WishClient final : public WishBook {
 public:
  explicit WishClient(const std::shared_ptr<grpc::Channel>& channel)
      : stub_(customer::v1::CareService::NewStub(channel)) {}

  bool MayContact(ShopId shop, CustomerId customer) override;

 private:
  const std::unique_ptr<customer::v1::CareService::Stub> stub_;
};

}  // namespace redress::order
