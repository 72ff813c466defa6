#pragma once

// Prints `figure NAME VALUE [UNIT]` on a line of its own, as scripts read it.

#include <string_view>

namespace redress::test {

void Figure(std::string_view name, double value, std::string_view unit = "");

}  // namespace redress::test
