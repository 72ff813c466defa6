// Histories of disputes, made by chance: whatever the stepper writes is intact, and whatever is
// altered in it is found.

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

#include "services/aftersales/domain/history_check.h"
#include "services/platform/base/clock.h"
#include "tests/support/figure.h"
#include "tests/unit/aftersales/desk.h"
#include "tests/unit/aftersales/verified.h"
#include "workflows/dispute/dispute.h"

namespace redress::aftersales {
namespace {

namespace dispute = workflows::dispute;

// One dispute driven by chance; refusals are part of it. The same seed drives the same way.
class Walk {
 public:
  explicit Walk(std::uint32_t seed) : random_(seed) {
    desk.policy.rules = OneIn(2) ? DeadlineRules()
                                 : DeadlineRules({{"resolve_by", "", 0, 7200, 60, 60, true},
                                                  {"evidence", "", 0, 90, 45, 30, true}});
    auto open = desk.OpenDispute();
    if (OneIn(3)) std::get<OpenDispute>(open->body).platform_complaint_id = "P-1";
    if (OneIn(2)) std::get<OpenDispute>(open->body).line.line = LineId{};
    if (OneIn(3)) {
      std::get<OpenDispute>(open->body).channel = dispute::Channel::kEscalatedRefund;
      std::get<OpenDispute>(open->body).refund = CaseId{33};
      std::get<OpenDispute>(open->body).worth = 900;
    }
    desk.Apply(std::move(open));
  }

  void Go(int moves) {
    for (int i = 0; i < moves && !desk.Now().final; ++i) {
      std::unique_ptr<Command> command = Choose();
      if (OneIn(2)) command->sender.is_supervisor = true;
      if (OneIn(3)) {
        command->sender.unlimited = false;
        command->sender.amount_limit = 600;
      }
      desk.now_us += Pick<std::int64_t>({0, platform::kSecondUs, 3600 * platform::kSecondUs});
      desk.Decide(*command);
    }
  }

  Desk desk;

 private:
  template <class T>
  T Pick(std::initializer_list<T> choices) {
    return *(choices.begin() + static_cast<std::ptrdiff_t>(random_() % choices.size()));
  }
  bool OneIn(unsigned chances) { return random_() % chances == 0; }

  std::unique_ptr<Command> Choose() {
    switch (random_() % 12) {
      case 0:
        return desk.Make(AssignTo{OneIn(2) ? Desk::kAgent : AccountId{}});
      case 1:
        return desk.Make(WarnSupervisor{desk.Now().Armed().deadline_number});
      case 2:
        return desk.Make(CallPerson{workflows::PersonQueue::kAgents, "LOOK_AT_IT"});
      case 3:
      case 4: {
        auto late = desk.Make(ReachDeadline{desk.Now().Armed().deadline_number});
        late->sender.kind = workflows::ActorKind::kTimeout;
        return late;
      }
      default: {
        auto fire = desk.Fire(ChooseEvent());
        if (OneIn(3)) std::get<FireEvent>(fire->body).beside.open = CaseId{44};
        return fire;
      }
    }
  }

  dispute::DisputeEvent ChooseEvent() {
    const std::int64_t amount = Pick<std::int64_t>({900, 500, 0});
    const auto event = Pick<dispute::DisputeEvent>(
        {dispute::RecordContact{},
         dispute::BeginInvestigation{},
         dispute::AddEvidence{},
         dispute::ProposeOptions{{amount, 0, true, OneIn(2)}},
         dispute::ProposeOptions{{0, amount, true, OneIn(2)}},
         dispute::PresentOptions{},
         dispute::AcceptOption{Pick({dispute::OptionKind::kRefund, dispute::OptionKind::kOther})},
         dispute::DeclineOptions{},
         dispute::DeclineOptions{},
         dispute::RuleForBuyer{amount},
         dispute::RuleForShop{},
         dispute::RecordExecution{},
         dispute::Resolve{"quality", "m"},
         dispute::RecordRefundGiven{amount},
         dispute::RecordRefundEnded{},
         dispute::Withdraw{},
         dispute::PlatformIntervened{},
         dispute::PlatformRuledForBuyer{amount},
         dispute::PlatformRuledForShop{},
         dispute::JoinReview{55},
         dispute::PlatformClosed{}});
    // What ends a dispute, or decides it, at once would leave most walks short.
    const bool ends = std::holds_alternative<dispute::Withdraw>(event) ||
                      std::holds_alternative<dispute::RecordRefundGiven>(event) ||
                      std::holds_alternative<dispute::PlatformClosed>(event) ||
                      std::holds_alternative<dispute::PlatformIntervened>(event) ||
                      std::holds_alternative<dispute::PlatformRuledForBuyer>(event) ||
                      std::holds_alternative<dispute::PlatformRuledForShop>(event);
    if (ends && !OneIn(10)) return ChooseEvent();
    return event;
  }

  std::mt19937 random_;
};

HistoryReport Verify(std::span<const Step> steps, const Case& row) {
  return VerifyAs(kDisputeKind, steps, row);
}

TEST(DisputeHistory, WhatTheStepperWroteIsIntact) {
  std::map<std::string, int> events;
  for (std::uint32_t seed = 1; seed <= 2000; ++seed) {
    Walk walk(seed);
    walk.Go(60);
    const HistoryReport report = Verify(walk.desk.steps, walk.desk.Now());
    ASSERT_TRUE(report.intact()) << "seed " << seed << "\n" << Told(report);
    EXPECT_EQ(report.steps_replayed, walk.desk.steps.size());
    EXPECT_TRUE(report.unproved.empty());
    for (const Step& step : walk.desk.steps) ++events[step.event];
  }
  // Every event of the machine, and the four steps that are none.
  EXPECT_EQ(events.size(), std::variant_size_v<dispute::DisputeEvent> + 4);
  int steps = 0;
  for (const auto& [event, count] : events) steps += count;
  test::Figure("dispute_steps_replayed_exactly", steps);
}

TEST(DisputeHistory, AStepThatWasLeftOutIsFound) {
  for (std::uint32_t seed = 1; seed <= 100; ++seed) {
    Walk walk(seed);
    walk.Go(12);
    for (std::size_t out = 0; out < walk.desk.steps.size(); ++out) {
      std::vector<Step> steps = walk.desk.steps;
      steps.erase(steps.begin() + static_cast<std::ptrdiff_t>(out));
      EXPECT_FALSE(Verify(steps, walk.desk.Now()).intact()) << "seed " << seed << " step " << out;
    }
  }
}

TEST(DisputeHistory, AlteredProgressIsFoundByName) {
  const auto finds = [](std::string_view field, auto alter) {
    Walk walk(7);
    walk.Go(20);
    Case row = walk.desk.Now();
    alter(row);
    const HistoryReport report = Verify(walk.desk.steps, row);
    return std::any_of(report.findings.begin(), report.findings.end(),
                       [&](const Finding& finding) { return finding.field == field; });
  };
  EXPECT_TRUE(finds("case.evidence", [](Case& row) { row.Dispute().evidence += 1; }));
  EXPECT_TRUE(finds("case.options.refund", [](Case& row) { row.Dispute().options.refund += 1; }));
  EXPECT_TRUE(finds("case.remedy.amount", [](Case& row) { row.Dispute().remedy.amount += 1; }));
  EXPECT_TRUE(finds("case.root_cause", [](Case& row) { row.Dispute().root_cause += "x"; }));
  EXPECT_TRUE(finds("case.review_id", [](Case& row) { row.Dispute().review += 1; }));
  EXPECT_TRUE(finds("case.resolve_by_at", [](Case& row) { row.resolve_by_at += 1; }));
  EXPECT_TRUE(
      finds("case.kind", [](Case& row) { row.progress = workflows::refund::RefundProgress{}; }));
}

}  // namespace
}  // namespace redress::aftersales
