#pragma once

// The shards of the outbox that this process holds. Each is a lease row; one UPDATE renews those
// that are held and takes those that are free. A shard whose holder died is free once the lease has
// run out.
// Internal to the relay; used by one thread.

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "services/platform/database/pool.h"
#include "services/platform/events/outbox.h"

namespace redress::platform {

class RelayShards {
 public:
  RelayShards(Pool& pool, std::string owner, std::int64_t lease_us);

  // Renews what is held and takes what is free.
  void Refresh(std::int64_t now_us);
  void GiveBack();
  const std::vector<std::uint32_t>& held() const { return held_; }

 private:
  Pool& pool_;
  const std::string owner_;
  const std::int64_t lease_us_;
  bool rows_made_ = false;
  std::vector<std::uint32_t> held_;
};

}  // namespace redress::platform
