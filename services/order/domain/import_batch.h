// The parts of an import: items that passed the rules, gathered into batches of one transaction.
// Internal to domain.
#pragma once

#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "services/order/domain/order_intake.h"

namespace redress::order {

struct PendingOrder {
  PreparedOrder prepared;
  ImportResult* result;
};
struct PendingAdjustment {
  PreparedAdjustment prepared;
  ImportResult* result;
};

// Knows the customers of the pending items, with one call per platform.
void KnowCustomers(CustomerBook& customers, ShopId shop, std::span<PendingOrder> orders,
                   std::span<PendingAdjustment> adjustments, Deadline until);

// The version of each order that a transaction tried to write.
using WrittenOrders = std::map<NumberKey, std::uint32_t>;

// Stores a batch: numbers in it are distinct. Writes the results of the pending items.
class ImportBatch {
 public:
  ImportBatch(OrderStore& store, platform::IdSource& ids, ShopId shop, std::int64_t now_us)
      : store_(store), ids_(ids), shop_(shop), now_us_(now_us) {}

  void Store(std::span<const PendingOrder> orders);
  void Store(std::span<const PendingAdjustment> adjustments);

 private:
  // `written` is what earlier runs of the same body tried to write.
  void DecideOrders(OrderTransaction& transaction, std::span<const PendingOrder> orders,
                    WrittenOrders& written);
  void DecideAdjustments(OrderTransaction& transaction,
                         std::span<const PendingAdjustment> adjustments,
                         std::set<AdjustmentId>& written);

  OrderStore& store_;
  platform::IdSource& ids_;
  const ShopId shop_;
  const std::int64_t now_us_;
};

// Tells a repeated adjustment from another record under the same number.
platform::Digest ContentOf(const Adjustment& adjustment);

// Cuts pending items into batches, in order: so many items, so many lines, no number twice.
template <class Pending, class Weight>
std::vector<std::span<const Pending>> Batches(std::span<const Pending> items, Weight lines,
                                              std::size_t max_items, std::size_t max_lines) {
  std::vector<std::span<const Pending>> batches;
  std::set<NumberKey> numbers;
  std::size_t begin = 0;
  std::size_t sum = 0;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const auto [number, weight] = lines(items[i]);
    if (i > begin &&
        (i - begin >= max_items || sum + weight > max_lines || numbers.contains(number))) {
      batches.push_back(items.subspan(begin, i - begin));
      numbers.clear();
      begin = i;
      sum = 0;
    }
    numbers.insert(number);
    sum += weight;
  }
  if (begin < items.size()) batches.push_back(items.subspan(begin));
  return batches;
}

}  // namespace redress::order
