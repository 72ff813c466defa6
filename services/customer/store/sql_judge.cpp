#include "services/customer/store/sql_judge.h"

#include <algorithm>

#include "services/customer/store/customer_keys.h"
#include "services/customer/store/definitions.h"
#include "services/customer/store/due_customers.h"
#include "services/customer/store/judgement_writer.h"
#include "services/customer/store/person_states.h"
#include "services/customer/store/tag_rows.h"
#include "services/customer/store/tag_sql.h"
#include "services/platform/database/rows.h"
#include "services/platform/database/transact.h"

namespace redress::customer {

using platform::Connection;
using platform::MultiRow;
using platform::Result;
using platform::Value;

namespace {

constexpr std::size_t kShopsAtOnce = 200;
constexpr std::size_t kMostKnown = 1024;  // shops whose definitions are kept compiled
constexpr std::size_t kMostRows = 512;

std::vector<CustomerId> TakeDue(Connection& db, ShopId shop, std::int64_t now_us) {
  Result rows = db.Query(sql::kTakeDue, {shop, now_us, SqlJudge::kBatch});
  std::vector<CustomerId> due;
  while (rows.Next()) due.push_back(rows.Id<CustomerId>(0));
  std::sort(due.begin(), due.end());
  return due;
}

struct Heads {
  std::vector<CustomerId> heads;      // among those that are due
  std::vector<CustomerId> elsewhere;  // the heads of the others
};

Heads HoldHeads(Connection& db, ShopId shop, std::span<const CustomerId> due) {
  static const MultiRow hold(sql::kHoldHeads, 2, sql::kShared, kMostRows);
  Heads found;
  hold.Query(db, KeysOf(shop, due), [&](Result& row) {
    const auto customer = row.Id<CustomerId>(0);
    const auto head = row.Id<CustomerId>(1);
    if (head && head != customer) {
      found.elsewhere.push_back(head);
    } else {
      found.heads.push_back(customer);
    }
  });
  // A list of keys may be filled up with the last of them.
  for (auto* list : {&found.heads, &found.elsewhere}) {
    std::sort(list->begin(), list->end());
    list->erase(std::unique(list->begin(), list->end()), list->end());
  }
  return found;
}

// The rows that were taken are away, or due again when dates change something.
void PutBack(Connection& db, const ShopId& shop, std::span<const CustomerId> taken,
             const std::map<CustomerId, std::int64_t>& until) {
  static const MultiRow drop(sql::kDropDue, 2, ")", kMostRows);
  static const MultiRow put(sql::kSetDue, 3, sql::kSetDueTail, kMostRows);
  std::vector<Value> dropped;
  std::vector<Value> kept;
  for (const CustomerId customer : taken) {
    const auto next = until.find(customer);
    if (next == until.end() || next->second == 0) {
      dropped.insert(dropped.end(), {shop, customer});
    } else {
      kept.insert(kept.end(), {shop, customer, next->second});
    }
  }
  if (!dropped.empty()) drop.Execute(db, dropped);
  if (!kept.empty()) put.Execute(db, kept);
}

}  // namespace

bool SqlJudge::Round() {
  bool more = false;
  ShopId after{};
  for (bool last = false; !last;) {
    const auto shops = platform::Read(uses_.pool, [&](Connection& db) {
      Result rows = db.Query(sql::kNextJudgedShops, {after, kShopsAtOnce});
      std::vector<ShopId> page;
      while (rows.Next()) page.push_back(rows.Shop(0));
      return page;
    });
    for (const ShopId shop : shops) {
      try {
        more |= JudgeShop(shop);
      } catch (const std::exception& error) {
        uses_.on_failure(shop, error);
      }
    }
    last = shops.size() < kShopsAtOnce;
    if (!shops.empty()) after = shops.back();
  }
  return more;
}

// Whoever is due because something happened goes before those whom a change of definitions makes
// due, so the sweep goes on only while the shop is not busy.
bool SqlJudge::JudgeShop(ShopId shop) { return JudgeBatch(shop) >= kBatch || Sweep(shop); }

std::size_t SqlJudge::JudgeBatch(ShopId shop) {
  return platform::Transact(uses_.pool, [&](Connection& db) -> std::size_t {
    const std::int64_t now_us = uses_.clock.NowUs();
    const std::vector<CustomerId> due = TakeDue(db, shop, now_us);
    if (due.empty()) return 0;
    const Heads held = HoldHeads(db, shop, due);
    const auto definitions = DefinitionsOf(db, shop);
    const std::vector<CustomerFacts> people = uses_.facts.Read(shop, held.heads);
    const auto states = ReadStates(db, uses_.sealer, shop, people);
    const auto zone = uses_.zone_of(shop);
    const rules::Moment moment{now_us, *zone};
    JudgementWriter writer(shop, uses_.ids, now_us);
    std::map<CustomerId, std::int64_t> until;
    for (const CustomerFacts& person : people) {
      const PersonState& state = states.at(person.customer);
      const Judgement judged = Judge(*definitions, person, state.decisions, state.birthday, moment);
      writer.Add(person.customer, state, judged, *definitions, zone->DayOf(now_us));
      until[person.customer] = judged.until;
    }
    writer.Write(db);
    PutBack(db, shop, due, until);
    MarkDue(db, shop, held.elsewhere, now_us);
    return due.size();
  });
}

bool SqlJudge::Sweep(ShopId shop) {
  return platform::Transact(uses_.pool, [&](Connection& db) {
    Result sweep = db.Query(sql::kLockSweep, {shop});
    if (!sweep.Next()) return false;
    Result rows = db.Query(sql::kNextCustomers, {shop, sweep.Uint64(0), kSweepStep});
    std::vector<CustomerId> next;
    while (rows.Next()) next.push_back(rows.Id<CustomerId>(0));
    MarkDue(db, shop, next, uses_.clock.NowUs());
    const bool last = next.size() < kSweepStep;
    db.Execute(sql::kSetSwept, {last ? Value(nullptr) : Value(next.back()), shop});
    return true;
  });
}

std::shared_ptr<const Definitions> SqlJudge::DefinitionsOf(Connection& db, ShopId shop) {
  const std::uint64_t version = DefinitionsVersion(db, shop);
  {
    const std::lock_guard lock(mutex_);
    const auto known = known_.find(shop);
    if (known != known_.end() && known->second->version == version) return known->second;
  }
  // Read with their version: a change that comes between has another version and is read then.
  auto read = std::make_shared<const Definitions>(ReadDefinitions(db, shop));
  const std::lock_guard lock(mutex_);
  if (known_.size() >= kMostKnown) known_.clear();
  known_[shop] = read;
  return read;
}

}  // namespace redress::customer
