#pragma once

// Routes of the dispute machine: they choose between the rows of one state and event, exclude each
// other there and together cover every case (see machine/rows.h).

#include <string_view>

#include "workflows/dispute/questions.h"

namespace redress::workflows::dispute {

// After this one is declined there may be another round.
struct IsRoundLeft {
  static constexpr std::string_view kName = "is_round_left";
  template <class Event>
  static bool Holds(const Event&, const DisputeFacts& facts) {
    return facts.progress.rounds_declined + 1 < kMostRounds;
  }
};

// The platform's ruling is what is being, or was, done for the buyer anyway.
struct IsRulingKnown {
  static constexpr std::string_view kName = "is_ruling_known";
  static bool Holds(const PlatformRuledForBuyer& event, const DisputeFacts& facts) {
    const DisputeProgress& progress = facts.progress;
    return progress.verdict != Verdict::kRuledForShop && progress.remedy == RemedyOf(event.amount);
  }
};

// What the linked refund gives is what the buyer is owed.
struct IsRemedyTheRefund {
  static constexpr std::string_view kName = "is_remedy_the_refund";
  template <class Event>
  static bool Holds(const Event&, const DisputeFacts& facts) {
    return facts.progress.remedy.kind == OptionKind::kRefund ||
           facts.progress.remedy.kind == OptionKind::kReplacement;
  }
};

struct IsDenied {
  static constexpr std::string_view kName = "is_denied";
  template <class Event>
  static bool Holds(const Event&, const DisputeFacts& facts) {
    return facts.progress.verdict == Verdict::kRuledForShop;
  }
};

struct IsExecuted {
  static constexpr std::string_view kName = "is_executed";
  template <class Event>
  static bool Holds(const Event&, const DisputeFacts& facts) {
    return facts.progress.executed;
  }
};

}  // namespace redress::workflows::dispute
