#include "services/platform/events/event_log.h"

#include <string>
#include <vector>

#include "services/platform/database/rows.h"
#include "services/platform/events/event_sql.h"
#include "services/platform/events/event_type.h"
#include "services/platform/events/outbox.h"

namespace redress::platform {
namespace {

constexpr std::uint32_t kFirstSchemaVersion = 1;

// The stored bytes hold what the columns beside them do not.
std::string PayloadBytes(const redress::events::v1::Event& event) {
  redress::events::v1::Event payload = event;
  payload.clear_shop_id();
  payload.clear_aggregate_id();
  payload.clear_sequence();
  payload.clear_schema_version();
  payload.clear_occurred_at_us();
  return payload.SerializeAsString();
}

}  // namespace

EventLog::EventLog(IdSource& ids, const Clock& clock) : ids_(ids), clock_(clock) {}

void EventLog::Append(Connection& connection, std::span<const NewEvent> events) {
  if (events.empty()) return;
  static const MultiRow insert(kInsertEvents, 8);
  const std::int64_t recorded_at_us = clock_.NowUs();
  std::vector<std::string> payloads;
  std::vector<EventRef> refs;
  std::vector<Value> values;
  payloads.reserve(events.size());
  refs.reserve(events.size());
  values.reserve(events.size() * 8);
  for (const NewEvent& event : events) {
    const std::uint32_t version = event.payload.schema_version();
    payloads.push_back(PayloadBytes(event.payload));
    refs.push_back({event.shop, event.aggregate_id, event.sequence});
    values.insert(values.end(),
                  {event.shop, event.aggregate_id, event.sequence, EventType(event.payload),
                   version == 0 ? kFirstSchemaVersion : version, event.occurred_at_us,
                   recorded_at_us, payloads.back()});
  }
  insert.Execute(connection, values);
  AppendOutbox(connection, ids_.Next(), recorded_at_us, refs);
}

void EventLog::Append(Connection& connection, std::initializer_list<NewEvent> events) {
  Append(connection, std::span<const NewEvent>(events.begin(), events.size()));
}

}  // namespace redress::platform
