#include "services/platform/sealing/key_store.h"

#include <bit>
#include <string_view>

#include "services/platform/base/crash_point.h"
#include "services/platform/database/connection.h"
#include "services/platform/database/pool.h"
#include "services/platform/database/rows.h"
#include "services/platform/database/transact.h"

namespace redress::platform {
namespace {

constexpr std::string_view kSelectShopKeys =
    "SELECT generation, wrapped_key FROM shop_keys WHERE shop_id = ? ORDER BY generation";
constexpr std::string_view kInsertShopKey =
    "INSERT IGNORE INTO shop_keys (shop_id, generation, wrapped_key, created_at) "
    "VALUES (?, ?, ?, ?)";
constexpr std::string_view kRewrapShopKey =
    "UPDATE shop_keys SET wrapped_key = ? "
    "WHERE shop_id = ? AND generation = ? AND wrapped_key = ?";
constexpr std::string_view kHoldShopKey =
    "SELECT generation FROM shop_keys WHERE shop_id = ? AND generation = ? LOCK IN SHARE MODE";
constexpr std::string_view kSelectSubjectKeys =
    "SELECT subject_id, generation, shop_generation, wrapped_key FROM subject_keys "
    "WHERE shop_id = ? AND subject_kind = ? AND subject_id IN ";
constexpr std::string_view kHeld = " LOCK IN SHARE MODE";
constexpr std::string_view kInsertSubjectKeys =
    "INSERT IGNORE INTO subject_keys (shop_id, subject_kind, subject_id, generation, "
    "shop_generation, wrapped_key, created_at) VALUES ";
constexpr std::size_t kSubjectKeyColumns = 7;
constexpr std::string_view kInsertDestroyed =
    "INSERT IGNORE INTO subject_keys (shop_id, subject_kind, subject_id, generation, "
    "shop_generation, wrapped_key, created_at, destroyed_at) VALUES (?, ?, ?, 1, 1, '', ?, ?)";
constexpr std::string_view kDestroySubjectKeys =
    "UPDATE subject_keys SET wrapped_key = '', destroyed_at = ? "
    "WHERE shop_id = ? AND subject_kind = ? AND subject_id = ? AND wrapped_key <> ''";

std::int64_t Number(SubjectKind kind) { return static_cast<std::int64_t>(kind); }

// "(?, ?, ?)"; counts are rounded up to a power of two, so that few statements are prepared.
std::string QuestionMarks(std::size_t count) { return "(" + Placeholders(1, count) + ")"; }

void ReadKeysOfKind(Connection& connection, ShopId shop, std::span<const Subject> subjects,
                    std::string_view tail, std::vector<WrappedSubjectKey>& out) {
  const SubjectKind kind = subjects.front().kind;
  std::vector<Value> values{shop, Number(kind)};
  for (const Subject& subject : subjects) values.emplace_back(subject.id);
  const std::size_t width = std::bit_ceil(subjects.size());
  values.resize(2 + width, Value(subjects.back().id));
  auto rows = connection.Query(
      std::string(kSelectSubjectKeys).append(QuestionMarks(width)).append(tail), values);
  while (rows.Next()) {
    out.push_back({{kind, rows.Uint64(0)},
                   static_cast<std::uint8_t>(rows.Uint64(1)),
                   static_cast<std::uint8_t>(rows.Uint64(2)),
                   rows.String(3)});
  }
}

DatabaseConfig WithOneConnection(DatabaseConfig config) {
  config.connections = 1;
  return config;
}

}  // namespace

KeyStore::KeyStore(const Pool& pool, const Clock& clock)
    : own_pool_(std::make_unique<Pool>(WithOneConnection(pool.config()))), clock_(clock) {}

KeyStore::~KeyStore() = default;

std::vector<WrappedShopKey> KeyStore::ShopKeys(ShopId shop) {
  return Read(*own_pool_, [&](Connection& connection) {
    auto rows = connection.Query(kSelectShopKeys, {shop});
    std::vector<WrappedShopKey> keys;
    while (rows.Next()) {
      keys.push_back({static_cast<std::uint8_t>(rows.Uint64(0)), rows.String(1)});
    }
    return keys;
  });
}

void KeyStore::AddShopKey(ShopId shop, const WrappedShopKey& key) {
  const std::int64_t now = clock_.NowUs();
  Transact(*own_pool_, [&](Connection& connection) {
    connection.Execute(kInsertShopKey, {shop, key.generation, key.wrapped, now});
  });
}

void KeyStore::RewrapShopKey(ShopId shop, const WrappedShopKey& key, std::string_view old_wrapped) {
  Transact(*own_pool_, [&](Connection& connection) {
    connection.Execute(kRewrapShopKey, {key.wrapped, shop, key.generation, old_wrapped});
  });
}

bool KeyStore::HoldShopKey(Connection& connection, ShopId shop, std::uint8_t generation) {
  return connection.Query(kHoldShopKey, {shop, generation}).Next();
}

std::vector<WrappedSubjectKey> KeyStore::SubjectKeys(Connection& connection, ShopId shop,
                                                     std::span<const Subject> subjects, Hold hold) {
  std::vector<WrappedSubjectKey> keys;
  keys.reserve(subjects.size());
  // One range read per kind; nearly every call has subjects of one kind only.
  for (std::size_t from = 0; from < subjects.size();) {
    std::size_t to = from;
    while (to < subjects.size() && subjects[to].kind == subjects[from].kind) ++to;
    ReadKeysOfKind(connection, shop, subjects.subspan(from, to - from),
                   hold == Hold::kYes ? kHeld : std::string_view(), keys);
    from = to;
  }
  return keys;
}

bool KeyStore::AddSubjectKeys(Connection& connection, ShopId shop,
                              std::span<const WrappedSubjectKey> keys) {
  const std::int64_t now = clock_.NowUs();
  std::vector<Value> values;
  values.reserve(keys.size() * kSubjectKeyColumns);
  for (const WrappedSubjectKey& key : keys) {
    values.insert(values.end(), {shop, Number(key.subject.kind), key.subject.id, key.generation,
                                 key.shop_generation, key.wrapped, now});
  }
  static const MultiRow insert(kInsertSubjectKeys, kSubjectKeyColumns, "", 512);
  const bool made_all = insert.Execute(connection, values) == keys.size();
  CrashPoint(kAfterKeyBeforeSealing);
  return made_all;
}

void KeyStore::DestroySubjectKeys(Connection& connection, ShopId shop, Subject subject) {
  const std::int64_t now = clock_.NowUs();
  // A subject without a key gets a destroyed one, so that a late write cannot bring it back.
  connection.Execute(kInsertDestroyed, {shop, Number(subject.kind), subject.id, now, now});
  connection.Execute(kDestroySubjectKeys, {now, shop, Number(subject.kind), subject.id});
}

}  // namespace redress::platform
