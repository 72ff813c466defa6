#pragma once

#include <redress/order/v1/order_service.pb.h>

#include <optional>
#include <vector>

#include "clients/importing/items.h"

namespace redress::importing {

// One ImportOrders call and where its items came from.
struct Batch {
  redress::order::v1::ImportOrdersRequest request;
  std::vector<std::vector<Row>> order_rows;  // per order of the request, as OrderItem has them
  std::vector<bool> whole_orders;            // per order of the request: its rows go together
  std::vector<Row> adjustment_rows;          // per adjustment of the request
};

// Fills batches up to what one call may carry.
class BatchFiller {
 public:
  struct Limits {
    int orders = 1000;
    int lines = 5000;
    int adjustments = 5000;
    std::size_t bytes = 3'000'000;
  };

  explicit BatchFiller(Limits limits) : limits_(limits) {}
  BatchFiller() : BatchFiller(Limits{}) {}

  // Answers the full batch that the item did not fit into any more.
  std::optional<Batch> Add(OrderItem item);
  std::optional<Batch> Add(AdjustmentItem item);
  // The batch begun; nothing where it is empty.
  std::optional<Batch> Finish();

 private:
  bool IsFull(std::size_t more_bytes) const;
  std::optional<Batch> Flush();

  const Limits limits_;
  Batch batch_;
  int lines_ = 0;
  std::size_t bytes_ = 0;
};

}  // namespace redress::importing
