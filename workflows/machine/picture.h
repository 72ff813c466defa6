#pragma once

// What a machine's diagrams show of its table: the rows of one source and target as one arrow.
//
// A table has more rows than a reader can follow with the eye. Left out are rows that lead nowhere
// else, and events that every state takes and that lead to few places; the diagram's legend says
// so, and the page of tables (page.h) has every row.

#include <string>
#include <string_view>
#include <vector>

#include "workflows/machine/machine.h"

namespace redress::workflows {

struct Arrow {
  std::string_view source;
  std::string_view target;
  std::vector<std::string> labels;  // its events, in the table's order; see kDepends
};

// An event that every state takes but the final ones, drawn from none of them.
struct TakenEverywhere {
  std::string_view event;
  std::vector<std::string_view> targets;  // each once
  bool may_stay = false;                  // besides, in some states
};

struct Picture {
  std::vector<Arrow> arrows;  // in the order of the states, source before target
  std::vector<TakenEverywhere> everywhere;
};

// Behind an event that leads elsewhere, or nowhere, under other facts.
inline constexpr std::string_view kDepends = "*";

// Views and names live as long as the workflow.
Picture PictureOf(const Workflow& workflow);

// What a reader must be told beside any drawing of the picture, one sentence per line.
std::vector<std::string> LegendOf(const Picture& picture);

// Whose states they are: "refund case", and "task" where no state has a deadline.
std::string SubjectOf(const Workflow& workflow);

// "A, B or C".
std::string OneOf(const std::vector<std::string_view>& names);

}  // namespace redress::workflows
