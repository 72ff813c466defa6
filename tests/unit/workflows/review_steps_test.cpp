// A review case taken from step to step: contact, offers, reports, and what the buyer does to the
// review meanwhile.

#include <gtest/gtest.h>

#include <algorithm>

#include "workflows/review/review.h"

namespace redress::workflows::review {
namespace {

const Actor kAgent{ActorKind::kPerson, 7, false, false, 20'00};
const Actor kChief{ActorKind::kPerson, 8, true, true, 0};
const Actor kTimer{ActorKind::kTimeout, 0, false, false, 0};

const MakeOffer kApology{{OfferKind::kOther, 0}, true};

struct Review {
  std::string state{kInitialState};
  ReviewFacts facts;
  ReviewEffects last;  // of the last applied step

  Review() {
    facts.actor = kAgent;
    last = Open(facts);
    Apply(last, facts.progress);
  }

  Review& As(const Actor& actor) {
    facts.actor = actor;
    return *this;
  }
  Review& At(PartOfDay part) {
    facts.part_of_day = part;
    return *this;
  }
  Fired<ReviewEffect> Try(const ReviewEvent& event) const { return Fire(state, event, facts); }
  std::string_view Code(const ReviewEvent& event) const { return Try(event).refusal.code; }
  // Fails the test unless the event applies and leads to `target`.
  Review& Take(const ReviewEvent& event, std::string_view target) {
    const Fired<ReviewEffect> fired = Try(event);
    EXPECT_TRUE(fired.Applied()) << NameOf(event) << " in " << state << ": " << fired.refusal.code;
    EXPECT_EQ(fired.state, target) << NameOf(event) << " in " << state;
    last = fired.effects;
    Apply(last, facts.progress);
    state = fired.state;
    return *this;
  }
  Review& TimeOut(std::string_view target) {
    As(kTimer).Take(DeadlineReached{facts.progress.deadline_number}, target);
    return As(kAgent);
  }
  bool HasCalled(PersonQueue queue, std::string_view reason) const {
    return std::any_of(last.begin(), last.end(), [&](const ReviewEffect& effect) {
      const auto* call = std::get_if<QueueForPerson>(&effect);
      return call != nullptr && call->queue == queue && call->reason == reason;
    });
  }
  template <class Effect>
  bool Has() const {
    return std::any_of(last.begin(), last.end(), [](const ReviewEffect& effect) {
      return std::holds_alternative<Effect>(effect);
    });
  }
};

Review InContacting() {
  Review r;
  r.Take(JudgeGenuine{}, "Contacting");
  return r;
}
Review InNegotiating() {
  Review r = InContacting();
  r.Take(RecordAttempt{ContactChannel::kChat, true}, "Negotiating");
  return r;
}
Review InOffered() {
  Review r = InNegotiating();
  r.Take(MakeOffer{{OfferKind::kCompensation, 5'00}, true}, "Offered");
  return r;
}
Review InAgreed() {
  Review r = InOffered();
  r.Take(AcceptOffer{}, "Agreed");
  return r;
}
Review InAwaitingRevision() {
  Review r = InAgreed();
  r.Take(RecordFulfilment{}, "AwaitingRevision");
  return r;
}
Review InReplying() {
  Review r = InNegotiating();
  r.Take(RecordRefusal{}, "Replying");
  return r;
}
Review InCollectingEvidence() {
  Review r;
  r.Take(JudgeMalicious{}, "CollectingEvidence");
  return r;
}
Review InReported() {
  Review r = InCollectingEvidence();
  r.Take(AddEvidence{}, "CollectingEvidence").Take(FileReport{}, "Reported");
  return r;
}

TEST(ReviewSteps, ARevisedReviewIsResolved) {
  Review r = InAwaitingRevision();
  EXPECT_EQ(r.facts.progress.deadline_rule, "revision_window");
  r.Take(ReviewRevised{Rating::kGood}, "Resolved");
  EXPECT_EQ(r.facts.progress.change, Change::kRevised);
  EXPECT_EQ(r.facts.progress.rating, Rating::kBad);
  EXPECT_EQ(r.facts.progress.rating_now, Rating::kGood);
  EXPECT_TRUE(r.Has<DisarmDeadline>());
}

TEST(ReviewSteps, AfterDay27ItIsAnsweredInPublicAndStaysUnchanged) {
  Review r = InAwaitingRevision();
  r.TimeOut("Replying");
  EXPECT_EQ(r.facts.progress.reply_reason, ReplyReason::kTooLate);
  EXPECT_EQ(r.facts.progress.deadline_condition, "after_talks");
  EXPECT_TRUE(r.HasCalled(PersonQueue::kAgents, "REPLY_DUE"));
  r.Take(PublishReply{}, "Resolved");
  EXPECT_EQ(r.facts.progress.change, Change::kNone);
  EXPECT_TRUE(r.facts.progress.replied);
}

TEST(ReviewSteps, TheThirdAttemptThatReachesNobodyIsTheLast) {
  Review r = InContacting();
  r.At(PartOfDay::kMorning).Take(RecordAttempt{ContactChannel::kChat, false}, "Contacting");
  EXPECT_TRUE(r.Has<KeepDeadline>());  // trying buys no time
  r.At(PartOfDay::kAfternoon).Take(RecordAttempt{ContactChannel::kPhone, false}, "Contacting");
  r.At(PartOfDay::kEvening).Take(RecordAttempt{ContactChannel::kSms, false}, "Replying");
  EXPECT_EQ(r.facts.progress.reply_reason, ReplyReason::kUnreachable);
  EXPECT_EQ(r.facts.progress.attempts.Sum(), kMostAttempts);
}

TEST(ReviewSteps, AttemptsAreAtDifferentTimesOfDay) {
  Review r = InContacting();
  r.Take(RecordAttempt{ContactChannel::kChat, false}, "Contacting");
  EXPECT_EQ(r.Code(RecordAttempt{ContactChannel::kPhone, false}), "SAME_TIME_OF_DAY");
  EXPECT_EQ(r.Code(RecordAttempt{ContactChannel::kPhone, true}), "SAME_TIME_OF_DAY");
  r.At(PartOfDay::kEvening).Take(RecordAttempt{ContactChannel::kPhone, true}, "Negotiating");
}

TEST(ReviewSteps, AChannelHasTheShopsLimit) {
  Review r = InContacting();
  r.facts.channel_limits = {0, 1, 0};
  EXPECT_EQ(r.Code(RecordAttempt{ContactChannel::kChat, false}), "CHANNEL_SPENT");
  r.Take(RecordAttempt{ContactChannel::kPhone, false}, "Contacting");
  r.At(PartOfDay::kEvening);
  EXPECT_EQ(r.Code(RecordAttempt{ContactChannel::kPhone, false}), "CHANNEL_SPENT");
}

TEST(ReviewSteps, JudgedTwiceThereAreStillThreeAttempts) {
  Review r = InContacting();
  r.At(PartOfDay::kMorning).Take(RecordAttempt{ContactChannel::kChat, false}, "Contacting");
  r.At(PartOfDay::kAfternoon).Take(RecordAttempt{ContactChannel::kChat, false}, "Contacting");
  r.At(PartOfDay::kEvening).Take(RecordAttempt{ContactChannel::kChat, true}, "Negotiating");
  r.Take(JudgeMalicious{}, "CollectingEvidence").Take(JudgeGenuine{}, "Contacting");
  EXPECT_EQ(r.Code(RecordAttempt{ContactChannel::kPhone, true}), "ATTEMPTS_SPENT");
  r.TimeOut("Replying");
}

TEST(ReviewSteps, ContactingEndsUnreachableOnlyIfSomebodyTried) {
  Review r = InContacting();
  r.TimeOut("Contacting");
  EXPECT_TRUE(r.HasCalled(PersonQueue::kSupervisors, "DEADLINE_PASSED"));
  r.Take(RecordAttempt{ContactChannel::kChat, false}, "Contacting").TimeOut("Replying");
  EXPECT_EQ(r.facts.progress.reply_reason, ReplyReason::kUnreachable);
}

TEST(ReviewSteps, WhoAsksNotToBeContactedIsNotContactedAgain) {
  for (Review r : {InContacting(), InNegotiating(), InOffered()}) {
    r.Take(RefuseContact{}, "Replying");
    EXPECT_TRUE(r.Has<ForbidContact>());
    EXPECT_EQ(r.facts.progress.reply_reason, ReplyReason::kNoContact);
  }
  Review detected;
  detected.Take(RefuseContact{}, "Detected").Take(JudgeGenuine{}, "Replying");
}

TEST(ReviewSteps, AWordInAnotherCaseCountsInThisOne) {
  Review r = InContacting();
  r.facts.contact_refused_before = true;
  EXPECT_EQ(r.Code(RecordAttempt{ContactChannel::kChat, true}), "DO_NOT_CONTACT");
  r.TimeOut("Replying");
  EXPECT_EQ(r.facts.progress.reply_reason, ReplyReason::kNoContact);
  Review talking = InNegotiating();
  talking.facts.contact_refused_before = true;
  EXPECT_EQ(talking.Code(kApology), "DO_NOT_CONTACT");
}

TEST(ReviewSteps, AnOfferNeverHangsOnTheReview) {
  const Review r = InNegotiating();
  EXPECT_EQ(r.Code(MakeOffer{{OfferKind::kCompensation, 5'00}, false}), "OFFER_CONDITIONAL");
  EXPECT_TRUE(r.Try(MakeOffer{{OfferKind::kCompensation, 5'00}, true}).Applied());
}

TEST(ReviewSteps, OnlyACompensationHasAnAmountAndTheAgentsLimitBindsIt) {
  Review r = InNegotiating();
  EXPECT_EQ(r.Code(MakeOffer{{OfferKind::kCompensation, 0}, true}), "OFFER_INCOMPLETE");
  EXPECT_EQ(r.Code(MakeOffer{{OfferKind::kReplacement, 1}, true}), "OFFER_INCOMPLETE");
  EXPECT_EQ(r.Code(MakeOffer{{OfferKind::kNone, 0}, true}), "OFFER_INCOMPLETE");
  EXPECT_EQ(r.Code(MakeOffer{{OfferKind::kCompensation, 20'01}, true}), "AMOUNT_ABOVE_LIMIT");
  r.As(kChief).Take(MakeOffer{{OfferKind::kCompensation, 20'01}, true}, "Offered");
}

TEST(ReviewSteps, OfferingAnewBuysNoTime) {
  Review r = InOffered();
  r.Take(kApology, "Offered");
  EXPECT_TRUE(r.Has<KeepDeadline>());
  EXPECT_EQ(r.facts.progress.offer.kind, OfferKind::kOther);
}

TEST(ReviewSteps, SilenceAfterAnOfferCountsAsRefused) {
  Review r = InOffered();
  r.TimeOut("Replying");
  EXPECT_EQ(r.facts.progress.reply_reason, ReplyReason::kRefused);
}

// What was agreed is given, whatever becomes of the review meanwhile.
TEST(ReviewSteps, WhatWasAgreedIsOwedThoughTheReviewHasChanged) {
  Review revised = InAgreed();
  revised.Take(ReviewRevised{Rating::kGood}, "Agreed");
  EXPECT_FALSE(revised.Has<DisarmDeadline>());
  revised.Take(RecordFulfilment{}, "Resolved");
  Review removed = InAgreed();
  removed.Take(ReviewRemoved{}, "Agreed").Take(RecordFulfilment{}, "Resolved");
  EXPECT_EQ(removed.facts.progress.change, Change::kRemoved);
  EXPECT_EQ(InAgreed().As(kChief).Code(VoidCase{}), kNotLegalInState);
}

TEST(ReviewSteps, WhereNobodyRevisesTalksEndInAReply) {
  Review r = InNegotiating();
  r.facts.progress.revision_possible = false;
  EXPECT_EQ(r.Code(kApology), "REVISION_NOT_POSSIBLE");
  Review silent = r;
  silent.TimeOut("Replying");
  EXPECT_EQ(silent.facts.progress.reply_reason, ReplyReason::kNoRevision);
  r.Take(ConcludeTalks{}, "Replying");
  EXPECT_EQ(r.facts.progress.reply_reason, ReplyReason::kNoRevision);
  Review possible = InNegotiating();
  possible.Take(ConcludeTalks{}, "Replying");
  EXPECT_EQ(possible.facts.progress.reply_reason, ReplyReason::kConcluded);
}

TEST(ReviewSteps, ARevisionThatImprovesNothingIsSpent) {
  Review waiting = InAwaitingRevision();
  waiting.Take(ReviewRevised{Rating::kBad}, "Replying");
  EXPECT_EQ(waiting.facts.progress.reply_reason, ReplyReason::kNoRevision);
  Review talking = InNegotiating();
  talking.Take(ReviewRevised{Rating::kBad}, "Negotiating");
  EXPECT_EQ(talking.Code(kApology), "REVISION_NOT_POSSIBLE");
  Review agreed = InAgreed();
  agreed.Take(ReviewRevised{Rating::kBad}, "Agreed").Take(RecordFulfilment{}, "Replying");
}

TEST(ReviewSteps, AReportNeedsEvidence) {
  EXPECT_EQ(InCollectingEvidence().Code(FileReport{}), "EVIDENCE_MISSING");
}

TEST(ReviewSteps, ARemovedReportedReviewConfirmsTheMalice) {
  Review r = InReported();
  r.Take(ReviewRemoved{}, "Resolved");
  EXPECT_TRUE(r.Has<TagReviewer>());
  EXPECT_TRUE(r.facts.progress.malice_confirmed);
  Review before_report = InCollectingEvidence();
  before_report.Take(ReviewRemoved{}, "Resolved");
  EXPECT_FALSE(before_report.Has<TagReviewer>());
}

TEST(ReviewSteps, AReportThatIsTurnedDownIsAnsweredWithinADay) {
  Review r = InReported();
  r.Take(ReportTurnedDown{}, "Replying");
  EXPECT_EQ(r.facts.progress.deadline_rule, "public_reply");
  EXPECT_EQ(r.facts.progress.deadline_condition, "report_turned_down");
}

TEST(ReviewSteps, WhatLeavesTheFiguresIsASupervisors) {
  for (Review r : {Review{}, InContacting(), InNegotiating(), InOffered(), InAwaitingRevision(),
                   InReplying(), InCollectingEvidence(), InReported()}) {
    EXPECT_EQ(r.Code(VoidCase{}), "SUPERVISOR_REQUIRED") << r.state;
    r.As(kChief).Take(VoidCase{}, "Withdrawn");
  }
  Review r = InReplying();
  EXPECT_EQ(r.Code(CloseUnanswered{}), "SUPERVISOR_REQUIRED");
  r.As(kChief).Take(CloseUnanswered{}, "Resolved");
  EXPECT_FALSE(r.facts.progress.replied);
}

TEST(ReviewSteps, OtherDeadlinesCallTheSupervisorAndStay) {
  for (Review r : {Review{}, InNegotiating(), InAgreed(), InReplying(), InCollectingEvidence(),
                   InReported()}) {
    const std::string rule = r.facts.progress.deadline_rule;
    for (int round = 0; round < 2; ++round) {
      const std::int64_t number = r.facts.progress.deadline_number;
      r.TimeOut(r.state);
      EXPECT_TRUE(r.Has<RaisePriority>()) << r.state;
      EXPECT_TRUE(r.HasCalled(PersonQueue::kSupervisors, "DEADLINE_PASSED")) << r.state;
      EXPECT_EQ(r.facts.progress.deadline_number, number + 1);
      EXPECT_EQ(r.facts.progress.deadline_rule, rule);
      EXPECT_TRUE(r.facts.progress.deadline_repeated);
    }
  }
}

TEST(ReviewSteps, APlatformsReviewAsksThePlatformAtADeadline) {
  Review r = InReported();
  r.TimeOut("Reported");
  EXPECT_FALSE(r.Has<AskPlatform>());
  r.facts.has_platform_id = true;
  r.TimeOut("Reported");
  EXPECT_TRUE(r.Has<AskPlatform>());
}

TEST(ReviewSteps, ANumberThatIsNoLongerArmedIsIgnored) {
  EXPECT_EQ(InContacting().Try(DeadlineReached{1}).outcome, Outcome::kIgnored);
}

}  // namespace
}  // namespace redress::workflows::review
