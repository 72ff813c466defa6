#pragma once

#include <memory>

#include "redress/order/v1/order_service.grpc.pb.h"
#include "services/aftersales/domain/bank_run_repository.h"

namespace redress::aftersales {

// Asks the order service over mTLS, as the service itself.
class OrderServiceNumbers final : public OrderNumberSource {
 public:
  explicit OrderServiceNumbers(std::shared_ptr<grpc::Channel> channel);

  std::vector<OrderNumber> Read(ShopId shop, std::span<const OrderId> orders) override;

 private:
  const std::unique_ptr<order::v1::OrderService::Stub> stub_;
};

}  // namespace redress::aftersales
