// Which orders have another receiver, and whether a warehouse knows; not who receives them.
#pragma once

#include <cstdint>
#include <vector>

#include "services/order/domain/order_store.h"
#include "services/platform/database/connection.h"

namespace redress::order {

std::vector<AddressChange> ReadAddressChanges(platform::Connection& connection,
                                              const AddressChangeQuery& query);
// Those up to the version that nobody has acknowledged yet; the order's header is locked.
void AcknowledgeAddressChanges(platform::Connection& connection, ShopId shop, OrderId order,
                               const Acknowledgement& acknowledgement);
// Its number; 0 where there is none.
std::uint32_t LastAddressChange(platform::Connection& connection, ShopId shop, OrderId order);

}  // namespace redress::order
