#include "services/aftersales/store/case_repository.h"

#include <algorithm>

#include "services/aftersales/domain/step_text.h"
#include "services/aftersales/store/case_rows.h"
#include "services/aftersales/store/contact_refusals.h"
#include "services/aftersales/store/goods_rows.h"
#include "services/aftersales/store/step_rows.h"
#include "services/aftersales/store/subject.h"
#include "services/platform/database/transact.h"

namespace redress::aftersales {
namespace {

using platform::Connection;
using platform::Result;
using platform::Value;

constexpr char kFindCase[] =
    "SELECT c.shop_id, " REDRESS_CASE_COLUMNS " FROM cases c WHERE c.shop_id = ? AND c.case_id = ?";
constexpr char kFindCaseByNumber[] = "SELECT c.shop_id, " REDRESS_CASE_COLUMNS
                                     " FROM cases c WHERE c.shop_id = ? AND c.case_number = ?";
constexpr char kFindManyHead[] = "SELECT c.shop_id, " REDRESS_CASE_COLUMNS
                                 " FROM cases c FORCE INDEX (PRIMARY)"
                                 " WHERE (c.shop_id, c.case_id) IN (";
const platform::MultiRow kFindMany(kFindManyHead, 2, ")", 32);
constexpr char kFindByRequest[] =
    "SELECT case_id FROM steps FORCE INDEX (steps_request)"
    " WHERE shop_id = ? AND origin = ? AND request_id = ?";
// Each list reads along the one index that has its order, so that no list sorts the shop.
constexpr char kListCases[] = "SELECT c.shop_id, " REDRESS_CASE_COLUMNS " FROM cases c";
constexpr char kAlongQueue[] = " FORCE INDEX (cases_queue)";
constexpr char kAlongAssignee[] = " FORCE INDEX (cases_assignee)";
constexpr char kAlongOrder[] = " FORCE INDEX (cases_order)";
constexpr char kAlongIds[] = " FORCE INDEX (PRIMARY)";
constexpr char kOfShop[] = " WHERE c.shop_id = ?";
constexpr char kOnlyOpen[] = " AND c.final = 0";
constexpr char kOnlyAssignee[] = " AND c.assignee_id = ?";
constexpr char kOnlyOrder[] = " AND c.order_id = ?";
constexpr char kOnlyState[] = " AND c.state = ?";
constexpr char kOnlyKind[] = " AND c.kind = ?";
constexpr char kOnlyTeam[] =
    " AND c.assignee_id IN (SELECT a.account_id FROM agents a"
    " WHERE a.shop_id = c.shop_id AND a.team = ?)";
constexpr char kOnlyPersonQueue[] = " AND c.needs_person <> '' AND c.person_queue = ?";
constexpr char kAfterInQueue[] =
    " AND c.priority >= ? AND (c.priority > ? OR c.due_at > ? OR (c.due_at = ? AND c.case_id > ?))";
constexpr char kAfterInNewest[] = " AND c.case_id < ?";
constexpr char kQueueOrder[] = " ORDER BY c.priority, c.due_at, c.case_id LIMIT ?";
constexpr char kNewestOrder[] = " ORDER BY c.case_id DESC LIMIT ?";

constexpr char kListSteps[] =
    "SELECT s.shop_id, " REDRESS_STEP_COLUMNS
    " FROM steps s WHERE s.shop_id = ? AND s.case_id = ? AND s.sequence > ?"
    " ORDER BY s.sequence LIMIT ?";
constexpr char kFindLastStep[] = "SELECT s.shop_id, " REDRESS_STEP_COLUMNS
                                 " FROM steps s FORCE INDEX (PRIMARY)"
                                 " WHERE s.shop_id = ? AND s.case_id = ? AND s.event = ?"
                                 " ORDER BY s.sequence DESC LIMIT 1";
constexpr char kFindComplaintOfOrder[] =
    "SELECT case_id FROM cases FORCE INDEX (cases_order) WHERE shop_id = ? AND order_id = ?"
    " AND case_id <> ? AND final = 0 AND kind IN ('dispute', 'review') LIMIT 1";
constexpr char kFindComplaintOfCustomer[] =
    "SELECT case_id FROM cases FORCE INDEX (cases_customer) WHERE shop_id = ? AND customer_id = ?"
    " AND case_id <> ? AND final = 0 AND kind IN ('dispute', 'review') LIMIT 1";
constexpr char kListTexts[] =
    "SELECT sequence, sealed FROM step_texts"
    " WHERE shop_id = ? AND case_id = ? AND sequence BETWEEN ? AND ?";
constexpr char kFindLine[] = "SELECT l.shop_id, " REDRESS_LEDGER_COLUMNS
                             " FROM line_ledger l WHERE l.shop_id = ? AND l.line_id = ?";

std::vector<Case> ReadCases(Result rows) {
  std::vector<Case> cases;
  while (rows.Next()) cases.push_back(ReadCase(rows));
  return cases;
}

const char* IndexFor(const CaseQuery& query) {
  if (query.order == CaseOrder::kQueue) return query.assignee ? kAlongAssignee : kAlongQueue;
  return query.about_order ? kAlongOrder : kAlongIds;
}

std::optional<Case> First(std::vector<Case> cases) {
  if (cases.empty()) return std::nullopt;
  return std::move(cases.front());
}

}  // namespace

std::optional<Case> SqlCaseRepository::Find(ShopId shop, CaseId id) {
  return platform::Read(pool_, [&](Connection& db) {
    return First(ReadCases(db.Query(kFindCase, {shop, id})));
  });
}

std::optional<Case> SqlCaseRepository::FindByNumber(ShopId shop, std::uint64_t number) {
  return platform::Read(pool_, [&](Connection& db) {
    return First(ReadCases(db.Query(kFindCaseByNumber, {shop, number})));
  });
}

std::vector<Case> SqlCaseRepository::List(const CaseQuery& query) {
  const bool queue = query.order == CaseOrder::kQueue;
  std::string sql = kListCases;
  sql += IndexFor(query);
  sql += kOfShop;
  std::vector<Value> values{query.shop};
  if (queue) sql += kOnlyOpen;
  if (query.assignee) {
    sql += kOnlyAssignee;
    values.emplace_back(*query.assignee);
  }
  if (query.about_order) {
    sql += kOnlyOrder;
    values.emplace_back(query.about_order);
  }
  if (!query.state.empty()) {
    sql += kOnlyState;
    values.emplace_back(query.state);
  }
  if (!query.kind.empty()) {
    sql += kOnlyKind;
    values.emplace_back(query.kind);
  }
  if (!query.team.empty()) {
    sql += kOnlyTeam;
    values.emplace_back(query.team);
  }
  if (query.person_queue) {
    sql += kOnlyPersonQueue;
    values.emplace_back(Number(*query.person_queue));
  }
  if (query.after && queue) {
    const auto& after = *query.after;
    const std::uint64_t priority = after.priority;
    sql += kAfterInQueue;
    values.insert(values.end(), {priority, priority, after.due_at, after.due_at, after.id});
  } else if (query.after) {
    sql += kAfterInNewest;
    values.emplace_back(query.after->id);
  }
  sql += queue ? kQueueOrder : kNewestOrder;
  values.emplace_back(static_cast<std::int64_t>(query.limit));
  return platform::Read(pool_, [&](Connection& db) { return ReadCases(db.Query(sql, values)); });
}

std::vector<Case> SqlCaseRepository::FindMany(ShopId shop, std::span<const CaseId> ids) {
  std::vector<Value> values;
  values.reserve(ids.size() * 2);
  for (const CaseId id : ids) {
    values.emplace_back(shop);
    values.emplace_back(id);
  }
  return platform::Read(pool_, [&](Connection& db) {
    std::vector<Case> found;
    kFindMany.Query(db, values, [&](Result& row) { found.push_back(ReadCase(row)); });
    return found;
  });
}

std::optional<CaseId> SqlCaseRepository::FindByRequest(ShopId shop, Origin origin,
                                                       std::string_view request_id) {
  return platform::Read(pool_, [&](Connection& db) -> std::optional<CaseId> {
    Result rows = db.Query(kFindByRequest, {shop, Number(origin), request_id});
    if (!rows.Next()) return std::nullopt;
    return CaseId{rows.Uint64(0)};
  });
}

std::vector<Step> SqlCaseRepository::ListSteps(ShopId shop, CaseId id, std::uint32_t after,
                                               std::size_t limit) {
  return platform::Read(pool_, [&](Connection& db) {
    std::vector<Step> steps;
    Result rows = db.Query(kListSteps, {shop, id, after, static_cast<std::int64_t>(limit)});
    while (rows.Next()) steps.push_back(ReadStep(rows));
    return steps;
  });
}

std::vector<std::string> SqlCaseRepository::OpenTexts(const Case& of,
                                                      std::span<const std::uint32_t> sequences) {
  std::vector<std::string> texts(sequences.size());
  if (sequences.empty()) return texts;
  const auto [first, last] = std::minmax_element(sequences.begin(), sequences.end());
  platform::Read(pool_, [&](Connection& db) {
    std::vector<std::size_t> places;
    std::vector<std::string> sealed;
    Result rows = db.Query(kListTexts, {of.shop, of.id, *first, *last});
    while (rows.Next()) {
      const auto place = std::find(sequences.begin(), sequences.end(), rows.Uint64(0));
      if (place == sequences.end()) continue;
      places.push_back(static_cast<std::size_t>(place - sequences.begin()));
      sealed.push_back(rows.String(1));
    }
    std::vector<platform::OpenItem> items;
    items.reserve(sealed.size());
    for (const std::string& blob : sealed) {
      items.push_back({SubjectOf(of.customer, of.order), blob});
    }
    const auto opened = sealer_.OpenMany(db, of.shop, items);
    for (std::size_t i = 0; i < opened.size(); ++i) {
      if (opened[i]) texts[places[i]] = ClearOf(*opened[i]);
    }
  });
  return texts;
}

std::optional<LedgerRow> SqlCaseRepository::FindLine(ShopId shop, LineId line) {
  return platform::Read(pool_, [&](Connection& db) -> std::optional<LedgerRow> {
    Result rows = db.Query(kFindLine, {shop, line});
    if (!rows.Next()) return std::nullopt;
    return ReadLine(rows);
  });
}

bool SqlCaseRepository::IsContactRefused(ShopId shop, CustomerId customer) {
  if (!customer) return false;
  return platform::Read(pool_, [&](Connection& db) {
    return !FindContactRefusals(db, {{shop, customer}}).empty();
  });
}

bool SqlCaseRepository::HasOpenComplaint(const Case& about) {
  if (!about.order && !about.customer) return false;
  return platform::Read(pool_, [&](Connection& db) {
    Result rows = about.order
                      ? db.Query(kFindComplaintOfOrder, {about.shop, about.order, about.id})
                      : db.Query(kFindComplaintOfCustomer, {about.shop, about.customer, about.id});
    return rows.Next();
  });
}

std::optional<Step> SqlCaseRepository::FindLastStep(ShopId shop, CaseId id,
                                                    std::string_view event) {
  return platform::Read(pool_, [&](Connection& db) -> std::optional<Step> {
    Result rows = db.Query(kFindLastStep, {shop, id, event});
    if (!rows.Next()) return std::nullopt;
    return ReadStep(rows);
  });
}

}  // namespace redress::aftersales
