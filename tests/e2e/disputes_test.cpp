// A dispute through all real processes: opened and worked on the command line, its deadlines, its
// history, and the figures that a supervisor reads of it.

#include "tests/e2e/disputes.h"

#include <gtest/gtest.h>
#include <redress/aftersales/v1/workflow_service.pb.h>

#include <map>
#include <set>

#include "clients/cpp/call_error.h"
#include "tests/e2e/figures.h"
#include "tests/support/figure.h"
#include "tests/support/wait_for.h"

namespace redress::e2e {
namespace {

constexpr std::int64_t kHour = 3600;

class Disputes : public testing::Test {
 protected:
  // The command line, logged in as one person.
  Finished Say(std::vector<std::string> arguments) {
    if (!logged_in_) {
      const Finished login = stack_.Redress({"log-in", "--account", shop_.AccountNameOf("agent"),
                                             "--shop", shop_.shop_id(), "--password-stdin"},
                                            shop_.PasswordOf("agent") + "\n");
      EXPECT_EQ(login.exit_code, 0) << login.output;
      logged_in_ = true;
    }
    Finished finished = stack_.Redress(arguments);
    EXPECT_EQ(finished.exit_code, 0) << finished.output;
    return finished;
  }
  aftersales::Case OnlyCase() {
    aftersales::ListCasesRequest request;
    request.set_order(aftersales::CASE_ORDER_NEWEST);
    request.set_kind("dispute");
    const auto answer = shop_.As("agent").Call<aftersales::ListCasesResponse>(request);
    EXPECT_EQ(answer.cases_size(), 1);
    return answer.cases(0);
  }
  void ExpectFigure(const std::string& figure, std::pair<std::int64_t, std::int64_t> expected,
                    const std::string& kind = "") {
    std::pair<std::int64_t, std::int64_t> found;
    EXPECT_TRUE(test::WaitFor(
        [&] {
          found = FigureOf(shop_, figure, Around(stack_.NowUs()), kind);
          return found == expected;
        },
        std::chrono::seconds(30)))
        << figure << ": " << found.first << "/" << found.second;
  }

  Stack& stack_ = Stack::Shared();
  Shop shop_{stack_};
  bool logged_in_ = false;
};

TEST_F(Disputes, GoFromOpeningToTheFigureOnTheCommandLine) {
  const order::Order order = shop_.PushOrder(2);
  Say({"dispute", "open", "--order", order.order_id(), "--from", "delivery_fault", "--reason",
       "not_delivered", "--text", "一直没收到"});
  const std::string id = OnlyCase().case_id();
  const std::string number = std::to_string(OnlyCase().case_number());
  ExpectFigure("dispute_completion_rate", {0, 1});
  shop_.Assign(id);
  Say({"dispute", "apply", number, "record-contact"});
  Say({"dispute", "apply", number, "begin-investigation"});
  Say({"dispute", "apply", number, "add-evidence", "--kind", "tracking", "--reference", "SF1"});
  Say({"dispute", "apply", number, "propose-options", "--refund", "12.50", "--replacement",
       "true"});
  Say({"dispute", "apply", number, "present-options"});
  Say({"dispute", "apply", number, "accept-option", "--option", "refund"});
  const aftersales::Case agreed = OnlyCase();
  EXPECT_EQ(agreed.state(), "Executing");
  EXPECT_EQ(agreed.line_id(), "");
  EXPECT_EQ(agreed.dispute().remedy_amount().minor_units(), 12'50);
  EXPECT_EQ(agreed.dispute().remedy_amount().currency_code(), "CNY");
  Say({"dispute", "apply", number, "record-execution"});
  Say({"dispute", "apply", number, "resolve", "--root-cause", "late_delivery", "--measure",
       "another carrier"});
  const Finished shown = Say({"case", "show", number});
  EXPECT_NE(shown.output.find("Resolved"), std::string::npos) << shown.output;
  EXPECT_NE(shown.output.find("another carrier"), std::string::npos) << shown.output;
  ExpectFigure("dispute_completion_rate", {1, 1});
  ExpectFigure("case_completion_rate", {1, 1}, "dispute");
}

TEST_F(Disputes, CountAtTheirDeadlineOnceItHasPassed) {
  const std::string resolved = BringDisputeTo(shop_, "Resolved");
  BringDisputeTo(shop_, "Investigating");
  const std::string withdrawn = BringDisputeTo(shop_, "Opened");
  ApplyToDispute(shop_, "agent", withdrawn, [](auto& event) { event.mutable_withdraw(); });
  ExpectFigure("dispute_completion_rate", {1, 2});
  ExpectFigure("dispute_completion_at_deadline", {0, 0});  // none is due yet
  const Days opened = Around(stack_.NowUs());
  const auto promised = shop_.Get(resolved).dispute().resolve_by_time().seconds();
  EXPECT_NEAR(promised - shop_.Get(resolved).open_time().seconds(), 72 * kHour, 1);
  stack_.Advance(72 * kHour + 60);
  shop_.LogInAgain();
  const std::pair<std::int64_t, std::int64_t> one_of_two{1, 2};
  EXPECT_TRUE(test::WaitFor(
      [&] { return FigureOf(shop_, "dispute_completion_at_deadline", opened, "") == one_of_two; }));
  EXPECT_EQ(Rebuild(shop_).mismatches, 0U);
}

TEST_F(Disputes, FireTheRuleOfEveryState) {
  std::map<std::string, std::string> cases;
  for (const char* state : {"Opened", "Contacted", "Investigating", "Proposed", "AwaitingBuyer",
                            "Arbitration", "Executing", "CauseReview"}) {
    cases[state] = BringDisputeTo(shop_, state);
  }
  stack_.Advance(8 * 24 * kHour);  // past the longest of these rules
  shop_.LogInAgain();
  std::set<std::pair<std::string, std::string>> fired;
  for (const auto& [state, id] : cases) {
    EXPECT_TRUE(test::WaitFor(
        [&] {
          for (const auto& step : shop_.Steps(id)) {
            if (step.actor_kind() != "timeout" || step.event() != "deadline_reached") continue;
            fired.emplace(step.from_state(), step.deadline_rule());
            return step.from_state() == state;
          }
          return false;
        },
        std::chrono::seconds(60)))
        << state;
    const aftersales::Case now = shop_.Get(id);
    EXPECT_FALSE(now.final()) << state;
    EXPECT_NE(now.needs_person(), "") << state;
  }
  aftersales::DescribeWorkflowRequest request;
  request.set_kind("dispute");
  const auto described =
      shop_.As("agent").Call<aftersales::DescribeWorkflowResponse>(request).workflow();
  std::set<std::pair<std::string, std::string>> rules;
  for (const auto& state : described.states()) {
    if (!state.final()) rules.emplace(state.name(), state.deadline_rule());
  }
  EXPECT_EQ(fired, rules);
}

TEST_F(Disputes, HaveIntactHistories) {
  for (const char* state : {"Opened", "Proposed", "Arbitration", "Resolved"}) {
    aftersales::VerifyCaseRequest request;
    request.set_case_id(BringDisputeTo(shop_, state));
    const auto report =
        shop_.As("auditor").Call<aftersales::VerifyCaseResponse>(request).verification();
    EXPECT_TRUE(report.intact()) << report.DebugString();
    EXPECT_EQ(report.steps_replayed(), report.steps());
  }
}

TEST_F(Disputes, SayWhatCanBeDoneAndWhyTheRestCannot) {
  aftersales::GetCaseRequest request;
  request.set_case_id(BringDisputeTo(shop_, "Investigating"));
  std::map<std::string, aftersales::AllowedAction> actions;
  const auto answer = shop_.As("agent").Call<aftersales::GetCaseResponse>(request);
  for (const auto& action : answer.actions()) {
    actions[action.event()] = action;
  }
  EXPECT_TRUE(actions.at("add_evidence").allowed());
  EXPECT_EQ(actions.at("propose_options").reason(), "EVIDENCE_MISSING");
  EXPECT_EQ(actions.at("resolve").reason(), "NOT_LEGAL_IN_STATE");
  EXPECT_EQ(actions.at("rule_for_shop").reason(), "ROLE");
}

TEST_F(Disputes, ARootCauseIsOneOfTheShopsList) {
  const std::string id = BringDisputeTo(shop_, "CauseReview");
  try {
    ApplyToDispute(shop_, "agent", id, [](auto& event) {
      event.mutable_resolve()->set_root_cause("full_moon");
      event.mutable_resolve()->set_measure("none");
    });
    FAIL() << "a cause that nobody listed";
  } catch (const client::CallError& error) {
    EXPECT_EQ(error.reason(), "ROOT_CAUSE_NOT_LISTED");
  }
}

}  // namespace
}  // namespace redress::e2e
