#include "services/scoring/store/fact_rows.h"

#include <string>

#include "services/platform/database/rows.h"
#include "services/scoring/store/sql.h"

namespace redress::scoring {
namespace {

using platform::Connection;
using platform::MultiRow;
using platform::Result;
using platform::Value;

constexpr std::size_t kCaseColumns = 21;
constexpr std::size_t kOrderColumns = 9;
constexpr std::size_t kAdjustmentColumns = 9;

std::uint32_t Small(const Result& row, int column) {
  return static_cast<std::uint32_t>(row.Uint64(column));
}

void Append(std::vector<Value>& values, const Fact& fact, const CaseFact& what) {
  values.insert(values.end(), {fact.aggregate.shop,
                               fact.aggregate.id,
                               fact.sequence,
                               fact.occurred_at_us,
                               what.kind,
                               what.event,
                               what.to_state,
                               what.is_final ? 1 : 0,
                               what.actor_kind,
                               what.assignee,
                               what.order,
                               what.currency,
                               what.opened_at_us,
                               what.order_paid_at_us,
                               what.outcome,
                               what.settled_minor,
                               what.resolve_by_us,
                               what.review_change,
                               what.revision_possible ? 1 : 0,
                               what.from_state,
                               what.workflow_version});
}

void Append(std::vector<Value>& values, const Fact& fact, const OrderFact& what) {
  values.insert(values.end(),
                {fact.aggregate.shop, fact.aggregate.id, fact.sequence, fact.occurred_at_us,
                 what.version, what.currency, what.status, what.paid_at_us, what.paid_minor});
}

void Append(std::vector<Value>& values, const Fact& fact, const AdjustmentFact& what) {
  values.insert(values.end(), {fact.aggregate.shop, fact.aggregate.id, fact.sequence,
                               fact.occurred_at_us, what.is_refund ? 1 : 0, what.order,
                               what.currency, what.amount_minor, what.order_paid_at_us});
}

Fact ReadCase(const Result& row) {
  return {{row.Shop(0), Source::kAftersales, row.Uint64(1)},
          Small(row, 2),
          row.Int64(3),
          CaseFact{row.String(4), row.String(5), row.String(6), row.Uint64(7) != 0, row.String(8),
                   row.Id<AccountId>(9), row.Id<OrderId>(10), row.String(11), row.Int64(12),
                   row.Int64(13), row.String(14), row.Int64(15), row.Int64(16), row.String(17),
                   row.Uint64(18) != 0, row.String(19), Small(row, 20)}};
}

Fact ReadOrder(const Result& row) {
  return {{row.Shop(0), Source::kOrder, row.Uint64(1)},
          Small(row, 2),
          row.Int64(3),
          OrderFact{Small(row, 4), row.String(5), row.String(6), row.Int64(7), row.Int64(8)}};
}

Fact ReadAdjustment(const Result& row) {
  return {{row.Shop(0), Source::kOrder, row.Uint64(1)},
          Small(row, 2),
          row.Int64(3),
          AdjustmentFact{row.Uint64(4) != 0, row.Id<OrderId>(5), row.String(6), row.Int64(7),
                         row.Int64(8)}};
}

template <class What>
void InsertKind(Connection& connection, std::span<const Fact> facts, const MultiRow& insert) {
  std::vector<Value> values;
  for (const Fact& fact : facts) {
    if (const auto* what = std::get_if<What>(&fact.what)) Append(values, fact, *what);
  }
  if (!values.empty()) insert.Execute(connection, values);
}

std::vector<Value> KeysOf(std::span<const AggregateId> aggregates, Source source) {
  std::vector<Value> keys;
  for (const AggregateId& aggregate : aggregates) {
    if (aggregate.source == source) keys.insert(keys.end(), {aggregate.shop, aggregate.id});
  }
  return keys;
}

}  // namespace

void InsertFacts(Connection& connection, std::span<const Fact> facts, bool overwrite) {
  static const MultiRow cases(kInsertCaseFacts, kCaseColumns);
  static const MultiRow cases_over(kInsertCaseFacts, kCaseColumns, kOverwriteCaseFacts);
  static const MultiRow orders(kInsertOrderFacts, kOrderColumns);
  static const MultiRow orders_over(kInsertOrderFacts, kOrderColumns, kOverwriteOrderFacts);
  static const MultiRow adjustments(kInsertAdjustmentFacts, kAdjustmentColumns);
  static const MultiRow adjustments_over(kInsertAdjustmentFacts, kAdjustmentColumns,
                                         kOverwriteAdjustmentFacts);
  InsertKind<CaseFact>(connection, facts, overwrite ? cases_over : cases);
  InsertKind<OrderFact>(connection, facts, overwrite ? orders_over : orders);
  InsertKind<AdjustmentFact>(connection, facts, overwrite ? adjustments_over : adjustments);
}

void SelectFacts(Connection& connection, std::span<const AggregateId> aggregates,
                 std::vector<Fact>& facts) {
  static const MultiRow cases(kSelectCaseFacts, 2, ")");
  static const MultiRow orders(kSelectOrderFacts, 2, ")");
  static const MultiRow adjustments(kSelectAdjustmentFacts, 2, ")");
  const auto case_keys = KeysOf(aggregates, Source::kAftersales);
  if (!case_keys.empty()) {
    cases.Query(connection, case_keys, [&](Result& row) { facts.push_back(ReadCase(row)); });
  }
  // The order service's aggregates are orders and adjustments; their ids come from one source.
  const auto order_keys = KeysOf(aggregates, Source::kOrder);
  if (order_keys.empty()) return;
  orders.Query(connection, order_keys, [&](Result& row) { facts.push_back(ReadOrder(row)); });
  adjustments.Query(connection, order_keys,
                    [&](Result& row) { facts.push_back(ReadAdjustment(row)); });
}

void DeleteFacts(Connection& connection, std::span<const AggregateId> aggregates) {
  static const MultiRow cases(kDeleteCaseFacts, 2, ")");
  static const MultiRow orders(kDeleteOrderFacts, 2, ")");
  static const MultiRow adjustments(kDeleteAdjustmentFacts, 2, ")");
  const auto case_keys = KeysOf(aggregates, Source::kAftersales);
  if (!case_keys.empty()) cases.Execute(connection, case_keys);
  const auto order_keys = KeysOf(aggregates, Source::kOrder);
  if (order_keys.empty()) return;
  orders.Execute(connection, order_keys);
  adjustments.Execute(connection, order_keys);
}

}  // namespace redress::scoring
