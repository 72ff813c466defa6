// A review case through all real processes: opened and worked on the command line, on its three
// ways (genuine, malicious, on a platform that lets nobody revise), its deadlines, its history, and
// the figures that a supervisor reads of it.

#include "tests/e2e/reviews.h"

#include <gtest/gtest.h>
#include <redress/aftersales/v1/workflow_service.pb.h>
#include <redress/identity/v1/shop_service.pb.h>

#include <map>
#include <set>

#include "clients/cpp/call_error.h"
#include "tests/e2e/figures.h"
#include "tests/support/wait_for.h"

namespace redress::e2e {
namespace {

using Numbers = std::pair<std::int64_t, std::int64_t>;
using Event = aftersales::ReviewEvent;

constexpr std::int64_t kHour = 3600;
constexpr std::int64_t kDay = 24 * kHour;

class Reviews : public testing::Test {
 protected:
  // The command line, logged in as the agent.
  Finished Say(const std::vector<std::string>& arguments) {
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
    request.set_kind("review");
    const auto answer = shop_.As("agent").Call<aftersales::ListCasesResponse>(request);
    EXPECT_EQ(answer.cases_size(), 1);
    return answer.cases(0);
  }
  void ExpectFigure(const std::string& figure, Numbers expected, const std::string& kind = "") {
    Numbers found;
    EXPECT_TRUE(test::WaitFor(
        [&] {
          found = FigureOf(shop_, figure, Around(stack_.NowUs()), kind);
          return found == expected;
        },
        std::chrono::seconds(30)))
        << figure << ": " << found.first << "/" << found.second;
  }
  aftersales::Case Apply(const std::string& id, const std::function<void(Event&)>& set) {
    return ApplyToReview(shop_, "agent", id, set);
  }
  std::string ReasonOf(const std::string& id, const std::function<void(Event&)>& set) {
    try {
      Apply(id, set);
      return "";
    } catch (const client::CallError& error) {
      return error.reason();
    }
  }
  // Whether a timeout step left this state, by which rule.
  std::string RuleFired(const std::string& id, const std::string& state) {
    std::string rule;
    EXPECT_TRUE(test::WaitFor(
        [&] {
          for (const auto& step : shop_.Steps(id)) {
            if (step.actor_kind() != "timeout" || step.event() != "deadline_reached") continue;
            if (step.from_state() == state) rule = step.deadline_rule();
          }
          return !rule.empty();
        },
        std::chrono::seconds(60)))
        << state;
    return rule;
  }

  Stack& stack_ = Stack::Shared();
  Shop shop_{stack_};
  bool logged_in_ = false;
};

TEST_F(Reviews, GoFromOpeningToTheFigureOnTheCommandLine) {
  const order::Order order = shop_.PushOrder(2);
  const std::int64_t written_s = stack_.NowUs() / 1'000'000 - kDay;
  char written[32];
  const std::time_t then = written_s;
  std::tm utc{};
  gmtime_r(&then, &utc);
  std::strftime(written, sizeof written, "%Y-%m-%dT%H:%M:%SZ", &utc);
  Say({"review", "open", "--order", order.order_id(), "--stars", "1", "--written-at", written,
       "--reason", "quality", "--text", "用了两天就坏了", "--platform-review-id", "R1"});
  const std::string id = OnlyCase().case_id();
  const std::string number = std::to_string(OnlyCase().case_number());
  EXPECT_EQ(OnlyCase().review().review_time().seconds(), written_s);
  shop_.Assign(id);
  Say({"review", "apply", number, "judge-genuine"});
  Say({"review", "apply", number, "record-attempt", "--contact-channel", "phone", "--reached",
       "true"});
  Say({"review", "apply", "--text", "为商品的问题补偿，与评价无关", number, "make-offer", "--offer",
       "compensation", "--amount", "12.50", "--unconditional", "true"});
  EXPECT_EQ(OnlyCase().review().offer_amount().minor_units(), 12'50);
  Say({"review", "apply", number, "accept-offer"});
  Say({"review", "apply", number, "record-fulfilment"});
  const aftersales::Case waiting = OnlyCase();
  EXPECT_EQ(waiting.state(), "AwaitingRevision");
  EXPECT_EQ(waiting.deadline().due_time().seconds(), written_s + 27 * kDay);
  ApplyToReview(shop_, "integration", id, [](Event& event) {
    event.mutable_review_revised()->set_rating(aftersales::REVIEW_RATING_GOOD);
  });
  const Finished shown = Say({"case", "show", number});
  EXPECT_NE(shown.output.find("Resolved"), std::string::npos) << shown.output;
  const Finished listed = Say({"--json", "review", "list", "--by", "newest"});
  EXPECT_NE(listed.output.find("REVIEW_CHANGE_REVISED"), std::string::npos) << listed.output;
  ExpectFigure("review_change_rate", {1, 1});
  ExpectFigure("case_completion_rate", {1, 1}, "review");
  EXPECT_EQ(Rebuild(shop_).mismatches, 0U);
}

TEST_F(Reviews, ConfirmedMaliciousOnesAskForATagAndThoseTurnedDownForAReply) {
  const std::string removed = BringReviewTo(shop_, "Reported");
  ApplyToReview(shop_, "integration", removed,
                [](Event& event) { event.mutable_review_removed(); });
  EXPECT_TRUE(shop_.Get(removed).review().malice_confirmed());
  EXPECT_NE(shop_.Steps(removed).back().event_json().find("tag_malicious_reviewer"),
            std::string::npos);
  const std::string stands = BringReviewTo(shop_, "Reported");
  const aftersales::Case down = ApplyToReview(
      shop_, "integration", stands, [](Event& event) { event.mutable_report_turned_down(); });
  EXPECT_EQ(down.state(), "Replying");
  EXPECT_EQ(down.deadline().due_time().seconds() - down.update_time().seconds(), kDay);
  Apply(stands, [](Event& event) { event.mutable_publish_reply(); });
  EXPECT_EQ(shop_.Get(stands).state(), "Resolved");
  ExpectFigure("review_change_rate", {1, 2});
}

TEST_F(Reviews, WhereNobodyRevisesTheyCountInALineOfTheirOwn) {
  identity::v1::SetShopSettingRequest setting;
  setting.set_name("unrevisable_platforms");
  const order::Order order = shop_.PushOrder();
  setting.set_value(order.platform());
  shop_.As("admin").Call<identity::v1::SetShopSettingResponse>(setting);
  std::string id;
  ASSERT_TRUE(test::WaitFor(
      [&] {
        const aftersales::Case opened = OpenReview(shop_, order);
        id = opened.case_id();
        return !opened.review().revision_possible();
      },
      std::chrono::seconds(30)));
  Apply(id, [](Event& event) { event.mutable_judge_genuine(); });
  Apply(id, [](Event& event) {
    event.mutable_record_attempt()->set_contact_channel(aftersales::CONTACT_CHANNEL_CHAT);
    event.mutable_record_attempt()->set_reached(true);
  });
  EXPECT_EQ(ReasonOf(id,
                     [](Event& event) {
                       event.mutable_make_offer()->set_offer(aftersales::REVIEW_OFFER_OTHER);
                       event.mutable_make_offer()->set_unconditional(true);
                     }),
            "REVISION_NOT_POSSIBLE");
  Apply(id, [](Event& event) { event.mutable_conclude_talks(); });
  EXPECT_EQ(shop_.Get(id).review().reply_reason(), aftersales::REVIEW_REPLY_REASON_NO_REVISION);
  Apply(id, [](Event& event) { event.mutable_publish_reply(); });
  ExpectFigure("review_change_rate_unrevisable", {0, 1});
  ExpectFigure("review_change_rate", {0, 0});
}

TEST_F(Reviews, NobodyContactsABuyerWhoAskedNotToBe) {
  const order::Order order = shop_.PushOrder();
  const std::string first = OpenReview(shop_, order).case_id();
  const std::string second = OpenReview(shop_, order).case_id();
  Apply(first, [](Event& event) { event.mutable_refuse_contact(); });
  Apply(first, [](Event& event) { event.mutable_judge_genuine(); });
  EXPECT_EQ(shop_.Get(first).state(), "Replying");
  ASSERT_NE(shop_.Get(second).customer_id(), "0");
  EXPECT_EQ(Apply(second, [](Event& event) { event.mutable_judge_genuine(); }).state(), "Replying");
}

TEST_F(Reviews, OffersAndRepliesNeedTheirWords) {
  aftersales::ApplyStepRequest request;
  request.set_case_id(BringReviewTo(shop_, "Replying"));
  request.set_version(shop_.Get(request.case_id()).version());
  request.mutable_review()->mutable_publish_reply();
  try {
    shop_.As("agent").Call<aftersales::ApplyStepResponse>(request);
    FAIL() << "a reply without words";
  } catch (const client::CallError& error) {
    EXPECT_EQ(error.code(), grpc::StatusCode::INVALID_ARGUMENT);
  }
}

TEST_F(Reviews, FireTheRuleOfEveryState) {
  std::map<std::string, std::string> cases;
  for (const char* state :
       {"Detected", "Contacting", "Negotiating", "Offered", "Agreed", "AwaitingRevision",
        "InDispute", "Replying", "CollectingEvidence", "Reported"}) {
    cases[state] = BringReviewTo(shop_, state);
  }
  stack_.Advance(30 * kDay);  // past the longest of these rules
  shop_.LogInAgain();
  std::set<std::pair<std::string, std::string>> fired;
  for (const auto& [state, id] : cases) {
    fired.emplace(state, RuleFired(id, state));
    const aftersales::Case now = shop_.Get(id);
    EXPECT_FALSE(now.final()) << state;
    EXPECT_NE(now.needs_person(), "") << state;
  }
  for (const char* state : {"Offered", "AwaitingRevision", "InDispute"}) {
    EXPECT_EQ(shop_.Get(cases[state]).state(), "Replying") << state;
  }
  aftersales::DescribeWorkflowRequest request;
  request.set_kind("review");
  const auto described =
      shop_.As("agent").Call<aftersales::DescribeWorkflowResponse>(request).workflow();
  std::set<std::pair<std::string, std::string>> rules;
  for (const auto& state : described.states()) {
    if (!state.final()) rules.emplace(state.name(), state.deadline_rule());
  }
  EXPECT_EQ(fired, rules);
}

TEST_F(Reviews, HaveIntactHistories) {
  for (const char* state : {"Detected", "Offered", "Reported", "Resolved"}) {
    aftersales::VerifyCaseRequest request;
    request.set_case_id(BringReviewTo(shop_, state));
    const auto report =
        shop_.As("auditor").Call<aftersales::VerifyCaseResponse>(request).verification();
    EXPECT_TRUE(report.intact()) << report.DebugString();
    EXPECT_EQ(report.steps_replayed(), report.steps());
  }
}

}  // namespace
}  // namespace redress::e2e
