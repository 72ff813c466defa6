#pragma once

// Verbs of the review machine. Each only emits effects; a step's later verbs see the progress that
// its earlier ones made.

#include <string_view>

#include "workflows/machine/clock.h"
#include "workflows/review/effects.h"
#include "workflows/review/questions.h"

namespace redress::workflows::review {

struct ReviewStep {
  const ReviewFacts& facts;
  ReviewProgress now;
  ReviewEffects effects;

  void Emit(const ReviewEffect& effect) {
    Apply(effect, now);
    effects.push_back(effect);
  }
  void Call(PersonQueue queue, std::string_view reason) { Emit(QueueForPerson{queue, reason}); }
  void CallSupervisor(std::string_view reason) {
    Emit(RaisePriority{});
    Call(PersonQueue::kSupervisors, reason);
  }
};

// ---- deadlines ----------------------------------------------------------------------------------

// Nobody moved in time: louder, to the supervisor, and again later. The case is not lost.
struct Linger {
  static constexpr std::string_view kName = "linger";
  static void Act(const DeadlineReached&, ReviewStep& step) {
    step.CallSupervisor("DEADLINE_PASSED");
    if (step.facts.has_platform_id) step.Emit(AskPlatform{});
    step.Emit(ArmDeadline{{}, {}, true});
  }
};

// ---- triage and contact -------------------------------------------------------------------------

struct CallGenuine {
  static constexpr std::string_view kName = "call_genuine";
  static void Act(const JudgeGenuine&, ReviewStep& step) {
    step.Emit(SetJudgement{Judgement::kGenuine});
  }
};
struct CallMalicious {
  static constexpr std::string_view kName = "call_malicious";
  static void Act(const JudgeMalicious&, ReviewStep& step) {
    step.Emit(SetJudgement{Judgement::kMalicious});
  }
};
struct NoteAttempt {
  static constexpr std::string_view kName = "note_attempt";
  static void Act(const RecordAttempt& event, ReviewStep& step) {
    step.Emit(CountAttempt{event.channel, step.facts.part_of_day});
  }
};
struct LeaveBuyerAlone {
  static constexpr std::string_view kName = "leave_buyer_alone";
  static void Act(const RefuseContact&, ReviewStep& step) { step.Emit(ForbidContact{}); }
};

// ---- offers -------------------------------------------------------------------------------------

struct KeepOffer {
  static constexpr std::string_view kName = "keep_offer";
  static void Act(const MakeOffer& event, ReviewStep& step) { step.Emit(SetOffer{event.offer}); }
};
struct NoteAgreement {
  static constexpr std::string_view kName = "note_agreement";
  static void Act(const AcceptOffer&, ReviewStep& step) { step.Emit(MarkAgreed{}); }
};
struct NoteFulfilment {
  static constexpr std::string_view kName = "note_fulfilment";
  static void Act(const RecordFulfilment&, ReviewStep& step) { step.Emit(MarkFulfilled{}); }
};

// ---- the fault ----------------------------------------------------------------------------------

// Who complains of a fault of ours means it.
struct OpenItsDispute {
  static constexpr std::string_view kName = "open_its_dispute";
  static void Act(const RevealFault& event, ReviewStep& step) {
    const bool joins = step.facts.open_dispute != 0;
    step.Emit(SetJudgement{Judgement::kGenuine});
    step.Emit(
        AskDispute{joins ? step.facts.open_dispute : step.facts.next_case, event.fault, joins});
  }
};

// ---- evidence and reports -----------------------------------------------------------------------

struct NoteEvidence {
  static constexpr std::string_view kName = "note_evidence";
  static void Act(const AddEvidence&, ReviewStep& step) { step.Emit(CountEvidence{}); }
};
struct ConfirmMalice {
  static constexpr std::string_view kName = "confirm_malice";
  static void Act(const ReviewRemoved&, ReviewStep& step) { step.Emit(TagReviewer{}); }
};

// ---- the review itself --------------------------------------------------------------------------

struct NoteRating {
  static constexpr std::string_view kName = "note_rating";
  static void Act(const ReviewRevised& event, ReviewStep& step) {
    step.Emit(SetRating{event.rating});
  }
};
struct NoteRevised {
  static constexpr std::string_view kName = "note_revised";
  static void Act(const ReviewRevised& event, ReviewStep& step) {
    step.Emit(SetRating{event.rating});
    step.Emit(SetChange{Change::kRevised});
  }
};
struct CorrectFirst {
  static constexpr std::string_view kName = "correct_first";
  static void Act(const CorrectRating& event, ReviewStep& step) {
    step.Emit(SetFirstRating{event.rating, event.stars});
  }
};
struct NoteRemoved {
  static constexpr std::string_view kName = "note_removed";
  static void Act(const ReviewRemoved&, ReviewStep& step) {
    step.Emit(SetChange{Change::kRemoved});
  }
};

// ---- the public reply ---------------------------------------------------------------------------

// A public reply is due, for this reason; an agent is told.
template <ReplyReason kReason>
struct Answer {
  template <class Event>
  static void Act(const Event&, ReviewStep& step) {
    step.Emit(SetReplyReason{kReason});
    step.Call(PersonQueue::kAgents, "REPLY_DUE");
  }
};
struct AnswerRefusal : Answer<ReplyReason::kRefused> {
  static constexpr std::string_view kName = "answer_refusal";
};
struct AnswerUnreachable : Answer<ReplyReason::kUnreachable> {
  static constexpr std::string_view kName = "answer_unreachable";
};
struct AnswerWithoutContact : Answer<ReplyReason::kNoContact> {
  static constexpr std::string_view kName = "answer_without_contact";
};
struct AnswerTooLate : Answer<ReplyReason::kTooLate> {
  static constexpr std::string_view kName = "answer_too_late";
};
struct AnswerWithoutRevision : Answer<ReplyReason::kNoRevision> {
  static constexpr std::string_view kName = "answer_without_revision";
};
struct AnswerTurnedDown : Answer<ReplyReason::kTurnedDown> {
  static constexpr std::string_view kName = "answer_turned_down";
};
struct AnswerConcluded : Answer<ReplyReason::kConcluded> {
  static constexpr std::string_view kName = "answer_concluded";
};
struct NoteReply {
  static constexpr std::string_view kName = "note_reply";
  static void Act(const PublishReply&, ReviewStep& step) { step.Emit(MarkReplied{}); }
};

}  // namespace redress::workflows::review
