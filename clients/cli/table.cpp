#include "clients/cli/table.h"

#include <algorithm>
#include <cstdint>

namespace redress::cli {
namespace {

constexpr std::string_view kGap = "  ";

// Decodes one character; malformed bytes count as one cell each.
char32_t Decode(std::string_view text, std::size_t& at) {
  const auto first = static_cast<unsigned char>(text[at++]);
  const int rest = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : first >= 0xC0 ? 1 : 0;
  char32_t character = rest == 0 ? first : first & (0x3F >> rest);
  for (int i = 0; i < rest && at < text.size(); ++i) {
    character = (character << 6) | (static_cast<unsigned char>(text[at++]) & 0x3F);
  }
  return character;
}

bool IsWide(char32_t character) {
  return (character >= 0x1100 && character <= 0x115F) ||
         (character >= 0x2E80 && character <= 0xA4CF) ||
         (character >= 0xAC00 && character <= 0xD7A3) ||
         (character >= 0xF900 && character <= 0xFAFF) ||
         (character >= 0xFE30 && character <= 0xFE4F) ||
         (character >= 0xFF00 && character <= 0xFF60) ||
         (character >= 0xFFE0 && character <= 0xFFE6) ||
         (character >= 0x1F300 && character <= 0x1FAFF) ||
         (character >= 0x20000 && character <= 0x3FFFD);
}

bool IsNumber(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789.-,") == std::string_view::npos;
}

}  // namespace

std::size_t DisplayWidth(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < text.size();) width += IsWide(Decode(text, at)) ? 2 : 1;
  return width;
}

std::string Printable(std::string_view text) {
  std::string printable;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char32_t character = Decode(text, at);
    const bool control = character < 0x20 || (character >= 0x7F && character < 0xA0);
    printable += control ? std::string_view(" ") : text.substr(begin, at - begin);
  }
  return printable;
}

Table::Table(std::vector<std::string> titles) : titles_(std::move(titles)) {}

void Table::Add(std::vector<std::string> cells) {
  for (std::string& cell : cells) cell = Printable(cell);
  rows_.push_back(std::move(cells));
}

std::string Table::Text() const {
  const std::size_t columns = titles_.size();
  std::vector<std::size_t> widths(columns);
  std::vector<bool> numeric(columns, true);
  for (std::size_t c = 0; c < columns; ++c) {
    widths[c] = DisplayWidth(titles_[c]);
    for (const auto& row : rows_) {
      widths[c] = std::max(widths[c], DisplayWidth(row[c]));
      numeric[c] = numeric[c] && (row[c].empty() || IsNumber(row[c]));
    }
  }
  std::string text;
  const auto append = [&](const std::vector<std::string>& cells) {
    std::string line;
    for (std::size_t c = 0; c < columns; ++c) {
      const std::string padding(widths[c] - DisplayWidth(cells[c]), ' ');
      if (c > 0) line += kGap;
      line += numeric[c] ? padding + cells[c] : cells[c] + padding;
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  };
  append(titles_);
  for (const auto& row : rows_) append(row);
  return text;
}

}  // namespace redress::cli
