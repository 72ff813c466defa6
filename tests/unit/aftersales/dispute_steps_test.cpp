// Disputes through the stepper: what they share with refunds, and what is their own.

#include <gtest/gtest.h>

#include "services/aftersales/domain/case_kind.h"
#include "services/aftersales/domain/shop_policies.h"
#include "services/aftersales/domain/snapshot.h"
#include "services/platform/base/clock.h"
#include "tests/unit/aftersales/desk.h"
#include "workflows/dispute/dispute.h"

namespace redress::aftersales {
namespace {

namespace dispute = workflows::dispute;
namespace refund = workflows::refund;

constexpr std::int64_t kHourUs = 3600 * platform::kSecondUs;

// Two options, of which the refund is accepted.
void GoToExecuting(Desk& desk) {
  desk.Apply(desk.OpenDispute());
  desk.Apply(desk.Fire(dispute::RecordContact{}));
  desk.Apply(desk.Fire(dispute::BeginInvestigation{}));
  desk.Apply(desk.Fire(dispute::AddEvidence{}));
  desk.Apply(desk.Fire(dispute::ProposeOptions{{1200, 0, true, false}}));
  desk.Apply(desk.Fire(dispute::PresentOptions{}));
  desk.Apply(desk.Fire(dispute::AcceptOption{dispute::OptionKind::kRefund}));
}

TEST(DisputeSteps, ADisputeIsOpenedWithItsFirstDeadlineAndItsPromise) {
  Desk desk;
  const Answer answer = desk.Apply(desk.OpenDispute());
  EXPECT_EQ(KindOf(answer.after), kDisputeKind);
  EXPECT_EQ(answer.after.state, "Opened");
  EXPECT_EQ(answer.after.Armed().deadline_rule, "first_contact");
  EXPECT_EQ(answer.after.due_at, answer.after.opened_at + kHourUs);
  EXPECT_EQ(answer.after.resolve_by_at, answer.after.opened_at + 72 * kHourUs);
  EXPECT_EQ(answer.after.workflow_version, static_cast<std::uint32_t>(dispute::kVersion));
  EXPECT_TRUE(desk.rows.ledger.empty());  // it pays nothing itself
}

TEST(DisputeSteps, TheShopsOwnRuleSetsThePromise) {
  Desk desk;
  desk.policy.rules = DeadlineRules({{"resolve_by", "", 0, 3600, 3600, 1800, true}});
  const Case opened = desk.Apply(desk.OpenDispute()).after;
  EXPECT_EQ(opened.resolve_by_at, opened.opened_at + kHourUs);
  // What was promised stays, whatever the rule becomes.
  desk.policy.rules = DeadlineRules();
  desk.Apply(desk.Fire(dispute::RecordContact{}));
  EXPECT_EQ(desk.Now().resolve_by_at, opened.resolve_by_at);
}

TEST(DisputeSteps, ADisputeGoesItsWayToResolved) {
  Desk desk;
  GoToExecuting(desk);
  EXPECT_EQ(desk.Now().Dispute().remedy, (dispute::Remedy{dispute::OptionKind::kRefund, 1200}));
  desk.Apply(desk.Fire(dispute::RecordExecution{}));
  EXPECT_EQ(desk.steps.back().outcome, "");
  desk.Apply(desk.Fire(dispute::Resolve{"late_delivery", "another carrier"}));
  EXPECT_TRUE(desk.Now().final);
  EXPECT_EQ(desk.Now().due_at, 0);
  EXPECT_EQ(desk.steps.back().outcome, "resolved");
  EXPECT_EQ(desk.steps.back().event_json,
            R"({"root_cause":"late_delivery","measure":"another carrier"})");
}

TEST(DisputeSteps, ARootCauseIsOneOfTheShopsList) {
  Desk desk;
  GoToExecuting(desk);
  desk.Apply(desk.Fire(dispute::RecordExecution{}));
  EXPECT_EQ(desk.Reason(desk.Fire(dispute::Resolve{"unlisted", "m"})), "ROOT_CAUSE_NOT_LISTED");
  EXPECT_EQ(desk.Reason(desk.Fire(dispute::Resolve{"quality", ""})), "MEASURE_MISSING");
}

TEST(DisputeSteps, AnEventOfAnotherKindIsRefused) {
  Desk desk;
  desk.Apply(desk.OpenDispute());
  EXPECT_EQ(desk.Reason(desk.Fire(refund::Withdraw{})), "OTHER_KIND");
  desk.Apply(desk.Open(100, CaseId{12}));
  EXPECT_EQ(desk.Reason(desk.Fire(dispute::Withdraw{}, CaseId{12})), "OTHER_KIND");
}

TEST(DisputeSteps, WhatBelongsToMoneyIsRefused) {
  Desk desk;
  desk.Apply(desk.OpenDispute());
  EXPECT_EQ(desk.Reason(desk.Make(RecordPayment{{PaymentResult::kSettled, "", ""}})),
            "NO_SETTLEMENT");
}

TEST(DisputeSteps, ADeadlineCallsTheSupervisorAndIsArmedAgain) {
  Desk desk;
  desk.Apply(desk.OpenDispute());
  const std::uint8_t before = desk.Now().triage.raised;
  desk.now_us = desk.Now().due_at;
  auto late = desk.Make(ReachDeadline{1});
  late->sender.kind = workflows::ActorKind::kTimeout;
  desk.Apply(std::move(late));
  EXPECT_EQ(desk.Now().state, "Opened");
  EXPECT_EQ(desk.Now().triage.raised, before + 1);
  EXPECT_EQ(desk.Now().queue, workflows::PersonQueue::kSupervisors);
  EXPECT_EQ(desk.Now().needs_person, "DEADLINE_PASSED");
  EXPECT_EQ(desk.Now().Armed().deadline_number, 2);
  EXPECT_EQ(desk.steps.back().deadline_rule, "first_contact");
  EXPECT_EQ(desk.steps.back().event, "deadline_reached");
  // The same deadline again: no longer armed.
  EXPECT_TRUE(desk.Apply(desk.Make(ReachDeadline{1})).ignored);
}

TEST(DisputeSteps, ThePlatformsRulingIsAnIntervention) {
  Desk desk;
  desk.Apply(desk.OpenDispute());
  EXPECT_FALSE(desk.Now().platform_intervened);
  desk.Apply(desk.Fire(dispute::PlatformRuledForBuyer{300}));
  EXPECT_TRUE(desk.Now().platform_intervened);
  EXPECT_EQ(desk.Now().state, "Executing");
}

TEST(DisputeSteps, APlatformsComplaintComesFirst) {
  Desk desk;
  auto open = desk.OpenDispute();
  std::get<OpenDispute>(open->body).platform_complaint_id = "77";
  desk.Apply(std::move(open));
  EXPECT_EQ(desk.Now().platform_refund_id, "complaint#77");
  EXPECT_LT(desk.Now().priority, kLowestPriority);
}

TEST(DisputeSteps, PackedProgressComesBackWhole) {
  Desk desk;
  GoToExecuting(desk);
  desk.Apply(desk.Fire(dispute::RecordExecution{}));
  desk.Apply(desk.Fire(dispute::Resolve{"质量", "换一家快递"}));
  Case read;
  DecodeProgress(EncodeProgress(desk.Now()), read);
  static_cast<workflows::ArmedDeadline&>(read.Dispute()) = desk.Now().Armed();
  EXPECT_EQ(EncodeProgress(read), EncodeProgress(desk.Now()));
  EXPECT_EQ(read.Dispute().measure, "换一家快递");
  EXPECT_EQ(read.resolve_by_at, desk.Now().resolve_by_at);
}

TEST(DisputeSteps, ARefundHasNothingPacked) {
  Desk desk;
  desk.Apply(desk.Open(100));
  EXPECT_EQ(EncodeProgress(desk.Now()), "");
  Case read;
  DecodeProgress("", read);
  EXPECT_TRUE(read.IsRefund());
}

TEST(DisputeSteps, BytesThatNobodyHasPackedAreRefused) {
  Case read;
  EXPECT_THROW(DecodeProgress("\x02", read), std::runtime_error);  // a refund's format
  EXPECT_THROW(DecodeProgress(std::string("\x82\x01", 2), read), std::runtime_error);  // cut short
  EXPECT_THROW(DecodeProgress("\x7e", read), std::runtime_error);                      // no format
}

TEST(RootCauses, AreTheShopsOwnNames) {
  EXPECT_TRUE(IsListed("a,b,c", "b"));
  EXPECT_FALSE(IsListed("a,bb,c", "b"));
  EXPECT_FALSE(IsListed("a,,c", ""));
  EXPECT_FALSE(IsListed("", "a"));
  EXPECT_TRUE(IsListed(kRootCauses, "late_delivery"));
}

}  // namespace
}  // namespace redress::aftersales
