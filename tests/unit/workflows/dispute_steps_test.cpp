// A dispute taken from step to step: its rounds, its rulings, what the platform does to it.

#include <gtest/gtest.h>

#include <algorithm>

#include "workflows/dispute/dispute.h"

namespace redress::workflows::dispute {
namespace {

const Actor kAgent{ActorKind::kPerson, 7, false, false, 20'000};
const Actor kChief{ActorKind::kPerson, 8, true, true, 0};
const Actor kTimer{ActorKind::kTimeout, 0, false, false, 0};
const Actor kPlatform{ActorKind::kPlatform, 0, false, false, 0};

const Options kTwo{10'000, 0, true, false};

struct Dispute {
  std::string state{kInitialState};
  DisputeFacts facts;
  DisputeEffects last;  // of the last applied step

  Dispute() {
    facts.actor = kAgent;
    last = Open(facts);
    Apply(last, facts.progress);
  }

  Dispute& As(const Actor& actor) {
    facts.actor = actor;
    return *this;
  }
  Fired<DisputeEffect> Try(const DisputeEvent& event) const { return Fire(state, event, facts); }
  std::string_view Code(const DisputeEvent& event) const { return Try(event).refusal.code; }
  // Fails the test unless the event applies and leads to `target`.
  Dispute& Take(const DisputeEvent& event, std::string_view target) {
    const Fired<DisputeEffect> fired = Try(event);
    EXPECT_TRUE(fired.Applied()) << NameOf(event) << " in " << state << ": " << fired.refusal.code;
    EXPECT_EQ(fired.state, target) << NameOf(event) << " in " << state;
    last = fired.effects;
    Apply(last, facts.progress);
    state = fired.state;
    return *this;
  }
  Dispute& TimeOut(std::string_view target) {
    As(kTimer).Take(DeadlineReached{facts.progress.deadline_number}, target);
    return As(kAgent);
  }
  bool HasCalled(PersonQueue queue, std::string_view reason) const {
    return std::any_of(last.begin(), last.end(), [&](const DisputeEffect& effect) {
      const auto* call = std::get_if<QueueForPerson>(&effect);
      return call != nullptr && call->queue == queue && call->reason == reason;
    });
  }
  template <class Effect>
  bool Has() const {
    return std::any_of(last.begin(), last.end(), [](const DisputeEffect& effect) {
      return std::holds_alternative<Effect>(effect);
    });
  }
};

Dispute InInvestigating() {
  Dispute d;
  d.Take(RecordContact{}, "Contacted").Take(BeginInvestigation{}, "Investigating");
  return d;
}
Dispute InProposed() {
  Dispute d = InInvestigating();
  d.Take(AddEvidence{}, "Investigating").Take(ProposeOptions{kTwo}, "Proposed");
  return d;
}
Dispute InAwaitingBuyer() {
  Dispute d = InProposed();
  d.Take(PresentOptions{}, "AwaitingBuyer");
  return d;
}
void GoAnotherRound(Dispute& d) {
  d.Take(ProposeOptions{kTwo}, "Proposed").Take(PresentOptions{}, "AwaitingBuyer");
}
Dispute InArbitration() {
  Dispute d = InAwaitingBuyer();
  d.Take(DeclineOptions{}, "Investigating");
  GoAnotherRound(d);
  d.Take(DeclineOptions{}, "Investigating");
  GoAnotherRound(d);
  d.Take(DeclineOptions{}, "Arbitration");
  return d;
}
Dispute InExecuting() {
  Dispute d = InAwaitingBuyer();
  d.Take(AcceptOption{OptionKind::kRefund}, "Executing");
  return d;
}
Dispute InCauseReview() {
  Dispute d = InExecuting();
  d.Take(RecordExecution{}, "CauseReview");
  return d;
}

TEST(DisputeSteps, AnAcceptedOptionIsExecutedAndItsCauseNamed) {
  Dispute d = InExecuting();
  EXPECT_EQ(d.facts.progress.verdict, Verdict::kAgreed);
  EXPECT_EQ(d.facts.progress.remedy, (Remedy{OptionKind::kRefund, 10'000}));
  d.Take(RecordExecution{}, "CauseReview").Take(Resolve{"quality", "new supplier"}, "Resolved");
  EXPECT_TRUE(d.facts.progress.executed);
  EXPECT_EQ(d.facts.progress.root_cause, "quality");
  EXPECT_EQ(d.facts.progress.measure, "new supplier");
  EXPECT_TRUE(d.Has<DisarmDeadline>());
}

TEST(DisputeSteps, ResolvedNeedsAListedCauseAndAMeasure) {
  Dispute d = InCauseReview();
  EXPECT_EQ(d.Code(Resolve{"", "m"}), "ROOT_CAUSE_NOT_LISTED");
  EXPECT_EQ(d.Code(Resolve{"quality", ""}), "MEASURE_MISSING");
  d.facts.root_cause_is_listed = false;
  EXPECT_EQ(d.Code(Resolve{"moon", "m"}), "ROOT_CAUSE_NOT_LISTED");
}

TEST(DisputeSteps, NothingIsProposedWithoutEvidence) {
  EXPECT_EQ(InInvestigating().Code(ProposeOptions{kTwo}), "EVIDENCE_MISSING");
}

TEST(DisputeSteps, TwoOrThreeOptionsAreProposed) {
  Dispute d = InProposed();
  EXPECT_EQ(d.Code(ProposeOptions{{100, 0, false, false}}), "OPTIONS_OUT_OF_RANGE");
  EXPECT_EQ(d.Code(ProposeOptions{{100, 100, true, true}}), "OPTIONS_OUT_OF_RANGE");
  EXPECT_EQ(d.Code(ProposeOptions{{-1, 0, true, true}}), "AMOUNT_NEGATIVE");
  d.Take(ProposeOptions{{100, 200, true, false}}, "Proposed");
  EXPECT_TRUE(d.Has<KeepDeadline>());  // thinking again buys no time
  EXPECT_EQ(d.facts.progress.options.compensation, 200);
}

TEST(DisputeSteps, WhatIsAboveTheLimitIsASupervisorsToOffer) {
  Dispute d = InProposed();
  EXPECT_EQ(d.Code(ProposeOptions{{20'001, 0, true, false}}), "AMOUNT_ABOVE_LIMIT");
  EXPECT_EQ(d.Code(ProposeOptions{{0, 20'001, true, false}}), "AMOUNT_ABOVE_LIMIT");
  d.As(kChief).Take(ProposeOptions{{20'001, 0, true, false}}, "Proposed");
}

TEST(DisputeSteps, OnlyWhatWasOfferedCanBeAccepted) {
  const Dispute d = InAwaitingBuyer();
  for (const OptionKind kind : {OptionKind::kNone, OptionKind::kCompensation, OptionKind::kOther}) {
    EXPECT_EQ(d.Code(AcceptOption{kind}), "OPTION_NOT_OFFERED");
  }
  EXPECT_TRUE(d.Try(AcceptOption{OptionKind::kReplacement}).Applied());
}

TEST(DisputeSteps, TheThirdDeclinedRoundGoesToArbitration) {
  Dispute d = InArbitration();
  EXPECT_EQ(d.facts.progress.rounds_declined, kMostRounds);
  EXPECT_TRUE(d.HasCalled(PersonQueue::kSupervisors, "ARBITRATION"));
}

TEST(DisputeSteps, TheBuyersSilenceCountsAsDeclined) {
  Dispute d = InAwaitingBuyer();
  d.TimeOut("Investigating");
  EXPECT_EQ(d.facts.progress.rounds_declined, 1);
  EXPECT_TRUE(d.Has<RaisePriority>());
  EXPECT_TRUE(d.HasCalled(PersonQueue::kSupervisors, "BUYER_DID_NOT_ANSWER"));
  GoAnotherRound(d);
  d.TimeOut("Investigating");
  GoAnotherRound(d);
  d.TimeOut("Arbitration");
  EXPECT_TRUE(d.HasCalled(PersonQueue::kSupervisors, "ARBITRATION"));
}

TEST(DisputeSteps, OtherDeadlinesCallTheSupervisorAndStay) {
  Dispute contacted;
  contacted.Take(RecordContact{}, "Contacted");
  for (Dispute d : {Dispute{}, contacted, InInvestigating(), InProposed(), InArbitration(),
                    InExecuting(), InCauseReview()}) {
    const std::string rule = d.facts.progress.deadline_rule;
    for (int round = 0; round < 2; ++round) {
      const std::int64_t number = d.facts.progress.deadline_number;
      d.TimeOut(d.state);
      EXPECT_TRUE(d.Has<RaisePriority>()) << d.state;
      EXPECT_TRUE(d.HasCalled(PersonQueue::kSupervisors, "DEADLINE_PASSED")) << d.state;
      EXPECT_EQ(d.facts.progress.deadline_number, number + 1);
      EXPECT_EQ(d.facts.progress.deadline_rule, rule);
      EXPECT_TRUE(d.facts.progress.deadline_repeated);
    }
  }
}

TEST(DisputeSteps, APlatformsComplaintAsksThePlatformAtADeadline) {
  Dispute d;
  d.TimeOut("Opened");
  EXPECT_FALSE(d.Has<AskPlatform>());
  d.facts.has_platform_id = true;
  d.TimeOut("Opened");
  EXPECT_TRUE(d.Has<AskPlatform>());
}

TEST(DisputeSteps, ANumberThatIsNoLongerArmedIsIgnored) {
  const Dispute d = InProposed();
  EXPECT_EQ(d.Try(DeadlineReached{1}).outcome, Outcome::kIgnored);
}

TEST(DisputeSteps, RulingsAreASupervisors) {
  Dispute d = InArbitration();
  EXPECT_EQ(d.Code(RuleForShop{}), "SUPERVISOR_REQUIRED");
  EXPECT_EQ(d.Code(RuleForBuyer{1}), "SUPERVISOR_REQUIRED");
  Actor small = kChief;
  small.unlimited = false;
  small.amount_limit = 99;
  d.As(small);
  EXPECT_EQ(d.Code(RuleForBuyer{100}), "AMOUNT_ABOVE_LIMIT");
  EXPECT_EQ(d.Code(RuleForBuyer{-1}), "AMOUNT_NEGATIVE");
  d.Take(RuleForBuyer{99}, "Executing");
  EXPECT_EQ(d.facts.progress.remedy, (Remedy{OptionKind::kRefund, 99}));
  EXPECT_EQ(d.facts.progress.verdict, Verdict::kRuledForBuyer);
}

TEST(DisputeSteps, ForTheShopThereIsNothingToExecute) {
  Dispute d = InArbitration();
  d.As(kChief).Take(RuleForShop{}, "CauseReview");
  EXPECT_EQ(d.facts.progress.verdict, Verdict::kRuledForShop);
  EXPECT_EQ(d.facts.progress.remedy, Remedy{});
  d.As(kAgent).Take(Resolve{"buyer", "none needed"}, "Resolved");
}

TEST(DisputeSteps, TheBuyerMayWithdrawUntilSomethingIsExecuted) {
  for (Dispute d :
       {Dispute{}, InInvestigating(), InProposed(), InAwaitingBuyer(), InArbitration()}) {
    EXPECT_EQ(d.Try(Withdraw{}).state, "Withdrawn") << d.state;
  }
  EXPECT_EQ(InExecuting().Try(Withdraw{}).outcome, Outcome::kUnhandled);
  EXPECT_EQ(InCauseReview().Try(Withdraw{}).outcome, Outcome::kUnhandled);
}

TEST(DisputeSteps, ThePlatformsRulingReplacesWhatWasAgreed) {
  Dispute d = InExecuting();
  d.As(kPlatform).Take(PlatformRuledForBuyer{15'000}, "Executing");
  EXPECT_EQ(d.facts.progress.remedy, (Remedy{OptionKind::kRefund, 15'000}));
  EXPECT_TRUE(d.facts.progress.ruled_by_platform);
  EXPECT_TRUE(d.Has<ArmDeadline>());
  // The same word once more changes nothing.
  d.Take(PlatformRuledForBuyer{15'000}, "Executing");
  EXPECT_EQ(d.last.size(), 1U);
  EXPECT_TRUE(d.Has<KeepDeadline>());
}

TEST(DisputeSteps, ThePlatformMayOverturnAfterTheFact) {
  Dispute d = InCauseReview();
  d.As(kPlatform).Take(PlatformRuledForBuyer{10'000}, "CauseReview");  // what was done
  d.Take(PlatformRuledForBuyer{12'000}, "Executing");
  EXPECT_FALSE(d.facts.progress.executed);
  d.Take(PlatformRuledForShop{}, "CauseReview");
  EXPECT_TRUE(d.HasCalled(PersonQueue::kSupervisors, "REMEDY_NOT_OWED"));
  EXPECT_EQ(d.facts.progress.verdict, Verdict::kRuledForShop);
  d.Take(PlatformRuledForBuyer{0}, "Executing");
}

TEST(DisputeSteps, WhatWasDoneThoughNotOwedIsASupervisorsMatter) {
  Dispute d = InCauseReview();
  d.As(kPlatform).Take(PlatformRuledForShop{}, "CauseReview");
  EXPECT_TRUE(d.HasCalled(PersonQueue::kSupervisors, "REMEDY_NOT_OWED"));
}

TEST(DisputeSteps, WhatThePlatformTakesToItselfWaitsForItsRuling) {
  Dispute d = InProposed();
  d.As(kPlatform).Take(PlatformIntervened{}, "Arbitration");
  EXPECT_TRUE(d.HasCalled(PersonQueue::kSupervisors, "PLATFORM_INTERVENED"));
  d.Take(PlatformClosed{}, "Withdrawn");
}

}  // namespace
}  // namespace redress::workflows::dispute
