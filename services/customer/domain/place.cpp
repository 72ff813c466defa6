#include "services/customer/domain/place.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace redress::customer {
namespace {

constexpr std::string_view kFullWidthLead = "\xef\xbc";   // U+FF00…U+FF3F
constexpr std::string_view kFullWidthTail = "\xef\xbd";   // U+FF40…U+FF7F
constexpr std::string_view kCjkPunctuation = "\xe3\x80";  // U+3000…U+303F
constexpr unsigned char kFirstContinuation = 0x80;
constexpr unsigned char kFullWidthShift = 0x20;  // U+FF01 stands for U+0021
constexpr unsigned char kLastFullWidth = 0x9e;   // U+FF5E; half-width kana follow
constexpr unsigned char kTailShift = 0x60;       // U+FF41 stands for U+0061

bool IsPlainLetterOrDigit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// The ASCII character that a full-width one stands for; 0 for another character.
char HalfWidth(std::string_view character) {
  const auto last = static_cast<unsigned char>(character.back());
  if (character.starts_with(kFullWidthLead)) {
    return static_cast<char>(last - kFirstContinuation + kFullWidthShift);
  }
  if (character.starts_with(kFullWidthTail) && last <= kLastFullWidth) {
    return static_cast<char>(last - kFirstContinuation + kTailShift);
  }
  return 0;
}

std::size_t LengthAt(std::string_view text, std::size_t place) {
  constexpr std::array<unsigned char, 3> kLeads = {0xc0, 0xe0, 0xf0};
  const auto lead = static_cast<unsigned char>(text[place]);
  std::size_t length = 1;
  for (const unsigned char least : kLeads) length += lead >= least ? 1 : 0;
  return std::min(length, text.size() - place);
}

std::string Normalised(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size();) {
    const std::string_view character = text.substr(i, LengthAt(text, i));
    i += character.size();
    if (character.size() == 1) {
      if (IsPlainLetterOrDigit(character[0])) result += Lower(character[0]);
      continue;
    }
    if (character.starts_with(kCjkPunctuation)) continue;
    const char half = HalfWidth(character);
    if (half == 0) {
      result += character;
    } else if (IsPlainLetterOrDigit(half)) {
      result += Lower(half);
    }
  }
  return result;
}

}  // namespace

std::string NormalisedPlace(const Contact& contact) {
  const std::string name = Normalised(contact.name);
  const std::string address = Normalised(contact.address);
  if (name.empty() || address.empty()) return {};
  return name + '\x1f' + address;
}

}  // namespace redress::customer
