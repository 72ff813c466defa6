#include "services/customer/store/judgement_writer.h"

#include <algorithm>
#include <optional>

#include "services/customer/store/care_sql.h"
#include "services/customer/store/tag_rows.h"
#include "services/customer/store/tag_sql.h"
#include "services/platform/base/clock.h"

namespace redress::customer {

using platform::Connection;
using platform::MultiRow;
using platform::Value;

namespace {

constexpr std::size_t kMostRows = 512;

// What is in `now` and not among the head's rows begins; the other rows end.
template <class Coded>
void Compare(CustomerId head, const std::set<std::pair<CustomerId, std::string>>& before,
             const std::set<std::string>& now, std::vector<Coded>& begun,
             std::vector<Coded>& ended) {
  for (const std::string& code : now) {
    if (!before.contains({head, code})) begun.push_back({head, code});
  }
  for (const auto& [customer, code] : before) {
    if (customer != head || !now.contains(code)) ended.push_back({customer, code});
  }
}

const CareRule* FindRule(const Definitions& definitions, const std::string& code) {
  for (const CareInForce& care : definitions.care) {
    if (care.rule.code == code) return &care.rule;
  }
  return nullptr;
}

}  // namespace

void JudgementWriter::Add(CustomerId head, const PersonState& before, const Judgement& judged,
                          const Definitions& definitions, std::int64_t today) {
  AddTags(head, before, judged);
  DropTags(head, before, judged);
  Compare(head, before.segments, judged.segments, joined_, left_);
  Compare(head, before.care_matches, judged.care_matches, begun_, ended_);
  AddTasks(head, before, judged, definitions, today);
}

void JudgementWriter::AddTags(CustomerId head, const PersonState& before, const Judgement& judged) {
  for (const std::string& tag : judged.tags) {
    const auto rule = judged.by_rule.find(tag);
    const bool by_rule = rule != judged.by_rule.end();
    CustomerTag now{.customer = head,
                    .tag = tag,
                    .origin = by_rule ? TagOrigin::kRule : TagOrigin::kHand,
                    .since = now_us_};
    if (by_rule) {
      now.rule_version = rule->second.version;
      now.why = rule->second.why;
    }
    const auto known = std::find_if(before.tags.begin(), before.tags.end(), [&](const auto& one) {
      return one.customer == head && one.tag == tag;
    });
    const bool had = known != before.tags.end() && known->origin == now.origin;
    if (had && known->rule_version == now.rule_version) continue;
    if (had) now.since = known->since;
    if (!had && by_rule) {
      changes_.push_back({.customer = head,
                          .tag = tag,
                          .action = TagAction::kSet,
                          .origin = TagOrigin::kRule,
                          .rule_version = now.rule_version,
                          .why = now.why,
                          .changed_at = now_us_});
    }
    put_tags_.push_back(std::move(now));
  }
}

void JudgementWriter::DropTags(CustomerId head, const PersonState& before,
                               const Judgement& judged) {
  for (const CustomerTag& one : before.tags) {
    if (one.customer == head && judged.tags.contains(one.tag)) continue;
    dropped_tags_.push_back({one.customer, one.tag});
    // What people took away is in the history already; a row of before a merge is the head's now.
    const auto rule = judged.by_rule.find(one.tag);
    const bool denied = std::any_of(judged.by_hand.begin(), judged.by_hand.end(),
                                    [&](const CustomerTag& hand) { return hand.tag == one.tag; });
    if (one.customer != head || one.origin != TagOrigin::kRule || denied) continue;
    TagChange change{.customer = head,
                     .tag = one.tag,
                     .action = TagAction::kRemoved,
                     .origin = TagOrigin::kRule,
                     .rule_version = one.rule_version,
                     .changed_at = now_us_};
    if (rule != judged.by_rule.end()) {
      change.rule_version = rule->second.version;
      change.why = rule->second.why;
    }
    changes_.push_back(std::move(change));
  }
  for (const CustomerTag& decision : before.decisions) {
    if (decision.expires_at == 0 || decision.expires_at > now_us_) continue;
    expired_.push_back({decision.customer, decision.tag});
    changes_.push_back({.customer = decision.customer,
                        .tag = decision.tag,
                        .action = TagAction::kExpired,
                        .origin = TagOrigin::kHand,
                        .account = decision.account,
                        .changed_at = now_us_,
                        .expires_at = decision.expires_at});
  }
}

void JudgementWriter::AddTasks(CustomerId head, const PersonState& before, const Judgement& judged,
                               const Definitions& definitions, std::int64_t today) {
  if (before.no_contact) return;
  for (const std::string& code : judged.care_matches) {
    if (before.care_matches.contains({head, code})) continue;
    if (const CareRule* rule = FindRule(definitions, code)) AddTask(head, before, *rule, today);
  }
  for (const CareDue& due : judged.care_due) AddTask(head, before, due.care->rule, due.day);
}

// Within the quiet period the occasion passes, and says so.
void JudgementWriter::AddTask(CustomerId head, const PersonState& before, const CareRule& rule,
                              std::int64_t day) {
  const bool quiet = before.contacted_at != 0 &&
                     before.contacted_at + rule.quiet_days * platform::kDayUs > now_us_;
  tasks_.push_back({.id = ids_.New<CareTaskId>(),
                    .rule = rule.code,
                    .customer = head,
                    .occasion = rule.occasion,
                    .occasion_day = day,
                    .state = quiet ? CareState::kSkipped : CareState::kOpen,
                    .due_at = now_us_,
                    .result = quiet ? "quiet_period" : "",
                    .finished_at = quiet ? now_us_ : 0,
                    .version = 1});
}

void JudgementWriter::WriteCodes(Connection& db, const std::string& statement,
                                 const std::string& tail, const std::vector<Coded>& added) const {
  if (added.empty()) return;
  std::vector<Value> rows;
  for (const Coded& one : added) rows.insert(rows.end(), {shop_, one.customer, one.code, now_us_});
  MultiRow(statement, 4, tail, kMostRows).Execute(db, rows);
}

void JudgementWriter::DropCodes(Connection& db, const std::string& statement,
                                const std::vector<Coded>& dropped) const {
  if (dropped.empty()) return;
  std::vector<Value> keys;
  for (const Coded& one : dropped) keys.insert(keys.end(), {shop_, one.customer, one.code});
  MultiRow(statement, 3, ")", kMostRows).Execute(db, keys);
}

void JudgementWriter::WriteTags(Connection& db) const {
  static const MultiRow put(sql::kPutCustomerTags, 7, sql::kPutCustomerTagsTail, kMostRows);
  if (put_tags_.empty()) return;
  std::vector<std::string> whys;
  for (const CustomerTag& one : put_tags_) whys.push_back(EncodeWhy(one.why));
  std::vector<Value> rows;
  for (std::size_t i = 0; i < put_tags_.size(); ++i) {
    const CustomerTag& one = put_tags_[i];
    rows.insert(rows.end(), {shop_, one.customer, one.tag, static_cast<unsigned>(one.origin),
                             one.rule_version, whys[i], one.since});
  }
  put.Execute(db, rows);
}

void JudgementWriter::WriteTasks(Connection& db) const {
  static const MultiRow add(sql::kAddCareTasks, 13, sql::kAddCareTasksTail, kMostRows);
  if (tasks_.empty()) return;
  std::vector<Value> rows;
  for (const CareTask& one : tasks_) {
    rows.insert(
        rows.end(),
        {shop_, one.id, one.rule, one.customer, static_cast<unsigned>(one.occasion),
         one.occasion_day, static_cast<unsigned>(one.state), one.due_at, nullptr, one.result,
         one.coupon, one.finished_at == 0 ? Value(nullptr) : Value(one.finished_at), one.version});
  }
  add.Execute(db, rows);
}

void JudgementWriter::Write(Connection& db) {
  DropCodes(db, sql::kDropCustomerTags, dropped_tags_);
  WriteTags(db);
  DropCodes(db, sql::kDropDecisions, expired_);
  DropCodes(db, sql::kDropMemberships, left_);
  WriteCodes(db, sql::kPutMemberships, sql::kPutMembershipsTail, joined_);
  DropCodes(db, sql::kDropCareMatches, ended_);
  WriteCodes(db, sql::kPutCareMatches, sql::kPutCareMatchesTail, begun_);
  WriteTasks(db);
  AddTagChanges(db, ids_, shop_, changes_);
}

}  // namespace redress::customer
