#pragma once

// The history of a service that keeps its events in the table `events`. Appending is part of the
// transaction that made them happen: either both are there or neither is.
//
//   Transact(pool, [&](Connection& connection) {
//     …change the order…
//     event_log.Append(connection, {{shop, order_id, version, now_us, event}});
//   });

#include <cstdint>
#include <initializer_list>
#include <span>

#include "redress/events/v1/event.pb.h"
#include "services/platform/base/clock.h"
#include "services/platform/base/ids.h"
#include "services/platform/database/connection.h"

namespace redress::platform {

struct NewEvent {
  ShopId shop = {};
  std::uint64_t aggregate_id = 0;
  std::uint32_t sequence = 0;       // the aggregate's last one + 1
  std::int64_t occurred_at_us = 0;  // an imported fact keeps the time of its source
  redress::events::v1::Event payload =
      {};  // only its oneof (and schema_version, 0 meaning 1) is read
};

// Thread-safe.
class EventLog {
 public:
  EventLog(IdSource& ids, const Clock& clock);

  // Writes rows of `events` and ONE outbox row that lists them. A sequence that already exists is a
  // DatabaseError of kind kDuplicateKey, as for any other row.
  void Append(Connection& connection, std::span<const NewEvent> events);
  void Append(Connection& connection, std::initializer_list<NewEvent> events);

 private:
  IdSource& ids_;
  const Clock& clock_;
};

}  // namespace redress::platform
