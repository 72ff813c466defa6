#include "services/customer/store/definitions.h"

#include <algorithm>

#include "services/customer/domain/rules/type_check.h"
#include "services/customer/store/care_sql.h"
#include "services/customer/store/tag_rows.h"
#include "services/customer/store/tag_sql.h"
#include "services/platform/base/errors.h"
#include "services/platform/base/text.h"
#include "services/platform/time_zone/time_zone.h"

namespace redress::customer {

using platform::Connection;
using platform::Result;
using rules::Subject;

namespace {

constexpr char kField[] = "expression";
constexpr std::size_t kDayLength = 10;  // 2026-11-11

std::vector<std::int64_t> DaysIn(const std::string& stored) {
  std::vector<std::int64_t> days;
  for (std::size_t at = 0; at + kDayLength <= stored.size(); at += kDayLength + 1) {
    days.push_back(platform::ParseDay(stored.substr(at, kDayLength), "days"));
  }
  return days;
}

// The codes of what the shop uses of the kind.
std::vector<std::string> CodesInUse(Connection& db, ShopId shop, Subject::Kind kind) {
  std::vector<std::string> codes;
  if (kind == Subject::Kind::kTag) {
    for (const Tag& tag : ReadTags(db, shop)) {
      if (!tag.archived) codes.push_back(tag.code);
    }
  } else {
    for (const Segment& segment : ReadSegments(db, shop)) {
      if (!segment.archived) codes.push_back(segment.code);
    }
  }
  return codes;
}

rules::Expression ReadNaming(Connection& db, ShopId shop, const std::string& condition) {
  rules::Expression expression = rules::ReadCondition(condition, kField);
  for (const Subject& subject : rules::SubjectsIn(expression)) {
    const auto codes = CodesInUse(db, shop, subject.kind);
    if (std::find(codes.begin(), codes.end(), subject.code) != codes.end()) continue;
    const auto nearest = platform::NearestName(subject.code, codes);
    throw platform::InvalidField(
        kField, "names " + rules::Print(subject) + ", which the shop does not use; " +
                    (nearest ? "did you mean \"" + *nearest + "\"?" : "define it first"));
  }
  return expression;
}

bool Names(const std::string& condition, const Subject& subject) {
  return !condition.empty() &&
         rules::SubjectsIn(rules::ReadCondition(condition, kField)).contains(subject);
}

[[noreturn]] void RefuseInUse(const Subject& subject, const std::string& user) {
  throw platform::Refusal(platform::Code::kFailedPrecondition,
                          subject.kind == Subject::Kind::kTag ? "TAG_IN_USE" : "SEGMENT_IN_USE",
                          user + " uses " + rules::Print(subject) + "; change that first.")
      .With("used_by", user);
}

}  // namespace

void LockDefinitions(Connection& db, ShopId shop) {
  db.Execute(sql::kMakeJudgedShop, {shop});
  db.Query(sql::kLockJudgedShop, {shop});
}

void TouchDefinitions(Connection& db, ShopId shop) { db.Execute(sql::kTouchJudgedShop, {shop}); }

std::uint64_t DefinitionsVersion(Connection& db, ShopId shop) {
  Result rows = db.Query(sql::kJudgedShopVersion, {shop});
  return rows.Next() ? rows.Uint64(0) : 0;
}

std::vector<TagRule> ReadTagRules(Connection& db, ShopId shop) {
  Result rows = db.Query(sql::kListTagRules, {shop, kMostTags});
  std::vector<TagRule> found;
  while (rows.Next()) {
    found.push_back({.tag = rows.String(0),
                     .version = static_cast<std::uint32_t>(rows.Uint64(1)),
                     .expression = rows.String(2),
                     .state = static_cast<RuleState>(rows.Int64(3)),
                     .on_version = static_cast<std::uint32_t>(rows.Uint64(4)),
                     .on_expression = rows.String(5),
                     .author = rows.Id<AccountId>(6),
                     .written_at = rows.Int64(7),
                     .changed_at = rows.Int64(8)});
  }
  return found;
}

std::vector<Segment> ReadSegments(Connection& db, ShopId shop) {
  Result rows = db.Query(sql::kListSegments, {shop, kMostSegments});
  std::vector<Segment> found;
  while (rows.Next()) {
    found.push_back({.code = rows.String(1),
                     .name_zh = rows.String(2),
                     .name_en = rows.String(3),
                     .expression = rows.String(4),
                     .archived = rows.Int64(5) != 0,
                     .version = static_cast<std::uint32_t>(rows.Uint64(6)),
                     .members = rows.Uint64(7),
                     .counted_at = rows.Int64(8)});
  }
  return found;
}

std::vector<CareRule> ReadCareRules(Connection& db, ShopId shop) {
  Result rows = db.Query(sql::kListCareRules, {shop, kMostCareRules});
  std::vector<CareRule> found;
  while (rows.Next()) {
    found.push_back({.code = rows.String(1),
                     .name_zh = rows.String(2),
                     .name_en = rows.String(3),
                     .expression = rows.String(4),
                     .occasion = static_cast<Occasion>(rows.Int64(5)),
                     .days = DaysIn(rows.String(6)),
                     .days_ahead = static_cast<std::uint32_t>(rows.Uint64(7)),
                     .quiet_days = static_cast<std::uint32_t>(rows.Uint64(8)),
                     .coupon = rows.Int64(9) != 0,
                     .enabled = rows.Int64(10) != 0,
                     .version = static_cast<std::uint32_t>(rows.Uint64(11))});
  }
  return found;
}

Definitions ReadDefinitions(Connection& db, ShopId shop) {
  Definitions definitions{.version = DefinitionsVersion(db, shop)};
  for (const TagRule& rule : ReadTagRules(db, shop)) {
    if (rule.on_version == 0) continue;
    definitions.rules.push_back({{Subject::Kind::kTag, rule.tag},
                                 rule.on_version,
                                 rules::ReadCondition(rule.on_expression, kField)});
  }
  for (const Segment& segment : ReadSegments(db, shop)) {
    if (segment.archived) continue;
    definitions.rules.push_back({{Subject::Kind::kSegment, segment.code},
                                 segment.version,
                                 rules::ReadCondition(segment.expression, kField)});
  }
  PutInOrder(definitions);
  for (CareRule& rule : ReadCareRules(db, shop)) {
    if (!rule.enabled) continue;
    rules::Expression expression = rules::ReadCondition(rule.expression, kField);
    definitions.care.push_back({std::move(rule), std::move(expression)});
  }
  return definitions;
}

void CheckCondition(Connection& db, ShopId shop, const Subject& subject,
                    const std::string& condition) {
  rules::Expression expression = ReadNaming(db, shop, condition);
  Definitions definitions = ReadDefinitions(db, shop);
  std::erase_if(definitions.rules,
                [&](const RuleInForce& rule) { return rule.subject == subject; });
  definitions.rules.push_back({subject, 0, std::move(expression)});
  PutInOrder(definitions);
}

void CheckCondition(Connection& db, ShopId shop, const std::string& condition) {
  ReadNaming(db, shop, condition);
}

void CheckUnused(Connection& db, ShopId shop, const Subject& subject) {
  for (const TagRule& rule : ReadTagRules(db, shop)) {
    const bool names = Names(rule.expression, subject) || Names(rule.on_expression, subject);
    const bool sets = subject == Subject{Subject::Kind::kTag, rule.tag} && rule.on_version != 0;
    if (names || sets) RefuseInUse(subject, "the rule of " + rule.tag);
  }
  for (const Segment& segment : ReadSegments(db, shop)) {
    if (!segment.archived && Names(segment.expression, subject)) {
      RefuseInUse(subject, "the segment " + segment.code);
    }
  }
  for (const CareRule& rule : ReadCareRules(db, shop)) {
    if (Names(rule.expression, subject)) RefuseInUse(subject, "the care rule " + rule.code);
  }
}

}  // namespace redress::customer
