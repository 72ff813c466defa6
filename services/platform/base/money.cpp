#include "services/platform/base/money.h"

#include <algorithm>
#include <array>

namespace redress::platform {

namespace {

struct Exception {
  std::string_view currency;
  int digits;
};

// ISO 4217 currencies whose minor unit is not a hundredth, sorted.
constexpr auto kExceptions = std::to_array<Exception>({
    {"BHD", 3}, {"BIF", 0}, {"CLF", 4}, {"CLP", 0}, {"DJF", 0}, {"GNF", 0}, {"IQD", 3},
    {"ISK", 0}, {"JOD", 3}, {"JPY", 0}, {"KMF", 0}, {"KRW", 0}, {"KWD", 3}, {"LYD", 3},
    {"OMR", 3}, {"PYG", 0}, {"RWF", 0}, {"TND", 3}, {"UGX", 0}, {"UYI", 0}, {"UYW", 4},
    {"VND", 0}, {"VUV", 0}, {"XAF", 0}, {"XOF", 0}, {"XPF", 0},
});

}  // namespace

std::optional<int> MinorDigits(std::string_view currency) {
  const bool code =
      currency.size() == 3 &&
      std::all_of(currency.begin(), currency.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  if (!code) return std::nullopt;
  const auto found = std::lower_bound(
      kExceptions.begin(), kExceptions.end(), currency,
      [](const Exception& entry, std::string_view wanted) { return entry.currency < wanted; });
  if (found != kExceptions.end() && found->currency == currency) return found->digits;
  return 2;
}

std::string ToString(const Money& money) {
  const int digits = MinorDigits(money.currency).value_or(2);
  std::string text = std::to_string(money.minor);
  if (digits > 0) {
    const std::size_t sign = money.minor < 0 ? 1 : 0;
    const std::size_t least = static_cast<std::size_t>(digits) + 1;
    if (text.size() - sign < least) text.insert(sign, least - (text.size() - sign), '0');
    text.insert(text.size() - static_cast<std::size_t>(digits), 1, '.');
  }
  return text + ' ' + money.currency;
}

}  // namespace redress::platform
