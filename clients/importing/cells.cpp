#include "clients/importing/cells.h"

#include <algorithm>
#include <array>

#include "clients/cpp/text.h"

namespace redress::importing {
namespace {

constexpr std::array<std::string_view, 3> kWideSpaces = {"\u3000", "\u00A0", "\uFEFF"};
constexpr char32_t kIdeographicSpace = 0x3000;
constexpr char32_t kFullWidthBegin = 0xFF01;
constexpr char32_t kFullWidthEnd = 0xFF5E;
constexpr char32_t kFullWidthOffset = 0xFEE0;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool AreDigits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), IsDigit);
}

std::string_view TrimWide(std::string_view text) {
  for (;;) {
    const std::size_t before = text.size();
    text = client::Trim(text);
    for (const std::string_view space : kWideSpaces) {
      if (text.starts_with(space)) text.remove_prefix(space.size());
      if (text.ends_with(space)) text.remove_suffix(space.size());
    }
    if (text.size() == before) return text;
  }
}

// "1,234,567" or "1,234.50" without its commas; anything else stays.
std::string WithoutThousands(std::string text) {
  if (text.find(',') == std::string::npos) return text;
  const std::size_t sign = text.starts_with('-') || text.starts_with('+') ? 1 : 0;
  std::string_view whole = std::string_view(text).substr(sign, text.find('.') - sign);
  std::size_t group_from = 0;
  for (bool first = true;; first = false) {
    const std::size_t comma = std::min(whole.find(',', group_from), whole.size());
    const std::string_view group = whole.substr(group_from, comma - group_from);
    if (!AreDigits(group) || (first ? group.size() > 3 : group.size() != 3)) return text;
    if (comma == whole.size()) break;
    group_from = comma + 1;
  }
  std::erase(text, ',');
  return text;
}

}  // namespace

std::string_view CleanCell(std::string_view cell) {
  cell = TrimWide(cell);
  if (cell.size() >= 3 && cell.starts_with("=\"") && cell.ends_with('"')) {
    cell = TrimWide(cell.substr(2, cell.size() - 3));
  }
  if (cell.starts_with('\'')) cell = TrimWide(cell.substr(1));
  return cell;
}

std::string HalfWidth(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
    char32_t code = byte(0);
    std::size_t length = 1;
    if ((code & 0xF0) == 0xE0 && at + 3 <= text.size()) {
      code = (code & 0x0F) << 12 | (char32_t{byte(1)} & 0x3F) << 6 | (char32_t{byte(2)} & 0x3F);
      length = 3;
    }
    if (code >= kFullWidthBegin && code <= kFullWidthEnd) {
      plain += static_cast<char>(code - kFullWidthOffset);
    } else if (code == kIdeographicSpace) {
      plain += ' ';
    } else {
      plain += text.substr(at, length);
    }
    at += length;
  }
  return plain;
}

std::string PlainNumber(std::string_view text) {
  std::string plain = HalfWidth(text);
  std::string_view number = plain;
  for (const std::string_view sign : {"¥", "￥"}) {
    if (number.starts_with(sign)) number = client::Trim(number.substr(sign.size()));
  }
  constexpr std::string_view kYuan = "元";
  if (number.ends_with(kYuan)) {
    number = client::Trim(number.substr(0, number.size() - kYuan.size()));
  }
  return WithoutThousands(std::string(number));
}

bool IsRoundedNumber(std::string_view text) {
  const std::size_t exponent = text.find_first_of("eE");
  if (exponent == std::string_view::npos || exponent + 2 >= text.size()) return false;
  const std::string_view mantissa = text.substr(0, exponent);
  const std::size_t dot = mantissa.find('.');
  return text[exponent + 1] == '+' && AreDigits(text.substr(exponent + 2)) &&
         AreDigits(mantissa.substr(0, dot)) &&
         (dot == std::string_view::npos || AreDigits(mantissa.substr(dot + 1)));
}

}  // namespace redress::importing
