#pragma once

// Requirements of the review machine: each carries the stable code that a refused caller is told,
// and says what it expected and what it found (see machine/rows.h). Amounts are minor units.

#include <cstdint>
#include <string>
#include <string_view>

#include "workflows/machine/explain.h"
#include "workflows/machine/machine.h"
#include "workflows/review/questions.h"

namespace redress::workflows::review {

struct ContactIsAllowed {
  static constexpr std::string_view kName = "contact_is_allowed";
  static constexpr std::string_view kCode = "DO_NOT_CONTACT";
  template <class Event>
  static bool Holds(const Event&, const ReviewFacts& facts) {
    return !IsContactRefused(facts);
  }
  template <class Event>
  static Refusal Explain(const Event&, const ReviewFacts&) {
    return Wanted("a buyer who may be contacted", "one who asked not to be");
  }
};

// Who was reached once, judged malicious and genuine again may have had all attempts.
struct AttemptIsLeft {
  static constexpr std::string_view kName = "attempt_is_left";
  static constexpr std::string_view kCode = "ATTEMPTS_SPENT";
  static bool Holds(const RecordAttempt&, const ReviewFacts& facts) {
    return facts.progress.attempts.Sum() < kMostAttempts;
  }
  static Refusal Explain(const RecordAttempt&, const ReviewFacts&) {
    return Wanted("at most " + std::to_string(kMostAttempts) + " attempts", "one more");
  }
};

struct PartOfDayIsNew {
  static constexpr std::string_view kName = "part_of_day_is_new";
  static constexpr std::string_view kCode = "SAME_TIME_OF_DAY";
  static bool Holds(const RecordAttempt&, const ReviewFacts& facts) {
    return (facts.progress.parts_of_day & Bit(facts.part_of_day)) == 0;
  }
  static Refusal Explain(const RecordAttempt&, const ReviewFacts& facts) {
    const bool morning = facts.part_of_day == PartOfDay::kMorning;
    const bool evening = facts.part_of_day == PartOfDay::kEvening;
    return Wanted(
        "an attempt at another time of day: each falls into another of morning, "
        "afternoon and evening",
        std::string("a second one in the ") + (morning   ? "morning"
                                               : evening ? "evening"
                                                         : "afternoon"));
  }
};

// Only an attempt that would be one too many; how many there may be is the shop's setting.
struct ChannelIsWithinLimit {
  static constexpr std::string_view kName = "channel_is_within_limit";
  static constexpr std::string_view kCode = "CHANNEL_SPENT";
  static bool Holds(const RecordAttempt& event, const ReviewFacts& facts) {
    return NumberOf(event.channel, facts.progress.attempts) <
           NumberOf(event.channel, facts.channel_limits);
  }
  static Refusal Explain(const RecordAttempt& event, const ReviewFacts& facts) {
    return Wanted("at most " + std::to_string(NumberOf(event.channel, facts.channel_limits)) +
                      " attempts by this channel; take another one",
                  "one more");
  }
};

// The money is for the fault. Whoever ties it to the review buys reviews.
struct OfferIsUnconditional {
  static constexpr std::string_view kName = "offer_is_unconditional";
  static constexpr std::string_view kCode = "OFFER_CONDITIONAL";
  static bool Holds(const MakeOffer& event, const ReviewFacts&) { return event.unconditional; }
  static Refusal Explain(const MakeOffer&, const ReviewFacts&) {
    return Wanted("an offer whose text says that it is for the fault and asks nothing in return",
                  "none of that said");
  }
};

struct OfferIsWhole {
  static constexpr std::string_view kName = "offer_is_whole";
  static constexpr std::string_view kCode = "OFFER_INCOMPLETE";
  static bool Holds(const MakeOffer& event, const ReviewFacts&) {
    if (event.offer.kind == OfferKind::kCompensation) return event.offer.amount > 0;
    return event.offer.kind != OfferKind::kNone && event.offer.amount == 0;
  }
  static Refusal Explain(const MakeOffer& event, const ReviewFacts&) {
    return Wanted("a compensation with an amount above 0, or another offer without one",
                  event.offer.kind == OfferKind::kNone
                      ? "no offer"
                      : "an amount of " + std::to_string(event.offer.amount));
  }
};

struct AmountIsWithinLimit {
  static constexpr std::string_view kName = "amount_is_within_limit";
  static constexpr std::string_view kCode = "AMOUNT_ABOVE_LIMIT";
  static bool Holds(const MakeOffer& event, const ReviewFacts& facts) {
    return !IsAboveLimit(event.offer.amount, facts.actor);
  }
  static Refusal Explain(const MakeOffer& event, const ReviewFacts& facts) {
    return AtMost(facts.actor.amount_limit, "the caller's limit", event.offer.amount);
  }
};

// Where no buyer revises there is nothing to wait for: the talk ends in a public reply.
struct RevisionIsPossible {
  static constexpr std::string_view kName = "revision_is_possible";
  static constexpr std::string_view kCode = "REVISION_NOT_POSSIBLE";
  static bool Holds(const MakeOffer&, const ReviewFacts& facts) {
    return MayRevise(facts.progress);
  }
  static Refusal Explain(const MakeOffer&, const ReviewFacts& facts) {
    return Wanted("a review that the buyer can still revise; conclude the talk and reply in public",
                  facts.progress.revision_spent ? "the one revision is spent"
                                                : "the platform lets no buyer revise");
  }
};

struct EvidenceIsThere {
  static constexpr std::string_view kName = "evidence_is_there";
  static constexpr std::string_view kCode = "EVIDENCE_MISSING";
  static bool Holds(const FileReport&, const ReviewFacts& facts) {
    return facts.progress.evidence > 0;
  }
  static Refusal Explain(const FileReport&, const ReviewFacts&) {
    return Wanted("at least one piece of evidence; add_evidence first", "none");
  }
};

// A dispute that waits for nobody but a refund, or tells another review how it ends, decides about
// the line without this one.
struct LineIsUndisputed {
  static constexpr std::string_view kName = "line_is_undisputed";
  static constexpr std::string_view kCode = "DISPUTE_UNDER_WAY";
  static bool Holds(const RevealFault&, const ReviewFacts& facts) { return !facts.is_disputed; }
  static Refusal Explain(const RevealFault&, const ReviewFacts&) {
    return Wanted(
        "a line without a dispute, or with one that the review can join; go on with the "
        "review by itself",
        "a dispute that decides about a refund or that another review waits for");
  }
};

// What takes a case out of the figures, or ends it without a word, is a supervisor's.
struct ActorSupervises {
  static constexpr std::string_view kName = "actor_supervises";
  static constexpr std::string_view kCode = "SUPERVISOR_REQUIRED";
  template <class Event>
  static bool Holds(const Event&, const ReviewFacts& facts) {
    return IsPersonSupervising(facts.actor);
  }
  template <class Event>
  static Refusal Explain(const Event&, const ReviewFacts&) {
    return Wanted("a supervisor", "a caller who is none");
  }
};

}  // namespace redress::workflows::review
