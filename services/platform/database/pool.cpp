#include "services/platform/database/pool.h"

#include <spdlog/spdlog.h>

#include <utility>

#include "services/platform/base/errors.h"

namespace redress::platform {

namespace {

constexpr std::chrono::seconds kAskAfterIdle(30);

}  // namespace

Pool::Lease& Pool::Lease::operator=(Lease&& other) noexcept {
  if (this != &other) {
    if (connection_ != nullptr) pool_->Return(std::move(connection_));
    pool_ = other.pool_;
    connection_ = std::move(other.connection_);
  }
  return *this;
}

Pool::Lease::~Lease() {
  if (connection_ != nullptr) pool_->Return(std::move(connection_));
}

Pool::Pool(DatabaseConfig config, FaultPlan* faults) : config_(std::move(config)), faults_(faults) {
  idle_.reserve(static_cast<std::size_t>(config_.connections));
}

Pool::~Pool() = default;

Pool::Lease Pool::Acquire() {
  {
    std::unique_lock lock(mutex_);
    const bool free = freed_.wait_for(lock, std::chrono::microseconds(config_.acquire_timeout_us),
                                      [this] { return on_loan_ < config_.connections; });
    if (!free) {
      throw Refusal(Code::kResourceExhausted, "DATABASE_BUSY",
                    "The service has more work than database connections; try again shortly.")
          .RetryAfter(config_.acquire_timeout_us);
    }
    ++on_loan_;
  }
  std::unique_ptr<Connection> connection;
  try {
    connection = TakeIdle();
    if (connection == nullptr) connection = std::make_unique<Connection>(config_, faults_);
  } catch (const std::exception& error) {
    Return(nullptr);
    spdlog::error("cannot connect to schema {}: {}", config_.schema, error.what());
    throw Unavailable("DATABASE_UNAVAILABLE",
                      "The service's database does not answer; try again shortly.");
  }
  return Lease(this, std::move(connection));
}

std::unique_ptr<Connection> Pool::TakeIdle() {
  for (;;) {
    Idle taken;
    bool ask = false;
    {
      const std::lock_guard lock(mutex_);
      if (idle_.empty()) return nullptr;
      // The most recently used one: its statements and its session are warm.
      taken = std::move(idle_.back());
      idle_.pop_back();
      ask = taken.since < suspect_before_ ||
            taken.since + kAskAfterIdle < std::chrono::steady_clock::now();
    }
    if (!ask || taken.connection->Ping()) return std::move(taken.connection);
  }
}

void Pool::Return(std::unique_ptr<Connection> connection) noexcept {
  const auto now = std::chrono::steady_clock::now();
  std::unique_ptr<Connection> broken;
  {
    const std::lock_guard lock(mutex_);
    --on_loan_;
    if (connection != nullptr && connection->usable()) {
      idle_.push_back({std::move(connection), now});
    } else if (connection != nullptr) {
      suspect_before_ = now;
      broken = std::move(connection);
    }
  }
  freed_.notify_one();
}

int Pool::InUse() const {
  const std::lock_guard lock(mutex_);
  return on_loan_;
}

}  // namespace redress::platform
