#include "services/order/store/receiver_reveals.h"

#include "services/order/store/privacy_sql.h"
#include "services/platform/database/transact.h"

namespace redress::order {

Receiver ReceiverReveals::Show(ShopId shop, OrderId order, std::uint64_t reveal) {
  return platform::Transact(pool_, [&](platform::Connection& connection) {
    connection.Execute(sql::kInsertReceiverReveal, {reveal, clock_.NowUs(), shop, order});
    return receivers_.ReadRevealed(connection, shop, order, reveal);
  });
}

}  // namespace redress::order
