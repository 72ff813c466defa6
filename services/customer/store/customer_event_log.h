// The history of customers: what other services are told of them. An event's aggregate is the
// customer that it names.
#pragma once

#include <cstdint>

#include "redress/events/v1/event.pb.h"
#include "services/customer/domain/customer.h"
#include "services/platform/database/connection.h"
#include "services/platform/events/event_log.h"

namespace redress::customer {

// Thread-safe.
class CustomerEventLog {
 public:
  // Outlives it.
  explicit CustomerEventLog(platform::EventLog& events) : events_(events) {}

  // Appends the customer's next event in the caller's transaction, which holds the lock of the
  // customer's row: that is what keeps the sequence without gaps. `payload` has its oneof set.
  void Append(platform::Connection& connection, ShopId shop, CustomerId customer,
              std::int64_t occurred_at_us, const events::v1::Event& payload);

 private:
  platform::EventLog& events_;
};

}  // namespace redress::customer
