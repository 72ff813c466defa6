#include "services/customer/store/mysql_rfm.h"

#include <algorithm>
#include <span>
#include <unordered_map>
#include <utility>

#include "services/customer/store/due_customers.h"
#include "services/customer/store/read_sql.h"
#include "services/customer/store/rfm_rows.h"
#include "services/platform/database/error.h"
#include "services/platform/database/requests.h"
#include "services/platform/database/transact.h"

namespace redress::customer {
namespace {

using platform::Connection;
using platform::DatabaseError;
using platform::Result;

constexpr std::size_t kRowsAtOnce = 5000;
constexpr std::size_t kScoresAtOnce = 512;
constexpr int kMostVersionRaces = 5;

using HeadOf = std::unordered_map<CustomerId, CustomerId>;

// Hardly anybody is merged, so all of a shop's members fit in memory.
HeadOf SelectAllMembers(Connection& connection, ShopId shop) {
  HeadOf head_of;
  CustomerId head;
  CustomerId member;
  for (;;) {
    Result rows = connection.Query(sql::kSelectAllMembers, {shop, head, head, member, kRowsAtOnce});
    while (rows.Next()) {
      head = rows.Id<CustomerId>(0);
      member = rows.Id<CustomerId>(1);
      head_of[member] = head;
    }
    if (rows.RowCount() < kRowsAtOnce) return head_of;
  }
}

// Sums up the members under their heads; ascending by head.
std::vector<RfmRaw> UnderHeads(std::vector<RfmRaw> customers, const HeadOf& head_of) {
  if (!head_of.empty()) {
    for (RfmRaw& raw : customers) {
      const auto found = head_of.find(raw.head);
      if (found != head_of.end()) raw.head = found->second;
    }
    std::stable_sort(customers.begin(), customers.end(),
                     [](const RfmRaw& a, const RfmRaw& b) { return a.head < b.head; });
  }
  std::vector<RfmRaw> people;
  people.reserve(customers.size());
  for (const RfmRaw& raw : customers) {
    if (people.empty() || people.back().head != raw.head) {
      people.push_back(raw);
      continue;
    }
    RfmRaw& sum = people.back();
    sum.last_paid_at = std::max(sum.last_paid_at, raw.last_paid_at);
    sum.frequency += raw.frequency;
    sum.monetary_minor += raw.monetary_minor;
  }
  std::erase_if(people, [](const RfmRaw& raw) { return raw.frequency <= 0; });
  return people;
}

// Inserts under the version after the newest one.
std::uint32_t InsertBounds(Connection& connection, ShopId shop, const RfmBounds& bounds) {
  std::uint32_t version = 1;
  {
    Result newest = connection.Query(sql::kLockNewestVersion, {shop});
    if (newest.Next()) version = static_cast<std::uint32_t>(newest.Uint64(0)) + 1;
  }
  const Quintiles& r = bounds.recency_us;
  const Quintiles& f = bounds.frequency;
  const Quintiles& m = bounds.monetary_minor;
  connection.Execute(sql::kInsertBounds, {shop, version, bounds.computed_at, bounds.as_of_at,
                                          bounds.currency, bounds.people, r[0], r[1], r[2], r[3],
                                          f[0], f[1], f[2], f[3], m[0], m[1], m[2], m[3]});
  return version;
}

// Whose raw values have changed since was judged by other scores meanwhile.
bool IsAsBefore(const ComputedScores& before, const RfmRaw& raw, const RfmScores& now) {
  return before.raw == raw && before.recency == now.recency_score &&
         before.frequency == now.frequency_score && before.monetary == now.monetary_score;
}

}  // namespace

std::vector<RfmRaw> MysqlRfm::People(ShopId shop, const std::string& currency) {
  return platform::Read(pool_, [&](Connection& connection) {
    const HeadOf head_of = SelectAllMembers(connection, shop);
    std::vector<RfmRaw> customers;
    CustomerId after;
    for (;;) {
      Result rows = connection.Query(sql::kSelectPayers, {shop, after, currency, kRowsAtOnce});
      while (rows.Next()) {
        after = rows.Id<CustomerId>(0);
        customers.push_back({.head = after,
                             .last_paid_at = rows.Int64(1),
                             .frequency = rows.Int64(2),
                             .monetary_minor = rows.Int64(3)});
      }
      if (rows.RowCount() < kRowsAtOnce) break;
    }
    return UnderHeads(std::move(customers), head_of);
  });
}

RfmBounds MysqlRfm::PutBounds(ShopId shop, const std::optional<Write>& write,
                              const RfmBounds& bounds) {
  for (int attempt = 1;; ++attempt) {
    try {
      return platform::Transact(pool_, [&](Connection& connection) {
        if (write) {
          const auto answer = platform::FindAnswer(connection, shop, platform::kClientOrigin,
                                                   write->request_id, write->digest);
          if (answer) {
            return SelectBounds(connection, shop, static_cast<std::uint32_t>(std::stoul(*answer)))
                .value();
          }
        }
        if (!write) {
          // Nothing else tells a repeat whose first answer was lost, and whose commit may be under
          // way yet.
          connection.Query(sql::kLockNewestVersion, {shop});
          RfmBounds same = bounds;
          const auto newest = SelectBounds(connection, shop, kNewestVersion);
          if (newest) same.version = newest->version;
          if (newest == same) return same;
        }
        RfmBounds put = bounds;
        put.version = InsertBounds(connection, shop, bounds);
        if (write) {
          platform::RememberAnswer(connection, shop, platform::kClientOrigin, write->request_id,
                                   write->digest, std::to_string(put.version), write->now_us);
        }
        return put;
      });
    } catch (const DatabaseError& error) {
      // Another process computed at the same moment: this one becomes the next version.
      if (error.kind() != DatabaseError::Kind::kDuplicateKey || attempt == kMostVersionRaces) {
        throw;
      }
    }
  }
}

void MysqlRfm::PutScores(ShopId shop, const std::vector<RfmRaw>& people, const RfmBounds& bounds,
                         std::int64_t now_us) {
  for (std::size_t from = 0; from < people.size(); from += kScoresAtOnce) {
    const std::span<const RfmRaw> some(people.data() + from,
                                       std::min(kScoresAtOnce, people.size() - from));
    platform::Transact(pool_, [&](Connection& connection) {
      std::vector<CustomerId> heads;
      for (const RfmRaw& raw : some) heads.push_back(raw.head);
      const auto before = SelectScores(connection, shop, heads);
      std::vector<CustomerId> changed;
      for (const RfmRaw& raw : some) {
        const auto known = before.find(raw.head);
        const bool same =
            known != before.end() && IsAsBefore(known->second, raw, ScoresOf(raw, bounds));
        if (!same) changed.push_back(raw.head);
      }
      WriteScores(connection, shop, some, bounds);
      MarkDue(connection, shop, changed, now_us);
    });
  }
  DropOutdated(shop, bounds.version, now_us);
}

void MysqlRfm::DropOutdated(ShopId shop, std::uint32_t version, std::int64_t now_us) {
  CustomerId after;
  std::size_t read = kRowsAtOnce;
  while (read == kRowsAtOnce) {
    const auto outdated = platform::Read(pool_, [&](Connection& connection) {
      std::vector<CustomerId> found;
      Result rows = connection.Query(sql::kListScored, {shop, after, kRowsAtOnce});
      CustomerId last = after;
      while (rows.Next()) {
        last = rows.Id<CustomerId>(0);
        if (rows.Uint64(1) < version) found.push_back(last);
      }
      read = rows.RowCount();
      return std::pair(last, std::move(found));
    });
    after = outdated.first;
    platform::Transact(pool_, [&](Connection& connection) {
      for (const CustomerId customer : outdated.second) {
        connection.Execute(sql::kDeleteOutdatedScores, {shop, customer, version});
      }
      MarkDue(connection, shop, outdated.second, now_us);
    });
  }
}

void MysqlRfm::MarkScored(ShopId shop, std::uint32_t version, std::int64_t now_us) {
  platform::Transact(pool_, [&](Connection& connection) {
    connection.Execute(sql::kSetScored, {now_us, shop, version});
  });
}

std::optional<RfmBounds> MysqlRfm::Newest(ShopId shop) {
  return platform::Read(pool_, [&](Connection& connection) {
    return SelectBounds(connection, shop, kNewestVersion);
  });
}

bool MysqlRfm::IsScored(ShopId shop, std::uint32_t version) {
  return platform::Read(pool_, [&](Connection& connection) {
    bool scored = false;
    SelectBounds(connection, shop, version, &scored);
    return scored;
  });
}

}  // namespace redress::customer
