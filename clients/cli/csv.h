#pragma once

#include <string>
#include <vector>

namespace redress::cli {

// One line of a CSV file (RFC 4180). A cell that a spreadsheet would take for a formula, beginning
// with = + - @ or a control character, gets an apostrophe before it: nicks are written by
// strangers.
std::string CsvRow(const std::vector<std::string>& cells);

}  // namespace redress::cli
