#include "services/aftersales/store/step_event_source.h"

#include <algorithm>
#include <tuple>

#include "services/aftersales/store/step_event.h"
#include "services/aftersales/store/step_reading.h"

namespace redress::aftersales {
namespace {

using platform::Connection;
using platform::Result;
using platform::Value;
using redress::events::v1::Event;

constexpr char kOfCase[] = "s.shop_id = ? AND s.case_id = ? AND s.sequence >= ?";
constexpr char kOfShop[] = "s.shop_id = ? AND s.case_id >= ? AND (s.case_id > ? OR s.sequence > ?)";
constexpr char kOfAll[] =
    "s.shop_id >= ? AND (s.shop_id > ? OR s.case_id > ? OR (s.case_id = ? AND s.sequence > ?))";
constexpr char kInOrder[] = " ORDER BY s.shop_id, s.case_id, s.sequence LIMIT ?";

constexpr char kHeads[] =
    "SELECT applied_at, shop_id, case_id, sequence FROM steps FORCE INDEX (steps_recent)"
    " WHERE applied_at >= ? AND (applied_at > ? OR shop_id > ? OR (shop_id = ? AND"
    " (case_id > ? OR (case_id = ? AND sequence > ?))))"
    " ORDER BY applied_at, shop_id, case_id, sequence LIMIT ?";

// Steps of the past have the source's times: that they are here is known by when they came.
constexpr char kImportedHeads[] =
    "SELECT imported_at, shop_id, case_id, last_sequence FROM imported_cases"
    " FORCE INDEX (imported_cases_recent)"
    " WHERE imported_at >= ? AND (imported_at > ? OR shop_id > ? OR (shop_id = ? AND"
    " (case_id > ? OR (case_id = ? AND last_sequence > ?))))"
    " ORDER BY imported_at, shop_id, case_id LIMIT ?";

Event ReadEvent(Result& row) {
  const StepAfter read = ReadStepAfter(row);
  return EventOf(read.step, read.left);
}

}  // namespace

std::vector<Event> StepEventSource::Load(Connection& connection,
                                         std::span<const platform::EventRef> refs) {
  std::vector<Value> keys;
  std::vector<Event> events;
  events.reserve(refs.size());
  for (const platform::EventRef& ref : refs) {
    if (auto event = recent_.Take(ref)) {
      events.push_back(*std::move(event));
    } else {
      keys.insert(keys.end(), {ref.shop, ref.aggregate_id, ref.sequence});
    }
  }
  kLoadStepsAfter.Query(connection, keys, [&](Result& row) { events.push_back(ReadEvent(row)); });
  return events;
}

std::vector<Event> StepEventSource::ReadPage(Connection& connection,
                                             const platform::EventsPage& page) {
  const platform::EventRef after = page.after.value_or(platform::EventRef{});
  std::string sql = kSelectStepsAfter;
  std::vector<Value> values;
  if (page.aggregate_id != 0) {
    const std::uint32_t from = std::max(page.from_sequence, page.after ? after.sequence + 1 : 0);
    sql += kOfCase;
    values = {page.shop, page.aggregate_id, from};
  } else if (page.shop) {
    sql += kOfShop;
    values = {page.shop, after.aggregate_id, after.aggregate_id, after.sequence};
  } else {
    sql += kOfAll;
    values = {after.shop, after.shop, after.aggregate_id, after.aggregate_id, after.sequence};
  }
  sql += kInOrder;
  values.emplace_back(static_cast<std::int64_t>(page.limit));
  std::vector<Event> events;
  Result rows = connection.Query(sql, values);
  while (rows.Next()) events.push_back(ReadEvent(rows));
  return events;
}

std::vector<platform::RecordedHead> StepEventSource::Heads(Connection& connection,
                                                           const platform::HeadsPage& page) {
  const platform::RecordedHead after =
      page.after.value_or(platform::RecordedHead{page.changed_since_us - 1, {}});
  const std::int64_t from = std::max(page.changed_since_us, after.recorded_at_us);
  std::vector<platform::RecordedHead> heads;
  for (const char* statement : {kHeads, kImportedHeads}) {
    Result rows =
        connection.Query(statement, {from, after.recorded_at_us, after.ref.shop, after.ref.shop,
                                     after.ref.aggregate_id, after.ref.aggregate_id,
                                     after.ref.sequence, static_cast<std::int64_t>(page.limit)});
    while (rows.Next()) {
      heads.push_back({rows.Int64(0),
                       {rows.Shop(1), rows.Uint64(2), static_cast<std::uint32_t>(rows.Uint64(3))}});
    }
  }
  const auto place = [](const platform::RecordedHead& head) {
    return std::tuple(head.recorded_at_us, head.ref.shop, head.ref.aggregate_id, head.ref.sequence);
  };
  std::sort(heads.begin(), heads.end(),
            [&](const auto& a, const auto& b) { return place(a) < place(b); });
  if (heads.size() > page.limit) heads.resize(page.limit);
  return heads;
}

}  // namespace redress::aftersales
