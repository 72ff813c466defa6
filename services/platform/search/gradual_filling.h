// Makes rows findable that are older than the table of their words: batch by batch in the order of
// their ids, shop by shop, with the progress in a table (shop_id, after_id, finished_at). May be
// stopped and begun again anywhere, and run in two processes at once.
//
// A process of the previous version may go on writing rows without words for a while after the rest
// was finished. So each process looks once more, when it starts within a day of that, at what has
// come since: the last process to be replaced does so when it comes back.
#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <unordered_set>

#include "services/platform/base/clock.h"
#include "services/platform/base/ids.h"
#include "services/platform/database/pool.h"

namespace redress::platform {

// Thread-safe.
class GradualFilling {
 public:
  struct Statements {
    const char* select;  // after_id, finished_at of a shop
    const char* write;   // shop, after_id, finished_at
  };
  struct Batch {
    std::uint64_t last = 0;  // id; 0 where there was none left
    bool more = false;
  };
  // Makes the shop's next rows behind `after` findable, in the transaction; leaves what is
  // findable.
  using FillBatch = std::function<Batch(Connection&, ShopId, std::uint64_t after)>;

  // Pool and clock outlive it.
  GradualFilling(Pool& pool, const Clock& clock, Statements statements, FillBatch fill)
      : pool_(pool), clock_(clock), statements_(statements), fill_(std::move(fill)) {}

  // One batch of the shop; true when there may be more.
  bool Round(ShopId shop);
  // Whether everything of the shop can be found.
  bool Complete(ShopId shop);

 private:
  struct Progress {
    std::uint64_t after = 0;
    std::int64_t finished_at = 0;
  };
  Progress ReadProgress(Connection& connection, ShopId shop) const;
  bool LookAgain(ShopId shop, const Progress& finished);

  Pool& pool_;
  const Clock& clock_;
  const Statements statements_;
  const FillBatch fill_;
  std::mutex mutex_;
  std::unordered_set<ShopId> complete_;  // never becomes incomplete again
  std::unordered_set<ShopId> looked_again_;
  std::unordered_map<ShopId, std::uint64_t> looking_again_;
};

}  // namespace redress::platform
