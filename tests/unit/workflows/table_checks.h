#pragma once

// What holds of every kind's table, under every valuation of the facts that its guards look at. The
// caller gives the events to try and `for_each(visit)`, which calls visit(facts) for each
// valuation; Fire, CountRows and NameOf are the kind's own.

#include <gtest/gtest.h>

#include <cstdint>
#include <set>
#include <string_view>
#include <tuple>
#include <vector>

#include "workflows/machine/machine.h"

namespace redress::workflows {

inline bool IsLegal(const Workflow& workflow, std::string_view state, std::string_view event) {
  for (const EdgeInfo& edge : workflow.edges) {
    if (edge.source == state && edge.event == event) return true;
  }
  return false;
}

// The rows of one state and event divide the facts without overlap or gap.
template <class Event, class ForEach>
void ExpectRowsDivideTheFacts(const Workflow& workflow, const std::vector<Event>& events,
                              const ForEach& for_each) {
  std::int64_t checked = 0;
  std::int64_t turn = 0;
  for (const StateInfo& state : workflow.states) {
    for (const Event& event : events) {
      const bool legal = IsLegal(workflow, state.name, NameOf(event));
      for_each([&](const auto& facts) {
        if (!legal && ++turn % 97 != 0) return;
        ++checked;
        ASSERT_EQ(CountRows(state.name, event, facts).routed, legal ? 1 : 0)
            << state.name << " " << NameOf(event);
      });
    }
  }
  EXPECT_GT(checked, 100'000);
}

template <class Fired>
void ExpectAnswerOfRows(const Fired& fired, std::string_view state, std::string_view event,
                        bool legal) {
  if (fired.outcome == Outcome::kRefused) {
    ASSERT_TRUE(legal);
    ASSERT_EQ(fired.state, state);
    ASSERT_FALSE(fired.refusal.code.empty()) << state << " " << event;
    ASSERT_FALSE(fired.refusal.expected.empty());
    ASSERT_FALSE(fired.refusal.found.empty());
  } else {
    ASSERT_EQ(fired.outcome, Outcome::kUnhandled);
    ASSERT_FALSE(legal);
    ASSERT_EQ(fired.refusal.code, kNotLegalInState);
  }
}

// The machine agrees with its rows, and each row is taken under some valuation.
template <class Event, class ForEach>
void ExpectMachineAnswersAsItsRowsSay(const Workflow& workflow, const std::vector<Event>& events,
                                      const ForEach& for_each) {
  std::set<std::tuple<std::string_view, std::string_view, std::string_view>> edges;
  for (const EdgeInfo& edge : workflow.edges) edges.emplace(edge.source, edge.event, edge.target);
  auto unseen = edges;
  std::int64_t turn = 0;
  for_each([&](const auto& facts) {
    // A prime stride visits each pair under many different valuations.
    for (const StateInfo& state : workflow.states) {
      for (const Event& event : events) {
        if (++turn % 13 != 0) continue;
        const auto fired = Fire(state.name, event, facts);
        const std::string_view name = NameOf(event);
        if (fired.outcome == Outcome::kApplied) {
          ASSERT_EQ(edges.count({state.name, name, fired.state}), 1U)
              << state.name << " " << name << " " << fired.state;
          unseen.erase({state.name, name, fired.state});
        } else {
          ExpectAnswerOfRows(fired, state.name, name, IsLegal(workflow, state.name, name));
        }
      }
    }
  });
  for (const auto& [source, event, target] : unseen) {
    ADD_FAILURE() << "never taken: " << source << " " << event << " " << target;
  }
}

// What is a fact applies in every state that is not final, whatever the facts.
template <class Event, class ForEach>
void ExpectNeverRefused(const Workflow& workflow, const std::vector<Event>& events,
                        const ForEach& for_each) {
  for (const StateInfo& state : workflow.states) {
    if (state.final) continue;
    for_each([&](const auto& facts) {
      for (const Event& event : events) {
        ASSERT_TRUE(Fire(state.name, event, facts).Applied()) << state.name << NameOf(event);
      }
    });
  }
}

template <class Facts>
void ExpectAllowedNamesEveryEventOnce(const Workflow& workflow, const Facts& facts) {
  for (const StateInfo& state : workflow.states) {
    const auto allowed = AllowedEvents(state.name, facts);
    ASSERT_EQ(allowed.size(), workflow.events.size());
    for (const AllowedEvent& event : allowed) {
      EXPECT_TRUE(workflow.HasEvent(event.event));
      EXPECT_EQ(event.allowed, event.refusal.code.empty()) << state.name << " " << event.event;
    }
  }
}

}  // namespace redress::workflows
