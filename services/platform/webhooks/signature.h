#pragma once

// How a receiver knows that a webhook is ours, unaltered and new. The request's header
//
//   Redress-Signature: t=1767225600,v1=5257a8…
//
// has the seconds since 1970 at which it was sent and HMAC-SHA256, in hex, of the bytes
// "<t>.<body>" under the endpoint's secret. A receiver computes the same, compares in constant
// time, and refuses a t that is further than kReplayWindowSeconds from its own clock. While a
// secret is being replaced there are two v1, of which one has to fit. A repeat is signed anew:
// receivers know what they have by the event's id, not by the signature.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace redress::platform {

inline constexpr char kSignatureHeader[] = "Redress-Signature";
inline constexpr std::int64_t kReplayWindowSeconds = 300;

// The header's value, under each of the secrets.
std::string SignatureOf(std::span<const std::string> secrets, std::int64_t sent_at_us,
                        std::string_view body);

}  // namespace redress::platform
