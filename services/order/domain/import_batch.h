// The parts of an import: items that passed the rules, gathered into batches of one transaction.
// Internal to domain.
#pragma once

#include <functional>
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

Buyer BuyerOf(const PreparedOrder& order, std::int64_t now_us);

// Answers the customers of buyers with distinct nicks.
using CustomersOf = std::function<std::vector<CustomerId>(const std::string& platform,
                                                          std::span<const Buyer> buyers)>;

// Knows the customers of the pending items, with one call per platform. Orders that do not say when
// their source wrote them say it at `now_us`.
void KnowCustomers(const CustomersOf& customers_of, std::span<PendingOrder> orders,
                   std::span<PendingAdjustment> adjustments, std::int64_t now_us);

// The version of each order that a transaction tried to write.
using WrittenOrders = std::map<NumberKey, std::uint32_t>;

// Stores batches, or only finds out what storing them one after another would do: numbers in a
// batch are distinct. Writes the results of the pending items.
class ImportBatch {
 public:
  ImportBatch(OrderStore& store, platform::IdSource& ids, ShopId shop, std::int64_t now_us,
              bool validate_only)
      : store_(store), ids_(ids), shop_(shop), now_us_(now_us), validate_only_(validate_only) {}

  void Store(std::span<const PendingOrder> orders);
  void Store(std::span<const PendingAdjustment> adjustments);

 private:
  template <class Thing>
  using Foreseen = std::map<NumberKey, Thing>;

  // `written` is what earlier runs of the same body tried to write. Answers what would be stored
  // when nothing is.
  Foreseen<Order> DecideOrders(OrderTransaction& transaction, std::span<const PendingOrder> orders,
                               WrittenOrders& written);
  Foreseen<platform::Digest> DecideAdjustments(OrderTransaction& transaction,
                                               std::span<const PendingAdjustment> adjustments,
                                               std::set<AdjustmentId>& written);

  OrderStore& store_;
  platform::IdSource& ids_;
  const ShopId shop_;
  const std::int64_t now_us_;
  const bool validate_only_;
  // By earlier batches.
  Foreseen<Order> foreseen_orders_;
  Foreseen<platform::Digest> foreseen_adjustments_;
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
