// Every state with every event under every valuation of the facts that guards look at: the rows of
// one state and event divide the facts without overlap or gap, and the machine agrees with them.

#include <gtest/gtest.h>

#include <cstdio>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "tests/unit/workflows/walk.h"

namespace redress::workflows::refund {
namespace {

std::vector<RefundEvent> EventsToTry() {
  return {Approve{0},
          Approve{100},
          Approve{900},
          ApproveLarge{},
          SendBackForRework{},
          Reject{},
          ReviseRequest{100, 1, Variant::kReturnAndRefund},
          ReviseRequest{900, 9, Variant::kExchange},
          Withdraw{},
          ShipReturn{},
          ReceiveGoods{},
          PassInspection{},
          FailInspection{},
          PassInspectionInPart{0},
          PassInspectionInPart{50},
          AcceptPartialOffer{100},
          AcceptPartialOffer{900},
          AcceptRefusal{},
          EscalateToPlatform{},
          SendGoodsBack{},
          ShipReplacement{"c", "t"},
          SignForReplacement{},
          RecordReplacementLost{},
          ConvertToRefund{0},
          ConvertToRefund{100},
          ConvertToRefund{900},
          RecordOrderShipped{},
          RecordInterception{true},
          RecordInterception{false},
          RecordSettled{},
          RecordSettlementFailed{false},
          RecordSettlementFailed{true},
          RecordSettlementUnknown{},
          ReconcileSettlement{false},
          ReconcileSettlement{true},
          RetrySettlement{},
          RecordFollowUp{4},
          RuleForBuyer{100},
          RuleForBuyer{900},
          RuleForBuyer{100, Remedy::kReplacement},
          RuleForBuyer{900, Remedy::kReplacement},
          RuleForShop{},
          EndDispute{},
          JoinDispute{100, 5},
          JoinDispute{100, 9},
          JoinDispute{900, 5},
          DeadlineReached{1},
          PlatformClosed{},
          PlatformSucceeded{100},
          PlatformSucceeded{900},
          PlatformIntervened{},
          PlatformAgreed{100},
          PlatformAgreed{900},
          PlatformRefused{}};
}

// What no row of one state asks together is varied together.
struct Attempt {
  std::int32_t failed;
  Replacement replacement;
};

// Calls visit(facts) for every combination of what guards can tell apart.
template <class Visit>
void ForEachValuation(const Visit& visit) {
  const std::vector<Actor> actors{Agent(500), Supervisor(kAgentId), Supervisor(), Timeout(),
                                  Platform()};
  RefundFacts f;
  RefundProgress& p = f.progress;
  p.deadline_rule = "armed";
  p.deadline_number = 1;
  p.proposed_by = kAgentId;
  p.proposed_amount = 100;
  p.amount_asked = 100;
  p.approved_amount = 100;
  f.line.quantity = 2;
  f.order_shipping = OrderShipping::kShipped;
  for (const Variant variant :
       {Variant::kRefundOnly, Variant::kReturnAndRefund, Variant::kExchange, Variant::kReship})
    for (const Actor& actor : actors)
      for (const bool platform : {false, true})
        for (const bool non_returnable : {false, true})
          for (const std::int64_t ceiling : {0, 1'000})
            for (const GoodsPlace goods : {GoodsPlace::kWithBuyer, GoodsPlace::kOnTheWay,
                                           GoodsPlace::kWithUs, GoodsPlace::kSentBack})
              for (const bool unknown : {false, true})
                for (const Attempt& attempt :
                     {Attempt{0, Replacement::kOrdered}, Attempt{0, Replacement::kNone},
                      Attempt{2, Replacement::kShipped}, Attempt{3, Replacement::kSigned}})
                  for (const Ending ending :
                       {Ending::kWithdrawn, Ending::kClosed, Ending::kRuledForShop})
                    for (const bool closed : {false, true})
                      for (const SettledBy settled : {SettledBy::kNobody, SettledBy::kUs}) {
                        p.variant = variant;
                        f.actor = actor;
                        f.has_platform_id = platform;
                        f.non_returnable = non_returnable;
                        f.line.ceiling = ceiling;
                        p.goods = goods;
                        p.settlement_unknown = unknown;
                        p.dispute = unknown ? 5 : 0;
                        p.interception = unknown ? Interception::kAsked : Interception::kNone;
                        p.failed_attempts = attempt.failed;
                        p.replacement = attempt.replacement;
                        p.ending = ending;
                        p.platform_closed = closed;
                        p.settled_by = settled;
                        p.settled_amount = settled == SettledBy::kNobody ? 0 : 100;
                        visit(f);
                      }
}

bool IsLegal(std::string_view state, const RefundEvent& event) {
  for (const EdgeInfo& edge : Describe().edges) {
    if (edge.source == state && edge.event == NameOf(event)) return true;
  }
  return false;
}

TEST(RefundTable, RowsDivideTheFactsWithoutOverlapOrGap) {
  const std::vector<RefundEvent> events = EventsToTry();
  std::int64_t checked = 0;
  for (const StateInfo& state : Describe().states) {
    for (const RefundEvent& event : events) {
      const bool legal = IsLegal(state.name, event);
      if (!legal) {
        RefundFacts facts;
        EXPECT_EQ(CountRows(state.name, event, facts).rows, 0);
        continue;
      }
      // One row without a route cannot overlap; most of the table is like that.
      RefundFacts any;
      if (CountRows(state.name, event, any).rows == 1) {
        EXPECT_EQ(CountRows(state.name, event, any).routed, 1) << state.name << NameOf(event);
        continue;
      }
      ForEachValuation([&](const RefundFacts& facts) {
        ++checked;
        const RowCount count = CountRows(state.name, event, facts);
        ASSERT_EQ(count.routed, 1) << state.name << " " << NameOf(event);
      });
    }
  }
  EXPECT_GT(checked, 100'000);
}

TEST(RefundTable, EveryStateWithEveryEventAnswersAsItsRowsSay) {
  const std::vector<RefundEvent> events = EventsToTry();
  std::set<std::tuple<std::string_view, std::string_view, std::string_view>> edges;
  for (const EdgeInfo& edge : Describe().edges) edges.emplace(edge.source, edge.event, edge.target);
  auto unseen = edges;
  std::int64_t turn = 0;
  std::int64_t fired_count = 0;
  ForEachValuation([&](const RefundFacts& facts) {
    // A prime stride visits each pair under thousands of different valuations.
    for (const StateInfo& state : Describe().states) {
      for (const RefundEvent& event : events) {
        if (++turn % 127 != 0) continue;
        ++fired_count;
        const Fired<RefundEffect> fired = Fire(state.name, event, facts);
        const bool legal = IsLegal(state.name, event);
        if (fired.outcome == Outcome::kApplied) {
          ASSERT_TRUE(edges.count({state.name, NameOf(event), fired.state}) == 1)
              << state.name << " " << NameOf(event) << " " << fired.state;
          unseen.erase({state.name, NameOf(event), fired.state});
        } else if (fired.outcome == Outcome::kRefused) {
          ASSERT_TRUE(legal);
          ASSERT_EQ(fired.state, state.name);
          ASSERT_FALSE(fired.refusal.code.empty()) << state.name << " " << NameOf(event);
          ASSERT_FALSE(fired.refusal.expected.empty());
          ASSERT_FALSE(fired.refusal.found.empty());
        } else {
          ASSERT_EQ(fired.outcome, Outcome::kUnhandled);
          ASSERT_FALSE(legal);
          ASSERT_EQ(fired.refusal.code, kNotLegalInState);
        }
      }
    }
  });
  for (const auto& [source, event, target] : unseen) {
    ADD_FAILURE() << "never taken: " << source << " " << event << " " << target;
  }
  std::printf("figure refund_table_firings %lld\n", static_cast<long long>(fired_count));
}

TEST(RefundTable, DeadlinesAndThePlatformAreNeverRefused) {
  for (const StateInfo& state : Describe().states) {
    if (state.final) continue;
    ForEachValuation([&](const RefundFacts& facts) {
      static std::int64_t turn = 0;
      if (++turn % 11 != 0) return;
      for (const RefundEvent& event :
           std::vector<RefundEvent>{DeadlineReached{1}, PlatformClosed{}, PlatformSucceeded{100},
                                    PlatformSucceeded{0}, PlatformIntervened{}}) {
        ASSERT_TRUE(Fire(state.name, event, facts).Applied()) << state.name << NameOf(event);
      }
    });
  }
}

}  // namespace
}  // namespace redress::workflows::refund
