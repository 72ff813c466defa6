#pragma once

// The order service's history, through its EventsService. Used by one thread.

#include <memory>
#include <vector>

#include "services/aftersales/domain/webhook_order_intake.h"
#include "services/platform/events/history_reader.h"

namespace redress::aftersales {

class ServedOrderHistory final : public OrderHistory {
 public:
  explicit ServedOrderHistory(const std::shared_ptr<grpc::Channel>& orders) : reader_(orders) {}

  std::vector<OrderMoment> Read(ShopId shop, OrderId order, std::uint32_t from_sequence) override;

 private:
  platform::HistoryReader reader_;
};

}  // namespace redress::aftersales
