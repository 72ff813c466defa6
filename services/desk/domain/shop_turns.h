#pragma once

// Which shop this process serves next, so that the slow sender of one keeps no other waiting: a few
// messages of each shop in turn, and shops whose sender is slow or silent have threads of their
// own, which share nothing with the others'. Thread-safe.

#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <span>

#include "services/desk/domain/write.h"

namespace redress::desk {

enum class SendingLane : std::uint8_t { kSound, kSlow };

class ShopTurns {
 public:
  // Threads at once for one shop; for a slow one there is one.
  static constexpr std::size_t kMostAtOnce = 2;

  // Whose turn it is among the shops that have something due, in ascending order: the next of the
  // lane behind the last one, in a circle. Every Take that answers needs a Return.
  std::optional<ShopId> Take(SendingLane lane, std::span<const ShopId> due);
  void Return(ShopId shop, bool is_slow);

 private:
  bool MayTake(SendingLane lane, ShopId shop) const;

  std::mutex mutex_;
  std::map<ShopId, std::size_t> at_work_;
  std::set<ShopId> slow_;
  ShopId last_[2] = {};  // by lane
};

}  // namespace redress::desk
