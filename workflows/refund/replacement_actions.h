#pragma once

// Verbs of the refund machine about replacements, and about parcels that are to be stopped.
//
// What has left cannot become money, and what became money does not leave: a replacement is ordered
// once, called off before money is promised, and its parcel is called back when the platform pays.

#include <cstdint>

#include "workflows/refund/actions.h"

namespace redress::workflows::refund {

// Every way into Reshipping. Nothing is reserved for a replacement. A ruling may find it ordered.
struct OrderReplacement {
  static constexpr std::string_view kName = "order_replacement";
  template <class Event>
  static void Act(const Event&, RefundStep& step) {
    if (step.now.proposed_amount > 0) step.Emit(DropProposal{});
    if (step.now.replacement != Replacement::kNone) return;
    step.Emit(SetReplacement{Replacement::kOrdered});
    step.Emit(CreateWarehouseTask{WarehouseTaskKind::kOutboundReplacement, {}, {}});
  }
};
struct CallOffReplacement {
  static constexpr std::string_view kName = "call_off_replacement";
  template <class Event>
  static void Act(const Event&, RefundStep& step) {
    if (step.now.proposed_amount > 0) step.Emit(DropProposal{});
    if (step.now.replacement != Replacement::kOrdered) return;
    step.Emit(SetReplacement{Replacement::kNone});
    step.Emit(CancelWarehouseTask{WarehouseTaskKind::kOutboundReplacement});
  }
};
struct NoteReplacementShipped {
  static constexpr std::string_view kName = "note_replacement_shipped";
  static void Act(const ShipReplacement& event, RefundStep& step) {
    if (step.now.proposed_amount > 0) step.Emit(DropProposal{});
    step.Emit(SetReplacement{Replacement::kShipped});
    step.Emit(SetReplacementTracking{event.carrier, event.tracking});
    step.Emit(NotifyBuyer{Notice::kReplacementSent});
  }
};
struct NoteReplacementReceived {
  static constexpr std::string_view kName = "note_replacement_received";
  template <class Event>
  static void Act(const Event&, RefundStep& step) {
    step.Emit(SetReplacement{Replacement::kSigned});
  }
};
struct NoteReplacementLost {
  static constexpr std::string_view kName = "note_replacement_lost";
  template <class Event>
  static void Act(const Event&, RefundStep& step) {
    step.Emit(SetReplacement{Replacement::kNone});
    step.Emit(RaisePriority{});
  }
};
// The platform has paid. A replacement that has not left stays here; one under way is to be
// stopped; one that the buyer has can only be told to finance.
struct StopReplacement {
  static constexpr std::string_view kName = "stop_replacement";
  static void Act(const PlatformSucceeded& event, RefundStep& step) {
    CallOffReplacement::Act(event, step);
    if (step.now.replacement == Replacement::kShipped) {
      step.Emit(SetReplacement{Replacement::kCalledBack});
      AskToStopParcel(step);
      step.Emit(RaisePriority{});
      step.Call(PersonQueue::kSupervisors, "PAID_WHILE_REPLACING");
    } else if (step.now.replacement == Replacement::kSigned) {
      step.Emit(RaisePriority{});
      step.Call(PersonQueue::kFinance, "PAID_AND_REPLACED");
    }
  }

  static void AskToStopParcel(RefundStep& step) {
    step.Emit(SetInterception{Interception::kAsked});
    step.Emit(CreateWarehouseTask{WarehouseTaskKind::kIntercept, {}, {}});
  }
};
struct StopParcel {
  static constexpr std::string_view kName = "stop_parcel";
  template <class Event>
  static void Act(const Event&, RefundStep& step) {
    const std::int64_t taken = step.now.reserved_amount - step.facts.progress.reserved_amount;
    RefundFacts facts = step.facts;
    facts.progress = step.now;
    if (!IsParcelToBeStopped(facts, step.facts.line.Remaining() - taken)) return;
    StopReplacement::AskToStopParcel(step);
  }
};
// The buyer gets no money: the parcel is theirs.
struct LetParcelGo {
  static constexpr std::string_view kName = "let_parcel_go";
  template <class Event>
  static void Act(const Event&, RefundStep& step) {
    if (step.now.interception != Interception::kAsked) return;
    step.Emit(SetInterception{Interception::kNone});
    step.Emit(CancelWarehouseTask{WarehouseTaskKind::kIntercept});
  }
};
struct NoteInterception {
  static constexpr std::string_view kName = "note_interception";
  static void Act(const RecordInterception& event, RefundStep& step) {
    step.Emit(SetInterception{event.caught ? Interception::kCaught : Interception::kMissed});
    const bool is_replacement = step.now.replacement == Replacement::kCalledBack;
    if (is_replacement) {
      step.Emit(SetReplacement{event.caught ? Replacement::kNone : Replacement::kShipped});
    } else if (event.caught) {
      step.Emit(SetGoods{GoodsPlace::kWithUs});
    }
    if (event.caught) return;
    step.Emit(RaisePriority{});
    step.Call(PersonQueue::kSupervisors, "INTERCEPTION_FAILED");
  }
};

}  // namespace redress::workflows::refund
