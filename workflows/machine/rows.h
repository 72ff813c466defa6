#pragma once

// The parts a transition table is written with, over Boost.MSM's functor rows:
//
//   Row<Requested, Approve, Settling, Do<ApproveAmount, PayApproved>, When<IsX, Not<IsY>, Fits>>
//
// Two kinds of predicate stand in When. A *route* chooses between the rows of one state and event;
// the routes of such rows are mutually exclusive and together cover every case. A *requirement*
// has a kCode, and its failure is what the caller is told. Because routes exclude each other, at
// most one row can match (MSM tries the last one first), and a refusal always has one clear reason.
//
//   struct IsX   { kName; template <E, Facts> static bool Holds(const E&, const Facts&); };
//   struct Fits  { kName; kCode; Holds as above;
//                  template <E, Facts> static Refusal Explain(const E&, const Facts&); };
//   struct PayApproved { kName; template <E, Step> static void Act(const E&, Step&); };
//
// Included only by workflows/machine and by one source per machine.

#include <boost/mp11/list.hpp>
#include <boost/mp11/mpl.hpp>
#include <boost/msm/front/functor_row.hpp>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "workflows/machine/machine.h"

namespace redress::workflows {

template <class Source, class Event, class Target, class Action, class Guard>
using Row = boost::msm::front::Row<Source, Event, Target, Action, Guard>;

template <class Predicate, class = void>
struct IsRequirement : std::false_type {};
template <class Predicate>
struct IsRequirement<Predicate, std::void_t<decltype(Predicate::kCode)>> : std::true_type {};

// The complement of a route. A requirement has none: its failure is a refusal, not another way.
template <class Route>
struct Not {
  static_assert(!IsRequirement<Route>::value, "only a route has a complement");
  template <class Event, class Facts>
  static bool Holds(const Event& event, const Facts& facts) {
    return !Route::Holds(event, facts);
  }
};

template <class Predicate>
struct NameOfPredicate {
  static std::string Get() { return std::string(Predicate::kName); }
};
template <class Route>
struct NameOfPredicate<Not<Route>> {
  static std::string Get() { return "not " + std::string(Route::kName); }
};

template <class... Predicates>
struct When {
  template <class Event, class Fsm, class Source, class Target>
  bool operator()(const Event& event, const Fsm& fsm, const Source&, const Target&) const {
    [[maybe_unused]] const auto& facts = fsm.step->facts;
    return (Predicates::Holds(event, facts) && ...);
  }

  template <class Event, class Facts>
  static bool RoutesHold([[maybe_unused]] const Event& event, [[maybe_unused]] const Facts& facts) {
    return ((IsRequirement<Predicates>::value || Predicates::Holds(event, facts)) && ...);
  }

  // The first requirement that fails; its code is empty when all hold.
  template <class Event, class Facts>
  static Refusal FirstFailure([[maybe_unused]] const Event& event,
                              [[maybe_unused]] const Facts& facts) {
    Refusal refusal;
    [[maybe_unused]] const auto look = [&](auto predicate) {
      using Predicate = decltype(predicate);
      if constexpr (IsRequirement<Predicate>::value) {
        if (Predicate::Holds(event, facts)) return false;
        refusal = Predicate::Explain(event, facts);
        refusal.code = Predicate::kCode;
        return true;
      }
      return false;
    };
    static_cast<void>((look(Predicates{}) || ...));
    return refusal;
  }

  // The routes' names joined by " and ".
  static std::string Route() {
    std::string names;
    [[maybe_unused]] const auto add = [&](auto predicate) {
      using Predicate = decltype(predicate);
      if constexpr (!IsRequirement<Predicate>::value) {
        names += (names.empty() ? "" : " and ") + NameOfPredicate<Predicate>::Get();
      }
    };
    (add(Predicates{}), ...);
    return names;
  }

  static std::vector<RequirementInfo> Requirements() {
    std::vector<RequirementInfo> requirements;
    [[maybe_unused]] const auto add = [&](auto predicate) {
      using Predicate = decltype(predicate);
      if constexpr (IsRequirement<Predicate>::value) {
        requirements.push_back({Predicate::kName, Predicate::kCode});
      }
    };
    (add(Predicates{}), ...);
    return requirements;
  }
};

template <class... Verbs>
struct Do {
  template <class Event, class Fsm, class Source, class Target>
  void operator()(const Event& event, Fsm& fsm, const Source&, const Target&) const {
    [[maybe_unused]] auto& step = *fsm.step;
    (Verbs::Act(event, step), ...);
  }

  static std::string Names() {
    std::string names;
    ((names += (names.empty() ? "" : ", ") + std::string(Verbs::kName)), ...);
    return names;
  }
};

}  // namespace redress::workflows
