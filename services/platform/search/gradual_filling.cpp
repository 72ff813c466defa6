#include "services/platform/search/gradual_filling.h"

#include "services/platform/database/transact.h"

namespace redress::platform {

GradualFilling::Progress GradualFilling::ReadProgress(Connection& connection, ShopId shop) const {
  Result rows = connection.Query(statements_.select, {shop});
  if (!rows.Next()) return {};
  return {rows.Uint64(0), rows.Int64(1)};
}

bool GradualFilling::Complete(ShopId shop) {
  {
    const std::lock_guard lock(mutex_);
    if (complete_.contains(shop)) return true;
  }
  const Progress progress =
      Read(pool_, [&](Connection& connection) { return ReadProgress(connection, shop); });
  if (progress.finished_at == 0) return false;
  const std::lock_guard lock(mutex_);
  complete_.insert(shop);
  return true;
}

bool GradualFilling::Round(ShopId shop) {
  {
    const std::lock_guard lock(mutex_);
    if (looked_again_.contains(shop)) return false;
  }
  Progress finished;
  const bool more = Transact(pool_, [&](Connection& connection) {
    finished = {};
    Progress progress = ReadProgress(connection, shop);
    if (progress.finished_at != 0) {
      finished = progress;
      return false;
    }
    const Batch batch = fill_(connection, shop, progress.after);
    if (batch.last != 0) progress.after = batch.last;
    connection.Execute(statements_.write, {shop, progress.after, batch.more ? 0 : clock_.NowUs()});
    return batch.more;
  });
  if (finished.finished_at != 0) return LookAgain(shop, finished);
  return more;
}

bool GradualFilling::LookAgain(ShopId shop, const Progress& finished) {
  std::uint64_t after = finished.after;
  {
    const std::lock_guard lock(mutex_);
    after = looking_again_.emplace(shop, after).first->second;
  }
  Batch batch;
  if (clock_.NowUs() - finished.finished_at < kDayUs) {
    batch = Transact(pool_, [&](Connection& connection) { return fill_(connection, shop, after); });
  }
  const std::lock_guard lock(mutex_);
  if (batch.more) {
    looking_again_[shop] = batch.last;
    return true;
  }
  looking_again_.erase(shop);
  looked_again_.insert(shop);
  return false;
}

}  // namespace redress::platform
