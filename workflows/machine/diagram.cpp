#include "workflows/machine/diagram.h"

#include <string>

#include "workflows/machine/measures.h"
#include "workflows/machine/picture.h"

namespace redress::workflows {

std::string DrawMermaid(const Workflow& workflow) {
  const Picture picture = PictureOf(workflow);
  std::string text;
  for (const std::string& line : LegendOf(picture)) text += "%% " + line + "\n";
  text += "stateDiagram-v2\n";
  text += "  [*] --> " + std::string(workflow.initial_state) + "\n";
  for (const Arrow& arrow : picture.arrows) {
    text += "  " + std::string(arrow.source) + " --> " + std::string(arrow.target) + " : ";
    for (std::size_t i = 0; i < arrow.labels.size(); ++i) {
      text += (i == 0 ? "" : "<br/>") + arrow.labels[i];
    }
    text += "\n";
  }
  for (const StateInfo& state : workflow.states) {
    if (state.final) text += "  " + std::string(state.name) + " --> [*]\n";
  }
  return text;
}

std::string DrawDot(const Workflow& workflow) {
  std::string text = "digraph \"" + std::string(workflow.kind) +
                     "\" {\n"
                     "  graph [rankdir=TB, nodesep=0.15, ranksep=0.3, splines=true, margin=0]\n"
                     "  node [shape=box, fixedsize=true, label=\"\"]\n"
                     "  edge [arrowhead=none]\n";
  for (const StateInfo& state : workflow.states) {
    const Size size = BoxOf(state);
    text += "  \"" + std::string(state.name) + "\" [width=" + Inches(size.width) +
            ", height=" + Inches(size.height) + "]\n";
  }
  for (const Arrow& arrow : PictureOf(workflow).arrows) {
    const Size size = LabelOf(arrow);
    text += "  \"" + std::string(arrow.source) + "\" -> \"" + std::string(arrow.target) +
            "\" [label=<<TABLE BORDER=\"0\" CELLBORDER=\"0\" FIXEDSIZE=\"TRUE\" WIDTH=\"" +
            std::to_string(size.width) + "\" HEIGHT=\"" + std::to_string(size.height) +
            "\"><TR><TD></TD></TR></TABLE>>]\n";
  }
  return text + "}\n";
}

}  // namespace redress::workflows
