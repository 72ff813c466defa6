// What people of the shop change of an order: memo, receiver, price; and that a warehouse knows of
// a changed receiver. Each change is one transaction with its record and its event.
//
// Refusals: NOT_FOUND (another shop's order as well), ABORTED with the current version,
// FAILED_PRECONDITION (ORDER_SHIPPED, ORDER_CLOSED, ORDER_PAID, RECEIVER_NOT_THERE) with what to do
// instead, INVALID_ARGUMENT naming the field.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "services/order/domain/address.h"
#include "services/order/domain/memo.h"
#include "services/order/domain/order_store.h"
#include "services/order/domain/price_change.h"
#include "services/order/domain/write.h"

namespace redress::order {

// Which order is changed, and the version that was read: of the order, or of its memo.
struct EditTarget {
  OrderId order;
  std::uint32_t version = 0;
};

struct AddressEdit {
  Address address;
  std::string reason;
};

struct PriceEdit {
  std::vector<NewPrice> lines;
  std::optional<std::int64_t> postage_minor;  // absent: as it is
  std::string reason;
};

struct MemoEdit {
  std::uint8_t flag = 0;
  Memo memo;  // its time is that of the write
};

// Thread-safe; all of its parts outlive it.
class OrderEditing {
 public:
  using Encode = std::function<std::string(const Order&)>;
  using ZoneOf = std::function<std::shared_ptr<const platform::TimeZone>(ShopId)>;

  OrderEditing(OrderStore& store, platform::IdSource& ids, ZoneOf zone_of)
      : store_(store), ids_(ids), zone_of_(std::move(zone_of)) {}

  // Both answer what `encode` makes of the changed order, or made when the request first came.
  std::string ChangeAddress(const Write& write, const EditTarget& target, const AddressEdit& edit,
                            const Encode& encode);
  std::string ChangePrice(const Write& write, const EditTarget& target, const PriceEdit& edit,
                          const Encode& encode);
  // A warehouse knows of the order's receivers up to this version: FAILED_PRECONDITION
  // (RECEIVER_NOT_THERE) where there was none such yet, NOT_FOUND where nothing was changed.
  // Answers the number of the order's newest change of receiver.
  std::uint32_t AcknowledgeAddress(const Write& write, OrderId order,
                                   std::uint32_t receiver_version);
  // The number of the memo's version, which the first call made.
  std::uint32_t WriteMemo(const Write& write, const EditTarget& target, const MemoEdit& edit);

  // What is wrong with the receiver that an order has.
  std::vector<AddressProblem> CheckReceiver(ShopId shop, OrderId order);

 private:
  OrderStore& store_;
  platform::IdSource& ids_;
  const ZoneOf zone_of_;
};

}  // namespace redress::order
