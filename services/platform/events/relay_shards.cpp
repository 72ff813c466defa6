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
  connection->Execute(kTakeLeases, {owner_, now_us + lease_us_, owner_, now_us});
  std::vector<std::uint32_t> held;
  Result rows = connection->Query(kHeldLeases, {owner_});
  while (rows.Next()) held.push_back(static_cast<std::uint32_t>(rows.Uint64(0)));
  if (held.size() != held_.size()) {
    LogInfo("the relay's shards changed", {{"shards", held.size()}, {"owner", owner_}});
  }
  held_ = std::move(held);
}

void RelayShards::GiveBack() {
  if (held_.empty()) return;
  Pool::Lease connection = pool_.Acquire();
  connection->Execute(kGiveLeasesBack, {owner_});
  held_.clear();
}

}  // namespace redress::platform
