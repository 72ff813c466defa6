#pragma once

// Verbs of the refund machine. Each only emits effects; a step's later verbs see the progress that
// its earlier ones made.

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "workflows/machine/clock.h"
#include "workflows/refund/effects.h"
#include "workflows/refund/questions.h"

namespace redress::workflows::refund {

struct RefundStep {
  const RefundFacts& facts;
  RefundProgress now;
  RefundEffects effects;

  void Emit(RefundEffect effect) {
    Apply(effect, now);
    effects.push_back(std::move(effect));
  }
  void Call(PersonQueue queue, std::string_view reason) { Emit(QueueForPerson{queue, reason}); }
};

// ---- deadlines ----------------------------------------------------------------------------------
// Nobody moved in time and the timer may not decide: louder, to a person, and again later.
struct Linger {
  static constexpr std::string_view kName = "linger";
  static void Act(const DeadlineReached&, RefundStep& step) {
    step.Emit(RaisePriority{});
    step.Call(PersonQueue::kSupervisors, Reason(step));
    if (step.facts.has_platform_id) step.Emit(AskPlatform{});
    step.Emit(ArmDeadline{{}, {}, true});
  }

 private:
  static std::string_view Reason(const RefundStep& step) {
    if (step.facts.has_platform_id) return "PLATFORM_DECIDES";
    const bool waits_for_approval = step.now.approved_how == ApprovedBy::kNobody;
    const std::int64_t due = waits_for_approval ? step.now.amount_asked : step.now.approved_amount;
    const bool is_spoken_for =
        step.now.reserved_amount > 0 || step.now.replacement != Replacement::kNone;
    if (!is_spoken_for && due > step.facts.line.Remaining()) return "ABOVE_LINE_CEILING";
    if (waits_for_approval && step.facts.non_returnable) return "SUPERVISOR_REQUIRED";
    return "DEADLINE_PASSED";
  }
};

// ---- asking and approving -----------------------------------------------------------------------

struct ReviseWhatIsAsked {
  static constexpr std::string_view kName = "revise_what_is_asked";
  static void Act(const ReviseRequest& event, RefundStep& step) {
    step.Emit(ReviseAsked{event.amount, event.quantity, event.variant});
  }
};
struct ProposeAmount {
  static constexpr std::string_view kName = "propose_amount";
  template <class Event>
  static void Act(const Event& event, RefundStep& step) {
    step.Emit(ProposeApproval{event.amount, step.facts.actor.account_id});
    step.Call(PersonQueue::kSupervisors, IsAboveLimit(event.amount, step.facts.actor)
                                             ? "AMOUNT_ABOVE_LIMIT"
                                             : "SUPERVISOR_REQUIRED");
  }
};
// What was proposed is no longer what the buyer asks, or is decided elsewhere.
struct ForgetProposal {
  static constexpr std::string_view kName = "forget_proposal";
  template <class Event>
  static void Act(const Event&, RefundStep& step) {
    step.Emit(DropProposal{});
  }
};
// From here on the case is one about money: nothing will lead it to a replacement any more.
struct TurnIntoRefund {
  static constexpr std::string_view kName = "turn_into_refund";
  template <class Event>
  static void Act(const Event&, RefundStep& step) {
    if (!AsksForReplacement(step.now.variant)) return;
    step.Emit(ReviseAsked{
        step.now.amount_asked, step.now.quantity,
        AsksForReturn(step.now.variant) ? Variant::kReturnAndRefund : Variant::kRefundOnly});
  }
};
struct GiveBackProposal {
  static constexpr std::string_view kName = "give_back_proposal";
  template <class Event>
  static void Act(const Event&, RefundStep& step) {
    step.Emit(DropProposal{});
    step.Call(PersonQueue::kAgents, "SENT_BACK_FOR_REWORK");
  }
};
struct ApproveAmount {
  static constexpr std::string_view kName = "approve_amount";
  template <class Event>
  static void Act(const Event& event, RefundStep& step) {
    step.Emit(
        SetApproved{AmountOf(event, step.facts), ApprovedBy::kActor, step.facts.actor.account_id});
  }
};
struct ApproveByTimeout {
  static constexpr std::string_view kName = "approve_by_timeout";
  static void Act(const DeadlineReached&, RefundStep& step) {
    step.Emit(SetApproved{step.now.amount_asked, ApprovedBy::kTimeout, 0});
  }
};
struct ApproveByRuling {
  static constexpr std::string_view kName = "approve_by_ruling";
  template <class Event>
  static void Act(const Event& event, RefundStep& step) {
    step.Emit(SetApproved{event.amount, ApprovedBy::kRuling, step.facts.actor.account_id});
  }
};

// The platform expects the goods back: what was asked for is a return from here on.
struct AgreeByPlatform {
  static constexpr std::string_view kName = "agree_by_platform";
  static void Act(const PlatformAgreed& event, RefundStep& step) {
    if (step.now.proposed_amount > 0) step.Emit(DropProposal{});
    if (!AsksForReturn(step.now.variant)) {
      step.Emit(ReviseAsked{step.now.amount_asked, step.now.quantity, Variant::kReturnAndRefund});
    }
    step.Emit(SetApproved{event.amount, ApprovedBy::kPlatform, 0});
  }
};

// ---- goods --------------------------------------------------------------------------------------

struct ExpectReturn {
  static constexpr std::string_view kName = "expect_return";
  static void Act(const ShipReturn& event, RefundStep& step) {
    step.Emit(SetReturnTracking{event.carrier, event.tracking, event.shipping});
    step.Emit(SetGoods{GoodsPlace::kOnTheWay});
    step.Emit(
        CreateWarehouseTask{WarehouseTaskKind::kInboundReturn, event.carrier, event.tracking});
  }
};
struct TakeGoodsIn {
  static constexpr std::string_view kName = "take_goods_in";
  static void Act(const ReceiveGoods&, RefundStep& step) {
    step.Emit(SetGoods{GoodsPlace::kWithUs});
    step.Emit(NotifyBuyer{Notice::kGoodsReceived});
  }
};
struct NotePassed {
  static constexpr std::string_view kName = "note_passed";
  static void Act(const PassInspection&, RefundStep& step) {
    step.Emit(SetInspection{Inspection::kPassed, step.now.approved_amount});
  }
};
struct NotePassedInPart {
  static constexpr std::string_view kName = "note_passed_in_part";
  static void Act(const PassInspectionInPart& event, RefundStep& step) {
    step.Emit(SetInspection{Inspection::kPassedInPart, event.amount});
  }
};
struct NoteFailed {
  static constexpr std::string_view kName = "note_failed";
  static void Act(const FailInspection&, RefundStep& step) {
    step.Emit(SetInspection{Inspection::kFailed, 0});
  }
};
struct OrderSendBackToWithdraw {
  static constexpr std::string_view kName = "order_send_back_to_withdraw";
  template <class Event>
  static void Act(const Event&, RefundStep& step) {
    step.Emit(SetEnding{Ending::kWithdrawn});
    step.Emit(CreateWarehouseTask{WarehouseTaskKind::kSendBack, {}, {}});
  }
};
struct OrderSendBackToClose {
  static constexpr std::string_view kName = "order_send_back_to_close";
  template <class Event>
  static void Act(const Event&, RefundStep& step) {
    step.Emit(SetEnding{Ending::kClosed});
    step.Emit(CreateWarehouseTask{WarehouseTaskKind::kSendBack, {}, {}});
  }
};
// For the shop: that it was ruled is remembered until the goods are gone and the case closes.
struct NoteRuledForShop {
  static constexpr std::string_view kName = "note_ruled_for_shop";
  static void Act(const RuleForShop&, RefundStep& step) {
    step.Emit(SetEnding{Ending::kRuledForShop});
  }
};
struct OrderSendBackByRuling {
  static constexpr std::string_view kName = "order_send_back_by_ruling";
  static void Act(const RuleForShop& event, RefundStep& step) {
    NoteRuledForShop::Act(event, step);
    step.Emit(CreateWarehouseTask{WarehouseTaskKind::kSendBack, {}, {}});
  }
};
struct CancelSendBack {
  static constexpr std::string_view kName = "cancel_send_back";
  template <class Event>
  static void Act(const Event&, RefundStep& step) {
    step.Emit(SetEnding{Ending::kNone});
    step.Emit(CancelWarehouseTask{WarehouseTaskKind::kSendBack});
  }
};
// A parcel refused at the door goes back without ever having been received.
struct NoteGoodsSentBack {
  static constexpr std::string_view kName = "note_goods_sent_back";
  static void Act(const SendGoodsBack& event, RefundStep& step) {
    step.Emit(SetSendBackTracking{event.carrier, event.tracking});
    if (step.now.goods == GoodsPlace::kOnTheWay) {
      step.Emit(CancelWarehouseTask{WarehouseTaskKind::kInboundReturn});
    }
    step.Emit(SetGoods{GoodsPlace::kSentBack});
  }
};

// ---- money --------------------------------------------------------------------------------------

struct GivePaymentCommand {
  static constexpr std::string_view kName = "give_payment_command";
  template <class Event>
  static void Act(const Event&, RefundStep& step) {
    step.Emit(CommandSettlement{step.now.reserved_amount, step.now.settlement_attempt + 1});
  }
};
struct StartAttemptsAfresh {
  static constexpr std::string_view kName = "start_attempts_afresh";
  template <class Event>
  static void Act(const Event&, RefundStep& step) {
    if (step.now.failed_attempts > 0) step.Emit(ForgetFailedSettlements{});
  }
};
// Every way into Settling: the reservation is made in the step that asks for the payment.
struct PayApproved {
  static constexpr std::string_view kName = "pay_approved";
  template <class Event>
  static void Act(const Event& event, RefundStep& step) {
    StartAttemptsAfresh::Act(event, step);
    step.Emit(ReserveAmount{step.now.approved_amount});
    GivePaymentCommand::Act(event, step);
  }
};
struct CountFailure {
  static constexpr std::string_view kName = "count_failure";
  template <class Event>
  static void Act(const Event&, RefundStep& step) {
    if (step.now.settlement_unknown) step.Emit(SetSettlementUnknown{false});
    step.Emit(CountFailedSettlement{});
  }
};
struct CallFinance {
  static constexpr std::string_view kName = "call_finance";
  template <class Event>
  static void Act(const Event&, RefundStep& step) {
    step.Emit(RaisePriority{});
    step.Call(PersonQueue::kFinance, "SETTLEMENT_FAILED");
  }
};
struct FindOutOutcome {
  static constexpr std::string_view kName = "find_out_outcome";
  template <class Event>
  static void Act(const Event&, RefundStep& step) {
    if (!step.now.settlement_unknown) step.Emit(SetSettlementUnknown{true});
    step.Emit(QuerySettlement{});
    step.Call(PersonQueue::kFinance, "SETTLEMENT_UNKNOWN");
  }
};
struct ReleaseReserved {
  static constexpr std::string_view kName = "release_reserved";
  template <class Event>
  static void Act(const Event&, RefundStep& step) {
    if (step.now.settlement_unknown) step.Emit(SetSettlementUnknown{false});
    step.Emit(ReleaseReservation{step.now.reserved_amount});
    step.Emit(CancelSettlement{});
  }
};
struct SettleReserved {
  static constexpr std::string_view kName = "settle_reserved";
  template <class Event>
  static void Act(const Event&, RefundStep& step) {
    if (step.now.settlement_unknown) step.Emit(SetSettlementUnknown{false});
    const std::int64_t amount = step.now.reserved_amount;
    step.Emit(MarkSettled{amount, amount, 0, SettledBy::kUs});
    step.Emit(NotifyBuyer{Notice::kRefundSent});
  }
};
// The platform has paid: the ledger takes as much of it as the line has left, the rest is told to
// finance, and our own payment is called off.
struct SettleByPlatform {
  static constexpr std::string_view kName = "settle_by_platform";
  static void Act(const PlatformSucceeded& event, RefundStep& step) {
    if (step.now.settlement_unknown) step.Emit(SetSettlementUnknown{false});
    const std::int64_t released = step.now.reserved_amount;
    const std::int64_t paid = std::max<std::int64_t>(event.amount, 0);
    const std::int64_t left = std::max<std::int64_t>(step.facts.line.Remaining() + released, 0);
    const std::int64_t amount = std::min(paid, left);
    step.Emit(MarkSettled{amount, released, paid - amount, SettledBy::kPlatform});
    if (released > 0) step.Emit(CancelSettlement{});
    if (paid > amount) step.Call(PersonQueue::kFinance, "PLATFORM_PAID_ABOVE_LINE");
  }
};

// ---- people and the platform --------------------------------------------------------------------

struct CallFinanceOverPayment {
  static constexpr std::string_view kName = "call_finance_over_payment";
  template <class Event>
  static void Act(const Event&, RefundStep& step) {
    step.Emit(RaisePriority{});
    step.Call(PersonQueue::kFinance, "PLATFORM_PAID_DIFFERENTLY");
  }
};
struct CallSupervisorOverShortage {
  static constexpr std::string_view kName = "call_supervisor_over_shortage";
  template <class Event>
  static void Act(const Event&, RefundStep& step) {
    step.Emit(RaisePriority{});
    step.Call(PersonQueue::kSupervisors, "ABOVE_LINE_CEILING");
  }
};
struct CallSupervisorOverDispute {
  static constexpr std::string_view kName = "call_supervisor_over_dispute";
  template <class Event>
  static void Act(const Event&, RefundStep& step) {
    step.Emit(RaisePriority{});
    step.Call(PersonQueue::kSupervisors, "IN_DISPUTE");
  }
};
struct CallSupervisorOverReplacement {
  static constexpr std::string_view kName = "call_supervisor_over_replacement";
  template <class Event>
  static void Act(const Event&, RefundStep& step) {
    step.Emit(RaisePriority{});
    step.Call(PersonQueue::kSupervisors, "PLATFORM_CLOSED_WHILE_REPLACING");
  }
};
struct CallSupervisorOverClosing {
  static constexpr std::string_view kName = "call_supervisor_over_closing";
  template <class Event>
  static void Act(const Event&, RefundStep& step) {
    step.Emit(RaisePriority{});
    step.Call(PersonQueue::kSupervisors, "PLATFORM_CLOSED_AFTER_SETTLING");
  }
};
struct NoteClosedByPlatform {
  static constexpr std::string_view kName = "note_closed_by_platform";
  template <class Event>
  static void Act(const Event&, RefundStep& step) {
    step.Emit(SetPlatformClosed{});
  }
};

}  // namespace redress::workflows::refund
