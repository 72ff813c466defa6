#pragma once

// A transition table read back: its edges, its shape (for static_asserts) and the reasons of a
// refusal. Nothing but the table lists what leads where.
//
// Included only by workflows/machine and by one source per machine.

#include <boost/mp11/algorithm.hpp>
#include <boost/mp11/bind.hpp>
#include <boost/mp11/list.hpp>
#include <boost/mp11/set.hpp>
#include <string>
#include <vector>

#include "workflows/machine/explain.h"
#include "workflows/machine/rows.h"

namespace redress::workflows {

namespace mp = boost::mp11;

template <class R>
using SourceOf = typename R::Source;
template <class R>
using EventOf = typename R::Evt;
template <class R>
using TargetOf = typename R::Target;

template <class Table>
using StatesOf = mp::mp_unique<
    mp::mp_append<mp::mp_transform<SourceOf, Table>, mp::mp_transform<TargetOf, Table>>>;
template <class Table>
using EventsOf = mp::mp_unique<mp::mp_transform<EventOf, Table>>;

template <class Event>
struct ForEvent {
  template <class R>
  using fn = std::is_same<typename R::Evt, Event>;
};
template <class Table, class Event>
using RowsOf = mp::mp_copy_if_q<Table, ForEvent<Event>>;

template <class A, class B>
constexpr bool SameSet() {
  return mp::mp_size<A>::value == mp::mp_size<B>::value &&
         mp::mp_size<mp::mp_set_union<mp::mp_unique<A>, B>>::value == mp::mp_size<A>::value;
}

template <class Table, class State, class Event>
struct HasRow {
  template <class R>
  using Test = mp::mp_bool<std::is_same<typename R::Source, State>::value &&
                           std::is_same<typename R::Evt, Event>::value>;
  static constexpr bool value = mp::mp_any_of<Table, Test>::value;
};

// Final states have no way out; every other state has one by each of `Events`.
template <class Table, class Events, class States>
struct IsClosedUnder;
template <class Table, class... Events, class... States>
struct IsClosedUnder<Table, mp::mp_list<Events...>, mp::mp_list<States...>> {
  template <class State>
  static constexpr bool LeavesBy() {
    if constexpr (State::kInfo.final) {
      return mp::mp_count<mp::mp_transform<SourceOf, Table>, State>::value == 0;
    } else {
      return (HasRow<Table, State, Events>::value && ...);
    }
  }
  static constexpr bool value = (LeavesBy<States>() && ...);
};

template <class... States>
constexpr bool DeadlinesMatchFinality(mp::mp_list<States...>) {
  return ((States::kInfo.final == States::kInfo.deadline_rule.empty()) && ...);
}

template <class... States>
std::vector<StateInfo> ListStates(mp::mp_list<States...>) {
  return {States::kInfo...};
}
template <class... Events>
std::vector<EventInfo> ListEvents(mp::mp_list<Events...>) {
  return {EventInfo{Events::kName}...};
}
template <class... Rows>
std::vector<EdgeInfo> ListEdges(mp::mp_list<Rows...>) {
  return {EdgeInfo{Rows::Source::kInfo.name, Rows::Evt::kName, Rows::Target::kInfo.name,
                   Rows::Guard::Route(), Rows::Guard::Requirements(), Rows::Action::Names()}...};
}

template <class Table, class Event>
Refusal ExplainNotLegal(std::string_view state) {
  std::vector<std::string_view> legal_in;
  mp::mp_for_each<mp::mp_transform<mp::mp_identity, RowsOf<Table, Event>>>(
      [&](auto identity) { legal_in.push_back(decltype(identity)::type::Source::kInfo.name); });
  return ExplainUnhandled(state, legal_in);
}

// Why the guards said no: the first failed requirement of the row whose routes hold.
template <class Table, class Event, class Facts>
Refusal ExplainRefused(std::string_view state, const Event& event, const Facts& facts) {
  Refusal refusal;
  mp::mp_for_each<mp::mp_transform<mp::mp_identity, RowsOf<Table, Event>>>([&](auto identity) {
    using R = typename decltype(identity)::type;
    if (!refusal.code.empty() || R::Source::kInfo.name != state) return;
    if (R::Guard::RoutesHold(event, facts)) refusal = R::Guard::FirstFailure(event, facts);
  });
  return refusal;
}

template <class Table, class Event, class Facts>
RowCount CountRows(std::string_view state, const Event& event, const Facts& facts) {
  RowCount count;
  mp::mp_for_each<mp::mp_transform<mp::mp_identity, RowsOf<Table, Event>>>([&](auto identity) {
    using R = typename decltype(identity)::type;
    if (R::Source::kInfo.name != state) return;
    ++count.rows;
    if (R::Guard::RoutesHold(event, facts)) ++count.routed;
  });
  return count;
}

}  // namespace redress::workflows
