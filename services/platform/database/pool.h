#pragma once

// A bounded set of connections to one schema. More connections than the machine has work for cost
// throughput, so a caller waits for one, up to DatabaseConfig::acquire_timeout_us.
//
//   Pool::Lease connection = pool.Acquire();
//   connection->Query(…);

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

#include "services/platform/database/connection.h"
#include "services/platform/database/database_config.h"
#include "services/platform/database/fault_plan.h"

namespace redress::platform {

class Pool {
 public:
  // A connection on loan; goes back when destroyed, a broken one is closed.
  class Lease {
   public:
    Lease(Lease&& other) noexcept : pool_(other.pool_), connection_(std::move(other.connection_)) {}
    Lease& operator=(Lease&& other) noexcept;
    ~Lease();
    Connection& operator*() const { return *connection_; }
    Connection* operator->() const { return connection_.get(); }

   private:
    friend class Pool;
    Lease(Pool* pool, std::unique_ptr<Connection> connection)
        : pool_(pool), connection_(std::move(connection)) {}

    Pool* pool_;
    std::unique_ptr<Connection> connection_;
  };

  // Opens nothing yet. faults, where given, outlive the pool.
  explicit Pool(DatabaseConfig config, FaultPlan* faults = nullptr);
  ~Pool();
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  // Throws Refusal: RESOURCE_EXHAUSTED (DATABASE_BUSY) when all stayed on loan for too long,
  // UNAVAILABLE (DATABASE_UNAVAILABLE) when the server cannot be reached.
  Lease Acquire();

  int InUse() const;
  const DatabaseConfig& config() const { return config_; }

 private:
  struct Idle {
    std::unique_ptr<Connection> connection;
    std::chrono::steady_clock::time_point since;
  };

  std::unique_ptr<Connection> TakeIdle();
  void Return(std::unique_ptr<Connection> connection) noexcept;

  const DatabaseConfig config_;
  FaultPlan* const faults_;
  mutable std::mutex mutex_;
  std::condition_variable freed_;
  std::vector<Idle> idle_;
  int on_loan_ = 0;
  // Idle connections put back before this moment are asked before they are lent: another one of
  // the same server was found dead.
  std::chrono::steady_clock::time_point suspect_before_{};
};

}  // namespace redress::platform
