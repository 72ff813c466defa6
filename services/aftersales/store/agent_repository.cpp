#include "services/aftersales/store/agent_repository.h"

#include <sstream>
#include <stdexcept>
#include <utility>

#include "services/aftersales/store/row_cursor.h"
#include "services/platform/base/errors.h"
#include "services/platform/database/requests.h"
#include "services/platform/database/rows.h"
#include "services/platform/database/transact.h"

namespace redress::aftersales {
namespace {

using platform::Connection;
using platform::Result;
using platform::Value;

#define REDRESS_AGENT_COLUMNS                                                                 \
  "a.account_id, a.team, a.kinds, a.most_open_cases, a.on_shift, a.shift_ends_at, a.version," \
  " (SELECT COUNT(c.shop_id) FROM cases c FORCE INDEX (cases_assignee)"                       \
  " WHERE c.shop_id = a.shop_id AND c.assignee_id = a.account_id AND c.final = 0)"

constexpr char kListAgents[] = "SELECT a.shop_id, " REDRESS_AGENT_COLUMNS
                               " FROM agents a WHERE a.shop_id = ? AND a.account_id > ?"
                               " ORDER BY a.account_id LIMIT ?";
constexpr char kListTeam[] = "SELECT a.shop_id, " REDRESS_AGENT_COLUMNS
                             " FROM agents a WHERE a.shop_id = ? AND a.account_id > ?"
                             " AND a.team = ? ORDER BY a.account_id LIMIT ?";
constexpr char kListOnShift[] = "SELECT a.shop_id, " REDRESS_AGENT_COLUMNS
                                " FROM agents a WHERE a.shop_id = ? AND a.on_shift = 1"
                                " AND (a.shift_ends_at IS NULL OR a.shift_ends_at > ?)"
                                " ORDER BY a.account_id LIMIT ?";
constexpr char kFindAgent[] = "SELECT a.shop_id, " REDRESS_AGENT_COLUMNS
                              " FROM agents a WHERE a.shop_id = ? AND a.account_id = ?";
constexpr char kLockVersion[] =
    "SELECT version FROM agents WHERE shop_id = ? AND account_id = ? FOR UPDATE";
constexpr char kWriteProfile[] =
    "INSERT INTO agents (shop_id, account_id, team, kinds, most_open_cases, on_shift, version,"
    " changed_by, changed_at) VALUES (?, ?, ?, ?, ?, 0, 1, ?, ?)"
    " ON DUPLICATE KEY UPDATE team = VALUES(team), kinds = VALUES(kinds),"
    " most_open_cases = VALUES(most_open_cases), version = version + 1,"
    " changed_by = VALUES(changed_by), changed_at = VALUES(changed_at)";
constexpr char kWriteShift[] =
    "INSERT INTO agents (shop_id, account_id, team, kinds, most_open_cases, on_shift,"
    " shift_ends_at, version, changed_by, changed_at) VALUES (?, ?, '', '', ?, ?, ?, 1, ?, ?)"
    " ON DUPLICATE KEY UPDATE on_shift = VALUES(on_shift), shift_ends_at = VALUES(shift_ends_at),"
    " version = version + 1, changed_by = VALUES(changed_by), changed_at = VALUES(changed_at)";
constexpr char kShopsOnShift[] =
    "SELECT DISTINCT shop_id FROM agents FORCE INDEX (agents_on_shift)"
    " WHERE on_shift = 1 AND shop_id > ? AND (shift_ends_at IS NULL OR shift_ends_at > ?)"
    " ORDER BY shop_id LIMIT ?";
constexpr char kEarlierAssignees[] =
    "SELECT DISTINCT case_id, assignee_id FROM steps FORCE INDEX (PRIMARY)"
    " WHERE (shop_id, case_id) IN (";
constexpr char kAssigneesOfCustomers[] =
    "SELECT customer_id, case_id, assignee_id FROM cases FORCE INDEX (cases_customer)"
    " WHERE (shop_id, customer_id) IN (";

Agent ReadAgent(Result& result) {
  Agent agent;
  RowCursor row(result, 1);
  std::string kinds;
  row >> agent.account, row >> agent.profile.team, row >> kinds;
  row >> agent.profile.most_open_cases, row >> agent.shift.on;
  row.Optional(agent.shift.ends_at);
  row >> agent.version, row >> agent.open_cases;
  std::istringstream words(kinds);
  for (std::string kind; words >> kind;) agent.profile.kinds.push_back(kind);
  return agent;
}

std::vector<Agent> ReadAgents(Result rows) {
  std::vector<Agent> agents;
  while (rows.Next()) agents.push_back(ReadAgent(rows));
  return agents;
}

std::string Joined(const std::vector<std::string>& kinds) {
  std::string text;
  for (const std::string& kind : kinds) {
    if (!text.empty()) text.push_back(' ');
    text += kind;
  }
  return text;
}

Agent Stored(Connection& db, const AgentChange& change) {
  std::vector<Agent> found = ReadAgents(db.Query(kFindAgent, {change.shop, change.account}));
  if (found.empty()) throw std::runtime_error("an agent that was stored is gone");
  return std::move(found.front());
}

// Once per request: a repeat finds what the first call wrote.
template <class Write>
Agent WriteOnce(platform::Pool& pool, const AgentChange& change, const WriteRequest& request,
                const Write& write) {
  return platform::Transact(pool, [&](Connection& db) {
    const auto first = platform::FindAnswer(db, change.shop, platform::kClientOrigin,
                                            request.request_id, request.digest);
    if (!first) {
      if (request.check) request.check();
      write(db);
      platform::RememberAnswer(db, change.shop, platform::kClientOrigin, request.request_id,
                               request.digest, platform::ToString(change.account), change.now_us);
    }
    return Stored(db, change);
  });
}

template <class Id>
std::vector<Value> KeysOf(ShopId shop, std::span<const Id> ids) {
  std::vector<Value> keys;
  keys.reserve(ids.size() * 2);
  for (const Id id : ids) {
    keys.emplace_back(shop);
    keys.emplace_back(id);
  }
  return keys;
}

}  // namespace

std::vector<Agent> SqlAgentRepository::List(const AgentQuery& query) {
  const auto limit = static_cast<std::int64_t>(query.limit);
  return platform::Read(pool_, [&](Connection& db) {
    if (query.team.empty())
      return ReadAgents(db.Query(kListAgents, {query.shop, query.after, limit}));
    return ReadAgents(db.Query(kListTeam, {query.shop, query.after, query.team, limit}));
  });
}

Agent SqlAgentRepository::Update(const AgentChange& change, const WriteRequest& request,
                                 std::uint32_t version, const AgentProfile& profile) {
  return WriteOnce(pool_, change, request, [&](Connection& db) {
    Result rows = db.Query(kLockVersion, {change.shop, change.account});
    const auto stored = rows.Next() ? static_cast<std::uint32_t>(rows.Uint64(0)) : 0U;
    if (stored != version) throw platform::VersionConflict(version, stored);
    db.Execute(kWriteProfile, {change.shop, change.account, profile.team, Joined(profile.kinds),
                               profile.most_open_cases, change.by, change.now_us});
  });
}

Agent SqlAgentRepository::SetShift(const AgentChange& change, const WriteRequest& request,
                                   const Shift& shift) {
  return WriteOnce(pool_, change, request, [&](Connection& db) {
    db.Execute(kWriteShift, {change.shop, change.account, kMostOpenCases, shift.on ? 1 : 0,
                             NullIfZero(shift.ends_at), change.by, change.now_us});
  });
}

std::vector<ShopId> SqlAgentRepository::ShopsOnShift(std::int64_t now_us, ShopId after,
                                                     std::size_t limit) {
  return platform::Read(pool_, [&](Connection& db) {
    std::vector<ShopId> shops;
    Result rows = db.Query(kShopsOnShift, {after, now_us, static_cast<std::int64_t>(limit)});
    while (rows.Next()) shops.push_back(rows.Shop(0));
    return shops;
  });
}

std::vector<Agent> SqlAgentRepository::OnShift(ShopId shop, std::int64_t now_us,
                                               std::size_t limit) {
  return platform::Read(pool_, [&](Connection& db) {
    return ReadAgents(db.Query(kListOnShift, {shop, now_us, static_cast<std::int64_t>(limit)}));
  });
}

std::map<CaseId, std::set<AccountId>> SqlAgentRepository::EarlierAssignees(
    ShopId shop, std::span<const CaseId> cases) {
  static const platform::MultiRow select(kEarlierAssignees, 2, ") AND assignee_id <> 0");
  if (cases.empty()) return {};
  return platform::Read(pool_, [&](Connection& db) {
    std::map<CaseId, std::set<AccountId>> found;
    select.Query(db, KeysOf(shop, cases),
                 [&](Result& row) { found[row.Id<CaseId>(0)].insert(row.Id<AccountId>(1)); });
    return found;
  });
}

std::map<CustomerId, AccountId> SqlAgentRepository::AssigneesOf(
    ShopId shop, std::span<const CustomerId> customers) {
  static const platform::MultiRow select(kAssigneesOfCustomers, 2,
                                         ") AND final = 0 AND assignee_id <> 0");
  if (customers.empty()) return {};
  return platform::Read(pool_, [&](Connection& db) {
    std::map<CustomerId, std::pair<CaseId, AccountId>> newest;
    select.Query(db, KeysOf(shop, customers), [&](Result& row) {
      std::pair<CaseId, AccountId> found{row.Id<CaseId>(1), row.Id<AccountId>(2)};
      auto& kept = newest[row.Id<CustomerId>(0)];
      if (kept.first < found.first) kept = found;
    });
    std::map<CustomerId, AccountId> assignees;
    for (const auto& [customer, one] : newest) assignees[customer] = one.second;
    return assignees;
  });
}

}  // namespace redress::aftersales
