#include "services/platform/database/transact.h"

#include <spdlog/spdlog.h>

#include <chrono>
#include <random>
#include <thread>

#include "services/platform/base/errors.h"

namespace redress::platform::internal {

namespace {

constexpr int kMostRuns = 5;
constexpr int kMostLosses = 3;

// Up to 2, 4, 8, 16 ms: those who collided do not meet again at once.
void Pause(int runs) {
  thread_local std::minstd_rand generator{std::random_device{}()};
  const int longest_us = 1'000 << runs;
  std::this_thread::sleep_for(std::chrono::microseconds(
      std::uniform_int_distribution<int>(longest_us / 8, longest_us)(generator)));
}

// What a body's failure means for running it again; throws when it may not.
class Attempts {
 public:
  Attempts(int most_conflicts, int most_losses)
      : most_conflicts_(most_conflicts), most_losses_(most_losses) {}

  void Failed(const DatabaseError& error) {
    switch (error.kind()) {
      case DatabaseError::Kind::kConflict:
        if (++conflicts_ >= most_conflicts_) {
          spdlog::warn("gave up after {} conflicts: {}", conflicts_, error.what());
          throw Unavailable("DATABASE_CONTENTION",
                            "Others keep changing the same things; try again shortly.");
        }
        Pause(conflicts_);
        return;
      case DatabaseError::Kind::kConnectionLost:
        if (++losses_ >= most_losses_) {
          spdlog::warn("gave up after {} lost connections: {}", losses_, error.what());
          throw Unavailable(
              "DATABASE_CONNECTION_LOST",
              "The connection to the database was lost; send the same request again.");
        }
        return;
      default:
        throw;
    }
  }

 private:
  const int most_conflicts_;
  const int most_losses_;
  int conflicts_ = 0;
  int losses_ = 0;
};

}  // namespace

void RunTransaction(Pool& pool, TransactionBody body) {
  Attempts attempts(kMostRuns, kMostLosses);
  for (;;) {
    try {
      const Pool::Lease connection = pool.Acquire();
      Transaction transaction(*connection);
      body.run(body.object, *connection);
      transaction.Commit();
      return;
    } catch (const DatabaseError& error) {
      attempts.Failed(error);
    }
  }
}

void RunReading(Pool& pool, TransactionBody body) {
  Attempts attempts(2, 2);
  for (;;) {
    try {
      const Pool::Lease connection = pool.Acquire();
      body.run(body.object, *connection);
      return;
    } catch (const DatabaseError& error) {
      attempts.Failed(error);
    }
  }
}

}  // namespace redress::platform::internal
