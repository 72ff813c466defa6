#include "services/platform/events/relay_shards.h"

#include <utility>

#include "services/platform/events/event_sql.h"
#include "services/platform/telemetry/log.h"

namespace redress::platform {

RelayShards::RelayShards(Pool& pool, std::string owner, std::int64_t lease_us)
    : pool_(pool), owner_(std::move(owner)), lease_us_(lease_us) {}

void RelayShards::Refresh(std::int64_t now_us) {
  Pool::Lease connection = pool_.Acquire();
  // Statements outside a transaction commit by themselves: no lock outlives its statement.
  if (!rows_made_) {
    for (std::uint32_t shard = 0; shard < kOutboxShards; ++shard) {
      connection->Execute(kAddLease, {shard});
    }
    rows_made_ = true;
  }
  std::vector<std::uint32_t> held;
  for (std::uint32_t shard = 0; shard < kOutboxShards; ++shard) {
    if (connection->Execute(kTakeLease, {owner_, now_us + lease_us_, shard, owner_, now_us}) > 0) {
      held.push_back(shard);
    }
  }
  if (held.size() != held_.size()) {
    LogInfo("the relay's shards changed", {{"shards", held.size()}, {"owner", owner_}});
  }
  held_ = std::move(held);
}

void RelayShards::GiveBack() {
  if (held_.empty()) return;
  Pool::Lease connection = pool_.Acquire();
  for (const std::uint32_t shard : held_) connection->Execute(kGiveLeaseBack, {shard, owner_});
  held_.clear();
}

}  // namespace redress::platform
