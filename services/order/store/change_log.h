// What was changed of orders, sealed at rest like their receivers.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "services/order/domain/order_store.h"
#include "services/order/store/details_seal.h"
#include "services/order/store/receiver_seal.h"
#include "services/platform/database/connection.h"
#include "services/platform/sealing/sealer.h"

namespace redress::order {

class ChangeLog {
 public:
  // All outlive it.
  ChangeLog(platform::Sealer& sealer, ReceiverSeal& receivers, DetailsSeal& details)
      : sealer_(sealer), receivers_(receivers), details_(details) {}

  // Empty for an empty memo.
  std::string MemoHash(ShopId shop, const MemoText& memo);

  // Keeps what a person changed; the order's header is locked. Answers the change's number.
  std::uint32_t Add(platform::Connection& connection, ShopId shop, const Order& order,
                    const ChangeRecord& record);
  // Keeps what the platform's newer words replaced, and the memos that it brought; before the
  // receivers of these changes are written.
  void AddOfPlatform(platform::Connection& connection, ShopId shop,
                     std::span<const OrderChange> changes);
  // Seals under the customer's key what was kept before the customer was known.
  void SealAnew(platform::Connection& connection, ShopId shop,
                std::span<const OrderChange> changes);

  // The last one that was kept, else what came with the order.
  CurrentMemo ReadMemo(platform::Connection& connection, ShopId shop, OrderId order);
  std::vector<StoredChange> List(platform::Connection& connection, ShopId shop, OrderId order,
                                 std::optional<ChangeKind> kind, std::uint32_t before,
                                 std::size_t limit);
  // Of all orders of a customer, by order and number.
  std::vector<StoredChange> ListOfPerson(platform::Connection& connection, ShopId shop,
                                         CustomerId customer, OrderId after_order,
                                         std::uint64_t after_number, std::size_t limit);

 private:
  struct Entry {
    const Order* order;
    ChangeRecord record;
  };
  void Insert(platform::Connection& connection, ShopId shop, std::span<const Entry> entries,
              std::uint32_t first_number);
  std::vector<StoredChange> Read(platform::Connection& connection, ShopId shop,
                                 platform::Result rows);

  platform::Sealer& sealer_;
  ReceiverSeal& receivers_;
  DetailsSeal& details_;
};

}  // namespace redress::order
