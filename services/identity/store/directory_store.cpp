#include "services/identity/store/directory_store.h"

#include <string_view>

#include "services/identity/store/counters.h"
#include "services/platform/base/crash_point.h"
#include "services/platform/database/transact.h"

namespace redress::identity {
namespace {

using platform::Connection;
using platform::Result;

constexpr std::string_view kForgetEntity = "DELETE FROM directory_changes WHERE entity = ?";
constexpr std::string_view kInsertMembership =
    "INSERT INTO directory_changes (version, entity, recorded_at, shop_id, account_id, roles, "
    "approval_limit_minor) VALUES (?, ?, ?, ?, ?, ?, ?)";
constexpr std::string_view kInsertShop =
    "INSERT INTO directory_changes (version, entity, recorded_at, shop_id, time_zone, "
    "currency_code) VALUES (?, ?, ?, ?, ?, ?)";
constexpr std::string_view kInsertSetting =
    "INSERT INTO directory_changes (version, entity, recorded_at, shop_id, setting_name, "
    "setting_value, effective_at) VALUES (?, ?, ?, ?, ?, ?, ?)";
constexpr std::string_view kInsertEndedSession =
    "INSERT INTO directory_changes (version, entity, recorded_at, session_id) VALUES (?, ?, ?, ?)";
constexpr std::string_view kSelectChanges =
    "SELECT version, shop_id, account_id, roles, approval_limit_minor, time_zone, currency_code, "
    "setting_name, setting_value, effective_at, session_id FROM directory_changes "
    "WHERE version > ? ORDER BY version LIMIT ?";
constexpr std::string_view kPurgeEndedSessions =
    "DELETE FROM directory_changes WHERE session_id IS NOT NULL AND recorded_at < ? "
    "ORDER BY session_id LIMIT 1000";

// Writes an entry under a version; one overload for each kind.
struct Writer {
  Connection& connection;
  std::uint64_t version;
  std::int64_t now_us;

  void Replace(const std::string& entity) const { connection.Execute(kForgetEntity, {entity}); }

  void operator()(const DirectoryMembership& entry) const {
    const std::string entity = "membership:" + ToString(entry.shop) + ":" + ToString(entry.account);
    Replace(entity);
    connection.Execute(kInsertMembership, {version, entity, now_us, entry.shop, entry.account,
                                           entry.roles.bits(), entry.approval_limit_minor});
  }
  void operator()(const DirectoryShop& entry) const {
    const std::string entity = "shop:" + ToString(entry.shop);
    Replace(entity);
    connection.Execute(kInsertShop,
                       {version, entity, now_us, entry.shop, entry.time_zone, entry.currency_code});
  }
  void operator()(const DirectorySetting& entry) const {
    const std::string entity = "setting:" + ToString(entry.shop) + ":" + entry.setting.name + ":" +
                               std::to_string(entry.setting.effective_at);
    Replace(entity);
    connection.Execute(kInsertSetting, {version, entity, now_us, entry.shop, entry.setting.name,
                                        entry.setting.value, entry.setting.effective_at});
  }
  void operator()(const DirectoryEndedSession& entry) const {
    const std::string entity = "session:" + ToString(entry.session);
    Replace(entity);
    connection.Execute(kInsertEndedSession, {version, entity, now_us, entry.session});
  }
};

DirectoryEntry EntryOf(const Result& row) {
  if (!row.IsNull(10)) return DirectoryEndedSession{row.Id<SessionId>(10)};
  const ShopId shop = row.Shop(1);
  if (!row.IsNull(2)) {
    return DirectoryMembership{row.Id<AccountId>(2), shop,
                               RoleSet::FromBits(static_cast<std::uint32_t>(row.Uint64(3))),
                               row.OptInt64(4)};
  }
  if (!row.IsNull(7)) {
    return DirectorySetting{shop, {row.String(7), row.String(8), row.Int64(9)}};
  }
  return DirectoryShop{shop, row.String(5), row.String(6)};
}

}  // namespace

void AppendToDirectory(Connection& connection, const DirectoryEntry& entry, std::int64_t now_us) {
  AppendToDirectory(connection, {&entry, 1}, now_us);
}

void AppendToDirectory(Connection& connection, std::span<const DirectoryEntry> entries,
                       std::int64_t now_us) {
  for (const DirectoryEntry& entry : entries) {
    const std::uint64_t version = NextNumber(connection, kDirectoryVersion);
    std::visit(Writer{connection, version, now_us}, entry);
  }
  platform::CrashPoint(platform::kAfterDirectoryBeforeCommit);
}

std::vector<DirectoryChange> DirectoryStore::ChangesSince(std::uint64_t version,
                                                          std::size_t limit) {
  return platform::Read(pool_, [&](Connection& connection) {
    auto rows = connection.Query(kSelectChanges, {version, limit});
    std::vector<DirectoryChange> changes;
    while (rows.Next()) changes.push_back({rows.Uint64(0), EntryOf(rows)});
    return changes;
  });
}

void DirectoryStore::PurgeEndedSessions(std::int64_t before_us) {
  std::uint64_t removed = 1;
  while (removed != 0) {
    removed = platform::Transact(pool_, [&](Connection& connection) {
      return connection.Execute(kPurgeEndedSessions, {before_us});
    });
  }
}

}  // namespace redress::identity
