#include "services/desk/store/step_intake.h"

#include <map>
#include <set>

#include "services/desk/store/message_rows.h"
#include "services/desk/store/rule_rows.h"
#include "services/desk/store/sql.h"
#include "services/platform/base/crash_point.h"
#include "services/platform/database/rows.h"
#include "services/platform/database/transact.h"

namespace redress::desk {
namespace {

using platform::AggregateKey;
using platform::Connection;
using platform::EventRef;
using platform::MultiRow;
using platform::Result;
using platform::Value;

struct Extent {
  std::uint32_t steps = 0;
  std::uint32_t newest = 0;
};

EventRef RefOf(const CaseStep& step) { return {step.shop, step.case_id.value, step.sequence}; }

template <class Keys>
std::vector<Value> ValuesOf(const Keys& keys) {
  std::vector<Value> values;
  for (const AggregateKey& key : keys) {
    values.emplace_back(key.shop);
    values.emplace_back(key.aggregate_id);
  }
  return values;
}

std::vector<Value> ValuesOf(std::span<const CaseStep* const> steps) {
  std::vector<Value> values;
  for (const CaseStep* step : steps) {
    values.insert(values.end(), {step->shop, step->case_id, step->sequence});
  }
  return values;
}

// By shop; only shops that have a rule that is on.
std::map<ShopId, std::vector<NotificationRule>> RulesOf(Connection& db,
                                                        std::span<const CaseStep> steps) {
  std::set<ShopId> shops;
  for (const CaseStep& step : steps) shops.insert(step.shop);
  std::map<ShopId, std::vector<NotificationRule>> rules;
  for (const ShopId shop : shops) {
    auto on = RulesThatAreOn(db, shop);
    if (!on.empty()) rules.emplace(shop, std::move(on));
  }
  return rules;
}

// Those of the shops that have a rule that is on.
std::set<ShopId> Listening(Connection& db, std::span<const Value> shops) {
  static const MultiRow select(sql::kSelectShopsWithRules, 1, ")");
  std::set<ShopId> listening;
  select.Query(db, shops, [&](Result& row) { listening.insert(row.Shop(0)); });
  return listening;
}

std::set<EventRef> KnownOf(Connection& db, std::span<const CaseStep* const> steps) {
  static const MultiRow select(sql::kSelectKnownSteps, 3, ")");
  std::set<EventRef> known;
  select.Query(db, ValuesOf(steps), [&](Result& row) {
    known.insert({row.Shop(0), row.Uint64(1), static_cast<std::uint32_t>(row.Uint64(2))});
  });
  return known;
}

std::map<AggregateKey, Extent> ExtentsOf(Connection& db, std::span<const Value> cases) {
  static const MultiRow select(sql::kSelectExtents, 2, sql::kByCase);
  std::map<AggregateKey, Extent> extents;
  select.Query(db, cases, [&](Result& row) {
    extents[{row.Shop(0), row.Uint64(1)}] = {static_cast<std::uint32_t>(row.Uint64(2)),
                                             static_cast<std::uint32_t>(row.Uint64(3))};
  });
  return extents;
}

void NoteGaps(Connection& db, std::span<const Value> cases, std::int64_t now_us) {
  static const MultiRow set(sql::kSetGaps, 3, sql::kSetGapsTail);
  std::vector<Value> rows;
  for (const auto& [key, extent] : ExtentsOf(db, cases)) {
    const bool whole = extent.steps == extent.newest;
    rows.insert(rows.end(), {key.shop, key.aggregate_id, whole ? Value(nullptr) : Value(now_us)});
  }
  if (!rows.empty()) set.Execute(db, rows);
}

}  // namespace

void SqlStepIntake::Take(std::span<const CaseStep> steps, std::int64_t now_us) {
  static const MultiRow lock(sql::kLockKnownCases, 2, sql::kLockKnownCasesTail);
  static const MultiRow insert(sql::kInsertKnownSteps, 3, sql::kKeepKnownStepsTail);
  platform::Transact(pool_, [&](Connection& db) {
    for (const CaseStep& step : steps) {
      if (RefusesContact(step) && step.customer) {
        SuppressWaiting(db, step.shop, step.customer, now_us);
      }
    }
    const auto rules = RulesOf(db, steps);
    std::vector<const CaseStep*> wanted;
    std::set<AggregateKey> ascending;  // everybody locks in one order
    for (const CaseStep& step : steps) {
      if (!rules.contains(step.shop)) continue;
      wanted.push_back(&step);
      ascending.insert({step.shop, step.case_id.value});
    }
    if (wanted.empty()) return;
    const std::vector<Value> cases = ValuesOf(ascending);
    lock.Execute(db, cases);
    std::set<EventRef> known = KnownOf(db, wanted);
    std::vector<Message> messages;
    for (const CaseStep* step : wanted) {
      if (!known.insert(RefOf(*step)).second) continue;
      for (Message& message : MessagesFor(*step, rules.at(step->shop), now_us)) {
        message.id = ids_.New<MessageId>();
        messages.push_back(std::move(message));
      }
    }
    InsertMessages(db, messages);
    insert.Execute(db, ValuesOf(std::span<const CaseStep* const>(wanted)));
    NoteGaps(db, cases, now_us);
  });
}

std::vector<std::uint32_t> SqlStepIntake::FirstMissing(std::string_view,
                                                       std::span<const AggregateKey> aggregates) {
  if (aggregates.empty()) return {};
  std::set<ShopId> listening;
  std::map<AggregateKey, Extent> extents;
  platform::Read(pool_, [&](Connection& db) {
    std::vector<Value> shops;
    for (const AggregateKey& key : aggregates) shops.emplace_back(key.shop);
    listening = Listening(db, shops);
    extents = ExtentsOf(db, ValuesOf(aggregates));
  });
  std::vector<std::uint32_t> first_missing;
  for (const AggregateKey& key : aggregates) {
    const auto found = extents.find(key);
    const bool whole = found != extents.end() && found->second.steps == found->second.newest;
    first_missing.push_back(!listening.contains(key.shop) ? kNotNeeded
                            : whole                       ? found->second.newest + 1
                                                          : 1);
  }
  return first_missing;
}

std::vector<AggregateKey> SqlStepIntake::Gaps(std::string_view, std::int64_t noticed_before_us,
                                              std::size_t limit) {
  return platform::Transact(pool_, [&](Connection& db) {
    Result rows = db.Query(sql::kSelectGaps, {noticed_before_us, limit});
    std::vector<AggregateKey> noticed;
    std::vector<Value> shops;
    while (rows.Next()) {
      noticed.push_back({rows.Shop(0), rows.Uint64(1)});
      shops.emplace_back(noticed.back().shop);
    }
    if (noticed.empty()) return noticed;
    const std::set<ShopId> listening = Listening(db, shops);
    std::vector<AggregateKey> gaps;
    for (const AggregateKey& key : noticed) {
      if (listening.contains(key.shop)) {
        gaps.push_back(key);
      } else {
        // Nothing will fill it; once the shop listens again, the case's next step notices it anew.
        db.Execute(sql::kForgetGap, {key.shop, key.aggregate_id});
      }
    }
    return gaps;
  });
}

}  // namespace redress::desk
