#include "services/platform/migrations/migration_lease.h"

#include <spdlog/spdlog.h>

#include <chrono>
#include <stdexcept>
#include <string_view>

#include "services/platform/base/clock.h"
#include "services/platform/base/text.h"

namespace redress::platform {

namespace {

constexpr std::int64_t kLengthUs = 15 * kSecondUs;
constexpr std::chrono::seconds kRenewEvery(3);
constexpr std::chrono::milliseconds kAskAgainEvery(100);
constexpr std::chrono::minutes kLongestWait(10);

constexpr std::string_view kCreateTable =
    "CREATE TABLE IF NOT EXISTS schema_migration_lease ("
    " singleton TINYINT UNSIGNED NOT NULL,"
    " holder VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,"
    " leased_until BIGINT NOT NULL,"
    " PRIMARY KEY (singleton)) ENGINE = InnoDB";
constexpr std::string_view kCreateRow =
    "INSERT IGNORE INTO schema_migration_lease (singleton, holder, leased_until) VALUES (1, '', 0)";
constexpr std::string_view kTake =
    "UPDATE schema_migration_lease SET holder = ?, leased_until = ?"
    " WHERE singleton = 1 AND (leased_until < ? OR holder = ?)";
constexpr std::string_view kGiveBack =
    "UPDATE schema_migration_lease SET holder = '', leased_until = 0"
    " WHERE singleton = 1 AND holder = ?";

}  // namespace

MigrationLease::MigrationLease(const DatabaseConfig& config)
    : holder_(RandomHex(16)), connection_(config) {
  connection_.Run(kCreateTable);
  connection_.Execute(kCreateRow);
  const auto give_up_at = std::chrono::steady_clock::now() + kLongestWait;
  while (!Take()) {
    if (std::chrono::steady_clock::now() > give_up_at) {
      throw std::runtime_error("another process keeps migrating this schema; look at what it does");
    }
    std::this_thread::sleep_for(kAskAgainEvery);
  }
  renewal_ = std::thread([this] { RenewUntilStopped(); });
}

MigrationLease::~MigrationLease() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  stopping_.notify_one();
  renewal_.join();
  try {
    connection_.Execute(kGiveBack, {holder_});
  } catch (const std::exception& error) {
    spdlog::warn("the migration lease is left to expire: {}", error.what());
  }
}

bool MigrationLease::Take() {
  const std::int64_t now_us = SystemClock().NowUs();
  return connection_.Execute(kTake, {holder_, now_us + kLengthUs, now_us, holder_}) == 1;
}

void MigrationLease::RenewUntilStopped() {
  std::unique_lock lock(mutex_);
  while (!stopping_.wait_for(lock, kRenewEvery, [this] { return stop_; })) {
    try {
      if (Take()) continue;
    } catch (const std::exception& error) {
      spdlog::error("the migration lease was not renewed: {}", error.what());
    }
    lost_ = true;
    return;
  }
}

void MigrationLease::Check() const {
  if (lost_) throw std::runtime_error("the migration lease was lost; run the migration again");
}

}  // namespace redress::platform
