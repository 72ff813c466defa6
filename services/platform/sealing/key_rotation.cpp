#include "services/platform/sealing/key_rotation.h"

#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "services/platform/base/crash_point.h"
#include "services/platform/base/errors.h"
#include "services/platform/database/requests.h"
#include "services/platform/database/rows.h"
#include "services/platform/database/transact.h"
#include "services/platform/sealing/key_store.h"
#include "services/platform/sealing/subject_key.h"

namespace redress::platform {
namespace {

constexpr std::int64_t kBatch = 256;
constexpr std::size_t kSubjectKeyColumns = 7;

constexpr std::string_view kLockRotation =
    "SELECT generation, finished_at FROM key_rotations WHERE shop_id = ? FOR UPDATE";
constexpr std::string_view kSelectRotation =
    "SELECT subject_count, rewrapped_count, started_at, finished_at FROM key_rotations"
    " WHERE shop_id = ?";
constexpr std::string_view kCountSubjects =
    "SELECT COUNT(*) FROM subject_keys FORCE INDEX (PRIMARY) WHERE shop_id = ?"
    " AND wrapped_key <> ''";
constexpr std::string_view kInsertShopKey =
    "INSERT INTO shop_keys (shop_id, generation, wrapped_key, created_at) VALUES (?, ?, ?, ?)";
constexpr std::string_view kBeginRotation =
    "INSERT INTO key_rotations (shop_id, generation, subject_count, rewrapped_count, after_kind,"
    " after_id, after_generation, started_at, finished_at) VALUES (?, ?, ?, 0, 0, 0, 0, ?, NULL)"
    " ON DUPLICATE KEY UPDATE generation = VALUES(generation),"
    " subject_count = VALUES(subject_count), rewrapped_count = 0, after_kind = 0, after_id = 0,"
    " after_generation = 0, started_at = VALUES(started_at), finished_at = NULL";
constexpr std::string_view kFindOpenRotation =
    "SELECT shop_id FROM key_rotations FORCE INDEX (key_rotations_open)"
    " WHERE finished_at IS NULL AND shop_id > ? ORDER BY shop_id LIMIT 1";

constexpr std::string_view kSelectPlace =
    "SELECT after_kind, after_id, after_generation FROM key_rotations WHERE shop_id = ?";
constexpr std::string_view kSelectNext =
    "SELECT subject_kind, subject_id, generation, shop_generation, wrapped_key"
    " FROM subject_keys FORCE INDEX (PRIMARY) WHERE shop_id = ? AND (subject_kind > ?"
    " OR (subject_kind = ? AND subject_id > ?)"
    " OR (subject_kind = ? AND subject_id = ? AND generation > ?))"
    " ORDER BY subject_kind, subject_id, generation LIMIT ?";
constexpr std::string_view kRewrapHead =
    "INSERT INTO subject_keys (shop_id, subject_kind, subject_id, generation, shop_generation,"
    " wrapped_key, created_at) VALUES ";
// A key that was destroyed meanwhile stays destroyed.
constexpr std::string_view kUnlessDestroyed =
    " ON DUPLICATE KEY UPDATE"
    " shop_generation = IF(wrapped_key = '', shop_generation, VALUES(shop_generation)),"
    " wrapped_key = IF(wrapped_key = '', '', VALUES(wrapped_key))";
constexpr std::string_view kMovePlace =
    "UPDATE key_rotations SET after_kind = ?, after_id = ?, after_generation = ?,"
    " rewrapped_count = LEAST(subject_count, rewrapped_count + ?) WHERE shop_id = ?";

// Waits for every transaction that is about to store a key wrapped with one of these.
constexpr std::string_view kLockOldShopKeys =
    "SELECT generation FROM shop_keys WHERE shop_id = ? AND generation < ? FOR UPDATE";
constexpr std::string_view kFindStillOld =
    "SELECT subject_id FROM subject_keys FORCE INDEX (PRIMARY) WHERE shop_id = ?"
    " AND shop_generation < ? AND wrapped_key <> '' LIMIT 1";
constexpr std::string_view kDestroyShopKeys =
    "DELETE FROM shop_keys WHERE shop_id = ? AND generation < ?";
constexpr std::string_view kFinishRotation =
    "UPDATE key_rotations SET finished_at = ?, rewrapped_count = subject_count WHERE shop_id = ?";

// Where a rotation is: everything up to this subject key is done.
struct Place {
  std::uint64_t kind = 0;
  std::uint64_t id = 0;
  std::uint64_t generation = 0;
};

Place ReadPlace(Connection& connection, ShopId shop) {
  Result row = connection.Query(kSelectPlace, {shop});
  if (!row.Next()) return {};
  return {row.Uint64(0), row.Uint64(1), row.Uint64(2)};
}

std::vector<WrappedSubjectKey> NextKeys(Connection& connection, ShopId shop, const Place& after) {
  std::vector<WrappedSubjectKey> keys;
  Result rows = connection.Query(kSelectNext, {shop, after.kind, after.kind, after.id, after.kind,
                                               after.id, after.generation, kBatch});
  while (rows.Next()) {
    keys.push_back({{static_cast<SubjectKind>(rows.Uint64(0)), rows.Uint64(1)},
                    static_cast<std::uint8_t>(rows.Uint64(2)),
                    static_cast<std::uint8_t>(rows.Uint64(3)),
                    rows.String(4)});
  }
  return keys;
}

}  // namespace

void KeyRotation::Begin(ShopId shop, std::string_view request_id, const Digest& digest) {
  Transact(pool_, [&](Connection& connection) {
    if (FindAnswer(connection, shop, kClientOrigin, request_id, digest)) return;
    Result known = connection.Query(kLockRotation, {shop});
    if (known.Next() && known.IsNull(1)) {
      throw Refusal(Code::kFailedPrecondition, "ROTATION_UNDER_WAY",
                    "the shop's key is being changed already; wait until that has ended");
    }
    const auto keys = sealer_.shops_->Refresh(shop);
    const std::uint8_t newest = keys->newest().number;
    if (newest == std::numeric_limits<std::uint8_t>::max()) {
      throw Refusal(Code::kFailedPrecondition, "GENERATIONS_EXHAUSTED",
                    "the shop's key has been changed 254 times, which is all that it can be");
    }
    const WrappedShopKey next = sealer_.shops_->MakeNext(shop, *keys);
    const std::int64_t now = clock_.NowUs();
    Result counted = connection.Query(kCountSubjects, {shop});
    const std::uint64_t subjects = counted.Next() ? counted.Uint64(0) : 0;
    connection.Execute(kInsertShopKey, {shop, next.generation, next.wrapped, now});
    connection.Execute(kBeginRotation, {shop, next.generation, subjects, now});
    RememberAnswer(connection, shop, kClientOrigin, request_id, digest, "", now);
  });
  sealer_.shops_->Refresh(shop);
}

void KeyRotation::RewrapWithMaster(ShopId shop) { sealer_.shops_->Refresh(shop); }

KeyState KeyRotation::State(ShopId shop) {
  KeyState state;
  const auto keys = sealer_.store_.ShopKeys(shop);
  if (!keys.empty()) {
    state.generation = keys.back().generation;
    state.oldest_generation = keys.front().generation;
  }
  for (const WrappedShopKey& key : keys) {
    state.master_key_current = state.master_key_current && sealer_.shops_->IsCurrent(key);
  }
  Read(pool_, [&](Connection& connection) {
    Result row = connection.Query(kSelectRotation, {shop});
    if (!row.Next()) return;
    state.subject_count = row.Uint64(0);
    state.rewrapped_count = row.Uint64(1);
    state.started_at = row.Int64(2);
    state.finished_at = row.OptInt64(3).value_or(0);
  });
  return state;
}

bool KeyRotation::RunSome() {
  const ShopId behind = failed_.exchange(ShopId{});
  const ShopId shop = Read(pool_, [&](Connection& connection) {
    Result row = connection.Query(kFindOpenRotation, {behind});
    return row.Next() ? row.Shop(0) : ShopId{};
  });
  if (!shop) return false;
  bool more = false;
  try {
    more = Transact(pool_, [&](Connection& connection) { return Advance(connection, shop); });
  } catch (...) {
    failed_ = shop;
    throw;
  }
  // The shops behind one that failed come to their end before it is tried again.
  failed_ = behind;
  // Destroyed generations leave the memory, too.
  if (!more) sealer_.shops_->Refresh(shop);
  return true;
}

// Whether the shop's rotation goes on. Its row is locked: one process at a time moves it.
bool KeyRotation::Advance(Connection& connection, ShopId shop) {
  std::uint32_t generation = 0;
  {
    Result row = connection.Query(kLockRotation, {shop});
    if (!row.Next() || !row.IsNull(1)) return false;
    generation = static_cast<std::uint32_t>(row.Uint64(0));
  }
  return Rewrap(connection, shop, generation) || !DestroyOld(connection, shop, generation);
}

// One batch. Whether it was a full one.
bool KeyRotation::Rewrap(Connection& connection, ShopId shop, std::uint32_t generation) {
  static const MultiRow rewrap(kRewrapHead, kSubjectKeyColumns, kUnlessDestroyed, kBatch);
  const std::vector<WrappedSubjectKey> keys =
      NextKeys(connection, shop, ReadPlace(connection, shop));
  if (keys.empty()) return false;
  auto shop_keys = sealer_.shops_->Get(shop);
  if (shop_keys->newest().number != generation) shop_keys = sealer_.shops_->Refresh(shop);
  std::vector<WrappedSubjectKey> made;
  std::uint64_t live = 0;
  for (const WrappedSubjectKey& key : keys) {
    if (key.wrapped.empty()) continue;
    ++live;
    if (key.shop_generation >= generation) continue;
    const SecretKey secret = UnwrapSubjectKey(*shop_keys, shop, key);
    made.push_back(
        WrapSubjectKey(shop_keys->newest(), shop, key.subject, key.generation, secret.view()));
  }
  const std::int64_t now = clock_.NowUs();
  std::vector<Value> values;
  for (const WrappedSubjectKey& key : made) {
    values.insert(values.end(), {shop, static_cast<std::int64_t>(key.subject.kind), key.subject.id,
                                 key.generation, key.shop_generation, key.wrapped, now});
  }
  if (!values.empty()) rewrap.Execute(connection, values);
  const WrappedSubjectKey& last = keys.back();
  connection.Execute(kMovePlace, {static_cast<std::int64_t>(last.subject.kind), last.subject.id,
                                  last.generation, live, shop});
  CrashPoint(kAfterRewrapBeforeCommit);
  return keys.size() == static_cast<std::size_t>(kBatch);
}

// Whether nothing used the older generations any more, so that they are gone now. A key may have
// been made with one of them by somebody who did not know of the new one yet: begin again.
bool KeyRotation::DestroyOld(Connection& connection, ShopId shop, std::uint32_t generation) {
  connection.Query(kLockOldShopKeys, {shop, generation});
  if (connection.Query(kFindStillOld, {shop, generation}).Next()) {
    connection.Execute(kMovePlace, {0, 0, 0, 0, shop});
    return false;
  }
  connection.Execute(kDestroyShopKeys, {shop, generation});
  connection.Execute(kFinishRotation, {clock_.NowUs(), shop});
  return true;
}

}  // namespace redress::platform
