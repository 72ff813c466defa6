#include "services/identity/store/log_in_failure_store.h"

#include <string_view>

#include "services/platform/base/text.h"
#include "services/platform/database/transact.h"

namespace redress::identity {
namespace {

using platform::Connection;

constexpr std::string_view kSelect =
    "SELECT failures, last_failed_at FROM log_in_failures WHERE name_hash = ?";
// A row to lock, so that failures at the same time are all counted.
constexpr std::string_view kEnsure =
    "INSERT IGNORE INTO log_in_failures (name_hash, failures, last_failed_at) VALUES (?, 0, ?)";
constexpr std::string_view kSelectLocked =
    "SELECT failures, last_failed_at, last_attempt FROM log_in_failures WHERE name_hash = ? "
    "FOR UPDATE";
constexpr std::string_view kUpdate =
    "UPDATE log_in_failures SET failures = ?, last_failed_at = ?, last_attempt = ? "
    "WHERE name_hash = ?";
constexpr std::string_view kDelete = "DELETE FROM log_in_failures WHERE name_hash = ?";
constexpr std::string_view kPurgeOld =
    "DELETE FROM log_in_failures WHERE last_failed_at < ? ORDER BY last_failed_at LIMIT 1000";
constexpr std::string_view kCount = "SELECT COUNT(1) FROM log_in_failures";
constexpr std::string_view kDropOldest =
    "DELETE FROM log_in_failures ORDER BY last_failed_at LIMIT 1000";

LogInFailures FailuresIn(const platform::Result& row) {
  return {static_cast<std::uint32_t>(row.Uint64(0)), row.Int64(1)};
}

// Tells an attempt from itself run again after its answer was lost.
std::string NewAttempt() { return platform::RandomHex(8); }

}  // namespace

std::string LogInFailureStore::HashOf(const std::string& account_name) {
  return sealer_.KeyedHash(ShopId{}, "log-in name", account_name);
}

LogInFailures LogInFailureStore::Find(const std::string& account_name) {
  const std::string hash = HashOf(account_name);
  return platform::Read(pool_, [&](Connection& connection) {
    auto row = connection.Query(kSelect, {hash});
    return row.Next() ? FailuresIn(row) : LogInFailures{};
  });
}

void LogInFailureStore::RecordFailure(const std::string& account_name, std::int64_t now_us) {
  const std::string hash = HashOf(account_name);
  const std::string attempt = NewAttempt();
  platform::Transact(pool_, [&](Connection& connection) {
    connection.Execute(kEnsure, {hash, now_us});
    auto row = connection.Query(kSelectLocked, {hash});
    if (!row.Next() || row.OptString(2) == attempt) return;
    const LogInFailures after = AfterFailure(FailuresIn(row), now_us);
    connection.Execute(kUpdate, {after.count, after.last_at, attempt, hash});
  });
}

void LogInFailureStore::Forget(const std::string& account_name) {
  const std::string hash = HashOf(account_name);
  platform::Transact(pool_, [&](Connection& connection) { connection.Execute(kDelete, {hash}); });
}

void LogInFailureStore::Purge(std::int64_t now_us) {
  std::uint64_t removed = 1;
  while (removed != 0) {
    removed = platform::Transact(pool_, [&](Connection& connection) {
      const std::uint64_t old = connection.Execute(kPurgeOld, {now_us - kForgetFailuresUs});
      if (old != 0) return old;
      auto count = connection.Query(kCount);
      count.Next();
      return count.Uint64(0) > most_names_ ? connection.Execute(kDropOldest) : 0;
    });
  }
}

}  // namespace redress::identity
