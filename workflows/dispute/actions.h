#pragma once

// Verbs of the dispute machine. Each only emits effects; a step's later verbs see the progress that
// its earlier ones made.

#include <string_view>

#include "workflows/dispute/effects.h"
#include "workflows/dispute/questions.h"
#include "workflows/machine/clock.h"

namespace redress::workflows::dispute {

struct DisputeStep {
  const DisputeFacts& facts;
  DisputeProgress now;
  DisputeEffects effects;

  void Emit(DisputeEffect effect) {
    Apply(effect, now);
    effects.push_back(std::move(effect));
  }
  void Call(PersonQueue queue, std::string_view reason) { Emit(QueueForPerson{queue, reason}); }
  void CallSupervisor(std::string_view reason) {
    Emit(RaisePriority{});
    Call(PersonQueue::kSupervisors, reason);
  }
};

// ---- the linked refund --------------------------------------------------------------------------

// What was agreed or ruled is given by a refund where one can: by the refund that was escalated, by
// an open one of the same line, or by a new one. A refund that the rest leaves nothing to give
// ends. What no refund can give is a person's to carry out.
inline void GiveByRefund(DisputeStep& step) {
  const DisputeProgress& now = step.now;
  const Remedy& remedy = now.remedy;
  if (now.refund != 0) {
    if (remedy.kind == OptionKind::kRefund) {
      step.Emit(TellRefund{RefundNews::kRuledForBuyer, remedy});
    } else if (now.channel == Channel::kEscalatedRefund) {
      const bool goods = remedy.kind == OptionKind::kReplacement;
      step.Emit(TellRefund{goods ? RefundNews::kRuledForBuyer : RefundNews::kEnded,
                           {remedy.kind, goods ? now.worth : 0}});
    }
  } else if (remedy.kind == OptionKind::kRefund && step.facts.has_line) {
    const bool joins = step.facts.open_refund != 0;
    step.Emit(
        AskRefund{joins ? step.facts.open_refund : step.facts.next_case, remedy.amount, joins});
  }
}

struct DenyRefund {
  static constexpr std::string_view kName = "deny_refund";
  template <class Event>
  static void Act(const Event&, DisputeStep& step) {
    if (step.now.refund != 0) step.Emit(TellRefund{RefundNews::kRuledForShop, {}});
  }
};
// The dispute ends without a word on it.
struct LetRefundGo {
  static constexpr std::string_view kName = "let_refund_go";
  template <class Event>
  static void Act(const Event&, DisputeStep& step) {
    if (step.now.refund != 0) step.Emit(TellRefund{RefundNews::kEnded, {}});
  }
};
struct NoteGivenByRefund {
  static constexpr std::string_view kName = "note_given_by_refund";
  static void Act(const RecordRefundGiven& event, DisputeStep& step) {
    const Remedy given = event.amount > 0 ? Remedy{OptionKind::kRefund, event.amount}
                                          : Remedy{OptionKind::kReplacement, 0};
    step.Emit(SetVerdict{Verdict::kRuledForBuyer, given, false});
    step.Emit(MarkExecuted{true});
  }
};
struct NoteExecutedByRefund {
  static constexpr std::string_view kName = "note_executed_by_refund";
  static void Act(const RecordRefundGiven& event, DisputeStep& step) {
    step.Emit(MarkExecuted{true});
    if (event.amount != step.now.remedy.amount) step.CallSupervisor("REFUND_DIFFERS");
  }
};
struct ForgetRefund {
  static constexpr std::string_view kName = "forget_refund";
  static void Act(const RecordRefundEnded&, DisputeStep& step) { step.Emit(DropRefund{}); }
};
struct CallSupervisorOverRefundEnd {
  static constexpr std::string_view kName = "call_supervisor_over_refund_end";
  static void Act(const RecordRefundEnded&, DisputeStep& step) {
    step.CallSupervisor("REFUND_ENDED");
  }
};
struct CallSupervisorOverGift {
  static constexpr std::string_view kName = "call_supervisor_over_gift";
  static void Act(const RecordRefundGiven&, DisputeStep& step) {
    step.CallSupervisor("REFUND_DIFFERS");
  }
};

// ---- the review that waits ----------------------------------------------------------------------

struct NoteReview {
  static constexpr std::string_view kName = "note_review";
  static void Act(const JoinReview& event, DisputeStep& step) {
    step.Emit(SetReview{event.review});
  }
};
struct TellItsReview {
  static constexpr std::string_view kName = "tell_its_review";
  template <class Event>
  static void Act(const Event&, DisputeStep& step) {
    const DisputeProgress& now = step.now;
    if (now.review != 0) {
      step.Emit(TellReview{now.executed && now.verdict != Verdict::kRuledForShop});
    }
  }
};

// ---- deadlines ----------------------------------------------------------------------------------

// Nobody moved in time: louder, to the supervisor, and again later. The case is not lost.
struct Linger {
  static constexpr std::string_view kName = "linger";
  static void Act(const DeadlineReached&, DisputeStep& step) {
    step.CallSupervisor("DEADLINE_PASSED");
    if (step.facts.has_platform_id) step.Emit(AskPlatform{});
    step.Emit(ArmDeadline{{}, {}, true});
  }
};

// ---- evidence and options -----------------------------------------------------------------------

struct NoteEvidence {
  static constexpr std::string_view kName = "note_evidence";
  static void Act(const AddEvidence&, DisputeStep& step) { step.Emit(CountEvidence{}); }
};
struct KeepOptions {
  static constexpr std::string_view kName = "keep_options";
  static void Act(const ProposeOptions& event, DisputeStep& step) {
    step.Emit(SetOptions{event.options});
  }
};
struct AgreeOnOption {
  static constexpr std::string_view kName = "agree_on_option";
  static void Act(const AcceptOption& event, DisputeStep& step) {
    step.Emit(SetVerdict{Verdict::kAgreed, RemedyOf(event.option, step.now.options), false});
    GiveByRefund(step);
  }
};
struct CountRound {
  static constexpr std::string_view kName = "count_round";
  template <class Event>
  static void Act(const Event&, DisputeStep& step) {
    step.Emit(CountDeclinedRound{});
  }
};

// ---- rulings ------------------------------------------------------------------------------------

struct GrantByRuling {
  static constexpr std::string_view kName = "grant_by_ruling";
  static void Act(const RuleForBuyer& event, DisputeStep& step) {
    step.Emit(SetVerdict{Verdict::kRuledForBuyer, RemedyOf(event.amount), false});
    step.Call(PersonQueue::kAgents, "REMEDY_DUE");
    GiveByRefund(step);
  }
};
struct GrantByPlatform {
  static constexpr std::string_view kName = "grant_by_platform";
  static void Act(const PlatformRuledForBuyer& event, DisputeStep& step) {
    if (step.now.executed) step.Emit(MarkExecuted{false});
    step.Emit(SetVerdict{Verdict::kRuledForBuyer, RemedyOf(event.amount), true});
    step.CallSupervisor("PLATFORM_RULED_FOR_BUYER");
    GiveByRefund(step);
  }
};
struct DenyByRuling {
  static constexpr std::string_view kName = "deny_by_ruling";
  static void Act(const RuleForShop&, DisputeStep& step) {
    step.Emit(SetVerdict{Verdict::kRuledForShop, {}, false});
  }
};
struct DenyByPlatform {
  static constexpr std::string_view kName = "deny_by_platform";
  static void Act(const PlatformRuledForShop&, DisputeStep& step) {
    step.Emit(SetVerdict{Verdict::kRuledForShop, {}, true});
    step.Call(PersonQueue::kSupervisors, "PLATFORM_RULED_FOR_SHOP");
  }
};

// ---- the end ------------------------------------------------------------------------------------

struct NoteExecuted {
  static constexpr std::string_view kName = "note_executed";
  static void Act(const RecordExecution&, DisputeStep& step) { step.Emit(MarkExecuted{true}); }
};
struct NoteCause {
  static constexpr std::string_view kName = "note_cause";
  static void Act(const Resolve& event, DisputeStep& step) {
    step.Emit(SetCause{event.root_cause, event.measure});
  }
};

// ---- people -------------------------------------------------------------------------------------

struct CallSupervisorOverSilence {
  static constexpr std::string_view kName = "call_supervisor_over_silence";
  template <class Event>
  static void Act(const Event&, DisputeStep& step) {
    step.CallSupervisor("BUYER_DID_NOT_ANSWER");
  }
};
struct CallSupervisorToRule {
  static constexpr std::string_view kName = "call_supervisor_to_rule";
  template <class Event>
  static void Act(const Event&, DisputeStep& step) {
    step.CallSupervisor("ARBITRATION");
  }
};
struct CallSupervisorOverPlatform {
  static constexpr std::string_view kName = "call_supervisor_over_platform";
  template <class Event>
  static void Act(const Event&, DisputeStep& step) {
    step.CallSupervisor("PLATFORM_INTERVENED");
  }
};
struct CallSupervisorOverClosing {
  static constexpr std::string_view kName = "call_supervisor_over_closing";
  template <class Event>
  static void Act(const Event&, DisputeStep& step) {
    step.CallSupervisor("PLATFORM_CLOSED");
  }
};
struct CallSupervisorOverRemedy {
  static constexpr std::string_view kName = "call_supervisor_over_remedy";
  template <class Event>
  static void Act(const Event&, DisputeStep& step) {
    step.CallSupervisor("REMEDY_NOT_OWED");
  }
};

}  // namespace redress::workflows::dispute
