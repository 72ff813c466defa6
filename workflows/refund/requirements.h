#pragma once

// Requirements of the refund machine: each carries the stable code that a refused caller is told,
// and says what it expected and what it found (see machine/rows.h). Amounts are minor units.

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "workflows/machine/explain.h"
#include "workflows/machine/machine.h"
#include "workflows/refund/questions.h"
#include "workflows/refund/routes.h"

namespace redress::workflows::refund {

struct AmountIsPositive {
  static constexpr std::string_view kName = "amount_is_positive";
  static constexpr std::string_view kCode = "AMOUNT_NOT_POSITIVE";
  template <class Event>
  static bool Holds(const Event& event, const RefundFacts& facts) {
    return AmountOf(event, facts) > 0;
  }
  template <class Event>
  static Refusal Explain(const Event& event, const RefundFacts& facts) {
    return Wanted("amount above 0", std::to_string(AmountOf(event, facts)));
  }
};

struct AmountIsAsked {
  static constexpr std::string_view kName = "amount_is_asked";
  static constexpr std::string_view kCode = "ABOVE_AMOUNT_ASKED";
  template <class Event>
  static bool Holds(const Event& event, const RefundFacts& facts) {
    return AmountOf(event, facts) <= facts.progress.amount_asked;
  }
  template <class Event>
  static Refusal Explain(const Event& event, const RefundFacts& facts) {
    return AtMost(facts.progress.amount_asked, "what the buyer asked", AmountOf(event, facts));
  }
};

struct AmountFitsLine {
  static constexpr std::string_view kName = "amount_fits_line";
  static constexpr std::string_view kCode = "ABOVE_LINE_CEILING";
  template <class Event>
  static bool Holds(const Event& event, const RefundFacts& facts) {
    return AmountOf(event, facts) <= facts.line.Remaining();
  }
  template <class Event>
  static Refusal Explain(const Event& event, const RefundFacts& facts) {
    const Line& line = facts.line;
    return AtMost(line.Remaining(),
                  "left of " + std::to_string(line.ceiling) + " paid for the line, " +
                      std::to_string(line.reserved) + " reserved, " + std::to_string(line.settled) +
                      " settled",
                  AmountOf(event, facts));
  }
};

struct AmountIsWithinLimit {
  static constexpr std::string_view kName = "amount_is_within_limit";
  static constexpr std::string_view kCode = "AMOUNT_ABOVE_LIMIT";
  template <class Event>
  static bool Holds(const Event& event, const RefundFacts& facts) {
    return !IsAboveLimit(AmountOf(event, facts), facts.actor);
  }
  template <class Event>
  static Refusal Explain(const Event& event, const RefundFacts& facts) {
    return AtMost(facts.actor.amount_limit, "the caller's limit", AmountOf(event, facts));
  }
};

// What the inspection found may be paid by any agent; more is a new decision about money.
struct AmountIsOfferedOrWithinLimit {
  static constexpr std::string_view kName = "amount_is_offered_or_within_limit";
  static constexpr std::string_view kCode = "AMOUNT_ABOVE_LIMIT";
  static bool Holds(const AcceptPartialOffer& event, const RefundFacts& facts) {
    return event.amount <= facts.progress.offered_amount ||
           !IsAboveLimit(event.amount, facts.actor);
  }
  static Refusal Explain(const AcceptPartialOffer& event, const RefundFacts& facts) {
    return AtMost(std::max(facts.progress.offered_amount, facts.actor.amount_limit),
                  "the inspection's offer or the caller's limit", event.amount);
  }
};

struct AmountIsApproved {
  static constexpr std::string_view kName = "amount_is_approved";
  static constexpr std::string_view kCode = "ABOVE_APPROVED_AMOUNT";
  template <class Event>
  static bool Holds(const Event& event, const RefundFacts& facts) {
    return AmountOf(event, facts) <= facts.progress.approved_amount;
  }
  template <class Event>
  static Refusal Explain(const Event& event, const RefundFacts& facts) {
    return AtMost(facts.progress.approved_amount, "what was approved", AmountOf(event, facts));
  }
};

struct AmountIsInPart {
  static constexpr std::string_view kName = "amount_is_in_part";
  static constexpr std::string_view kCode = "NOT_IN_PART";
  template <class Event>
  static bool Holds(const Event& event, const RefundFacts& facts) {
    return AmountOf(event, facts) < facts.progress.approved_amount;
  }
  template <class Event>
  static Refusal Explain(const Event& event, const RefundFacts& facts) {
    return Wanted("amount below " + std::to_string(facts.progress.approved_amount) +
                      " (what was approved); all of it is pass_inspection",
                  std::to_string(AmountOf(event, facts)));
  }
};

struct QuantityIsBought {
  static constexpr std::string_view kName = "quantity_is_bought";
  static constexpr std::string_view kCode = "QUANTITY_OUT_OF_RANGE";
  static bool Holds(const ReviseRequest& event, const RefundFacts& facts) {
    return event.quantity >= 1 && event.quantity <= facts.line.quantity;
  }
  static Refusal Explain(const ReviseRequest& event, const RefundFacts& facts) {
    return Wanted("quantity from 1 to " + std::to_string(facts.line.quantity),
                  std::to_string(event.quantity));
  }
};

struct VariantFitsLine {
  static constexpr std::string_view kName = "variant_fits_line";
  static constexpr std::string_view kCode = "VARIANT_NOT_FOR_LINE";
  static bool Holds(const ReviseRequest& event, const RefundFacts& facts) {
    return IsSupported(event.variant) && FitsLine(event.variant, facts.line);
  }
  static Refusal Explain(const ReviseRequest& event, const RefundFacts& facts) {
    return Wanted(facts.line.postage ? "postage, on the order's postage line"
                                     : "any variant but postage, on a line of goods",
                  "variant " + std::to_string(static_cast<int>(event.variant)));
  }
};

// Only an exchange or a reship can be ruled to end with other goods.
struct VariantIsReplacement {
  static constexpr std::string_view kName = "variant_is_replacement";
  static constexpr std::string_view kCode = "NOT_A_REPLACEMENT";
  template <class Event>
  static bool Holds(const Event&, const RefundFacts& facts) {
    return AsksForReplacement(facts.progress.variant);
  }
  template <class Event>
  static Refusal Explain(const Event&, const RefundFacts&) {
    return Wanted("an exchange or a reship", "a case about money");
  }
};

// Four eyes: whoever approved first does not approve again.
struct ApproverIsAnother {
  static constexpr std::string_view kName = "approver_is_another";
  static constexpr std::string_view kCode = "FOUR_EYES";
  template <class Event>
  static bool Holds(const Event&, const RefundFacts& facts) {
    return facts.actor.account_id != facts.progress.proposed_by;
  }
  template <class Event>
  static Refusal Explain(const Event&, const RefundFacts& facts) {
    return Wanted("a supervisor other than the one who approved first",
                  "account " + std::to_string(facts.actor.account_id));
  }
};

struct ApproverSupervises {
  static constexpr std::string_view kName = "approver_supervises";
  static constexpr std::string_view kCode = "SUPERVISOR_REQUIRED";
  template <class Event>
  static bool Holds(const Event&, const RefundFacts& facts) {
    return IsPersonSupervising(facts.actor);
  }
  template <class Event>
  static Refusal Explain(const Event&, const RefundFacts&) {
    return Wanted("a supervisor", "a caller who is none");
  }
};

// A ruling comes from the platform, from the linked dispute, or from a supervisor.
struct RulerIsEntitled {
  static constexpr std::string_view kName = "ruler_is_entitled";
  static constexpr std::string_view kCode = "SUPERVISOR_REQUIRED";
  template <class Event>
  static bool Holds(const Event&, const RefundFacts& facts) {
    return facts.actor.kind == ActorKind::kPlatform || facts.actor.kind == ActorKind::kLink ||
           IsPersonSupervising(facts.actor);
  }
  template <class Event>
  static Refusal Explain(const Event&, const RefundFacts&) {
    return Wanted("a supervisor, the platform or the linked dispute", "a caller who is none");
  }
};

struct IsNotSettled {
  static constexpr std::string_view kName = "is_not_settled";
  static constexpr std::string_view kCode = "ALREADY_SETTLED";
  template <class Event>
  static bool Holds(const Event&, const RefundFacts& facts) {
    return facts.progress.settled_by == SettledBy::kNobody;
  }
  template <class Event>
  static Refusal Explain(const Event&, const RefundFacts& facts) {
    return Wanted("a case that was not settled",
                  std::to_string(facts.progress.settled_amount) + " settled");
  }
};

struct OutcomeIsKnown {
  static constexpr std::string_view kName = "outcome_is_known";
  static constexpr std::string_view kCode = "RECONCILE_FIRST";
  template <class Event>
  static bool Holds(const Event&, const RefundFacts& facts) {
    return !facts.progress.settlement_unknown;
  }
  template <class Event>
  static Refusal Explain(const Event&, const RefundFacts&) {
    return Wanted("reconcile_settlement first", "a payment of unknown outcome");
  }
};

struct OutcomeIsUnknown {
  static constexpr std::string_view kName = "outcome_is_unknown";
  static constexpr std::string_view kCode = "NOTHING_TO_RECONCILE";
  template <class Event>
  static bool Holds(const Event&, const RefundFacts& facts) {
    return facts.progress.settlement_unknown;
  }
  template <class Event>
  static Refusal Explain(const Event&, const RefundFacts&) {
    return Wanted("a payment of unknown outcome", "a payment whose outcome is not in question");
  }
};

struct AttemptsAreUsedUp {
  static constexpr std::string_view kName = "attempts_are_used_up";
  static constexpr std::string_view kCode = "SETTLEMENT_RUNNING";
  template <class Event>
  static bool Holds(const Event&, const RefundFacts& facts) {
    return facts.progress.failed_attempts >= facts.settlement_attempts;
  }
  template <class Event>
  static Refusal Explain(const Event&, const RefundFacts& facts) {
    return Wanted(std::to_string(facts.settlement_attempts) + " failed attempts",
                  std::to_string(facts.progress.failed_attempts));
  }
};

struct GoodsAreOnTheWay {
  static constexpr std::string_view kName = "goods_are_on_the_way";
  static constexpr std::string_view kCode = "GOODS_NOT_EXPECTED";
  template <class Event>
  static bool Holds(const Event&, const RefundFacts& facts) {
    return facts.progress.goods == GoodsPlace::kOnTheWay;
  }
  template <class Event>
  static Refusal Explain(const Event&, const RefundFacts& facts) {
    return Wanted("goods on the way to us", facts.progress.goods == GoodsPlace::kWithUs
                                                ? "goods that are here already"
                                                : "goods that were not sent");
  }
};

inline std::string_view WordsFor(Replacement progress) {
  switch (progress) {
    case Replacement::kNone:
      return "none";
    case Replacement::kOrdered:
      return "one that has not left";
    case Replacement::kShipped:
      return "one under way";
    case Replacement::kSigned:
      return "one that the buyer has";
    case Replacement::kCalledBack:
      return "one that was called back";
  }
  return "";
}

// Money and goods never both go out: what has left can no longer become a refund.
struct ReplacementHasNotLeft {
  static constexpr std::string_view kName = "replacement_has_not_left";
  static constexpr std::string_view kCode = "REPLACEMENT_SHIPPED";
  template <class Event>
  static bool Holds(const Event&, const RefundFacts& facts) {
    return !HasReplacementLeft(facts.progress);
  }
  template <class Event>
  static Refusal Explain(const Event&, const RefundFacts& facts) {
    return Wanted("no replacement that has left",
                  std::string(WordsFor(facts.progress.replacement)));
  }
};

struct ReplacementIsUnderWay {
  static constexpr std::string_view kName = "replacement_is_under_way";
  static constexpr std::string_view kCode = "REPLACEMENT_NOT_SHIPPED";
  template <class Event>
  static bool Holds(const Event&, const RefundFacts& facts) {
    return facts.progress.replacement == Replacement::kShipped;
  }
  template <class Event>
  static Refusal Explain(const Event&, const RefundFacts& facts) {
    return Wanted("a replacement under way", std::string(WordsFor(facts.progress.replacement)));
  }
};

struct ConversionIsProposed {
  static constexpr std::string_view kName = "conversion_is_proposed";
  static constexpr std::string_view kCode = "NOTHING_PROPOSED";
  template <class Event>
  static bool Holds(const Event&, const RefundFacts& facts) {
    return facts.progress.proposed_amount > 0;
  }
  template <class Event>
  static Refusal Explain(const Event&, const RefundFacts&) {
    return Wanted("a refund that somebody proposed by convert_to_refund", "none");
  }
};

struct ParcelIsToBeStopped {
  static constexpr std::string_view kName = "parcel_is_to_be_stopped";
  static constexpr std::string_view kCode = "NOTHING_TO_INTERCEPT";
  template <class Event>
  static bool Holds(const Event&, const RefundFacts& facts) {
    return IsParcelToBeStopped(facts, facts.line.Remaining());
  }
  template <class Event>
  static Refusal Explain(const Event&, const RefundFacts& facts) {
    return Wanted("a shipped order line whose whole amount was given back by a refund only",
                  facts.progress.interception == Interception::kNone
                      ? "another"
                      : "one whose parcel was to be stopped already");
  }
};

struct InterceptionIsAsked {
  static constexpr std::string_view kName = "interception_is_asked";
  static constexpr std::string_view kCode = "NO_INTERCEPTION";
  template <class Event>
  static bool Holds(const Event&, const RefundFacts& facts) {
    return facts.progress.interception == Interception::kAsked;
  }
  template <class Event>
  static Refusal Explain(const Event&, const RefundFacts&) {
    return Wanted("a parcel that the warehouse was asked to stop", "none");
  }
};

// One dispute decides about a case: a later one has nothing to decide.
struct IsUndisputed {
  static constexpr std::string_view kName = "is_undisputed";
  static constexpr std::string_view kCode = "DISPUTED_ALREADY";
  static bool Holds(const EscalateToPlatform&, const RefundFacts& facts) {
    return facts.progress.dispute == 0;
  }
  static bool Holds(const JoinDispute& event, const RefundFacts& facts) {
    return facts.progress.dispute == 0 || facts.progress.dispute == event.dispute;
  }
  template <class Event>
  static Refusal Explain(const Event&, const RefundFacts& facts) {
    return Wanted("a case without a dispute",
                  "the dispute " + std::to_string(facts.progress.dispute));
  }
};

struct ReturnIsMissing {
  static constexpr std::string_view kName = "return_is_missing";
  static constexpr std::string_view kCode = "NO_RETURN_EXPECTED";
  template <class Event>
  static bool Holds(const Event& event, const RefundFacts& facts) {
    return IsReturnMissing::Holds(event, facts);
  }
  template <class Event>
  static Refusal Explain(const Event&, const RefundFacts& facts) {
    return Wanted("a return whose goods the buyer still has", AsksForReturn(facts.progress.variant)
                                                                  ? "goods already sent"
                                                                  : "a case without a return");
  }
};

}  // namespace redress::workflows::refund
