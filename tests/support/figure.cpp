#include "tests/support/figure.h"

#include <cmath>
#include <cstdio>
#include <string>

namespace redress::test {

void Figure(std::string_view name, double value, std::string_view unit) {
  char number[64];
  const bool whole = std::nearbyint(value) == value && std::abs(value) < 1e15;
  std::snprintf(number, sizeof number, whole ? "%.0f" : "%.4g", value);
  std::string line = "figure " + std::string(name) + ' ' + number;
  if (!unit.empty()) line += ' ' + std::string(unit);
  line += '\n';
  std::fputs(line.c_str(), stdout);
  std::fflush(stdout);
}

}  // namespace redress::test
