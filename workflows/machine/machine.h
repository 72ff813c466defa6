#pragma once

// The vocabulary of every case machine, free of Boost.MSM so that C++20 code may include it.
//
// A machine decides, it never acts: it is given a state's name, an event and the facts, and answers
// with the next state and a list of effects for the engine to carry out, or with a refusal.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace redress::workflows {

// Text of all descriptions is static: views stay valid for the life of the program.

struct StateInfo {
  std::string_view name;             // what is persisted, never a number
  std::string_view deadline_rule;    // armed while in this state; empty for a final state
  std::string_view platform_status;  // what the platform calls it; empty where it has no word
  bool final = false;
};

struct EventInfo {
  std::string_view name;  // snake_case, the name of the API's oneof field
};

// What a row demands beyond being routed to; a caller who fails it is told the code.
struct RequirementInfo {
  std::string_view name;  // "amount_fits_line"
  std::string_view code;  // "ABOVE_LINE_CEILING"
};

// One row of the transition table. Where source and target are equal the case stays.
struct EdgeInfo {
  std::string_view source;
  std::string_view event;
  std::string_view target;
  std::string route;  // "" when it is the only row of source and event, else joined by " and "
  std::vector<RequirementInfo> requirements;
  std::string action;  // verbs joined by ", "

  // Route and requirements joined by " and "; "" when unguarded.
  std::string Guard() const;
};

// The moment that a rule's duration counts from.
enum class CountsFrom : std::uint8_t {
  kArming = 0,
  kSubject = 1,  // what the case is about, e.g. the review; never due before it is armed
};

// A shipped default of a deadline rule under a condition ("" where the rule has only one).
struct DeadlineRule {
  std::string_view rule;
  std::string_view condition;
  std::int64_t duration_s = 0;
  std::int64_t repeat_s = 0;  // used when the rule is armed again by its own deadline
  std::int64_t warn_s = 0;    // the supervisor sees the case from here on
  CountsFrom counts_from = CountsFrom::kArming;
};

struct Workflow {
  std::string_view kind;  // "refund"
  int version = 0;        // written on every step
  std::string_view initial_state;
  std::vector<StateInfo> states;
  std::vector<EventInfo> events;
  std::vector<EdgeInfo> edges;
  std::vector<DeadlineRule> deadlines;

  // nullptr when there is none of that name.
  const StateInfo* FindState(std::string_view name) const;
  bool HasEvent(std::string_view name) const;
};

enum class Outcome {
  kApplied,    // a new step; the effects are to be carried out in the same transaction
  kIgnored,    // a deadline that is no longer armed: no step, no effects, not an error
  kUnhandled,  // the event is not legal in this state
  kRefused,    // the event is legal here, but a guard says no
};

// Both kinds of refusal are FAILED_PRECONDITION for the caller.
// `code` is stable: kNotLegalInState, or the code of the guard that failed, e.g. "FOUR_EYES".
struct Refusal {
  std::string_view code;
  std::string expected;  // "amount at most 30.00 left on the line"; money in minor units
  std::string found;
};

inline constexpr std::string_view kNotLegalInState = "NOT_LEGAL_IN_STATE";

// What firing one event came to. `state` is the state afterwards: the old one unless applied.
template <class Effect>
struct Fired {
  Outcome outcome = Outcome::kUnhandled;
  std::string_view state;
  std::vector<Effect> effects;  // empty unless applied
  Refusal refusal;              // set when unhandled or refused

  bool Applied() const { return outcome == Outcome::kApplied; }
};

// An event of the table, and whether it could be fired now.
struct AllowedEvent {
  std::string_view event;
  bool allowed = false;
  std::string_view target;  // where it would lead; empty unless allowed
  Refusal refusal;          // why not; empty if allowed
};

// How the rows of one state and event divide the facts: with rows at all, exactly one is routed to.
// For tests and for a table's author.
struct RowCount {
  int rows = 0;
  int routed = 0;
};

}  // namespace redress::workflows
