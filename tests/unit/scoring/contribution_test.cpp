#include "services/scoring/domain/contribution.h"

#include <gtest/gtest.h>

#include <optional>

#include "services/scoring/domain/figures.h"
#include "tests/unit/scoring/random_histories.h"

namespace redress::scoring {
namespace {

using test::kDay;
using test::kHour;

constexpr AggregateId kCase{ShopId{1}, Source::kAftersales, 5};
constexpr AggregateId kOrder{ShopId{1}, Source::kOrder, 6};

Fact Step(std::uint32_t sequence, std::int64_t at_us, const std::string& state,
          const std::string& outcome = "", std::uint64_t assignee = 7, bool is_final = false) {
  CaseFact fact;
  fact.kind = "refund";
  fact.to_state = state;
  fact.outcome = outcome;
  fact.is_final = is_final;
  fact.assignee = AccountId{assignee};
  fact.order = OrderId{6};
  fact.currency = "CNY";
  fact.opened_at_us = kDay;
  fact.order_paid_at_us = kHour;
  fact.settled_minor = outcome == "settled" ? 1'999 : 0;
  return {kCase, sequence, at_us, fact};
}

std::optional<Contribution> Find(const std::vector<Contribution>& all, Measure measure,
                                 const std::string& kind = "refund") {
  for (const Contribution& one : all) {
    if (one.measure == measure && one.kind == kind) return one;
  }
  return std::nullopt;
}

std::vector<Contribution> Of(const std::vector<Fact>& facts) {
  const test::EightHoursAhead calendar;
  return ContributionsOf(facts, calendar);
}

TEST(CaseContributions, OpenCaseCountsForItsPresentAssignee) {
  const auto all =
      Of({Step(1, kDay, "Requested", "", 7), Step(2, kDay + kHour, "Requested", "", 9)});
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].measure, Measure::kCases);
  EXPECT_EQ(all[0].amount, 0);
  EXPECT_EQ(all[0].count, 1);
  EXPECT_EQ(all[0].agent, AccountId{9});
  EXPECT_EQ(all[0].day, 1);
}

// The platform may pay for what was replaced already: that is money, and no second outcome.
TEST(CaseContributions, ReplacedCaseIsCompletedWhenTheReplacementIsSignedFor) {
  std::vector<Fact> facts{Step(1, kDay, "Requested"), Step(2, kDay + kHour, "Reshipping"),
                          Step(3, kDay + 5 * kHour, "FollowingUp", "replaced", 8)};
  const auto replaced = Of(facts);
  EXPECT_EQ(Find(replaced, Measure::kCases)->amount, 1);
  EXPECT_EQ(Find(replaced, Measure::kHandlingTime)->amount, 5 * kHour);
  EXPECT_FALSE(Find(replaced, Measure::kRefunded));
  facts.push_back(Step(4, kDay + 9 * kHour, "FollowingUp", "settled", 9));
  const auto paid_besides = Of(facts);
  EXPECT_EQ(Find(paid_besides, Measure::kHandlingTime)->amount, 5 * kHour);
  EXPECT_EQ(Find(paid_besides, Measure::kRefunded)->amount, 1'999);
}

TEST(CaseContributions, SettledCaseCountsForTheAssigneeAtTheOutcome) {
  const auto all = Of({Step(1, kDay, "Requested"), Step(2, kDay + kHour, "Settling"),
                       Step(3, kDay + 20 * kHour, "FollowingUp", "settled", 8),
                       Step(4, kDay + 30 * kHour, "Completed", "", 9, true)});
  EXPECT_EQ(Find(all, Measure::kCases)->amount, 1);
  EXPECT_EQ(Find(all, Measure::kCases)->agent, AccountId{8});
  const auto handling = Find(all, Measure::kHandlingTime);
  EXPECT_EQ(handling->amount, 20 * kHour);
  EXPECT_EQ(handling->day, 2);  // 20:00 UTC is 04:00 of the next day there
  EXPECT_EQ(handling->agent, AccountId{8});
  EXPECT_EQ(Find(all, Measure::kRefundTime)->amount, 20 * kHour);
  EXPECT_EQ(Find(all, Measure::kRefunded)->amount, 1'999);
  EXPECT_EQ(Find(all, Measure::kRefunded)->day, 2);
  EXPECT_EQ(Find(all, Measure::kRefundedCohort)->day, 0);
  EXPECT_EQ(Find(all, Measure::kTimeInState, "refund:Requested")->amount, kHour);
  EXPECT_EQ(Find(all, Measure::kTimeInState, "refund:Settling")->amount, 19 * kHour);
  EXPECT_FALSE(Find(all, Measure::kTimeInState, "refund:FollowingUp"));
}

TEST(CaseContributions, WithdrawnCaseLeavesBothSides) {
  EXPECT_TRUE(
      Of({Step(1, kDay, "Requested"), Step(2, kDay + kHour, "Withdrawn", "", 7, true)}).empty());
}

TEST(CaseContributions, ExpiredAndClosedCasesStayInTheDenominator) {
  for (const char* state : {"Expired", "Closed"}) {
    const auto all = Of({Step(1, kDay, "Requested"), Step(2, kDay + kHour, state, "", 7, true)});
    ASSERT_EQ(all.size(), 1u) << state;
    EXPECT_EQ(all[0].amount, 0);
    EXPECT_EQ(all[0].count, 1);
  }
}

TEST(CaseContributions, ARulingIsAnOutcomeWhereItClosesTheCase) {
  const auto for_shop =
      Of({Step(1, kDay, "InDispute"), Step(2, kDay + kHour, "Closed", "ruled_for_shop", 7, true)});
  EXPECT_EQ(Find(for_shop, Measure::kCases)->amount, 1);
  EXPECT_EQ(Find(for_shop, Measure::kHandlingTime)->amount, kHour);
  // Ruled for the buyer, the money is still to come.
  const auto for_buyer =
      Of({Step(1, kDay, "InDispute"), Step(2, kDay + kHour, "Settling", "ruled_for_buyer")});
  EXPECT_EQ(Find(for_buyer, Measure::kCases)->amount, 0);
  const auto paid =
      Of({Step(1, kDay, "InDispute"), Step(2, kDay + kHour, "Settling", "ruled_for_buyer"),
          Step(3, kDay + 3 * kHour, "FollowingUp", "settled")});
  EXPECT_EQ(Find(paid, Measure::kHandlingTime)->amount, 3 * kHour);
}

TEST(CaseContributions, ARulingForTheShopIsNoOutcomeWhileGoodsAreStillToGoBack) {
  const std::vector<Fact> ruled{Step(1, kDay, "InDispute"),
                                Step(2, kDay + kHour, "SendingBack", "ruled_for_shop")};
  EXPECT_EQ(Find(Of(ruled), Measure::kCases)->amount, 0);
  std::vector<Fact> closed = ruled;
  closed.push_back(Step(3, kDay + 5 * kHour, "Closed", "ruled_for_shop", 8, true));
  EXPECT_EQ(Find(Of(closed), Measure::kCases)->agent, AccountId{8});
  EXPECT_EQ(Find(Of(closed), Measure::kHandlingTime)->amount, 5 * kHour);
  std::vector<Fact> overturned = ruled;
  overturned.push_back(Step(3, kDay + 2 * kHour, "InDispute"));
  overturned.push_back(Step(4, kDay + 3 * kHour, "Settling"));
  overturned.push_back(Step(5, kDay + 7 * kHour, "FollowingUp", "settled"));
  EXPECT_EQ(Find(Of(overturned), Measure::kHandlingTime)->amount, 7 * kHour);
}

TEST(CaseContributions, NobodysCaseCountsForTheShopOnly) {
  const auto all = Of({Step(1, kDay, "Requested", "", 0)});
  EXPECT_FALSE(all[0].agent);
}

// A dispute opened at kDay and promised for three days later.
Fact DisputeStep(std::uint32_t sequence, std::int64_t at_us, const std::string& event,
                 const std::string& state, const std::string& outcome = "", bool is_final = false) {
  Fact step = Step(sequence, at_us, state, outcome, 7, is_final);
  auto& fact = std::get<CaseFact>(step.what);
  fact.kind = "dispute";
  fact.event = event;
  fact.resolve_by_us = 4 * kDay;
  return step;
}

TEST(DisputeContributions, AnOpenDisputeIsMissedOnceItsTimeHasPassed) {
  const auto all = Of({DisputeStep(1, kDay, "open", "Opened")});
  EXPECT_EQ(Find(all, Measure::kDisputes, "dispute")->amount, 0);
  EXPECT_EQ(Find(all, Measure::kDueDisputes, "dispute")->amount, -4 * kDay / 1'000'000);
  EXPECT_FALSE(Find(all, Measure::kFirstContact, "dispute"));
}

TEST(DisputeContributions, ResolvedBeforeItsTimeIsMetAndAfterItMissed) {
  for (const std::int64_t at_us : {4 * kDay - 1, 4 * kDay}) {
    const auto all = Of({DisputeStep(1, kDay, "open", "Opened"),
                         DisputeStep(2, at_us, "resolve", "Resolved", "resolved", true)});
    EXPECT_EQ(Find(all, Measure::kDisputes, "dispute")->amount, 1);
    EXPECT_EQ(Find(all, Measure::kDueDisputes, "dispute")->amount > 0, at_us < 4 * kDay);
    EXPECT_EQ(Find(all, Measure::kDueDisputes, "dispute")->day, 1);
  }
}

TEST(DisputeContributions, WithdrawnOnesLeaveTheRatesAndKeepTheirContact) {
  const auto all = Of({DisputeStep(1, kDay, "open", "Opened"),
                       DisputeStep(2, kDay + kHour, "record_contact", "Contacted"),
                       DisputeStep(3, kDay + 2 * kHour, "withdraw", "Withdrawn", "", true)});
  EXPECT_FALSE(Find(all, Measure::kDisputes, "dispute"));
  EXPECT_FALSE(Find(all, Measure::kDueDisputes, "dispute"));
  EXPECT_EQ(Find(all, Measure::kFirstContact, "dispute")->amount, kHour);
  EXPECT_EQ(Find(all, Measure::kContactInTime, "dispute")->amount, 1);
}

TEST(DisputeContributions, ARefundHasNone) {
  const auto all = Of({Step(1, kDay, "Requested")});
  EXPECT_FALSE(Find(all, Measure::kDisputes, "refund"));
}

Fact ReviewStep(std::uint32_t sequence, std::int64_t at_us, const std::string& state,
                const std::string& change, bool revision_possible, bool is_final = false) {
  const bool resolves = is_final && state == "Resolved";
  Fact step = Step(sequence, at_us, state, resolves ? "resolved" : "", 7, is_final);
  auto& fact = std::get<CaseFact>(step.what);
  fact.kind = "review";
  fact.review_change = change;
  fact.revision_possible = revision_possible;
  return step;
}

TEST(ReviewContributions, AReviewCountsOnItsOutcomesDayWhenItWasRevisedOrRemoved) {
  for (const char* change : {"revised", "removed", ""}) {
    const auto all = Of({ReviewStep(1, kDay, "Detected", "", true),
                         ReviewStep(2, 3 * kDay, "Resolved", change, true, true)});
    const auto found = Find(all, Measure::kReviews, "review");
    ASSERT_TRUE(found);
    EXPECT_EQ(found->amount, *change == '\0' ? 0 : 1);
    EXPECT_EQ(found->day, 3);
    EXPECT_EQ(found->agent, AccountId{7});
    EXPECT_FALSE(Find(all, Measure::kUnrevisableReviews, "review"));
  }
}

TEST(ReviewContributions, WhereNoBuyerRevisesItCountsInALineOfItsOwn) {
  const auto all = Of({ReviewStep(1, kDay, "Detected", "", false),
                       ReviewStep(2, 3 * kDay, "Resolved", "", false, true)});
  EXPECT_FALSE(Find(all, Measure::kReviews, "review"));
  EXPECT_EQ(Find(all, Measure::kUnrevisableReviews, "review")->amount, 0);
}

TEST(ReviewContributions, OpenAndWithdrawnOnesCountInNeither) {
  for (const bool withdrawn : {false, true}) {
    const auto all =
        Of({ReviewStep(1, kDay, "Detected", "", true),
            ReviewStep(2, 2 * kDay, withdrawn ? "Withdrawn" : "Contacting", "", true, withdrawn)});
    EXPECT_FALSE(Find(all, Measure::kReviews, "review"));
  }
}

TEST(Terms, MomentsCountOnceTheyHavePassed) {
  constexpr std::int64_t kNow = 100'000'000;
  EXPECT_EQ(Take(Term::kPassed, 100, 1, kNow), 1);
  EXPECT_EQ(Take(Term::kPassed, -100, 1, kNow), 1);
  EXPECT_EQ(Take(Term::kPassed, 101, 1, kNow), 0);
  EXPECT_EQ(Take(Term::kPassed, -101, 1, kNow), 0);
  EXPECT_EQ(Take(Term::kMet, 100, 1, kNow), 1);
  EXPECT_EQ(Take(Term::kMet, -100, 1, kNow), 0);
  EXPECT_EQ(Take(Term::kMet, 101, 1, kNow), 0);
}

Fact OrderChange(std::uint32_t sequence, std::uint32_t version, std::int64_t paid_at_us,
                 std::int64_t paid_minor) {
  return {kOrder, sequence, kDay, OrderFact{version, "CNY", "S", paid_at_us, paid_minor}};
}

TEST(OrderContributions, NewestVersionWins) {
  const auto all =
      Of({OrderChange(1, 1, 0, 100), OrderChange(3, 3, kDay, 300), OrderChange(2, 2, kDay, 200)});
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].measure, Measure::kSales);
  EXPECT_EQ(all[0].amount, 300);
  EXPECT_EQ(all[0].order, OrderId{6});
}

TEST(OrderContributions, UnpaidOrderIsNoSale) {
  EXPECT_TRUE(Of({OrderChange(1, 1, 0, 100)}).empty());
}

TEST(AdjustmentContributions, RefundsCountAndCorrectionsDoNot) {
  const Fact refund{kOrder, 1, kDay, AdjustmentFact{true, OrderId{3}, "GBP", 450, kHour}};
  const auto all = Of({refund});
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(Find(all, Measure::kRefunded, "")->amount, 450);
  EXPECT_EQ(Find(all, Measure::kRefunded, "")->day, 1);
  EXPECT_EQ(Find(all, Measure::kRefundedCohort, "")->day, 0);
  const Fact unmatched{kOrder, 1, kDay, AdjustmentFact{true, OrderId{}, "GBP", 450, 0}};
  EXPECT_EQ(Of({unmatched}).size(), 1u);
  const Fact correction{kOrder, 1, kDay, AdjustmentFact{false, OrderId{}, "GBP", -9'000, 0}};
  EXPECT_TRUE(Of({correction}).empty());
}

TEST(CaseContributions, PraiseOfThePastIsNoCase) {
  Fact praise = Step(1, kDay, "Imported", "resolved", 7, true);
  std::get<CaseFact>(praise.what).kind = kPraise;
  EXPECT_TRUE(Of({praise}).empty());
}

}  // namespace
}  // namespace redress::scoring
