#pragma once

// How a review case follows the platform's word on its rating; see platform_follow.h.

#include "services/aftersales/domain/platform_follow.h"
#include "services/aftersales/domain/platform_rating.h"

namespace redress::aftersales {

std::optional<CommandBody> NextMove(const RatingWord& word, const Case& now,
                                    const WasSent& was_sent);
PlatformDifference DifferenceOf(const RatingWord& word, const Case& now);

// Our reply is there, and the case has not come to where it is waited for: it is looked at again.
bool WaitsToReply(const RatingWord& word, const Case& now);

inline constexpr std::string_view kTimeUnknown = "TIME_UNKNOWN";
inline constexpr std::string_view kRatingDiffers = "RATING_DIFFERS";

}  // namespace redress::aftersales
