#pragma once

// Idempotency of ordinary writes, inside a Transact body. The first statement claims the request
// with an INSERT, which waits for a twin that is still under way; a refused write rolls the claim
// back, so only what was applied is remembered. Request ids that services make for themselves
// (timers, links) have an origin of their own, so that no client can take them.
//
//   const Digest digest = Sha256(what was asked, with the actor);
//   if (auto answer = FindAnswer(db, shop, kClientOrigin, request.request_id(), digest))
//     return Restore(*answer);
//   …
//   RememberAnswer(db, shop, kClientOrigin, request.request_id(), digest, answer, now_us);
//
// An answer is stored in clear: it holds ids and versions, never contact data.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "services/platform/base/ids.h"
#include "services/platform/base/text.h"
#include "services/platform/database/connection.h"

namespace redress::platform {

inline constexpr std::string_view kClientOrigin = "client";
inline constexpr std::string_view kTimerOrigin = "timer";
inline constexpr std::string_view kLinkOrigin = "link";
inline constexpr std::string_view kPlatformOrigin = "platform";
inline constexpr std::string_view kWarehouseOrigin = "warehouse";
inline constexpr std::string_view kServiceOrigin = "service";

// Claims the request: nullopt when it is new. INVALID_ARGUMENT (REQUEST_ID_REUSED) when the id was
// used for something else. Writes outside any shop use ShopId{}.
std::optional<std::string> FindAnswer(Connection& connection, ShopId shop, std::string_view origin,
                                      std::string_view request_id, const Digest& digest);

// What an earlier call of the request was answered, without claiming it; nullopt where none is
// recorded. For writes that read from other services before their transaction: a repeat needs none
// of it. INVALID_ARGUMENT as FindAnswer.
std::optional<std::string> KnownAnswer(Connection& connection, ShopId shop, std::string_view origin,
                                       std::string_view request_id, const Digest& digest);

// Completes a request that FindAnswer claimed in the same transaction.
void RememberAnswer(Connection& connection, ShopId shop, std::string_view origin,
                    std::string_view request_id, const Digest& digest, std::string_view answer,
                    std::int64_t recorded_at);

}  // namespace redress::platform
