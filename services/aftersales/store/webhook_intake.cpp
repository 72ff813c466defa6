#include "services/aftersales/store/webhook_intake.h"

#include <algorithm>
#include <map>
#include <set>

#include "services/aftersales/store/webhook_rows.h"
#include "services/aftersales/store/webhook_steps.h"
#include "services/platform/database/rows.h"
#include "services/platform/database/transact.h"

namespace redress::aftersales {
namespace {

using platform::Connection;
using platform::MultiRow;
using platform::Result;
using platform::Value;

using CaseAddress = std::pair<ShopId, CaseId>;
using Sequences = std::map<CaseAddress, std::uint32_t>;

constexpr char kTakenHead[] =
    "SELECT shop_id, case_id, taken_sequence FROM webhook_intake FORCE INDEX (PRIMARY)"
    " WHERE (shop_id, case_id) IN (";
const MultiRow kTaken(kTakenHead, 2, ")");
const MultiRow kLockTaken(kTakenHead, 2, ") FOR UPDATE");
constexpr char kAddTakenHead[] =
    "INSERT IGNORE INTO webhook_intake (shop_id, case_id, taken_sequence, taken_at) VALUES ";
const MultiRow kAddTaken(kAddTakenHead, 4);
constexpr char kWriteTakenHead[] =
    "INSERT INTO webhook_intake (shop_id, case_id, taken_sequence, taken_at) VALUES ";
const MultiRow kWriteTaken(kWriteTakenHead, 4,
                           " ON DUPLICATE KEY UPDATE shop_id = VALUES(shop_id),"
                           " taken_sequence = VALUES(taken_sequence),"
                           " taken_at = VALUES(taken_at)");

// Cases by the time of their last step; and the last step of one case before a time.
constexpr char kLastStepsHead[] =
    "SELECT shop_id, case_id, updated_at FROM cases FORCE INDEX (PRIMARY)"
    " WHERE (shop_id, case_id) IN (";
const MultiRow kLastSteps(kLastStepsHead, 2, ")");
constexpr char kLastStepBefore[] =
    "SELECT sequence FROM steps FORCE INDEX (PRIMARY) WHERE shop_id = ? AND case_id = ?"
    " AND applied_at < ? ORDER BY sequence DESC LIMIT 1";

// From when on somebody is to be told of what happens in the shop.
std::int64_t NewsSince(const std::vector<Webhook>& listeners, std::int64_t now_us) {
  const auto first = std::ranges::min_element(listeners, {}, &Webhook::created_at);
  return std::max(first->created_at, now_us - kOldestNewsUs);
}

Sequences ReadTaken(Connection& db, const MultiRow& statement, const std::vector<Value>& keys) {
  Sequences taken;
  statement.Query(db, keys, [&](Result& row) {
    taken[{row.Shop(0), row.Id<CaseId>(1)}] = static_cast<std::uint32_t>(row.Uint64(2));
  });
  return taken;
}

std::vector<Value> KeysOf(const Sequences& sequences) {
  std::vector<Value> keys;
  for (const auto& [address, sequence] : sequences) {
    keys.insert(keys.end(), {address.first, address.second});
  }
  return keys;
}

std::uint32_t LastBefore(Connection& db, const CaseAddress& address, std::int64_t since_us) {
  Result row = db.Query(kLastStepBefore, {address.first, address.second, since_us});
  return row.Next() ? static_cast<std::uint32_t>(row.Uint64(0)) : 0;
}

// Each case's row, locked, so that two who take in the same case do so one after the other. A new
// row begins with what is news to the shop's webhooks.
Sequences LockTaken(Connection& db, const Sequences& heads, const Listeners& listeners,
                    std::int64_t now_us) {
  const std::vector<Value> keys = KeysOf(heads);
  Sequences taken = ReadTaken(db, kLockTaken, keys);
  std::vector<Value> missing;
  for (const auto& [address, sequence] : heads) {
    if (taken.contains(address)) continue;
    const std::int64_t since_us = NewsSince(listeners.at(address.first), now_us);
    missing.insert(missing.end(),
                   {address.first, address.second, LastBefore(db, address, since_us), now_us});
  }
  if (missing.empty()) return taken;
  kAddTaken.Execute(db, missing);
  return ReadTaken(db, kLockTaken, keys);
}

struct NewRows {
  std::vector<WebhookDelivery> deliveries;
  Sequences taken;
};

void AddDeliveries(const StepNews& news, const std::set<TaskId>& cancelled,
                   const std::vector<Webhook>& listeners, platform::IdSource& ids,
                   std::int64_t now_us, std::vector<WebhookDelivery>& deliveries) {
  if (news.step.applied_at < now_us - kOldestNewsUs) return;
  for (const WebhookEvent& event : EventsOf(news, cancelled)) {
    for (const Webhook& webhook : listeners) {
      if (news.step.applied_at < webhook.created_at ||
          !Matches(webhook.settings.event_types, event.type)) {
        continue;
      }
      WebhookDelivery& made = deliveries.emplace_back();
      made.shop = webhook.shop;
      made.id = ids.New<WebhookDeliveryId>();
      made.webhook = webhook.id;
      made.event = {news.step.case_id, news.step.sequence, event.part};
      made.event_type = event.type;
      made.queued_at = now_us;
      made.next_at = now_us;
    }
  }
}

void Write(Connection& db, const NewRows& rows, std::int64_t now_us) {
  std::vector<Value> values;
  for (const WebhookDelivery& delivery : rows.deliveries) AppendDelivery(values, delivery);
  if (!values.empty()) kInsertDeliveries.Execute(db, values);
  std::vector<Value> taken;
  for (const auto& [address, sequence] : rows.taken) {
    taken.insert(taken.end(), {address.first, address.second, sequence, now_us});
  }
  if (!taken.empty()) kWriteTaken.Execute(db, taken);
}

}  // namespace

std::vector<std::optional<std::uint32_t>> SqlWebhookIntake::FirstMissing(
    std::span<const CaseAddress> cases, std::int64_t now_us) {
  std::set<ShopId> shops;
  for (const CaseAddress& address : cases) shops.insert(address.first);
  return platform::Read(pool_, [&](Connection& db) {
    const Listeners listeners = ReadListeners(db, shops);
    Sequences asked;
    for (const CaseAddress& address : cases) {
      if (listeners.contains(address.first)) asked[address] = 0;
    }
    // Those that have moved since somebody listens.
    Sequences wanted;
    kLastSteps.Query(db, KeysOf(asked), [&](Result& row) {
      const CaseAddress address{row.Shop(0), row.Id<CaseId>(1)};
      if (row.Int64(2) >= NewsSince(listeners.at(address.first), now_us)) wanted[address] = 0;
    });
    for (const auto& [address, sequence] : ReadTaken(db, kTaken, KeysOf(wanted))) {
      wanted[address] = sequence;
    }
    std::vector<std::optional<std::uint32_t>> missing;
    for (const CaseAddress& address : cases) {
      const auto found = wanted.find(address);
      missing.push_back(found == wanted.end() ? std::nullopt
                                              : std::optional<std::uint32_t>(found->second + 1));
    }
    return missing;
  });
}

bool SqlWebhookIntake::TakeIn(std::span<const CaseHead> heads, std::int64_t now_us) {
  std::set<ShopId> shops;
  for (const CaseHead& head : heads) shops.insert(head.shop);
  const Listeners listeners =
      platform::Read(pool_, [&](Connection& db) { return ReadListeners(db, shops); });
  Sequences wanted;
  for (const CaseHead& head : heads) {
    const auto found = listeners.find(head.shop);
    if (found == listeners.end()) continue;
    if (head.occurred_at != 0 && head.occurred_at < NewsSince(found->second, now_us)) continue;
    std::uint32_t& last = wanted[{head.shop, head.case_id}];
    last = std::max(last, head.sequence);
  }
  if (wanted.empty()) return false;
  return platform::Transact(pool_, [&](Connection& db) {
    NewRows rows;
    for (const auto& [address, taken] : LockTaken(db, wanted, listeners, now_us)) {
      const auto& [shop, id] = address;
      const std::uint32_t last = wanted.at(address);
      if (last <= taken) continue;
      const auto news = ReadNews(db, shop, id, taken, last);
      const auto cancelled = CancelledTasks(db, shop, news);
      for (const StepNews& one : news) {
        AddDeliveries(one, cancelled, listeners.at(shop), ids_, now_us, rows.deliveries);
      }
      rows.taken[address] = taken + static_cast<std::uint32_t>(news.size());
    }
    Write(db, rows, now_us);
    return !rows.deliveries.empty();
  });
}

}  // namespace redress::aftersales
