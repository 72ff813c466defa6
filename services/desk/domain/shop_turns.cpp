#include "services/desk/domain/shop_turns.h"

#include <algorithm>
#include <stdexcept>

namespace redress::desk {

bool ShopTurns::MayTake(SendingLane lane, ShopId shop) const {
  const bool is_slow = slow_.contains(shop);
  if (is_slow != (lane == SendingLane::kSlow)) return false;
  const auto found = at_work_.find(shop);
  return found == at_work_.end() || found->second < (is_slow ? 1 : kMostAtOnce);
}

std::optional<ShopId> ShopTurns::Take(SendingLane lane, std::span<const ShopId> due) {
  const std::lock_guard lock(mutex_);
  ShopId& last = last_[lane == SendingLane::kSlow ? 1 : 0];
  const auto may_take = [&](ShopId shop) { return MayTake(lane, shop); };
  const auto behind = std::upper_bound(due.begin(), due.end(), last);
  auto found = std::find_if(behind, due.end(), may_take);
  if (found == due.end()) {
    found = std::find_if(due.begin(), behind, may_take);
    if (found == behind) return std::nullopt;
  }
  last = *found;
  ++at_work_[last];
  return last;
}

void ShopTurns::Return(ShopId shop, bool is_slow) {
  const std::lock_guard lock(mutex_);
  const auto found = at_work_.find(shop);
  if (found == at_work_.end()) throw std::logic_error("a shop came back that was not taken");
  if (--found->second == 0) at_work_.erase(found);
  if (is_slow) {
    slow_.insert(shop);
  } else {
    slow_.erase(shop);
  }
}

}  // namespace redress::desk
