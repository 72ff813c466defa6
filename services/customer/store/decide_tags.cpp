#include "services/customer/store/decide_tags.h"

#include <algorithm>
#include <map>
#include <set>

#include "services/customer/store/customer_keys.h"
#include "services/customer/store/due_customers.h"
#include "services/customer/store/tag_rows.h"
#include "services/customer/store/tag_sql.h"
#include "services/platform/base/clock.h"
#include "services/platform/database/rows.h"

namespace redress::customer {

using platform::Connection;
using platform::MultiRow;
using platform::Result;
using platform::Value;

namespace {

constexpr std::size_t kMostRows = 512;

struct Known {
  bool denied = false;
  std::int64_t expires_at = 0;
};

std::set<CustomerId> Existing(Connection& db, ShopId shop, std::span<const CustomerId> customers) {
  static const MultiRow select(sql::kCustomersThatAre, 2, ")", kMostRows);
  std::set<CustomerId> found;
  select.Query(db, KeysOf(shop, customers),
               [&](Result& row) { found.insert(row.Id<CustomerId>(0)); });
  return found;
}

// shop, customer, tag; ascending by customer, so that everybody locks in one order.
std::vector<Value> DecisionKeys(const ShopId& shop, const std::set<CustomerId>& customers,
                                const std::string& tag) {
  std::vector<Value> keys;
  for (const CustomerId customer : customers) keys.insert(keys.end(), {shop, customer, tag});
  return keys;
}

std::map<CustomerId, Known> LockKnown(Connection& db, const std::vector<Value>& keys) {
  static const MultiRow lock(sql::kLockDecisions, 3, sql::kLockDecisionsEnd, kMostRows);
  std::map<CustomerId, Known> known;
  lock.Query(db, keys, [&](Result& row) {
    known[row.Id<CustomerId>(0)] = {row.Int64(1) != 0, row.OptInt64(2).value_or(0)};
  });
  return known;
}

std::int64_t ExpiryOf(const Write& write, const Tag& tag, const TagByHand& by_hand) {
  if (by_hand.decision != HandDecision::kSet) return 0;
  if (by_hand.expires_at != 0) return by_hand.expires_at;
  return tag.expiry_days == 0 ? 0 : write.now_us + tag.expiry_days * platform::kDayUs;
}

bool Changes(const std::map<CustomerId, Known>& known, CustomerId customer,
             const TagByHand& by_hand, std::int64_t expires_at, std::int64_t now_us) {
  const auto found = known.find(customer);
  const bool decided =
      found != known.end() && (found->second.expires_at == 0 || found->second.expires_at > now_us);
  if (by_hand.decision == HandDecision::kHandBack) return decided;
  if (!decided) return true;
  const bool denies = by_hand.decision == HandDecision::kDeny;
  return found->second.denied != denies || found->second.expires_at != expires_at;
}

TagAction ActionOf(HandDecision decision) {
  if (decision == HandDecision::kSet) return TagAction::kSet;
  return decision == HandDecision::kDeny ? TagAction::kRemoved : TagAction::kHandedBack;
}

void WriteDecisions(Connection& db, const Write& write, const TagByHand& by_hand,
                    std::int64_t expires_at, const std::set<CustomerId>& customers) {
  static const MultiRow put(sql::kPutDecisions, 7, sql::kPutDecisionsTail, kMostRows);
  static const MultiRow drop(sql::kDropDecisions, 3, ")", kMostRows);
  if (by_hand.decision == HandDecision::kHandBack) {
    drop.Execute(db, DecisionKeys(write.shop, customers, by_hand.tag));
    return;
  }
  std::vector<Value> rows;
  for (const CustomerId customer : customers) {
    rows.insert(rows.end(), {write.shop, customer, by_hand.tag,
                             by_hand.decision == HandDecision::kDeny ? 1 : 0, write.account.value,
                             write.now_us, expires_at == 0 ? Value(nullptr) : Value(expires_at)});
  }
  put.Execute(db, rows);
}

}  // namespace

std::vector<TagResult> DecideTags(Connection& db, platform::IdSource& ids, const Write& write,
                                  const Tag& tag, const TagByHand& by_hand,
                                  std::span<const CustomerId> customers) {
  const std::set<CustomerId> existing = Existing(db, write.shop, customers);
  const auto known = existing.empty()
                         ? std::map<CustomerId, Known>()
                         : LockKnown(db, DecisionKeys(write.shop, existing, by_hand.tag));
  const std::int64_t expires_at = ExpiryOf(write, tag, by_hand);
  std::set<CustomerId> changed;
  for (const CustomerId customer : existing) {
    if (Changes(known, customer, by_hand, expires_at, write.now_us)) changed.insert(customer);
  }
  if (!changed.empty()) {
    WriteDecisions(db, write, by_hand, expires_at, changed);
    std::vector<TagChange> history;
    for (const CustomerId customer : changed) {
      history.push_back({.customer = customer,
                         .tag = by_hand.tag,
                         .action = ActionOf(by_hand.decision),
                         .origin = TagOrigin::kHand,
                         .account = write.account,
                         .changed_at = write.now_us,
                         .expires_at = expires_at});
    }
    AddTagChanges(db, ids, write.shop, history);
    const std::vector<CustomerId> due(changed.begin(), changed.end());
    MarkDue(db, write.shop, due, write.now_us);
  }
  std::vector<TagResult> results;
  for (const CustomerId customer : customers) {
    results.push_back(!existing.contains(customer) ? TagResult::kNotFound
                      : changed.contains(customer) ? TagResult::kChanged
                                                   : TagResult::kUnchanged);
  }
  return results;
}

std::string EncodeResults(const std::vector<TagResult>& results) {
  std::string stored;
  for (const TagResult result : results) {
    stored += static_cast<char>('0' + static_cast<int>(result));
  }
  return stored;
}

std::vector<TagResult> DecodeResults(const std::string& stored) {
  std::vector<TagResult> results;
  for (const char c : stored) results.push_back(static_cast<TagResult>(c - '0'));
  return results;
}

}  // namespace redress::customer
