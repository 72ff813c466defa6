#pragma once

#include <memory>

#include "redress/order/v1/order_service.grpc.pb.h"
#include "services/aftersales/domain/line_ledger.h"
#include "services/aftersales/domain/past_import.h"
#include "services/aftersales/domain/platform_object_repository.h"

namespace redress::aftersales {

// Asks the order service over mTLS, as the service itself: agents cannot name what a line is worth.
class OrderLineSource final : public LineSource, public PlatformLines, public PastLines {
 public:
  explicit OrderLineSource(std::shared_ptr<grpc::Channel> channel);

  LineFacts Read(ShopId shop, OrderId order, LineId line) override;
  LineFacts ReadOrder(ShopId shop, OrderId order) override;
  LineFacts Find(ShopId shop, const std::string& platform, const std::string& order_number,
                 const std::string& line_number) override;
  LineFacts FindOrder(ShopId shop, const std::string& platform,
                      const std::string& order_number) override;

 private:
  LineFacts Ask(ShopId shop, OrderId order, const order::v1::GetLineFactsRequest& request);

  const std::unique_ptr<order::v1::OrderService::Stub> stub_;
};

}  // namespace redress::aftersales
