#include "services/aftersales/store/deadline_repository.h"

#include "services/aftersales/domain/calendar_text.h"
#include "services/aftersales/store/row_cursor.h"
#include "services/platform/base/errors.h"
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
// Set before rules had scopes and versions.
constexpr char kListFirstRules[] =
    "SELECT rule, rule_condition, effective_at, duration_s, repeat_s, warn_s FROM deadline_rules"
    " WHERE shop_id = ? ORDER BY rule, rule_condition, effective_at LIMIT ?";
#define REDRESS_RULE_COLUMNS                                                              \
  "rule, rule_condition, effective_at, duration_s, repeat_s, warn_s, platform, variant, " \
  "version, calendar, ended"
constexpr char kListRules[] = "SELECT shop_id, " REDRESS_RULE_COLUMNS
                              " FROM deadline_rule_versions WHERE shop_id = ?"
                              " ORDER BY rule, rule_condition, platform, variant, version LIMIT ?";
constexpr char kFindRule[] = "SELECT shop_id, " REDRESS_RULE_COLUMNS
                             " FROM deadline_rule_versions WHERE shop_id = ? AND rule = ?"
                             " AND rule_condition = ? AND platform = ? AND variant = ?"
                             " AND version = ?";
constexpr char kLatestRule[] =
    "SELECT COALESCE(MAX(version), 0) FROM deadline_rule_versions WHERE shop_id = ? AND rule = ?"
    " AND rule_condition = ? AND platform = ? AND variant = ?";
constexpr char kCountRules[] = "SELECT COUNT(*) FROM deadline_rule_versions WHERE shop_id = ?";
constexpr char kInsertRule[] =
    "INSERT INTO deadline_rule_versions (shop_id, " REDRESS_RULE_COLUMNS
    ", set_by, set_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

#define REDRESS_CALENDAR_COLUMNS "calendar, version, effective_at, week, special_days"
constexpr char kListCalendars[] = "SELECT shop_id, " REDRESS_CALENDAR_COLUMNS
                                  " FROM business_calendars WHERE shop_id = ?"
                                  " ORDER BY calendar, version LIMIT ?";
constexpr char kFindCalendar[] = "SELECT shop_id, " REDRESS_CALENDAR_COLUMNS
                                 " FROM business_calendars"
                                 " WHERE shop_id = ? AND calendar = ? AND version = ?";
constexpr char kLatestCalendar[] =
    "SELECT COALESCE(MAX(version), 0) FROM business_calendars WHERE shop_id = ? AND calendar = ?";
constexpr char kCountCalendars[] = "SELECT COUNT(*) FROM business_calendars WHERE shop_id = ?";
constexpr char kInsertCalendar[] =
    "INSERT INTO business_calendars (shop_id, " REDRESS_CALENDAR_COLUMNS
    ", set_by, set_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";

void ReadFirstColumns(RowCursor& row, DeadlineRuleRow& rule) {
  row >> rule.rule, row >> rule.condition, row >> rule.effective_at, row >> rule.duration_s;
  row >> rule.repeat_s, row >> rule.warn_s;
  rule.own = true;
}

DeadlineRuleRow ReadRule(Result& result) {
  DeadlineRuleRow rule;
  RowCursor row(result, 1);
  ReadFirstColumns(row, rule);
  row >> rule.scope.platform, row >> rule.scope.variant, row >> rule.version;
  row >> rule.calendar, row >> rule.ended;
  return rule;
}

BusinessCalendar ReadCalendar(Result& result) {
  BusinessCalendar calendar;
  std::string week;
  std::string days;
  RowCursor row(result, 1);
  row >> calendar.name, row >> calendar.version, row >> calendar.effective_at;
  row >> week, row >> days;
  ReadWeek(week, calendar);
  ReadSpecialDays(days, calendar);
  return calendar;
}

std::uint64_t NumberOf(Result row) {
  row.Next();
  return row.Uint64(0);
}

// What is to be stored under the next version.
struct Versions {
  const char* latest;
  std::span<const platform::Value> key;
  const char* count;
  std::size_t most;
  const char* what;
};

std::uint32_t NextVersion(Connection& db, ShopId shop, const DatedChange& change,
                          const Versions& of) {
  const auto latest = NumberOf(db.Query(of.latest, of.key));
  if (change.seen_version && *change.seen_version != latest) {
    throw platform::VersionConflict(*change.seen_version, latest);
  }
  if (NumberOf(db.Query(of.count, {shop})) >= of.most) {
    throw platform::Refusal(platform::Code::kFailedPrecondition, "TOO_MANY_VERSIONS",
                            "The shop has set " + std::string(of.what) + " " +
                                std::to_string(of.most) +
                                " times, which is as often as it can; ask the operator.")
        .With("expected", "fewer than " + std::to_string(of.most))
        .With("found", std::to_string(of.most));
  }
  return static_cast<std::uint32_t>(latest) + 1;
}

// The number that the first call stored; nothing for the first call itself, which must then hold.
std::optional<std::int64_t> FirstAnswer(Connection& db, ShopId shop, const WriteRequest& request) {
  const auto first =
      platform::FindAnswer(db, shop, platform::kClientOrigin, request.request_id, request.digest);
  if (first) return std::stoll(*first);
  if (request.check) request.check();
  return std::nullopt;
}

void Remember(Connection& db, ShopId shop, const DatedChange& change, std::uint32_t version) {
  platform::RememberAnswer(db, shop, platform::kClientOrigin, change.request.request_id,
                           change.request.digest, std::to_string(version), change.now_us);
}

// Somebody else has just stored the version: their call came first.
void InsertVersion(Connection& db, const char* statement, std::span<const platform::Value> values,
                   std::uint32_t version) {
  try {
    db.Execute(statement, values);
  } catch (const platform::DatabaseError& error) {
    if (error.kind() != platform::DatabaseError::Kind::kDuplicateKey) throw;
    throw platform::VersionConflict(version - 1, version);
  }
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

DeadlineSettings SqlDeadlineRepository::Settings(ShopId shop) {
  return platform::Read(pool_, [&](Connection& db) {
    DeadlineSettings settings;
    const auto most = static_cast<std::int64_t>(kMostRuleVersions);
    Result first = db.Query(kListFirstRules, {shop, most});
    while (first.Next()) {
      RowCursor row(first);
      ReadFirstColumns(row, settings.rules.emplace_back());
    }
    Result rules = db.Query(kListRules, {shop, most});
    while (rules.Next()) settings.rules.push_back(ReadRule(rules));
    Result calendars =
        db.Query(kListCalendars, {shop, static_cast<std::int64_t>(kMostCalendarVersions)});
    while (calendars.Next()) settings.calendars.push_back(ReadCalendar(calendars));
    return settings;
  });
}

std::optional<BusinessCalendar> SqlDeadlineRepository::FindCalendar(ShopId shop,
                                                                    std::string_view name,
                                                                    std::uint32_t version) {
  return platform::Read(pool_, [&](Connection& db) -> std::optional<BusinessCalendar> {
    Result rows = db.Query(kFindCalendar, {shop, name, version});
    if (!rows.Next()) return std::nullopt;
    return ReadCalendar(rows);
  });
}

DeadlineRuleRow SqlDeadlineRepository::SetRule(ShopId shop, const DatedChange& change,
                                               const DeadlineRuleRow& rule) {
  return platform::Transact(pool_, [&](Connection& db) {
    const platform::Value key[] = {shop, rule.rule, rule.condition, rule.scope.platform,
                                   rule.scope.variant};
    if (const auto first = FirstAnswer(db, shop, change.request)) {
      std::vector<platform::Value> one(std::begin(key), std::end(key));
      one.emplace_back(*first);
      Result rows = db.Query(kFindRule, one);
      if (!rows.Next()) throw std::runtime_error("a deadline rule that was stored is gone");
      return ReadRule(rows);
    }
    DeadlineRuleRow stored = rule;
    stored.own = true;
    stored.version = NextVersion(
        db, shop, change, {kLatestRule, key, kCountRules, kMostRuleVersions, "deadline rules"});
    const platform::Value row[] = {shop,
                                   stored.rule,
                                   stored.condition,
                                   stored.effective_at,
                                   stored.duration_s,
                                   stored.repeat_s,
                                   stored.warn_s,
                                   stored.scope.platform,
                                   stored.scope.variant,
                                   stored.version,
                                   stored.calendar,
                                   std::int64_t{stored.ended},
                                   change.set_by,
                                   change.now_us};
    InsertVersion(db, kInsertRule, row, stored.version);
    Remember(db, shop, change, stored.version);
    return stored;
  });
}

BusinessCalendar SqlDeadlineRepository::SetCalendar(ShopId shop, const DatedChange& change,
                                                    const BusinessCalendar& calendar) {
  return platform::Transact(pool_, [&](Connection& db) {
    if (const auto first = FirstAnswer(db, shop, change.request)) {
      Result rows = db.Query(kFindCalendar, {shop, calendar.name, *first});
      if (!rows.Next()) throw std::runtime_error("a calendar that was stored is gone");
      return ReadCalendar(rows);
    }
    const platform::Value key[] = {shop, calendar.name};
    BusinessCalendar stored = calendar;
    stored.version =
        NextVersion(db, shop, change,
                    {kLatestCalendar, key, kCountCalendars, kMostCalendarVersions, "calendars"});
    const std::string week = WeekText(stored);
    const std::string days = SpecialDaysText(stored);
    const platform::Value row[] = {shop, stored.name, stored.version, stored.effective_at,
                                   week, days,        change.set_by,  change.now_us};
    InsertVersion(db, kInsertCalendar, row, stored.version);
    Remember(db, shop, change, stored.version);
    return stored;
  });
}

}  // namespace redress::aftersales
