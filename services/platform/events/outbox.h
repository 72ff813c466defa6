#pragma once

// The outbox: what the relay still has to publish. One row per transaction lists the events that
// the transaction committed; the events themselves stay in the service's own history.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "services/platform/database/connection.h"
#include "services/platform/events/event_ref.h"

namespace redress::platform {

inline constexpr std::uint32_t kOutboxShards = 16;

// Call once per transaction, inside it. transaction_id is a fresh id of the service's IdSource: it
// is the row's key and chooses the shard. No refs, no row.
void AppendOutbox(Connection& connection, std::uint64_t transaction_id, std::int64_t recorded_at_us,
                  std::span<const EventRef> refs);

// 16 bytes a ref, little endian: shop, aggregate, sequence.
std::string PackRefs(std::span<const EventRef> refs);
// Throws std::invalid_argument when the bytes are not whole refs.
std::vector<EventRef> UnpackRefs(std::string_view packed);

}  // namespace redress::platform
