#include "services/customer/store/customer_event_log.h"

#include "services/customer/store/sql.h"

namespace redress::customer {

void CustomerEventLog::Append(platform::Connection& connection, ShopId shop, CustomerId customer,
                              std::int64_t occurred_at_us, const events::v1::Event& payload) {
  std::uint32_t last = 0;
  {
    platform::Result rows = connection.Query(sql::kLastEventOfCustomer, {shop, customer});
    if (rows.Next()) last = static_cast<std::uint32_t>(rows.Uint64(0));
  }
  events_.Append(connection, {{shop, customer.value, last + 1, occurred_at_us, payload}});
}

}  // namespace redress::customer
