#pragma once

// How large the parts of a diagram are, in points. Text is not measured, since that would take a
// font: a letter counts as wide as those of the wider sans-serif faces on average.

#include <string>

#include "workflows/machine/machine.h"
#include "workflows/machine/picture.h"

namespace redress::workflows {

inline constexpr int kNamePt = 13;    // a state's name
inline constexpr int kSmallPt = 10;   // its deadline, an arrow's events, the legend
inline constexpr int kLinePt = 13;    // from one line of small text to the next
inline constexpr int kMarginPt = 16;  // around the whole picture
inline constexpr int kPointsPerInch = 72;

struct Size {
  int width = 0;
  int height = 0;
};

Size BoxOf(const StateInfo& state);
Size LabelOf(const Arrow& arrow);

// The width of a line of `letters` small letters.
int SmallWidth(std::size_t letters);

std::string Inches(int points);

}  // namespace redress::workflows
