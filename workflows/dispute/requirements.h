#pragma once

// Requirements of the dispute machine: each carries the stable code that a refused caller is told,
// and says what it expected and what it found (see machine/rows.h). Amounts are minor units.

#include <cstdint>
#include <string>
#include <string_view>

#include "workflows/dispute/questions.h"
#include "workflows/machine/explain.h"
#include "workflows/machine/machine.h"

namespace redress::workflows::dispute {

struct EvidenceIsThere {
  static constexpr std::string_view kName = "evidence_is_there";
  static constexpr std::string_view kCode = "EVIDENCE_MISSING";
  template <class Event>
  static bool Holds(const Event&, const DisputeFacts& facts) {
    return facts.progress.evidence > 0;
  }
  template <class Event>
  static Refusal Explain(const Event&, const DisputeFacts&) {
    return Wanted("at least one piece of evidence; add_evidence first", "none");
  }
};

struct OptionsAreFew {
  static constexpr std::string_view kName = "options_are_few";
  static constexpr std::string_view kCode = "OPTIONS_OUT_OF_RANGE";
  static bool Holds(const ProposeOptions& event, const DisputeFacts&) {
    return event.options.Count() >= kFewestOptions && event.options.Count() <= kMostOptions;
  }
  static Refusal Explain(const ProposeOptions& event, const DisputeFacts&) {
    return Wanted("two or three options", std::to_string(event.options.Count()));
  }
};

struct OptionIsOffered {
  static constexpr std::string_view kName = "option_is_offered";
  static constexpr std::string_view kCode = "OPTION_NOT_OFFERED";
  static bool Holds(const AcceptOption& event, const DisputeFacts& facts) {
    return IsOffered(event.option, facts.progress.options);
  }
  static Refusal Explain(const AcceptOption&, const DisputeFacts& facts) {
    return Wanted("one of the " + std::to_string(facts.progress.options.Count()) +
                      " options that the buyer was shown",
                  "another one");
  }
};

// One step has one thing to tell: the end of a dispute about a refund is that refund's, and a
// dispute tells one review.
struct ReviewCanBeTold {
  static constexpr std::string_view kName = "review_can_be_told";
  static constexpr std::string_view kCode = "NOT_TO_BE_JOINED";
  static bool Holds(const JoinReview&, const DisputeFacts& facts) {
    return facts.progress.review == 0 && facts.progress.channel != Channel::kEscalatedRefund;
  }
  static Refusal Explain(const JoinReview&, const DisputeFacts& facts) {
    return Wanted("a dispute that decides about no refund and that no other review waits for",
                  facts.progress.review != 0 ? "one that another review waits for"
                                             : "one that an escalated refund waits for");
  }
};

// A ruling of ours is a supervisor's; the platform has events of its own.
struct RulerIsEntitled {
  static constexpr std::string_view kName = "ruler_is_entitled";
  static constexpr std::string_view kCode = "SUPERVISOR_REQUIRED";
  template <class Event>
  static bool Holds(const Event&, const DisputeFacts& facts) {
    return IsPersonSupervising(facts.actor);
  }
  template <class Event>
  static Refusal Explain(const Event&, const DisputeFacts&) {
    return Wanted("a supervisor", "a caller who is none");
  }
};

struct AmountIsNotNegative {
  static constexpr std::string_view kName = "amount_is_not_negative";
  static constexpr std::string_view kCode = "AMOUNT_NEGATIVE";
  template <class Event>
  static bool Holds(const Event& event, const DisputeFacts&) {
    return LeastAmount(event) >= 0;
  }
  template <class Event>
  static Refusal Explain(const Event& event, const DisputeFacts&) {
    return Wanted("amounts of 0 or more", std::to_string(LeastAmount(event)));
  }
};

struct AmountIsWithinLimit {
  static constexpr std::string_view kName = "amount_is_within_limit";
  static constexpr std::string_view kCode = "AMOUNT_ABOVE_LIMIT";
  template <class Event>
  static bool Holds(const Event& event, const DisputeFacts& facts) {
    return !IsAboveLimit(LargestAmount(event), facts.actor);
  }
  template <class Event>
  static Refusal Explain(const Event& event, const DisputeFacts& facts) {
    return AtMost(facts.actor.amount_limit, "the caller's limit", LargestAmount(event));
  }
};

struct RootCauseIsListed {
  static constexpr std::string_view kName = "root_cause_is_listed";
  static constexpr std::string_view kCode = "ROOT_CAUSE_NOT_LISTED";
  static bool Holds(const Resolve& event, const DisputeFacts& facts) {
    return !event.root_cause.empty() && facts.root_cause_is_listed;
  }
  static Refusal Explain(const Resolve& event, const DisputeFacts&) {
    return Wanted("a root cause of the shop's list",
                  event.root_cause.empty() ? "none" : event.root_cause);
  }
};

struct MeasureIsGiven {
  static constexpr std::string_view kName = "measure_is_given";
  static constexpr std::string_view kCode = "MEASURE_MISSING";
  static bool Holds(const Resolve& event, const DisputeFacts&) { return !event.measure.empty(); }
  static Refusal Explain(const Resolve&, const DisputeFacts&) {
    return Wanted("what is done so that it does not happen again", "nothing");
  }
};

}  // namespace redress::workflows::dispute
