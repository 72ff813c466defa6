// Who receives an order, sealed at rest: under the customer's key, so that erasing the person makes
// it unreadable, or under the order's own where no customer is known.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "services/order/domain/merge.h"
#include "services/order/domain/order.h"
#include "services/platform/database/connection.h"
#include "services/platform/sealing/sealer.h"

namespace redress::order {

// As a person may see it without a reveal.
Receiver Masked(const Receiver& receiver);

class ReceiverSeal {
 public:
  // The sealer outlives it.
  explicit ReceiverSeal(platform::Sealer& sealer) : sealer_(sealer) {}

  // Empty for an empty receiver.
  std::string ContentHash(ShopId shop, const Receiver& receiver);

  // Writes the receivers of the changes that bring one, and seals those anew whose order got a
  // customer, in a bounded number of round trips.
  void Write(platform::Connection& connection, ShopId shop, std::span<const OrderChange> changes);

  // Masked, in the order of the argument; empty where none is known or it was erased.
  std::vector<Receiver> ReadMasked(platform::Connection& connection, ShopId shop,
                                   std::span<const OrderId> orders);

  // What a reveal showed; empty where there was nothing to show or the person was erased.
  Receiver ReadRevealed(platform::Connection& connection, ShopId shop, OrderId order,
                        std::uint64_t reveal);
  // In clear, for an export that was recorded; those that have one.
  std::unordered_map<OrderId, Receiver> ReadClear(platform::Connection& connection, ShopId shop,
                                                  std::span<const OrderId> orders);
  // In clear; empty where none is known or it was erased.
  Receiver ReadClear(platform::Connection& connection, ShopId shop, OrderId order);

 private:
  struct Opened {
    OrderId order;
    Receiver receiver;
  };
  std::vector<Opened> Read(platform::Connection& connection, ShopId shop,
                           std::span<const OrderId> orders);

  platform::Sealer& sealer_;
};

}  // namespace redress::order
