#include "clients/cli/csv.h"

namespace redress::cli {
namespace {

std::string CsvCell(const std::string& text) {
  const bool formula = !text.empty() && (std::string("=+-@").find(text[0]) != std::string::npos ||
                                         static_cast<unsigned char>(text[0]) < ' ');
  const std::string safe = formula ? "'" + text : text;
  if (safe.find_first_of(",\"\r\n") == std::string::npos) return safe;
  std::string quoted = "\"";
  for (const char c : safe) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

}  // namespace

std::string CsvRow(const std::vector<std::string>& cells) {
  std::string row;
  for (std::size_t i = 0; i < cells.size(); ++i) row += (i == 0 ? "" : ",") + CsvCell(cells[i]);
  return row + "\r\n";
}

}  // namespace redress::cli
