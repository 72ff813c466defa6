// Reviews through the stepper: what they share with other kinds, and what is their own.

#include <gtest/gtest.h>

#include "services/aftersales/domain/case_kind.h"
#include "services/aftersales/domain/review_rules.h"
#include "services/aftersales/domain/snapshot.h"
#include "services/platform/base/clock.h"
#include "tests/unit/aftersales/desk.h"
#include "workflows/review/review.h"

namespace redress::aftersales {
namespace {

namespace review = workflows::review;

constexpr std::int64_t kHourUs = 3600 * platform::kSecondUs;
constexpr std::int64_t kDayUs = 24 * kHourUs;

constexpr review::MakeOffer kCompensation{{review::OfferKind::kCompensation, 500}, true};

void GoToNegotiating(Desk& desk) {
  desk.Apply(desk.OpenReview());
  desk.Apply(desk.Fire(review::JudgeGenuine{}));
  desk.Apply(desk.Fire(review::RecordAttempt{review::ContactChannel::kPhone, true}));
}

void GoToAwaitingRevision(Desk& desk) {
  GoToNegotiating(desk);
  desk.Apply(desk.Fire(kCompensation));
  desk.Apply(desk.Fire(review::AcceptOffer{}));
  desk.Apply(desk.Fire(review::RecordFulfilment{}));
}

void ReachDue(Desk& desk) {
  desk.now_us = std::max(desk.now_us, desk.Now().due_at);
  auto late = desk.Make(ReachDeadline{desk.Now().Armed().deadline_number});
  late->sender.kind = workflows::ActorKind::kTimeout;
  desk.Apply(std::move(late));
}

TEST(ReviewSteps, AReviewIsOpenedWithItsTriage) {
  Desk desk;
  const Answer answer = desk.Apply(desk.OpenReview());
  EXPECT_EQ(KindOf(answer.after), kReviewKind);
  EXPECT_EQ(answer.after.state, "Detected");
  EXPECT_EQ(answer.after.Armed().deadline_rule, "review_triage");
  EXPECT_EQ(answer.after.due_at, answer.after.opened_at + 4 * kHourUs);
  EXPECT_EQ(answer.after.workflow_version, static_cast<std::uint32_t>(review::kVersion));
  EXPECT_TRUE(desk.rows.ledger.empty());  // it pays nothing itself
}

TEST(ReviewSteps, TheTimeToReviseCountsFromTheReview) {
  Desk desk;
  GoToAwaitingRevision(desk);
  EXPECT_EQ(desk.Now().state, "AwaitingRevision");
  EXPECT_EQ(desk.Now().due_at, desk.Now().Review().reviewed_at + 27 * kDayUs);
  EXPECT_EQ(desk.Now().warn_at, desk.Now().Review().reviewed_at + 25 * kDayUs);
  ReachDue(desk);
  EXPECT_EQ(desk.Now().state, "Replying");
  EXPECT_EQ(desk.Now().due_at, desk.Now().Review().reviewed_at + 29 * kDayUs);
}

TEST(ReviewSteps, WhatIsOverAtTheArmingIsDueAtOnceAndNotBefore) {
  Desk desk;
  auto open = desk.OpenReview();
  std::get<OpenReview>(open->body).reviewed_at = desk.now_us - 100 * kDayUs;
  desk.Apply(std::move(open));
  desk.Apply(desk.Fire(review::JudgeGenuine{}));
  desk.Apply(desk.Fire(review::RecordAttempt{review::ContactChannel::kChat, true}));
  const Case after = desk.Apply(desk.Fire(review::RecordRefusal{})).after;
  EXPECT_EQ(after.due_at, after.updated_at);
  EXPECT_EQ(after.warn_at, 0);
  // By its own deadline it is armed from now, as any other.
  ReachDue(desk);
  EXPECT_EQ(desk.Now().state, "Replying");
  EXPECT_EQ(desk.Now().due_at, desk.Now().updated_at + kDayUs);
}

TEST(ReviewSteps, AWarningThatIsOverIsGivenAtOnce) {
  Desk desk;
  auto open = desk.OpenReview();
  std::get<OpenReview>(open->body).reviewed_at = desk.now_us - 26 * kDayUs;
  desk.Apply(std::move(open));
  desk.Apply(desk.Fire(review::JudgeGenuine{}));
  desk.Apply(desk.Fire(review::RecordAttempt{review::ContactChannel::kChat, true}));
  desk.Apply(desk.Fire(kCompensation));
  desk.Apply(desk.Fire(review::AcceptOffer{}));
  const Case waiting = desk.Apply(desk.Fire(review::RecordFulfilment{})).after;
  EXPECT_EQ(waiting.warn_at, waiting.updated_at);
  EXPECT_EQ(waiting.due_at, waiting.Review().reviewed_at + 27 * kDayUs);
}

TEST(ReviewSteps, AReportThatIsTurnedDownIsAnsweredWithinADayFromThen) {
  Desk desk;
  desk.Apply(desk.OpenReview());
  desk.Apply(desk.Fire(review::JudgeMalicious{}));
  desk.Apply(desk.Fire(review::AddEvidence{}));
  desk.Apply(desk.Fire(review::FileReport{}));
  const Case after = desk.Apply(desk.Fire(review::ReportTurnedDown{})).after;
  EXPECT_EQ(after.due_at, after.updated_at + kDayUs);
}

TEST(ReviewSteps, ARevisedReviewIsAnOutcome) {
  Desk desk;
  GoToAwaitingRevision(desk);
  EXPECT_EQ(desk.steps.back().outcome, "");
  desk.Apply(desk.Fire(review::ReviewRevised{review::Rating::kGood}));
  EXPECT_TRUE(desk.Now().final);
  EXPECT_EQ(desk.Now().due_at, 0);
  EXPECT_EQ(desk.steps.back().outcome, "resolved");
  EXPECT_EQ(desk.steps.back().event_json, R"({"rating":"REVIEW_RATING_GOOD"})");
}

TEST(ReviewSteps, AConfirmedMaliciousReviewerIsToBeTagged) {
  Desk desk;
  desk.Apply(desk.OpenReview());
  desk.Apply(desk.Fire(review::JudgeMalicious{}));
  desk.Apply(desk.Fire(review::AddEvidence{}));
  desk.Apply(desk.Fire(review::FileReport{}));
  desk.Apply(desk.Fire(review::ReviewRemoved{}));
  EXPECT_EQ(desk.steps.back().event_json, R"({"asks":["tag_malicious_reviewer"]})");
}

TEST(ReviewSteps, AnAttemptFallsIntoThePartOfTheDayThatTheShopsTimeSays) {
  Desk desk;
  desk.policy.reviews.part_of_day = review::PartOfDay::kAfternoon;
  desk.Apply(desk.OpenReview());
  desk.Apply(desk.Fire(review::JudgeGenuine{}));
  const review::RecordAttempt attempt{review::ContactChannel::kChat, false};
  desk.Apply(desk.Fire(attempt));
  EXPECT_EQ(desk.Now().Review().parts_of_day, Bit(review::PartOfDay::kAfternoon));
  EXPECT_EQ(desk.Reason(desk.Fire(attempt)), "SAME_TIME_OF_DAY");
  desk.policy.reviews.part_of_day = review::PartOfDay::kEvening;
  desk.policy.reviews.channel_limits.chat = 1;
  EXPECT_EQ(desk.Reason(desk.Fire(attempt)), "CHANNEL_SPENT");
}

TEST(ReviewSteps, WhoAsksNotToBeContactedIsNotContactedInAnyOtherCase) {
  Desk desk;
  desk.Apply(desk.OpenReview());
  desk.Apply(desk.OpenReview(CaseId{12}));
  desk.Apply(desk.OpenReview(CaseId{13}));
  desk.Apply(desk.Fire(review::JudgeGenuine{}));
  desk.Apply(desk.Fire(review::JudgeGenuine{}, CaseId{12}));
  desk.Apply(desk.Fire(review::RefuseContact{}));
  EXPECT_EQ(desk.Reason(
                desk.Fire(review::RecordAttempt{review::ContactChannel::kChat, true}, CaseId{12})),
            "DO_NOT_CONTACT");
  EXPECT_EQ(desk.Apply(desk.Fire(review::JudgeGenuine{}, CaseId{13})).after.state, "Replying");
}

// Both in one batch: the second sees what the first has just done.
TEST(ReviewSteps, ARefusalCountsForTheNextCommandOfItsBatch) {
  Desk desk;
  desk.Apply(desk.OpenReview());
  desk.Apply(desk.OpenReview(CaseId{12}));
  desk.Apply(desk.Fire(review::JudgeGenuine{}, CaseId{12}));
  auto refuses = desk.Fire(review::RefuseContact{});
  auto tries = desk.Fire(review::RecordAttempt{review::ContactChannel::kChat, true}, CaseId{12});
  const auto verdicts = desk.Decide({refuses.get(), tries.get()});
  EXPECT_TRUE(std::holds_alternative<Answer>(verdicts[0]));
  ASSERT_TRUE(std::holds_alternative<platform::Refusal>(verdicts[1]));
  EXPECT_EQ(std::get<platform::Refusal>(verdicts[1]).reason(), "DO_NOT_CONTACT");
}

TEST(ReviewSteps, ABuyerWithoutACustomerIsLeftAloneInTheirOwnCase) {
  Desk desk;
  desk.line_facts.customer = CustomerId{};
  desk.Apply(desk.OpenReview());
  desk.Apply(desk.OpenReview(CaseId{12}));
  desk.Apply(desk.Fire(review::RefuseContact{}));
  EXPECT_TRUE(desk.rows.contact_refusals.empty());
  EXPECT_EQ(desk.Apply(desk.Fire(review::JudgeGenuine{})).after.state, "Replying");
  EXPECT_EQ(desk.Apply(desk.Fire(review::JudgeGenuine{}, CaseId{12})).after.state, "Contacting");
}

TEST(ReviewSteps, PackedProgressComesBackWhole) {
  Desk desk;
  GoToAwaitingRevision(desk);
  desk.Apply(desk.Fire(review::ReviewRevised{review::Rating::kBad}));
  Case read;
  DecodeProgress(EncodeProgress(desk.Now()), read);
  read.Armed() = desk.Now().Armed();
  EXPECT_EQ(EncodeProgress(read), EncodeProgress(desk.Now()));
  EXPECT_EQ(read.Review().offer.amount, 500);
  EXPECT_EQ(read.Review().reply_reason, review::ReplyReason::kNoRevision);
  EXPECT_THROW(DecodeProgress(std::string("\x84\x01", 2), read), std::runtime_error);  // cut short
}

TEST(ReviewRules, PlatformsThatLetNoBuyerReviseAreTheShopsList) {
  ReviewRules rules;
  EXPECT_FALSE(rules.LetsRevise("tmall"));
  EXPECT_TRUE(rules.LetsRevise("taobao"));
  rules.unrevisable_platforms = "jd,none";
  EXPECT_TRUE(rules.LetsRevise("tmall"));
  EXPECT_FALSE(rules.LetsRevise("jd"));
}

TEST(ReviewRules, ThePartOfTheDayIsThatOfTheShopsClock) {
  constexpr std::int64_t kMidnight = 1'760'054'400'000'000;  // 2025-10-10T00:00:00Z
  EXPECT_EQ(PartOfDayAt(kMidnight + 12 * kHourUs - 1, 0), review::PartOfDay::kMorning);
  EXPECT_EQ(PartOfDayAt(kMidnight + 12 * kHourUs, 0), review::PartOfDay::kAfternoon);
  EXPECT_EQ(PartOfDayAt(kMidnight + 18 * kHourUs, 0), review::PartOfDay::kEvening);
  EXPECT_EQ(PartOfDayAt(kMidnight + 10 * kHourUs, 8 * 3600), review::PartOfDay::kEvening);
  EXPECT_EQ(PartOfDayAt(kMidnight + 16 * kHourUs, 8 * 3600), review::PartOfDay::kMorning);
}

}  // namespace
}  // namespace redress::aftersales
