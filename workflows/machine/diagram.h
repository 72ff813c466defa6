#pragma once

// A machine drawn: pure functions from its description to text. What is drawn and what is left out
// is in picture.h.
//
// An SVG takes two steps, since Graphviz finds the places and this draws:
//
//   layout = output of `dot -Tplain` given DrawDot(workflow)
//   svg    = DrawSvg(workflow, layout)
//
// All sizes are given to dot, so that the layout does not depend on the fonts of the machine it
// runs on.
//
// The SVG stands alone: no script, no style sheet, no reference. Its attributes are defaults that
// any style sheet of a page around it overrides; `color` on a group colours all of it:
//
//   <g id="state-NAME" class="state initial|passing|final" data-state="NAME">
//   <g id="edge-N" class="edge" data-source data-target data-events="approve deadline_reached">
//   <rect class="paper">, <g class="legend">

#include <string>
#include <string_view>

#include "workflows/machine/machine.h"

namespace redress::workflows {

// Mermaid's stateDiagram-v2.
std::string DrawMermaid(const Workflow& workflow);

// Graphviz, for layout only: boxes and labels are empty and have the sizes that DrawSvg fills.
std::string DrawDot(const Workflow& workflow);

// Throws std::invalid_argument for a layout that lacks a state or arrow of the machine.
std::string DrawSvg(const Workflow& workflow, std::string_view layout);

}  // namespace redress::workflows
