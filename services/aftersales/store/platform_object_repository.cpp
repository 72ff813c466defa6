#include "services/aftersales/store/platform_object_repository.h"

#include <algorithm>
#include <map>

#include "services/aftersales/store/platform_object_rows.h"
#include "services/platform/database/transact.h"

namespace redress::aftersales {
namespace {

using platform::Connection;
using platform::Result;
using platform::Value;

constexpr char kDueRefunds[] = "SELECT f.shop_id, " REDRESS_PLATFORM_OBJECT_COLUMNS
                               ", f.fields_sealed FROM platform_refunds f"
                               " FORCE INDEX (platform_refunds_due)"
                               " WHERE f.due_at <= ? ORDER BY f.due_at LIMIT ?";
constexpr char kFindRefund[] = "SELECT f.shop_id, " REDRESS_PLATFORM_OBJECT_COLUMNS
                               " FROM platform_refunds f WHERE f.shop_id = ? AND f.refund_id = ?";
constexpr char kListRefunds[] = "SELECT f.shop_id, " REDRESS_PLATFORM_OBJECT_COLUMNS
                                " FROM platform_refunds f FORCE INDEX (platform_refunds_kind)"
                                " WHERE f.shop_id = ? AND f.kind = ? AND f.object_id < ?";
constexpr char kListDiffering[] =
    "SELECT f.shop_id, " REDRESS_PLATFORM_OBJECT_COLUMNS
    " FROM platform_refunds f FORCE INDEX (platform_refunds_kind_look)"
    " WHERE f.shop_id = ? AND f.needs_look = 1 AND f.kind = ?"
    " AND f.object_id < ?";
constexpr char kOnlyAttention[] = " AND f.attention = ?";
constexpr char kNewestFirst[] = " ORDER BY f.object_id DESC LIMIT ?";
constexpr char kWaitingHead[] =
    "SELECT f.shop_id, f.refund_id FROM platform_refunds f FORCE INDEX (platform_refunds_order)"
    " WHERE f.case_id = 0 AND (f.shop_id, f.order_number) IN (";
const platform::MultiRow kWaitingForOrders(kWaitingHead, 2, ")");
constexpr char kMakeDue[] =
    "UPDATE platform_refunds SET due_at = ? WHERE shop_id = ? AND refund_id = ? AND case_id = 0";
constexpr char kFollowNoMore[] =
    "UPDATE platform_refunds SET due_at = NULL WHERE shop_id = ? AND refund_id = ?";
constexpr char kCasesOfHead[] =
    "SELECT c.platform_refund_id, c.case_id FROM cases c FORCE INDEX (cases_platform_refund)"
    " WHERE (c.shop_id, c.platform_refund_id) IN (";
const platform::MultiRow kCasesOf(kCasesOfHead, 2, ")");
constexpr char kListUnmapped[] =
    "SELECT unmapped_id, field, code, objects, refund_id, first_at, last_at"
    " FROM platform_unmapped FORCE INDEX (platform_unmapped_newest)"
    " WHERE shop_id = ? AND unmapped_id < ? ORDER BY unmapped_id DESC LIMIT ?";

constexpr std::uint64_t kNewest = UINT64_MAX;
constexpr std::size_t kLongestNumber = 64;

// Platforms number their orders; orders of other sources may have other names.
bool CanBeAwaited(const std::string& order_number) {
  return !order_number.empty() && order_number.size() <= kLongestNumber &&
         std::all_of(order_number.begin(), order_number.end(),
                     [](char c) { return c > ' ' && c < '\x7f'; });
}

using Refunds = std::map<std::string, SealedObject>;
using UnmappedNews = std::map<std::pair<std::string, std::string>, UnmappedCount>;

void Lock(Connection& db, ShopId shop, std::span<const std::string> ids, Refunds& refunds) {
  std::vector<Value> keys;
  for (const std::string& id : ids) keys.insert(keys.end(), {shop, id});
  kLockPlatformObjects.Query(db, keys, [&](Result& row) {
    SealedObject one = ReadSealedObject(row);
    std::string id = one.refund.key;
    refunds.insert_or_assign(std::move(id), std::move(one));
  });
}

// A refund that is heard of first has no row to lock: an empty one is put there, unless somebody
// else has just done so, and locked then.
Refunds LockAll(Connection& db, ShopId shop, const std::vector<PlatformObject>& drafts) {
  std::vector<std::string> ids;
  ids.reserve(drafts.size());
  for (const PlatformObject& draft : drafts) ids.push_back(draft.key);
  Refunds refunds;
  Lock(db, shop, ids, refunds);
  std::vector<Value> values;
  std::vector<std::string> missing;
  for (const PlatformObject& draft : drafts) {
    if (refunds.contains(draft.key)) continue;
    missing.push_back(draft.key);
    values.insert(values.end(), {shop,
                                 draft.key,
                                 Number(draft.kind),
                                 draft.object,
                                 draft.platform,
                                 0,
                                 0,
                                 0,
                                 0,
                                 "",
                                 0,
                                 "",
                                 "",
                                 "",
                                 "",
                                 0,
                                 0,
                                 nullptr,
                                 0,
                                 0,
                                 draft.created_at,
                                 draft.created_at,
                                 ""});
  }
  if (missing.empty()) return refunds;
  kInsertNewPlatformObjects.Execute(db, values);
  Lock(db, shop, missing, refunds);
  return refunds;
}

PushOutcome MergeOne(const PushedObject& pushed, SealedObject& into, UnmappedNews& unmapped,
                     std::int64_t now_us) {
  PlatformObject& refund = into.refund;
  if (into.erased) return PushOutcome::kNothingNew;
  PlatformFields fields = refund.fields;
  const std::vector<Unmapped> news = Absorb(pushed, fields);
  if (fields.size() > kMostPlatformFields) return PushOutcome::kTooMuch;
  const std::string before = EncodeFields(refund.fields);
  if (EncodeFields(fields) == before) return PushOutcome::kNothingNew;
  const bool is_new = refund.row_version == 0;
  refund.fields = std::move(fields);
  MapColumns(refund);
  ++refund.row_version;
  ++refund.pushes;
  refund.attempts = 0;
  refund.due_at = now_us;
  refund.updated_at = now_us;
  for (const Unmapped& one : news) {
    UnmappedCount& count = unmapped[{one.field, one.value}];
    ++count.objects;
    count.key = refund.key;
  }
  return is_new ? PushOutcome::kNew : PushOutcome::kNews;
}

void Count(Connection& db, ShopId shop, const UnmappedNews& unmapped, platform::IdSource& ids,
           std::int64_t now_us) {
  if (unmapped.empty()) return;
  std::vector<Value> values;
  for (const auto& [what, count] : unmapped) {
    values.insert(values.end(), {shop, what.first, what.second, ids.Next(), count.objects,
                                 count.key, now_us, now_us});
  }
  kCountUnmapped.Execute(db, values);
}

}  // namespace

std::vector<PushOutcome> SqlPlatformObjectRepository::Merge(
    ShopId shop, PlatformObjectKind kind, const std::string& platform,
    std::span<const PushedObject* const> pushed, std::int64_t now_us) {
  std::map<std::string, PlatformObject> drafts;
  for (const PushedObject* one : pushed) {
    PlatformObject& draft = drafts[one->key];
    draft.key = one->key;
    draft.kind = kind;
    draft.platform = platform;
    draft.created_at = now_us;
  }
  std::vector<PlatformObject> in_order;
  for (auto& [id, draft] : drafts) {
    draft.object = ids_.Next();
    in_order.push_back(std::move(draft));
  }
  return platform::Transact(pool_, [&](Connection& db) {
    Refunds refunds = LockAll(db, shop, in_order);
    std::vector<SealedObject> sealed;
    for (auto& [id, one] : refunds) sealed.push_back(std::move(one));
    OpenFields(db, sealer_, sealed);
    std::map<std::string_view, SealedObject*> places;
    for (SealedObject& one : sealed) places[one.refund.key] = &one;
    std::vector<PushOutcome> outcomes;
    std::vector<const PlatformObject*> changed;
    UnmappedNews unmapped;
    for (const PushedObject* one : pushed) {
      SealedObject& into = *places.at(one->key);
      outcomes.push_back(MergeOne(*one, into, unmapped, now_us));
      const bool is_news =
          outcomes.back() == PushOutcome::kNew || outcomes.back() == PushOutcome::kNews;
      const PlatformObject* refund = &into.refund;
      if (is_news && std::find(changed.begin(), changed.end(), refund) == changed.end()) {
        changed.push_back(refund);
      }
    }
    WriteObjects(db, sealer_, changed);
    Count(db, shop, unmapped, ids_, now_us);
    return outcomes;
  });
}

std::vector<PlatformObject> SqlPlatformObjectRepository::Due(std::int64_t now_us,
                                                             std::size_t limit) {
  std::vector<SealedObject> due = platform::Read(pool_, [&](Connection& db) {
    std::vector<SealedObject> found;
    Result rows = db.Query(kDueRefunds, {now_us, static_cast<std::int64_t>(limit)});
    while (rows.Next()) found.push_back(ReadSealedObject(rows));
    OpenFields(db, sealer_, found);
    return found;
  });
  std::vector<PlatformObject> refunds;
  std::vector<PlatformObject> erased;
  for (SealedObject& one : due) {
    (one.erased ? erased : refunds).push_back(std::move(one.refund));
  }
  if (erased.empty()) return refunds;
  platform::Transact(pool_, [&](Connection& db) {
    for (const PlatformObject& one : erased) {
      db.Execute(kFollowNoMore, {one.shop, one.key});
    }
  });
  return refunds;
}

void SqlPlatformObjectRepository::Conclude(std::span<const PlatformObject> followed) {
  std::vector<const PlatformObject*> sorted;
  for (const PlatformObject& one : followed) sorted.push_back(&one);
  std::sort(sorted.begin(), sorted.end(), [](const PlatformObject* a, const PlatformObject* b) {
    return std::tie(a->shop, a->key) < std::tie(b->shop, b->key);
  });
  platform::Transact(pool_, [&](Connection& db) {
    std::vector<Value> keys;
    for (const PlatformObject* one : sorted) keys.insert(keys.end(), {one->shop, one->key});
    std::map<std::pair<ShopId, std::string>, std::uint32_t> versions;
    kLockPlatformObjects.Query(db, keys, [&](Result& row) {
      const PlatformObject now = ReadPlatformObject(row);
      versions[{now.shop, now.key}] = now.row_version;
    });
    std::vector<const PlatformObject*> unchanged;
    for (const PlatformObject* one : sorted) {
      const auto found = versions.find({one->shop, one->key});
      if (found != versions.end() && found->second == one->row_version) unchanged.push_back(one);
    }
    WriteObjects(db, sealer_, unchanged);
  });
}

void SqlPlatformObjectRepository::OrdersAreThere(ShopId shop,
                                                 std::span<const std::string> order_numbers,
                                                 std::int64_t now_us) {
  std::vector<Value> keys;
  for (const std::string& number : order_numbers) {
    if (CanBeAwaited(number)) keys.insert(keys.end(), {shop, number});
  }
  if (keys.empty()) return;
  std::vector<std::string> waiting = platform::Read(pool_, [&](Connection& db) {
    std::vector<std::string> found;
    kWaitingForOrders.Query(db, keys, [&](Result& row) { found.push_back(row.String(1)); });
    return found;
  });
  if (waiting.empty()) return;
  std::sort(waiting.begin(), waiting.end());
  platform::Transact(pool_, [&](Connection& db) {
    for (const std::string& refund_id : waiting) db.Execute(kMakeDue, {now_us, shop, refund_id});
  });
}

std::vector<std::pair<std::string, CaseId>> SqlPlatformObjectRepository::CasesOf(
    ShopId shop, std::span<const std::string> refund_ids) {
  std::vector<Value> keys;
  for (const std::string& id : refund_ids) keys.insert(keys.end(), {shop, id});
  return platform::Read(pool_, [&](Connection& db) {
    std::vector<std::pair<std::string, CaseId>> found;
    kCasesOf.Query(db, keys,
                   [&](Result& row) { found.emplace_back(row.String(0), row.Id<CaseId>(1)); });
    return found;
  });
}

std::vector<PlatformObject> SqlPlatformObjectRepository::List(const PlatformObjectQuery& query) {
  const bool differing = query.attention_only || !query.attention.empty();
  std::string sql = differing ? kListDiffering : kListRefunds;
  std::vector<Value> values{query.shop, Number(query.kind),
                            query.before == 0 ? kNewest : query.before};
  if (!query.attention.empty()) {
    sql += kOnlyAttention;
    values.emplace_back(query.attention);
  }
  sql += kNewestFirst;
  values.emplace_back(static_cast<std::int64_t>(query.limit));
  return platform::Read(pool_, [&](Connection& db) {
    std::vector<PlatformObject> refunds;
    Result rows = db.Query(sql, values);
    while (rows.Next()) refunds.push_back(ReadPlatformObject(rows));
    return refunds;
  });
}

std::optional<PlatformObject> SqlPlatformObjectRepository::Find(ShopId shop,
                                                                const std::string& refund_id) {
  return platform::Read(pool_, [&](Connection& db) -> std::optional<PlatformObject> {
    Result row = db.Query(kFindRefund, {shop, refund_id});
    if (!row.Next()) return std::nullopt;
    return ReadPlatformObject(row);
  });
}

std::vector<UnmappedCount> SqlPlatformObjectRepository::ListUnmapped(ShopId shop,
                                                                     std::uint64_t before,
                                                                     std::size_t limit) {
  return platform::Read(pool_, [&](Connection& db) {
    std::vector<UnmappedCount> counts;
    Result rows = db.Query(
        kListUnmapped, {shop, before == 0 ? kNewest : before, static_cast<std::int64_t>(limit)});
    while (rows.Next()) {
      UnmappedCount& one = counts.emplace_back();
      RowCursor row(rows);
      row >> one.id, row >> one.what.field, row >> one.what.value, row >> one.objects;
      row >> one.key, row >> one.first_at, row >> one.last_at;
    }
    return counts;
  });
}

}  // namespace redress::aftersales
