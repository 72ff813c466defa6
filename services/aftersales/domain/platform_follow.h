#pragma once

// How a refund case follows the platform's word: one ordinary event after another, each decided by
// the case's machine, until none is left to send. Pure, and by the newest word alone, so that it
// comes to the same end whichever of the platform's pushes was heard first.

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "services/aftersales/domain/case.h"
#include "services/aftersales/domain/command.h"
#include "services/aftersales/domain/platform_word.h"

namespace redress::aftersales {

// Whether an event was sent for this word already, or refused: it is not sent again.
using WasSent = std::function<bool(std::string_view event)>;

// The next event, or the move of the armed deadline to the time that the platform names; nothing
// when the case is where the word wants it, or no event leads there.
std::optional<CommandBody> NextMove(const PlatformWord& word, const Case& now,
                                    const WasSent& was_sent, std::int64_t now_us);

// Where the platform and the case differ once it has followed: a stable code and what was found,
// the platform's before the case's. The code is empty where they agree.
struct PlatformDifference {
  std::string code;
  std::string detail;
};
PlatformDifference DifferenceOf(const PlatformWord& word, const Case& now);

// Codes of differences.
inline constexpr std::string_view kOrderUnknown = "ORDER_UNKNOWN";
inline constexpr std::string_view kUnreadable = "UNREADABLE";
inline constexpr std::string_view kStatusUnknown = "STATUS_UNKNOWN";
inline constexpr std::string_view kNothingAsked = "NOTHING_ASKED";
inline constexpr std::string_view kCaseEnded = "CASE_ENDED_OTHERWISE";
inline constexpr std::string_view kStateDiffers = "STATE_DIFFERS";
inline constexpr std::string_view kAmountDiffers = "AMOUNT_DIFFERS";
inline constexpr std::string_view kOperationsDiffer = "OPERATIONS_DIFFER";

}  // namespace redress::aftersales
