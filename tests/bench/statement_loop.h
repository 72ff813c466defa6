#pragma once

// A step's SQL without the service around it: the store's own statements over a copy of our tables
// in the same server. Nothing is decided; the rows that are written are as long as a real step's.

#include <atomic>
#include <memory>
#include <vector>

#include "services/aftersales/store/batch_store.h"
#include "services/platform/sealing/key_store.h"
#include "services/platform/sealing/master_key.h"
#include "tests/bench/ground.h"

namespace redress::bench {

class StatementLoop {
 public:
  // Makes the tables by our migrations and copies the deployment's cases and ledger into them.
  explicit StatementLoop(Ground& ground);

  struct Result {
    double steps_per_s = 0;
    std::uint64_t all = 0;  // the warm-up's too
  };
  // So many connections write transactions of so many steps each, for so long.
  Result Run(int connections, int steps_per_transaction, int milliseconds);

 private:
  using Commands = std::vector<std::unique_ptr<aftersales::Command>>;

  static platform::DatabaseConfig MakeSchema(Ground& ground);
  void CopyRows(Ground& ground);
  // Answers the steps after the warm-up; adds all to `all`.
  std::uint64_t Work(int worker, int workers, int steps_per_transaction, int milliseconds,
                     std::atomic<std::uint64_t>& all);
  aftersales::Decision Decide(std::span<aftersales::Command* const> commands,
                              aftersales::LoadedBatch rows) const;

  platform::MasterKeys master_{platform::SecretKey::Random()};
  platform::SystemClock clock_;
  platform::DatabaseConfig config_;
  platform::Pool pool_;
  platform::TimeOrderedIds ids_;
  platform::KeyStore keys_;
  platform::Sealer sealer_;
  aftersales::SqlBatchStore store_;
  std::vector<aftersales::CaseKey> cases_;
  std::string snapshot_;
  std::atomic<std::uint64_t> requests_ = 0;
};

}  // namespace redress::bench
