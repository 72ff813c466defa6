#include "services/aftersales/domain/triage.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "services/aftersales/domain/snapshot.h"
#include "services/platform/base/clock.h"
#include "tests/unit/aftersales/desk.h"

namespace redress::aftersales {
namespace {

namespace refund = workflows::refund;
constexpr std::int64_t kHourUs = 3600 * platform::kSecondUs;

TriageFacts QuietFacts() {
  TriageFacts facts;
  facts.kind = "refund";
  facts.amount = 10'00;
  facts.now_us = 1'760'000'000'000'000;
  facts.due_at = facts.now_us + 48 * kHourUs;
  return facts;
}

TEST(Triage, GivesNoPointsToAQuietCase) {
  EXPECT_EQ(PointsOf({}, QuietFacts()), TriagePoints());
  EXPECT_EQ(PriorityOf({}), 3);
}

TEST(Triage, WeighsTheKindsThatTheShopNames) {
  TriageRules rules;
  rules.urgent_kinds = "dispute,review";
  TriageFacts facts = QuietFacts();
  facts.kind = "review";
  EXPECT_EQ(PointsOf(rules, facts).kind, 1);
  facts.kind = "disput";
  EXPECT_EQ(PointsOf(rules, facts).kind, 0);
}

TEST(Triage, WeighsTheChannel) {
  TriageRules rules;
  TriageFacts facts = QuietFacts();
  facts.has_platform_id = true;
  EXPECT_EQ(PointsOf(rules, facts).platform, 1);
  rules.platform_points = 0;
  EXPECT_EQ(PointsOf(rules, facts).platform, 0);
}

TEST(Triage, CountsAnAmountFromItsThresholdOn) {
  TriageFacts facts = QuietFacts();
  const std::map<std::int64_t, int> expected{
      {499'99, 0}, {500'00, 1}, {1'999'99, 1}, {2'000'00, 2}, {9'000'000'00, 2}};
  for (const auto& [amount, points] : expected) {
    facts.amount = amount;
    EXPECT_EQ(PointsOf({}, facts).amount, points) << amount;
  }
}

TEST(Triage, CountsADeadlineThatIsNear) {
  TriageFacts facts = QuietFacts();
  const std::map<std::int64_t, int> expected{{8 * kHourUs + 1, 0},
                                             {8 * kHourUs, 1},
                                             {2 * kHourUs + 1, 1},
                                             {2 * kHourUs, 2},
                                             {-kHourUs, 2}};
  for (const auto& [left, points] : expected) {
    facts.due_at = facts.now_us + left;
    EXPECT_EQ(PointsOf({}, facts).deadline, points) << left;
  }
  facts.due_at = 0;
  EXPECT_EQ(PointsOf({}, facts).deadline, 0);
}

TEST(Triage, AThresholdOfZeroSwitchesItsPointsOff) {
  TriageFacts facts = QuietFacts();
  facts.amount = 1'000'000'00;
  facts.due_at = facts.now_us;
  EXPECT_EQ(PointsOf({"", 1, 0, 0, 0, 0}, facts), TriagePoints());
}

TEST(Triage, IsNeverMoreUrgentThanP0) {
  EXPECT_EQ(PriorityOf({1, 1, 2, 2, 3}), 0);
  EXPECT_EQ(PriorityOf({0, 1, 0, 1, 0}), 1);
}

TEST(Triage, PacksADigitPerReason) {
  const TriagePoints points{1, 1, 2, 0, 3};
  EXPECT_EQ(Packed(points), 11203);
  EXPECT_EQ(Unpacked(11203), points);
}

TEST(Triage, NamesEveryReasonThatHasPoints) {
  const auto reasons = ReasonsOf({0, 1, 2, 0, 0});
  ASSERT_EQ(reasons.size(), 2U);
  EXPECT_EQ(reasons[0].code, "PLATFORM");
  EXPECT_EQ(reasons[1].code, "AMOUNT");
  EXPECT_EQ(reasons[1].points, 2);
  EXPECT_FALSE(reasons[1].explanation.empty());
}

TEST(Triage, ReadsTheShopsThresholdsAndKeepsDefaultsForTheRest) {
  const std::map<std::string_view, std::string> set{{"triage_amount_high", "100"},
                                                    {"triage_due_soon_hours", "soon"},
                                                    {"triage_platform_points", "7"},
                                                    {"triage_urgent_kinds", "refund"}};
  const TriageRules rules = ReadTriageRules([&](std::string_view name) {
    const auto found = set.find(name);
    return found == set.end() ? std::string() : found->second;
  });
  EXPECT_EQ(rules.amount_high, 100);
  EXPECT_EQ(rules.amount_very_high, TriageRules().amount_very_high);
  EXPECT_EQ(rules.due_soon_hours, TriageRules().due_soon_hours);
  EXPECT_EQ(rules.platform_points, TriageRules().platform_points);
  EXPECT_EQ(rules.urgent_kinds, "refund");
}

TEST(TriageOfSteps, IsJudgedAtOpening) {
  Desk desk;
  desk.policy.triage.amount_high = 1000;
  auto open = desk.Open(1000);
  std::get<OpenCase>(open->body).platform_refund_id = "P-1";
  const Answer opened = desk.Apply(std::move(open));
  EXPECT_EQ(opened.after.triage, (TriagePoints{0, 1, 1, 0, 0}));
  EXPECT_EQ(opened.after.priority, 1);
}

TEST(TriageOfSteps, IsJudgedAnewByWhatAStepChanges) {
  Desk desk;
  desk.policy.triage.amount_high = 1000;
  EXPECT_EQ(desk.Apply(desk.Open(1000)).after.priority, 2);
  EXPECT_EQ(desk.Apply(desk.Fire(refund::ReviseRequest{999, 1, refund::Variant::kRefundOnly}))
                .after.priority,
            3);
}

TEST(TriageOfSteps, LooksAtTheDeadlineThatTheStepArmed) {
  Desk desk;
  desk.policy.rules = DeadlineRules({{"settlement", "", 0, 3600, 3600, 1800, true}});
  desk.Apply(desk.Open(1000));
  EXPECT_EQ(desk.Apply(desk.Fire(refund::Approve{1000})).after.triage.deadline, 2);
}

TEST(TriageOfSteps, ARaiseStaysAmongTheReasons) {
  Desk desk;
  desk.Apply(desk.Open(1000));
  desk.Apply(desk.Make(CallPerson{refund::PersonQueue::kAgents, "LOOK_AT_IT"}));
  const Answer assigned = desk.Apply(desk.Make(AssignTo{Desk::kAgent}));
  EXPECT_EQ(assigned.after.triage, (TriagePoints{0, 0, 0, 0, 1}));
  EXPECT_EQ(assigned.after.priority, 2);
}

TEST(TriageOfSteps, RaisesEndAtP0) {
  Desk desk;
  desk.Apply(desk.Open(1000));
  for (int i = 0; i < 5; ++i) {
    desk.Apply(desk.Make(CallPerson{refund::PersonQueue::kAgents, "LOOK_AT_IT"}));
  }
  EXPECT_EQ(desk.Now().triage.raised, 3);
  EXPECT_EQ(desk.Now().priority, 0);
}

TEST(TriageOfSteps, AreKeptInTheSnapshot) {
  Desk desk;
  desk.policy.triage.amount_very_high = 1000;
  const Answer opened = desk.Apply(desk.Open(1000));
  Answer read;
  DecodeSnapshot(desk.steps.back().snapshot, read);
  EXPECT_EQ(read.after.triage, (TriagePoints{0, 0, 2, 0, 0}));
  EXPECT_EQ(read.after.triage, opened.after.triage);
}

// A snapshot of the first format is one of the second without its last number.
TEST(TriageOfSteps, AreWorkedOutForSnapshotsThatHaveNone) {
  Desk desk;
  auto open = desk.Open(1000);
  std::get<OpenCase>(open->body).platform_refund_id = "P-1";
  desk.Apply(std::move(open));
  const Answer called =
      desk.Apply(desk.Make(CallPerson{refund::PersonQueue::kAgents, "LOOK_AT_IT"}));
  std::string old = desk.steps.back().snapshot;
  old[0] = 2;                  // zigzag of format 1
  old.resize(old.size() - 2);  // 101 takes two bytes
  Answer read;
  read.after.platform_refund_id = "P-1";
  DecodeSnapshot(old, read);
  EXPECT_EQ(read.after.triage, called.after.triage);
  EXPECT_EQ(read.after.triage, (TriagePoints{0, 1, 0, 0, 1}));
}

}  // namespace
}  // namespace redress::aftersales
