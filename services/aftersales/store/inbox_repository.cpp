#include "services/aftersales/store/inbox_repository.h"

#include "services/aftersales/store/case_rows.h"
#include "services/aftersales/store/link_rows.h"
#include "services/platform/database/transact.h"

namespace redress::aftersales {
namespace {

using platform::Connection;
using platform::Result;

// 1 is waiting. A case's asks are carried in their order: only the oldest that waits is taken. Rows
// that another process is taking are passed over.
constexpr char kFindDueAsks[] =
    "SELECT i.shop_id, " REDRESS_ASK_COLUMNS
    " FROM case_inbox i FORCE INDEX (case_inbox_due) WHERE i.due_at <= ? AND i.state = 1"
    " AND NOT EXISTS (SELECT e.shop_id FROM case_inbox e WHERE e.shop_id = i.shop_id"
    " AND e.source_case_id = i.source_case_id AND e.sequence < i.sequence AND e.state = 1)"
    " ORDER BY i.due_at LIMIT ? FOR UPDATE SKIP LOCKED";
constexpr char kLeaseAsk[] =
    "UPDATE case_inbox SET due_at = ?, attempts = attempts + 1, updated_at = ?"
    " WHERE shop_id = ? AND source_case_id = ? AND sequence = ?";
constexpr char kConcludeAsk[] =
    "UPDATE case_inbox SET state = ?, refusal = ?, due_at = NULL, updated_at = ?"
    " WHERE shop_id = ? AND source_case_id = ? AND sequence = ? AND state = 1";
constexpr char kPostponeAsk[] =
    "UPDATE case_inbox SET due_at = ? WHERE shop_id = ? AND source_case_id = ? AND sequence = ?"
    " AND state = 1";
constexpr char kCountDueAsks[] =
    "SELECT COUNT(shop_id) FROM (SELECT shop_id FROM case_inbox FORCE INDEX (case_inbox_due)"
    " WHERE due_at <= ? LIMIT ?) due";
constexpr char kListLinks[] =
    "SELECT c.shop_id, " REDRESS_CASE_COLUMNS
    ", l.relation FROM case_links l STRAIGHT_JOIN cases c"
    " ON c.shop_id = l.shop_id AND c.case_id = l.linked_case_id"
    " WHERE l.shop_id = ? AND l.case_id = ? ORDER BY l.linked_case_id DESC LIMIT ?";
constexpr char kListOpenAsks[] =
    "SELECT i.shop_id, " REDRESS_ASK_COLUMNS
    " FROM case_inbox i WHERE i.shop_id = ? AND i.source_case_id = ? AND i.state <> 2"
    " ORDER BY i.sequence DESC LIMIT ?";

constexpr auto kMostRows = static_cast<std::int64_t>(kMostLinks);

}  // namespace

std::vector<CaseAsk> SqlInboxRepository::Claim(std::int64_t now_us, std::int64_t until_us,
                                               std::size_t limit) {
  // Most rounds find nothing, and a look costs no transaction.
  if (CountDue(now_us, 1) == 0) return {};
  return platform::Transact(pool_, [&](Connection& db) {
    std::vector<CaseAsk> asks;
    Result rows = db.Query(kFindDueAsks, {now_us, static_cast<std::int64_t>(limit)});
    while (rows.Next()) asks.push_back(ReadAsk(rows));
    for (CaseAsk& ask : asks) {
      db.Execute(kLeaseAsk, {until_us, now_us, ask.shop, ask.source, ask.sequence});
      ++ask.attempts;
    }
    return asks;
  });
}

void SqlInboxRepository::Conclude(const CaseAsk& ask, AskState state, std::string_view refusal,
                                  std::int64_t now_us) {
  platform::Transact(pool_, [&](Connection& db) {
    db.Execute(kConcludeAsk, {Number(state), refusal, now_us, ask.shop, ask.source, ask.sequence});
  });
}

void SqlInboxRepository::TryAgain(const CaseAsk& ask, std::int64_t at_us) {
  platform::Transact(pool_, [&](Connection& db) {
    db.Execute(kPostponeAsk, {at_us, ask.shop, ask.source, ask.sequence});
  });
}

std::size_t SqlInboxRepository::CountDue(std::int64_t now_us, std::size_t most) {
  return platform::Read(pool_, [&](Connection& db) {
    Result rows = db.Query(kCountDueAsks, {now_us, static_cast<std::int64_t>(most)});
    rows.Next();
    return static_cast<std::size_t>(rows.Uint64(0));
  });
}

std::vector<LinkedCase> SqlCaseLinkRepository::LinksOf(ShopId shop, CaseId id) {
  return platform::Read(pool_, [&](Connection& db) {
    std::vector<LinkedCase> links;
    Result rows = db.Query(kListLinks, {shop, id, kMostRows});
    while (rows.Next()) {
      LinkedCase& link = links.emplace_back();
      link.of = ReadCase(rows);
      RowCursor behind(rows, kCaseColumns);
      behind >> link.relation;
    }
    return links;
  });
}

std::vector<CaseAsk> SqlCaseLinkRepository::OpenAsksOf(ShopId shop, CaseId id) {
  return platform::Read(pool_, [&](Connection& db) {
    std::vector<CaseAsk> asks;
    Result rows = db.Query(kListOpenAsks, {shop, id, kMostRows});
    while (rows.Next()) asks.push_back(ReadAsk(rows));
    return asks;
  });
}

}  // namespace redress::aftersales
