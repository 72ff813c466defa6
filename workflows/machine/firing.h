#pragma once

// One firing of a Boost.MSM machine: restored from the name of a state, given one event, read back.
// A machine is built for each firing (it is a few dozen bytes) and thrown away with it, so nothing
// survives an exception. A front-end derives from Front and has
// `transition_table = Numbered<Holder>`, where Holder::Rows is the list of rows.
//
// Included only by workflows/machine and by one source per machine.

#include <boost/msm/back/metafunctions.hpp>
#include <boost/msm/back/state_machine.hpp>
#ifdef REDRESS_MACHINE_GRAPH_CHECK
#include <boost/msm/back/mpl_graph_fsm_check.hpp>
#endif
#include <boost/msm/front/state_machine_def.hpp>
#include <boost/msm/front/states.hpp>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "workflows/machine/table.h"

namespace redress::workflows {

// MSM spells the whole table out in the name of every function it generates. Rows known by number
// keep those names short: a table of 100 rows compiles several times as fast.
template <class Holder, std::size_t I>
struct NumberedRow : mp::mp_at_c<typename Holder::Rows, I> {};
template <class Holder, class Numbers>
struct NumberedRows;
template <class Holder, std::size_t... I>
struct NumberedRows<Holder, std::index_sequence<I...>> {
  using type = mp::mp_list<NumberedRow<Holder, I>...>;
};
template <class Holder>
using Numbered = typename NumberedRows<
    Holder, std::make_index_sequence<mp::mp_size<typename Holder::Rows>::value>>::type;

template <class Derived, class Step>
struct Front : boost::msm::front::state_machine_def<Derived> {
  // An exception of a guard or action reaches the caller instead of counting as handled, and
  // events never queue up behind one another.
  using no_exception_thrown = int;
  using no_message_queue = int;

  // Unhandled is an answer here, not the assertion failure that is MSM's default.
  template <class Fsm, class Event>
  void no_transition(const Event&, Fsm&, int) {}

  Step* step = nullptr;
};

#ifdef REDRESS_MACHINE_GRAPH_CHECK
template <class FrontEnd>
using Machine = boost::msm::back::state_machine<FrontEnd, boost::msm::back::mpl_graph_fsm_check>;
#else
template <class FrontEnd>
using Machine = boost::msm::back::state_machine<FrontEnd>;
#endif

// The archive through which MSM lets a state be set without starting the machine (start() would
// reset it). Of all that is serialized only the current state is touched.
class RestoreState {
 public:
  explicit RestoreState(int id) : id_(id) {}
  RestoreState& operator&(int (&states)[1]) {
    states[0] = id_;
    return *this;
  }
  template <class Other>
  RestoreState& operator&(Other&) {
    return *this;
  }

 private:
  int id_;
};

// MSM numbers states by their first appearance in the table; names are what lasts.
template <class FrontEnd, class State>
constexpr int kIdOf =
    boost::msm::back::get_state_id<typename Machine<FrontEnd>::stt, State>::type::value;

template <class FrontEnd, class... States>
int IdOfName(std::string_view name, mp::mp_list<States...>) {
  int id = -1;
  static_cast<void>(((States::kInfo.name == name && (id = kIdOf<FrontEnd, States>, true)) || ...));
  if (id < 0) throw std::invalid_argument("no state of this machine: " + std::string(name));
  return id;
}

template <class FrontEnd, class... States>
const StateInfo& InfoOfId(int id, mp::mp_list<States...>) {
  const StateInfo* info = nullptr;
  static_cast<void>(((kIdOf<FrontEnd, States> == id && (info = &States::kInfo, true)) || ...));
  if (info == nullptr) throw std::logic_error("state without a name");
  return *info;
}

struct Landing {
  Outcome outcome;
  const StateInfo* state;  // afterwards
  Refusal refusal;
};

// `step.facts` is what guards see; actions write to `step`.
template <class FrontEnd, class States, class Step, class Event>
Landing FireOnce(std::string_view state, const Event& event, Step& step) {
  using Table = typename FrontEnd::transition_table;
  Machine<FrontEnd> machine;
  machine.step = &step;
  RestoreState restore(IdOfName<FrontEnd>(state, States{}));
  machine.serialize(restore, 0);
  const auto answer = machine.process_event(event);
  const StateInfo& after = InfoOfId<FrontEnd>(machine.current_state()[0], States{});
  if (answer == boost::msm::back::HANDLED_TRUE) return {Outcome::kApplied, &after, {}};
  if (answer == boost::msm::back::HANDLED_GUARD_REJECT) {
    return {Outcome::kRefused, &after, ExplainRefused<Table>(state, event, step.facts)};
  }
  return {Outcome::kUnhandled, &after, ExplainNotLegal<Table, Event>(state)};
}

}  // namespace redress::workflows
