#include "clients/importing/batches.h"

#include <utility>

namespace redress::importing {
namespace {

// Tag and length of an item inside the request.
constexpr std::size_t kItemOverhead = 6;

}  // namespace

bool BatchFiller::IsFull(std::size_t more_bytes) const {
  return bytes_ > 0 && bytes_ + more_bytes > limits_.bytes;
}

std::optional<Batch> BatchFiller::Flush() {
  lines_ = 0;
  bytes_ = 0;
  return std::exchange(batch_, Batch());
}

std::optional<Batch> BatchFiller::Add(OrderItem item) {
  const std::size_t bytes = item.order.ByteSizeLong() + kItemOverhead;
  const int lines = item.order.lines_size();
  std::optional<Batch> full;
  if (batch_.request.orders_size() >= limits_.orders ||
      (batch_.request.orders_size() > 0 && lines_ + lines > limits_.lines) || IsFull(bytes)) {
    full = Flush();
  }
  *batch_.request.add_orders() = std::move(item.order);
  batch_.order_rows.push_back(std::move(item.rows));
  batch_.whole_orders.push_back(item.whole);
  lines_ += lines;
  bytes_ += bytes;
  return full;
}

std::optional<Batch> BatchFiller::Add(AdjustmentItem item) {
  const std::size_t bytes = item.adjustment.ByteSizeLong() + kItemOverhead;
  std::optional<Batch> full;
  if (batch_.request.adjustments_size() >= limits_.adjustments || IsFull(bytes)) full = Flush();
  *batch_.request.add_adjustments() = std::move(item.adjustment);
  batch_.adjustment_rows.push_back(std::move(item.row));
  bytes_ += bytes;
  return full;
}

std::optional<Batch> BatchFiller::Finish() {
  if (batch_.request.orders_size() == 0 && batch_.request.adjustments_size() == 0) {
    return std::nullopt;
  }
  return Flush();
}

}  // namespace redress::importing
