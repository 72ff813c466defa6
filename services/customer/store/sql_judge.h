#pragma once

// Judges the people who are due (see due_customers.h), shop by shop and batch by batch.
//
// A batch is one transaction: it takes due rows of one shop (rows that somebody else holds are left
// to that one), holds the customers so that nobody merges them meanwhile, reads what is known,
// judges, writes what changed and takes the due rows away or puts the moment at which dates change
// the judgement by themselves. Killed before its commit it has done nothing, and the rows are due.
// Whoever changes a fact puts a due row in the same transaction, which waits for a batch that holds
// it: so a judgement that did not see the fact is always followed by one that does.

#include <functional>
#include <map>
#include <memory>
#include <mutex>

#include "services/customer/domain/customer_facts.h"
#include "services/customer/domain/judge.h"
#include "services/platform/base/clock.h"
#include "services/platform/base/ids.h"
#include "services/platform/database/pool.h"
#include "services/platform/sealing/sealer.h"

namespace redress::customer {

class SqlJudge {
 public:
  struct Uses {
    platform::Pool& pool;
    platform::IdSource& ids;
    platform::Clock& clock;
    platform::Sealer& sealer;
    CustomerFactsReader& facts;
    std::function<std::shared_ptr<const platform::TimeZone>(ShopId)> zone_of;
    // A shop whose people could not be judged keeps no other shop waiting.
    std::function<void(ShopId, const std::exception&)> on_failure;
  };
  explicit SqlJudge(Uses uses) : uses_(std::move(uses)) {}

  static constexpr std::size_t kBatch = 128;
  static constexpr std::size_t kSweepStep = 1000;

  // One batch of each shop that has definitions; whether there is more to do at once.
  bool Round();
  // One batch; how many people it judged or put right.
  std::size_t JudgeBatch(ShopId shop);
  // After a change of definitions makes the next customers due; false when there are none left.
  bool Sweep(ShopId shop);

 private:
  std::shared_ptr<const Definitions> DefinitionsOf(platform::Connection& db, ShopId shop);
  bool JudgeShop(ShopId shop);

  const Uses uses_;
  std::mutex mutex_;
  std::map<ShopId, std::shared_ptr<const Definitions>> known_;  // bounded; by version
};

}  // namespace redress::customer
