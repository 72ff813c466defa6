#include "services/desk/store/rule_rows.h"

#include "services/desk/store/sql.h"

namespace redress::desk {
namespace {

using platform::Connection;
using platform::Result;

NotificationRule ReadRule(const Result& rows) {
  NotificationRule rule;
  rule.shop = rows.Shop(0);
  rule.code = rows.String(1);
  rule.case_kind = rows.String(2);
  rule.event = rows.String(3);
  rule.state = rows.String(4);
  rule.outcome = rows.String(5);
  rule.phrase = rows.Id<PhraseId>(6);
  rule.channel = static_cast<ChannelKind>(rows.Uint64(7));
  rule.delay_us = rows.Int64(8);
  rule.quiet_days = static_cast<std::uint32_t>(rows.Uint64(9));
  rule.minimum_score = static_cast<std::uint32_t>(rows.Uint64(10));
  rule.invites_review = rows.Uint64(11) != 0;
  rule.version = static_cast<std::uint32_t>(rows.Uint64(12));
  rule.enabled_at = rows.OptInt64(13).value_or(0);
  rule.enabled = !rows.IsNull(13);
  return rule;
}

void WriteRule(Connection& db, std::string_view statement, const NotificationRule& rule) {
  db.Execute(statement, {rule.case_kind, rule.event, rule.state, rule.outcome, rule.phrase,
                         static_cast<unsigned>(rule.channel), rule.delay_us, rule.quiet_days,
                         rule.minimum_score, rule.invites_review ? 1 : 0, rule.version,
                         rule.enabled ? platform::Value(rule.enabled_at) : platform::Value(nullptr),
                         rule.shop, rule.code});
}

std::optional<NotificationRule> First(Result rows) {
  if (!rows.Next()) return std::nullopt;
  return ReadRule(rows);
}

}  // namespace

std::optional<NotificationRule> FindRule(Connection& db, ShopId shop, const std::string& code) {
  return First(db.Query(sql::kFindRule, {shop, code}));
}

std::optional<NotificationRule> FindInvitingRule(Connection& db, ShopId shop, PhraseId phrase) {
  return First(db.Query(sql::kFindInvitingRule, {shop, phrase}));
}

std::optional<NotificationRule> LockRule(Connection& db, ShopId shop, const std::string& code) {
  return First(db.Query(sql::kLockRule, {shop, code}));
}

std::vector<NotificationRule> RulesThatAreOn(Connection& db, ShopId shop) {
  return ReadRules(db.Query(sql::kListRulesThatAreOn, {shop, kMostRules}));
}

std::vector<NotificationRule> ReadRules(Result rows) {
  std::vector<NotificationRule> rules;
  while (rows.Next()) rules.push_back(ReadRule(rows));
  return rules;
}

void InsertRule(Connection& db, const NotificationRule& rule) {
  WriteRule(db, sql::kInsertRule, rule);
}

void UpdateRule(Connection& db, const NotificationRule& rule) {
  WriteRule(db, sql::kUpdateRule, rule);
}

}  // namespace redress::desk
