#pragma once

// Where Graphviz puts the parts of a diagram: its plain output read back, in points from the top
// left corner.

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace redress::workflows {

struct Point {
  double x = 0;
  double y = 0;
};

struct ArrowPlace {
  std::vector<Point> curve;  // one start, then three points for each Bézier curve
  Point label;               // its middle
};

struct Layout {
  double width = 0;
  double height = 0;
  std::map<std::string, Point, std::less<>> boxes;                   // middles, by the state's name
  std::map<std::pair<std::string, std::string>, ArrowPlace> arrows;  // by source and target
};

// Throws std::invalid_argument for text that is no plain output.
Layout ReadLayout(std::string_view plain);

}  // namespace redress::workflows
