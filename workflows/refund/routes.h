#pragma once

// Routes of the refund machine: they choose between the rows of one state and event, exclude each
// other there and together cover every case (see machine/rows.h).

#include <string_view>

#include "workflows/refund/questions.h"

namespace redress::workflows::refund {

// Return and refund, or exchange: the goods come back before anything is given for them.
struct IsReturnAsked {
  static constexpr std::string_view kName = "is_return_asked";
  template <class Event>
  static bool Holds(const Event&, const RefundFacts& facts) {
    return AsksForReturn(facts.progress.variant);
  }
};

// Exchange or reship.
struct IsReplacementAsked {
  static constexpr std::string_view kName = "is_replacement_asked";
  template <class Event>
  static bool Holds(const Event&, const RefundFacts& facts) {
    return AsksForReplacement(facts.progress.variant);
  }
};

// Above the actor's limit, or a category that only a supervisor may take back.
struct IsForSecondPerson {
  static constexpr std::string_view kName = "is_for_second_person";
  template <class Event>
  static bool Holds(const Event& event, const RefundFacts& facts) {
    return IsAboveLimit(AmountOf(event, facts), facts.actor) ||
           (facts.non_returnable && IsBoundByLimit(facts.actor) &&
            !IsPersonSupervising(facts.actor));
  }
};

struct IsDecidedByTimer {
  static constexpr std::string_view kName = "is_decided_by_timer";
  template <class Event>
  static bool Holds(const Event&, const RefundFacts& facts) {
    return TimerDecides(facts);
  }
};

// Silence grants what the buyer asked, unless the line cannot pay it or only a supervisor may.
struct IsApprovedByTimer {
  static constexpr std::string_view kName = "is_approved_by_timer";
  static bool Holds(const DeadlineReached&, const RefundFacts& facts) {
    return TimerDecides(facts) && !facts.non_returnable &&
           facts.progress.amount_asked <= facts.line.Remaining();
  }
};

struct IsSettledByTimer {
  static constexpr std::string_view kName = "is_settled_by_timer";
  static bool Holds(const DeadlineReached&, const RefundFacts& facts) {
    return TimerDecides(facts) && facts.progress.approved_amount <= facts.line.Remaining();
  }
};

// A warehouse's report is never refused for want of money: it is what happened to the goods.
struct IsApprovedAmountLeft {
  static constexpr std::string_view kName = "is_approved_amount_left";
  template <class Event>
  static bool Holds(const Event&, const RefundFacts& facts) {
    return facts.progress.approved_amount <= facts.line.Remaining();
  }
};

struct AreGoodsForUs {
  static constexpr std::string_view kName = "are_goods_for_us";
  template <class Event>
  static bool Holds(const Event&, const RefundFacts& facts) {
    return AreGoodsOwed(facts.progress);
  }
};

// The goods are to come back, and the buyer still has them.
struct IsReturnMissing {
  static constexpr std::string_view kName = "is_return_missing";
  template <class Event>
  static bool Holds(const Event&, const RefundFacts& facts) {
    return AsksForReturn(facts.progress.variant) && !AreGoodsOffTheBuyersHands(facts.progress);
  }
};

struct IsReplacementUnderWay {
  static constexpr std::string_view kName = "is_replacement_under_way";
  template <class Event>
  static bool Holds(const Event&, const RefundFacts& facts) {
    return facts.progress.replacement == Replacement::kShipped;
  }
};

struct IsReplacementReceived {
  static constexpr std::string_view kName = "is_replacement_received";
  template <class Event>
  static bool Holds(const Event&, const RefundFacts& facts) {
    return facts.progress.replacement == Replacement::kSigned;
  }
};

struct IsReplacementRuled {
  static constexpr std::string_view kName = "is_replacement_ruled";
  static bool Holds(const RuleForBuyer& event, const RefundFacts&) {
    return event.remedy == Remedy::kReplacement;
  }
};

struct IsFinalFailure {
  static constexpr std::string_view kName = "is_final_failure";
  static bool Holds(const RecordSettlementFailed& event, const RefundFacts&) { return event.final; }
};

struct IsPaid {
  static constexpr std::string_view kName = "is_paid";
  static bool Holds(const ReconcileSettlement& event, const RefundFacts&) { return event.paid; }
};

struct IsAttemptLeft {
  static constexpr std::string_view kName = "is_attempt_left";
  template <class Event>
  static bool Holds(const Event&, const RefundFacts& facts) {
    return facts.progress.failed_attempts + 1 < facts.settlement_attempts;
  }
};

struct IsClosedByPlatform {
  static constexpr std::string_view kName = "is_closed_by_platform";
  template <class Event>
  static bool Holds(const Event&, const RefundFacts& facts) {
    return facts.progress.platform_closed;
  }
};

struct IsWithdrawnAfterwards {
  static constexpr std::string_view kName = "is_withdrawn_afterwards";
  template <class Event>
  static bool Holds(const Event&, const RefundFacts& facts) {
    return facts.progress.ending == Ending::kWithdrawn;
  }
};

// The buyer has a replacement and no money.
struct IsReplacedOnly {
  static constexpr std::string_view kName = "is_replaced_only";
  template <class Event>
  static bool Holds(const Event&, const RefundFacts& facts) {
    return facts.progress.settled_by == SettledBy::kNobody;
  }
};

// A dispute has decided about the case, or is to.
struct IsDisputed {
  static constexpr std::string_view kName = "is_disputed";
  template <class Event>
  static bool Holds(const Event&, const RefundFacts& facts) {
    return facts.progress.dispute != 0;
  }
};

// The platform's success confirms the payment that we know of.
struct IsPaymentKnown {
  static constexpr std::string_view kName = "is_payment_known";
  static bool Holds(const PlatformSucceeded& event, const RefundFacts& facts) {
    return event.amount == facts.progress.settled_amount + facts.progress.shortfall;
  }
};

}  // namespace redress::workflows::refund
