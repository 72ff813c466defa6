#include "workflows/machine/measures.h"

#include <algorithm>
#include <cstdio>

namespace redress::workflows {
namespace {

constexpr double kLetterPerPt = 0.6;
constexpr double kHeavyLetterPerPt = 0.66;
constexpr int kBoxPadding = 10;
constexpr int kLabelPadding = 4;

}  // namespace

int SmallWidth(std::size_t letters) {
  return static_cast<int>(static_cast<double>(letters) * kSmallPt * kLetterPerPt);
}

Size BoxOf(const StateInfo& state) {
  const int name =
      static_cast<int>(static_cast<double>(state.name.size()) * kNamePt * kHeavyLetterPerPt);
  const int rule = SmallWidth(state.deadline_rule.size());
  const int lines = state.deadline_rule.empty() ? 0 : kLinePt;
  return {std::max(name, rule) + 2 * kBoxPadding, kNamePt + lines + 2 * kBoxPadding};
}

Size LabelOf(const Arrow& arrow) {
  std::size_t letters = 0;
  for (const std::string& label : arrow.labels) letters = std::max(letters, label.size());
  return {SmallWidth(letters) + 2 * kLabelPadding,
          static_cast<int>(arrow.labels.size()) * kLinePt + kLabelPadding};
}

std::string Inches(int points) {
  char text[32];
  std::snprintf(text, sizeof text, "%.4f", static_cast<double>(points) / kPointsPerInch);
  return text;
}

}  // namespace redress::workflows
