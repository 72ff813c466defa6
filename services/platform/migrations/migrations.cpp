#include "services/platform/migrations/migrations.h"

#include <spdlog/spdlog.h>

#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <utility>

#include "services/platform/base/clock.h"
#include "services/platform/base/crash_point.h"
#include "services/platform/base/text.h"
#include "services/platform/migrations/migration_lease.h"

namespace redress::platform {

namespace {

constexpr std::string_view kCreateRecords =
    "CREATE TABLE IF NOT EXISTS schema_migrations ("
    " area VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,"
    " number INT UNSIGNED NOT NULL,"
    " name VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,"
    " digest BINARY(32) NOT NULL,"
    " applied_at BIGINT NOT NULL,"
    " PRIMARY KEY (area, number)) ENGINE = InnoDB";
constexpr std::string_view kSelectRecords = "SELECT area, number, digest FROM schema_migrations";
constexpr std::string_view kInsertRecord =
    "INSERT INTO schema_migrations (area, number, name, digest, applied_at)"
    " VALUES (?, ?, ?, ?, ?)";

using Key = std::pair<std::string, int>;

std::string Label(const Migration& migration) {
  return migration.area + " " + std::to_string(migration.number) + " " + migration.name;
}

std::map<Key, Digest> ReadRecords(Connection& connection) {
  std::map<Key, Digest> records;
  Result rows = connection.Query(kSelectRecords);
  while (rows.Next()) {
    records.emplace(Key(rows.String(0), static_cast<int>(rows.Int64(1))), rows.Bytes32(2));
  }
  return records;
}

void CheckNumbers(std::span<const Migration> migrations) {
  std::map<std::string, int> last;
  for (const Migration& migration : migrations) {
    int& previous = last[migration.area];
    if (migration.number <= previous) {
      throw std::runtime_error("migration " + Label(migration) + " does not follow number " +
                               std::to_string(previous));
    }
    previous = migration.number;
  }
}

// Those not recorded yet, in order. Records that this binary does not know are a newer binary's.
std::vector<const Migration*> Missing(std::span<const Migration> migrations,
                                      const std::map<Key, Digest>& records) {
  std::vector<const Migration*> missing;
  for (const Migration& migration : migrations) {
    const auto record = records.find({migration.area, migration.number});
    if (record == records.end()) {
      missing.push_back(&migration);
    } else if (record->second != Sha256(migration.sql)) {
      throw std::runtime_error("migration " + Label(migration) +
                               " was changed after it ran here; write a new one instead");
    }
  }
  return missing;
}

void RunOne(Connection& connection, const Migration& migration) {
  connection.Run(migration.sql);
  CrashPoint(kAfterMigrationBeforeRecord);
  connection.Execute(kInsertRecord, {migration.area, migration.number, migration.name,
                                     Sha256(migration.sql), SystemClock().NowUs()});
}

}  // namespace

int Migrate(Pool& pool, std::span<const Migration> migrations) {
  CheckNumbers(migrations);
  const Pool::Lease connection = pool.Acquire();
  connection->Run(kCreateRecords);
  if (Missing(migrations, ReadRecords(*connection)).empty()) return 0;
  MigrationLease lease(pool.config());
  // Another process may have migrated while this one waited for the lease.
  const std::vector<const Migration*> missing = Missing(migrations, ReadRecords(*connection));
  for (const Migration* migration : missing) {
    lease.Check();
    RunOne(*connection, *migration);
  }
  if (!missing.empty()) {
    spdlog::info("schema {}: ran {} migrations, the last {}", pool.config().schema, missing.size(),
                 Label(*missing.back()));
  }
  return static_cast<int>(missing.size());
}

}  // namespace redress::platform
