#pragma once

// The leased row that lets one process migrate a schema at a time. Held by a session of its own and
// renewed by a thread while a long statement runs; a holder that died is waited for 15 s.

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "services/platform/database/connection.h"
#include "services/platform/database/database_config.h"

namespace redress::platform {

class MigrationLease {
 public:
  // Waits for the lease; throws std::runtime_error when another holder keeps renewing it for 10
  // minutes.
  explicit MigrationLease(const DatabaseConfig& config);
  ~MigrationLease();
  MigrationLease(const MigrationLease&) = delete;
  MigrationLease& operator=(const MigrationLease&) = delete;

  // Throws std::runtime_error when the lease was lost.
  void Check() const;

 private:
  bool Take();
  void RenewUntilStopped();

  const std::string holder_;
  Connection connection_;
  std::atomic<bool> lost_{false};
  std::mutex mutex_;
  std::condition_variable stopping_;
  bool stop_ = false;
  std::thread renewal_;
};

}  // namespace redress::platform
