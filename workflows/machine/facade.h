#pragma once

// What the facade of every kind answers alike, read from its machine: one event fired, what is
// allowed, the description, the rows counted. A kind names its parts:
//
//   struct DisputeMachine {
//     static constexpr std::string_view kKind = "dispute";
//     static constexpr int kVersion = dispute::kVersion;
//     static constexpr const auto& kDeadlines = kDeadlineDefaults;
//     using FrontEnd = DisputeFront;  // its transition_table is the table
//     using States = dispute::States;
//     using Event = DisputeEvent;     // the variant; one alternative is Deadline
//     using Deadline = DeadlineReached;
//     using Step = DisputeStep;       // holds facts, now and effects
//     static std::string_view ConditionOf(std::string_view rule, const DisputeStep& step);
//     template <class E> static E MostNatural(const DisputeFacts& facts);
//     // What follows from the state reached, if anything: before the deadline is set.
//     static void Follow(std::string_view before, const StateInfo& after, DisputeStep& step);
//   };
//
// A kind whose states have no deadlines names neither Deadline nor ConditionOf.
//
// Included by one source per machine.

#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "workflows/machine/clock.h"
#include "workflows/machine/firing.h"

namespace redress::workflows {

template <class Kind>
using FactsOf = std::decay_t<decltype(std::declval<typename Kind::Step&>().facts)>;
template <class Kind>
using EffectOf = typename decltype(std::declval<typename Kind::Step&>().effects)::value_type;
template <class Kind>
using TableOf = typename Kind::FrontEnd::transition_table;
template <class Kind>
using EventListOf = mp::mp_rename<typename Kind::Event, mp::mp_list>;

template <class Kind, class = void>
struct HasFollow : std::false_type {};
template <class Kind>
struct HasFollow<Kind, std::void_t<decltype(&Kind::Follow)>> : std::true_type {};

template <class Kind, class = void>
struct HasDeadline : std::false_type {};
template <class Kind>
struct HasDeadline<Kind, std::void_t<typename Kind::Deadline>> : std::true_type {};

template <class Kind>
Fired<EffectOf<Kind>> FireOf(std::string_view state, const typename Kind::Event& event,
                             const FactsOf<Kind>& facts) {
  if constexpr (HasDeadline<Kind>::value) {
    const auto* deadline = std::get_if<typename Kind::Deadline>(&event);
    if (deadline != nullptr && !facts.progress.IsArmed(deadline->number)) {
      return {Outcome::kIgnored, state, {}, {}};
    }
  }
  typename Kind::Step step{facts, facts.progress, {}};
  const Landing landing = std::visit(
      [&](const auto& own) {
        return FireOnce<typename Kind::FrontEnd, typename Kind::States>(state, own, step);
      },
      event);
  if (landing.outcome != Outcome::kApplied) {
    return {landing.outcome, landing.state->name, {}, landing.refusal};
  }
  if constexpr (HasFollow<Kind>::value) Kind::Follow(state, *landing.state, step);
  if constexpr (HasDeadline<Kind>::value) {
    SetDeadline(state, *landing.state, step,
                [&](std::string_view rule) { return Kind::ConditionOf(rule, step); });
  }
  return {Outcome::kApplied, landing.state->name, std::move(step.effects), {}};
}

// Every event of the table in its order, tried with the contents that the kind calls natural.
template <class Kind>
std::vector<AllowedEvent> AllowedEventsOf(std::string_view state, const FactsOf<Kind>& facts) {
  std::vector<AllowedEvent> answers;
  mp::mp_for_each<EventListOf<Kind>>([&](auto event) {
    using Event = decltype(event);
    auto fired = FireOf<Kind>(state, Kind::template MostNatural<Event>(facts), facts);
    const bool allowed = fired.Applied();
    answers.push_back({Event::kName, allowed, allowed ? fired.state : std::string_view{},
                       std::move(fired.refusal)});
  });
  return answers;
}

template <class Kind>
const Workflow& DescriptionOf() {
  static const Workflow workflow{
      Kind::kKind,
      Kind::kVersion,
      Kind::FrontEnd::initial_state::kInfo.name,
      ListStates(typename Kind::States{}),
      ListEvents(EventListOf<Kind>{}),
      ListEdges(TableOf<Kind>{}),
      {Kind::kDeadlines.begin(), Kind::kDeadlines.end()},
  };
  return workflow;
}

template <class Kind>
RowCount RowCountOf(std::string_view state, const typename Kind::Event& event,
                    const FactsOf<Kind>& facts) {
  return std::visit([&](const auto& own) { return CountRows<TableOf<Kind>>(state, own, facts); },
                    event);
}

}  // namespace redress::workflows
