// Every state with every event under every valuation of the facts that guards look at: the rows of
// one state and event divide the facts without overlap or gap, and the machine agrees with them.

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "workflows/dispute/dispute.h"

namespace redress::workflows::dispute {
namespace {

std::vector<DisputeEvent> EventsToTry() {
  return {RecordContact{},
          BeginInvestigation{},
          AddEvidence{},
          ProposeOptions{{0, 0, false, false}},
          ProposeOptions{{100, 0, true, false}},
          ProposeOptions{{0, 900, true, true}},
          ProposeOptions{{-5, 0, true, true}},
          ProposeOptions{{100, 100, true, true}},
          PresentOptions{},
          AcceptOption{OptionKind::kNone},
          AcceptOption{OptionKind::kRefund},
          AcceptOption{OptionKind::kOther},
          DeclineOptions{},
          RuleForBuyer{-1},
          RuleForBuyer{0},
          RuleForBuyer{900},
          RuleForShop{},
          RecordExecution{},
          Resolve{"", ""},
          Resolve{"quality", ""},
          Resolve{"quality", "m"},
          Withdraw{},
          DeadlineReached{1},
          PlatformIntervened{},
          PlatformRuledForBuyer{0},
          PlatformRuledForBuyer{100},
          PlatformRuledForShop{},
          PlatformClosed{}};
}

// Calls visit(facts) for every combination of what guards can tell apart.
template <class Visit>
void ForEachValuation(const Visit& visit) {
  const std::vector<Actor> actors{{ActorKind::kPerson, 1, false, false, 500},
                                  {ActorKind::kPerson, 2, true, false, 500},
                                  {ActorKind::kPerson, 3, true, true, 0},
                                  {ActorKind::kTimeout, 0, false, false, 0},
                                  {ActorKind::kPlatform, 0, false, false, 0}};
  DisputeFacts f;
  DisputeProgress& p = f.progress;
  p.deadline_rule = "armed";
  p.deadline_number = 1;
  for (const Actor& actor : actors)
    for (const bool platform : {false, true})
      for (const bool listed : {false, true})
        for (const std::int32_t evidence : {0, 1})
          for (const std::int32_t rounds : {0, 1, 2})
            for (const Options& options :
                 {Options{}, Options{100, 0, true, false}, Options{0, 50, false, true}})
              for (const Verdict verdict : {Verdict::kNone, Verdict::kAgreed,
                                            Verdict::kRuledForBuyer, Verdict::kRuledForShop})
                for (const Remedy& remedy :
                     {Remedy{}, Remedy{OptionKind::kRefund, 100}, Remedy{OptionKind::kOther, 0}})
                  for (const bool executed : {false, true}) {
                    f.actor = actor;
                    f.has_platform_id = platform;
                    f.root_cause_is_listed = listed;
                    p.evidence = evidence;
                    p.rounds_declined = rounds;
                    p.options = options;
                    p.verdict = verdict;
                    p.remedy = remedy;
                    p.executed = executed;
                    visit(f);
                  }
}

bool IsLegal(std::string_view state, const DisputeEvent& event) {
  for (const EdgeInfo& edge : Describe().edges) {
    if (edge.source == state && edge.event == NameOf(event)) return true;
  }
  return false;
}

TEST(DisputeTable, RowsDivideTheFactsWithoutOverlapOrGap) {
  const std::vector<DisputeEvent> events = EventsToTry();
  std::int64_t checked = 0;
  for (const StateInfo& state : Describe().states) {
    for (const DisputeEvent& event : events) {
      const bool legal = IsLegal(state.name, event);
      ForEachValuation([&](const DisputeFacts& facts) {
        static std::int64_t turn = 0;
        if (!legal && ++turn % 97 != 0) return;
        ++checked;
        ASSERT_EQ(CountRows(state.name, event, facts).routed, legal ? 1 : 0)
            << state.name << " " << NameOf(event);
      });
    }
  }
  EXPECT_GT(checked, 100'000);
}

TEST(DisputeTable, EveryStateWithEveryEventAnswersAsItsRowsSay) {
  const std::vector<DisputeEvent> events = EventsToTry();
  std::set<std::tuple<std::string_view, std::string_view, std::string_view>> edges;
  for (const EdgeInfo& edge : Describe().edges) edges.emplace(edge.source, edge.event, edge.target);
  auto unseen = edges;
  std::int64_t turn = 0;
  ForEachValuation([&](const DisputeFacts& facts) {
    // A prime stride visits each pair under many different valuations.
    for (const StateInfo& state : Describe().states) {
      for (const DisputeEvent& event : events) {
        if (++turn % 13 != 0) continue;
        const Fired<DisputeEffect> fired = Fire(state.name, event, facts);
        const bool legal = IsLegal(state.name, event);
        if (fired.outcome == Outcome::kApplied) {
          ASSERT_EQ(edges.count({state.name, NameOf(event), fired.state}), 1U)
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
}

TEST(DisputeTable, DeadlinesAndThePlatformAreNeverRefused) {
  for (const StateInfo& state : Describe().states) {
    if (state.final) continue;
    ForEachValuation([&](const DisputeFacts& facts) {
      for (const DisputeEvent& event : std::vector<DisputeEvent>{
               DeadlineReached{1}, PlatformIntervened{}, PlatformRuledForBuyer{0},
               PlatformRuledForBuyer{100}, PlatformRuledForShop{}, PlatformClosed{}}) {
        ASSERT_TRUE(Fire(state.name, event, facts).Applied()) << state.name << NameOf(event);
      }
    });
  }
}

TEST(DisputeTable, WhatIsAllowedNamesEveryEventOnce) {
  DisputeFacts facts;
  facts.progress.deadline_rule = "armed";
  for (const StateInfo& state : Describe().states) {
    const auto allowed = AllowedEvents(state.name, facts);
    ASSERT_EQ(allowed.size(), std::variant_size_v<DisputeEvent>);
    for (const AllowedEvent& event : allowed) {
      EXPECT_TRUE(Describe().HasEvent(event.event));
      EXPECT_EQ(event.allowed, event.refusal.code.empty()) << state.name << " " << event.event;
    }
  }
}

}  // namespace
}  // namespace redress::workflows::dispute
