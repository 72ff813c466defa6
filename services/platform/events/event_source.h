#pragma once

// Where a service's own history is read from: by the relay (Load) and by EventsService (the pages).
// EventsTableSource reads the table `events`; a service whose history is another table implements
// EventSource over it.

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "redress/events/v1/event.pb.h"
#include "services/platform/database/connection.h"
#include "services/platform/events/event_ref.h"

namespace redress::platform {

struct EventsPage {
  ShopId shop = {};                // 0: all shops
  std::uint64_t aggregate_id = 0;  // 0: all aggregates; needs shop
  std::uint32_t from_sequence = 0;
  std::optional<EventRef> after = {};  // the last event of the previous page
  std::size_t limit = 500;
};

// The last event of an aggregate and when it was recorded (committed, nearly).
struct RecordedHead {
  std::int64_t recorded_at_us = 0;
  EventRef ref = {};

  auto operator<=>(const RecordedHead&) const = default;
};

struct HeadsPage {
  std::int64_t changed_since_us = 0;
  std::optional<RecordedHead> after = {};  // the last head of the previous page
  std::size_t limit = 1000;
};

// Thread-safe. Events are complete: shop_id, aggregate_id, sequence, schema_version, occurred_at_us
// and payload are set.
class EventSource {
 public:
  virtual ~EventSource() = default;

  // In any order; events that do not exist are absent from the answer.
  virtual std::vector<redress::events::v1::Event> Load(Connection& connection,
                                                       std::span<const EventRef> refs) = 0;

  // Ordered by (shop, aggregate, sequence); fewer than limit only on the last page.
  virtual std::vector<redress::events::v1::Event> ReadPage(Connection& connection,
                                                           const EventsPage& page) = 0;

  // Aggregates with an event recorded at or after changed_since_us, ordered by RecordedHead. An
  // aggregate may come several times, with a growing sequence; the last one counts.
  virtual std::vector<RecordedHead> Heads(Connection& connection, const HeadsPage& page) = 0;
};

class EventsTableSource final : public EventSource {
 public:
  std::vector<redress::events::v1::Event> Load(Connection& connection,
                                               std::span<const EventRef> refs) override;
  std::vector<redress::events::v1::Event> ReadPage(Connection& connection,
                                                   const EventsPage& page) override;
  std::vector<RecordedHead> Heads(Connection& connection, const HeadsPage& page) override;
};

}  // namespace redress::platform
