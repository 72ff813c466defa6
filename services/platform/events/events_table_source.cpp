#include <string>

#include "services/platform/database/rows.h"
#include "services/platform/events/event_source.h"
#include "services/platform/events/event_sql.h"

namespace redress::platform {
namespace {

using redress::events::v1::Event;

// Columns as kLoadEventsHead lists them.
Event ReadEvent(const Result& row) {
  Event event;
  if (!event.ParseFromString(row.String(5))) {
    throw std::runtime_error("the payload of event " + std::to_string(row.Uint64(1)) + "/" +
                             std::to_string(row.Uint64(2)) + " cannot be parsed");
  }
  event.set_shop_id(row.Shop(0).value);
  event.set_aggregate_id(row.Uint64(1));
  event.set_sequence(static_cast<std::uint32_t>(row.Uint64(2)));
  event.set_schema_version(static_cast<std::uint32_t>(row.Uint64(3)));
  event.set_occurred_at_us(row.Int64(4));
  return event;
}

std::vector<Event> ReadAll(Result rows) {
  std::vector<Event> events;
  events.reserve(rows.RowCount());
  while (rows.Next()) events.push_back(ReadEvent(rows));
  return events;
}

}  // namespace

std::vector<Event> EventsTableSource::Load(Connection& connection, std::span<const EventRef> refs) {
  static const MultiRow load(kLoadEventsHead, 3, ")", 512);
  std::vector<Value> keys;
  keys.reserve(refs.size() * 3);
  for (const EventRef& ref : refs) {
    keys.insert(keys.end(), {ref.shop, ref.aggregate_id, ref.sequence});
  }
  std::vector<Event> events;
  events.reserve(refs.size());
  load.Query(connection, keys, [&](Result& row) { events.push_back(ReadEvent(row)); });
  return events;
}

std::vector<Event> EventsTableSource::ReadPage(Connection& connection, const EventsPage& page) {
  const EventRef after = page.after.value_or(EventRef{page.shop, 0, 0});
  if (page.aggregate_id != 0) {
    const std::uint32_t before_first = page.from_sequence == 0 ? 0 : page.from_sequence - 1;
    const std::uint32_t sequence = page.after ? after.sequence : before_first;
    return ReadAll(connection.Query(kReadEventsOfAggregate,
                                    {page.shop, page.aggregate_id, sequence, page.limit}));
  }
  if (page.shop) {
    return ReadAll(
        connection.Query(kReadEventsOfShop, {after.shop, after.aggregate_id, after.shop,
                                             after.aggregate_id, after.sequence, page.limit}));
  }
  return ReadAll(
      connection.Query(kReadEventsOfAll, {after.shop, after.shop, after.aggregate_id, after.shop,
                                          after.aggregate_id, after.sequence, page.limit}));
}

std::vector<RecordedHead> EventsTableSource::Heads(Connection& connection, const HeadsPage& page) {
  const RecordedHead after = page.after.value_or(
      RecordedHead{page.changed_since_us - 1, {ShopId{0xffffffff}, ~0ULL, ~0U}});
  const std::int64_t at = after.recorded_at_us;
  const EventRef& ref = after.ref;
  Result rows =
      connection.Query(kReadHeads, {at, at, ref.shop, at, ref.shop, ref.aggregate_id, at, ref.shop,
                                    ref.aggregate_id, ref.sequence, page.limit});
  std::vector<RecordedHead> heads;
  heads.reserve(rows.RowCount());
  while (rows.Next()) {
    heads.push_back({rows.Int64(0),
                     {rows.Shop(1), rows.Uint64(2), static_cast<std::uint32_t>(rows.Uint64(3))}});
  }
  return heads;
}

}  // namespace redress::platform
