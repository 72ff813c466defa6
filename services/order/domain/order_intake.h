// How orders and adjustments come in: pushed one by one, or many of a file.
//
// Either way the customers are made known first, outside any transaction; then what the source says
// is merged into what is stored, in transactions of a bounded number of round trips. Both are safe
// to repeat and to run side by side: the order's number decides who was first.
//
// Failures of the whole call are platform::Refusal (an unavailable customer service, a deadline).
// What is wrong with one item of an import is that item's answer and nobody else's.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "services/order/domain/order_input.h"
#include "services/order/domain/order_store.h"
#include "services/platform/base/clock.h"
#include "services/platform/base/ids.h"

namespace redress::order {

enum class ImportOutcome { kCreated, kChanged, kUnchanged, kRefused };

struct ImportResult {
  ImportOutcome outcome = ImportOutcome::kUnchanged;
  Problem problem;       // only when refused
  bool matched = false;  // adjustments: an order line was found
};

// An item, or what the edge has found wrong with it already.
using OrderItem = std::variant<OrderInput, Problem>;
using AdjustmentItem = std::variant<AdjustmentInput, Problem>;

struct ImportReport {
  std::vector<ImportResult> orders;  // in the order of the items
  std::vector<ImportResult> adjustments;
};

struct PushRequest {
  std::string request_id;
  platform::Digest digest;  // of the actor and all that was asked, but for receiver and details
  OrderInput order;
};

// Thread-safe; all of its parts outlive it.
class OrderIntake {
 public:
  OrderIntake(OrderStore& store, CustomerBook& customers, platform::IdSource& ids,
              platform::Clock& clock)
      : store_(store), customers_(customers), ids_(ids), clock_(clock) {}

  // Answers what `encode` made of the stored order, or what it made when the request first came.
  // Throws Refusal INVALID_ARGUMENT naming the field of `order`.
  std::string Push(ShopId shop, const PushRequest& request, Deadline until,
                   const std::function<std::string(const Order&)>& encode);

  // Orders first, then adjustments, each kind in transactions of at most some hundred items. With
  // `validate_only` nothing is stored, nobody is made a customer, and each result says what would
  // become of its item now; adjustments are not matched with lines then, and what only the storage
  // would refuse is not foreseen.
  ImportReport Import(ShopId shop, std::span<const OrderItem> orders,
                      std::span<const AdjustmentItem> adjustments, Deadline until,
                      bool validate_only = false);

 private:
  void HashSealedParts(ShopId shop, PreparedOrder& prepared);

  OrderStore& store_;
  CustomerBook& customers_;
  platform::IdSource& ids_;
  platform::Clock& clock_;
};

}  // namespace redress::order
