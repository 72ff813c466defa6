#include "services/aftersales/store/deadline_repository.h"

#include "services/aftersales/store/row_cursor.h"
#include "services/platform/database/requests.h"
#include "services/platform/database/transact.h"

namespace redress::aftersales {
namespace {

using platform::Connection;
using platform::Result;

constexpr char kFindDue[] =
    "SELECT shop_id, case_id, deadline_number, due_at, warn_at FROM cases FORCE INDEX (cases_timer)"
    " WHERE timer_at <= ? ORDER BY timer_at LIMIT ?";
constexpr char kCountDue[] =
    "SELECT COUNT(shop_id) FROM (SELECT shop_id FROM cases FORCE INDEX (cases_timer)"
    " WHERE timer_at <= ? LIMIT ?) due";
constexpr char kListRules[] =
    "SELECT rule, rule_condition, effective_at, duration_s, repeat_s, warn_s FROM deadline_rules"
    " WHERE shop_id = ? ORDER BY rule, rule_condition, effective_at";
constexpr char kFindRule[] =
    "SELECT rule, rule_condition, effective_at, duration_s, repeat_s, warn_s FROM deadline_rules"
    " WHERE shop_id = ? AND rule = ? AND rule_condition = ? AND effective_at = ?";
constexpr char kWriteRule[] =
    "INSERT INTO deadline_rules (shop_id, rule, rule_condition, effective_at, duration_s, repeat_s,"
    " warn_s, set_by, set_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
    " ON DUPLICATE KEY UPDATE duration_s = VALUES(duration_s), repeat_s = VALUES(repeat_s),"
    " warn_s = VALUES(warn_s), set_by = VALUES(set_by), set_at = VALUES(set_at)";

DeadlineRuleRow ReadRule(Result& result) {
  DeadlineRuleRow rule;
  RowCursor row(result);
  row >> rule.rule, row >> rule.condition, row >> rule.effective_at, row >> rule.duration_s;
  row >> rule.repeat_s, row >> rule.warn_s;
  rule.own = true;
  return rule;
}

}  // namespace

std::vector<DueTimer> SqlDeadlineRepository::Due(std::int64_t now_us, std::size_t limit) {
  return platform::Read(pool_, [&](Connection& db) {
    std::vector<DueTimer> due;
    Result rows = db.Query(kFindDue, {now_us, static_cast<std::int64_t>(limit)});
    while (rows.Next()) {
      DueTimer& timer = due.emplace_back();
      RowCursor row(rows);
      row >> timer.shop, row >> timer.case_id, row >> timer.number;
      row.Optional(timer.due_at), row.Optional(timer.warn_at);
    }
    return due;
  });
}

std::size_t SqlDeadlineRepository::CountDue(std::int64_t now_us, std::size_t most) {
  return platform::Read(pool_, [&](Connection& db) {
    Result rows = db.Query(kCountDue, {now_us, static_cast<std::int64_t>(most)});
    rows.Next();
    return static_cast<std::size_t>(rows.Uint64(0));
  });
}

std::vector<DeadlineRuleRow> SqlDeadlineRepository::OwnRules(ShopId shop) {
  return platform::Read(pool_, [&](Connection& db) {
    std::vector<DeadlineRuleRow> rules;
    Result rows = db.Query(kListRules, {shop});
    while (rows.Next()) rules.push_back(ReadRule(rows));
    return rules;
  });
}

DeadlineRuleRow SqlDeadlineRepository::SetRule(ShopId shop, const WriteRequest& request,
                                               const DeadlineRuleRow& rule, AccountId set_by,
                                               std::int64_t now_us) {
  return platform::Transact(pool_, [&](Connection& db) {
    const auto first =
        platform::FindAnswer(db, shop, platform::kClientOrigin, request.request_id, request.digest);
    if (first) {
      Result rows = db.Query(kFindRule, {shop, rule.rule, rule.condition, std::stoll(*first)});
      if (!rows.Next()) throw std::runtime_error("a deadline rule that was stored is gone");
      return ReadRule(rows);
    }
    db.Execute(kWriteRule, {shop, rule.rule, rule.condition, rule.effective_at, rule.duration_s,
                            rule.repeat_s, rule.warn_s, set_by, now_us});
    platform::RememberAnswer(db, shop, platform::kClientOrigin, request.request_id, request.digest,
                             std::to_string(rule.effective_at), now_us);
    DeadlineRuleRow stored = rule;
    stored.own = true;
    return stored;
  });
}

}  // namespace redress::aftersales
