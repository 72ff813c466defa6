#include "services/aftersales/store/step_event_source.h"

#include "services/aftersales/domain/snapshot.h"
#include "services/aftersales/store/case_rows.h"
#include "services/aftersales/store/step_rows.h"

namespace redress::aftersales {
namespace {

using platform::Connection;
using platform::Result;
using platform::Value;
using redress::events::v1::Event;

constexpr std::uint32_t kSchemaVersion = 1;

constexpr char kLoadHead[] =
    "SELECT s.shop_id, " REDRESS_STEP_COLUMNS ", c.shop_id, " REDRESS_CASE_FIXED_COLUMNS
    " FROM steps s FORCE INDEX (PRIMARY) STRAIGHT_JOIN cases c"
    " ON c.shop_id = s.shop_id AND c.case_id = s.case_id"
    " WHERE (s.shop_id, s.case_id, s.sequence) IN (";
const platform::MultiRow kLoad(kLoadHead, 3, ")", 128);

constexpr char kPage[] =
    "SELECT s.shop_id, " REDRESS_STEP_COLUMNS ", c.shop_id, " REDRESS_CASE_FIXED_COLUMNS
    " FROM steps s FORCE INDEX (PRIMARY) STRAIGHT_JOIN cases c"
    " ON c.shop_id = s.shop_id AND c.case_id = s.case_id WHERE ";
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

std::string_view NameOf(workflows::refund::Variant variant) {
  switch (variant) {
    case workflows::refund::Variant::kRefundOnly:
      return "refund_only";
    case workflows::refund::Variant::kReturnAndRefund:
      return "return_and_refund";
    default:
      return "";
  }
}

Event EventOf(Result& row) {
  const Step step = ReadStep(row);
  Answer answer;
  RowCursor fixed(row, kStepColumns);
  ReadFixed(fixed, answer.after);
  DecodeSnapshot(step.snapshot, answer);
  const Case& after = answer.after;

  Event event;
  event.set_shop_id(step.shop.value);
  event.set_aggregate_id(step.case_id.value);
  event.set_sequence(step.sequence);
  event.set_schema_version(kSchemaVersion);
  event.set_occurred_at_us(step.applied_at);
  auto& applied = *event.mutable_case_step_applied();
  applied.set_kind(std::string(kRefundKind));
  applied.set_variant(std::string(NameOf(after.progress.variant)));
  applied.set_workflow_version(step.workflow_version);
  applied.set_event(step.event);
  applied.set_from_state(step.from_state);
  applied.set_to_state(step.to_state);
  applied.set_final(after.final);
  applied.set_actor_kind(std::string(aftersales::NameOf(step.actor_kind)));
  applied.set_actor_id(step.actor.value);
  applied.set_assignee_id(step.assignee.value);
  applied.set_order_id(after.order.value);
  applied.set_line_id(after.line.value);
  applied.set_customer_id(after.customer.value);
  applied.set_currency_code(after.currency);
  applied.set_amount_asked_minor(after.progress.amount_asked);
  applied.set_amount_approved_minor(after.progress.approved_amount);
  applied.set_opened_at_us(after.opened_at);
  applied.set_order_paid_at_us(after.order_paid_at);
  applied.set_outcome(step.outcome);
  applied.set_settled_minor(step.settled_minor);
  applied.set_platform_intervened(after.platform_intervened);
  applied.set_previous_step_at_us(step.previous_at);
  applied.set_case_number(after.number);
  return event;
}

}  // namespace

std::vector<Event> StepEventSource::Load(Connection& connection,
                                         std::span<const platform::EventRef> refs) {
  std::vector<Value> keys;
  keys.reserve(refs.size() * 3);
  for (const platform::EventRef& ref : refs) {
    keys.insert(keys.end(), {ref.shop, ref.aggregate_id, ref.sequence});
  }
  std::vector<Event> events;
  events.reserve(refs.size());
  kLoad.Query(connection, keys, [&](Result& row) { events.push_back(EventOf(row)); });
  return events;
}

std::vector<Event> StepEventSource::ReadPage(Connection& connection,
                                             const platform::EventsPage& page) {
  const platform::EventRef after = page.after.value_or(platform::EventRef{});
  std::string sql = kPage;
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
  while (rows.Next()) events.push_back(EventOf(rows));
  return events;
}

std::vector<platform::RecordedHead> StepEventSource::Heads(Connection& connection,
                                                           const platform::HeadsPage& page) {
  const platform::RecordedHead after =
      page.after.value_or(platform::RecordedHead{page.changed_since_us - 1, {}});
  const std::int64_t from = std::max(page.changed_since_us, after.recorded_at_us);
  std::vector<platform::RecordedHead> heads;
  Result rows = connection.Query(
      kHeads, {from, after.recorded_at_us, after.ref.shop, after.ref.shop, after.ref.aggregate_id,
               after.ref.aggregate_id, after.ref.sequence, static_cast<std::int64_t>(page.limit)});
  while (rows.Next()) {
    heads.push_back({rows.Int64(0),
                     {rows.Shop(1), rows.Uint64(2), static_cast<std::uint32_t>(rows.Uint64(3))}});
  }
  return heads;
}

}  // namespace redress::aftersales
