#include "workflows/machine/layout.h"

#include <cstdlib>
#include <sstream>
#include <stdexcept>

#include "workflows/machine/measures.h"

namespace redress::workflows {
namespace {

// One line of plain output. Names of states have neither quotes nor blanks.
class Words {
 public:
  explicit Words(const std::string& line) : line_(line) {
    std::istringstream words(line);
    for (std::string word; words >> word;) words_.push_back(word);
  }

  const std::string& At(std::size_t index) const {
    if (index >= words_.size()) Refuse("is too short");
    return words_[index];
  }
  // Counted back from the last word, which is 1.
  const std::string& FromEnd(std::size_t index) const {
    if (index > words_.size()) Refuse("is too short");
    return words_[words_.size() - index];
  }
  double Points(const std::string& inches) const {
    char* end = nullptr;
    const double value = std::strtod(inches.c_str(), &end);
    if (end == inches.c_str() || *end != '\0') Refuse("has '" + inches + "' for a number");
    return value * kPointsPerInch;
  }

 private:
  [[noreturn]] void Refuse(const std::string& problem) const {
    throw std::invalid_argument("a line of the layout " + problem +
                                ", it must be output of `dot -Tplain`: " + line_);
  }

  const std::string& line_;
  std::vector<std::string> words_;
};

ArrowPlace ReadArrow(const Words& words, double height) {
  constexpr std::size_t kFirst = 4;  // edge SOURCE TARGET COUNT X Y X Y … LABEL X Y STYLE COLOUR
  constexpr std::size_t kMost = 1000;
  ArrowPlace place;
  const std::size_t count = std::strtoul(words.At(kFirst - 1).c_str(), nullptr, 10);
  if (count < 4 || count > kMost || count % 3 != 1) {
    throw std::invalid_argument("an arrow of the layout has " + words.At(kFirst - 1) +
                                " points, a curve has 4, 7, 10…");
  }
  for (std::size_t i = 0; i < count; ++i) {
    const double x = words.Points(words.At(kFirst + 2 * i));
    place.curve.push_back({x, height - words.Points(words.At(kFirst + 2 * i + 1))});
  }
  place.label = {words.Points(words.FromEnd(4)), height - words.Points(words.FromEnd(3))};
  return place;
}

}  // namespace

Layout ReadLayout(std::string_view plain) {
  Layout layout;
  std::istringstream lines{std::string(plain)};
  for (std::string line; std::getline(lines, line);) {
    const Words words(line);
    const std::string& kind = words.At(0);
    if (kind == "graph") {
      layout.width = words.Points(words.At(2));
      layout.height = words.Points(words.At(3));
    } else if (kind == "node") {
      layout.boxes[words.At(1)] = {words.Points(words.At(2)),
                                   layout.height - words.Points(words.At(3))};
    } else if (kind == "edge") {
      layout.arrows[{words.At(1), words.At(2)}] = ReadArrow(words, layout.height);
    } else if (kind == "stop") {
      return layout;
    } else {
      throw std::invalid_argument("a line of the layout begins with '" + kind +
                                  "', it must be output of `dot -Tplain`");
    }
  }
  throw std::invalid_argument("the layout has no end, it must be output of `dot -Tplain`");
}

}  // namespace redress::workflows
