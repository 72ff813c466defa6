// One sealed text per order: under the customer's key, so that erasing the person makes it
// unreadable, or under the order's own where no customer is known.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "services/order/domain/order.h"
#include "services/platform/database/connection.h"
#include "services/platform/database/rows.h"
#include "services/platform/sealing/sealer.h"

namespace redress::order {

struct OpenedText {
  OrderId order;
  std::optional<std::string> clear;  // nothing where the person was erased
};

struct ClearText {
  const Order* order;
  std::string clear;
};

struct SealedText {
  const Order* order;
  platform::Subject subject;
  std::string sealed;
};

// Under whose key the texts of an order are sealed.
platform::Subject SubjectOf(const Order& order);

// Of those orders that have one. `select` answers (order_id, subject_kind, subject_id, sealed).
std::vector<OpenedText> OpenTexts(platform::Sealer& sealer, platform::Connection& connection,
                                  const platform::MultiRow& select, ShopId shop,
                                  std::span<const OrderId> orders);

// In the order of the argument. Of a person who was erased nothing is kept: `sealed` is empty.
std::vector<SealedText> SealTexts(platform::Sealer& sealer, platform::Connection& connection,
                                  ShopId shop, std::span<const ClearText> texts);

}  // namespace redress::order
