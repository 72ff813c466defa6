#include <algorithm>
#include <compare>
#include <limits>
#include <stdexcept>

#include "services/platform/base/money.h"

namespace redress::platform {

namespace {

using Mantissa = Decimal::Mantissa;

constexpr int kMaxDigits = 30;

constexpr Mantissa PowerOfTen(int exponent) {
  Mantissa power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;
  return power;
}

constexpr Mantissa kLimit = PowerOfTen(kMaxDigits);

Mantissa Bounded(Mantissa mantissa) {
  if (mantissa >= kLimit || mantissa <= -kLimit) {
    throw std::overflow_error("a decimal number of more than 30 digits");
  }
  return mantissa;
}

// A bounded mantissa raised by at most 8 decimals stays within 128 bits (38 digits).
Mantissa AtScale(Mantissa mantissa, int from, int to) { return mantissa * PowerOfTen(to - from); }

}  // namespace

std::optional<Decimal> Decimal::Parse(std::string_view text) {
  bool negative = false;
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
    negative = text.front() == '-';
    text.remove_prefix(1);
  }
  const std::size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  std::string_view fraction = point == std::string_view::npos ? "" : text.substr(point + 1);
  if (whole.empty() && fraction.empty()) return std::nullopt;
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (!std::all_of(whole.begin(), whole.end(), is_digit) ||
      !std::all_of(fraction.begin(), fraction.end(), is_digit)) {
    return std::nullopt;
  }
  while (!fraction.empty() && fraction.back() == '0') fraction.remove_suffix(1);
  if (fraction.size() > kMaxScale) return std::nullopt;
  Mantissa mantissa = 0;
  for (const std::string_view part : {whole, fraction}) {
    for (const char digit : part) {
      mantissa = mantissa * 10 + (digit - '0');
      if (mantissa >= kLimit) return std::nullopt;
    }
  }
  return Decimal(negative ? -mantissa : mantissa, static_cast<int>(fraction.size()));
}

Decimal Decimal::FromMinor(std::int64_t minor, int minor_digits) {
  if (minor_digits < 0 || minor_digits > kMaxScale) {
    throw std::invalid_argument("minor digits outside 0…8");
  }
  return Decimal(minor, minor_digits);
}

std::string Decimal::ToString() const {
  Mantissa rest = mantissa_ < 0 ? -mantissa_ : mantissa_;
  std::string digits;  // the last one first
  for (int position = 0; rest != 0 || position <= scale_; ++position) {
    if (position == scale_ && position > 0) digits += '.';
    digits += static_cast<char>('0' + static_cast<int>(rest % 10));
    rest /= 10;
  }
  if (mantissa_ < 0) digits += '-';
  std::reverse(digits.begin(), digits.end());
  if (scale_ > 0) {
    digits.erase(digits.find_last_not_of('0') + 1);
    if (digits.back() == '.') digits.pop_back();
  }
  return digits;
}

Decimal Decimal::operator-() const { return Decimal(-mantissa_, scale_); }

Decimal operator+(const Decimal& a, const Decimal& b) {
  const int scale = std::max(a.scale_, b.scale_);
  return Decimal(
      Bounded(AtScale(a.mantissa_, a.scale_, scale) + AtScale(b.mantissa_, b.scale_, scale)),
      scale);
}

Decimal operator-(const Decimal& a, const Decimal& b) { return a + -b; }

Decimal operator*(const Decimal& a, std::int64_t times) {
  Mantissa product = 0;
  if (__builtin_mul_overflow(a.mantissa_, Mantissa{times}, &product)) {
    throw std::overflow_error("a decimal number of more than 30 digits");
  }
  return Decimal(Bounded(product), a.scale_);
}

bool operator==(const Decimal& a, const Decimal& b) { return std::is_eq(a <=> b); }

std::strong_ordering operator<=>(const Decimal& a, const Decimal& b) {
  const int scale = std::max(a.scale_, b.scale_);
  const Mantissa left = AtScale(a.mantissa_, a.scale_, scale);
  const Mantissa right = AtScale(b.mantissa_, b.scale_, scale);
  if (left < right) return std::strong_ordering::less;
  return left > right ? std::strong_ordering::greater : std::strong_ordering::equal;
}

std::int64_t Decimal::RoundToMinor(int minor_digits) const {
  if (minor_digits < 0 || minor_digits > kMaxScale) {
    throw std::invalid_argument("minor digits outside 0…8");
  }
  Mantissa rounded = 0;
  if (minor_digits >= scale_) {
    rounded = AtScale(mantissa_, scale_, minor_digits);
  } else {
    const Mantissa unit = PowerOfTen(scale_ - minor_digits);
    rounded = mantissa_ / unit;  // toward zero
    const Mantissa rest = mantissa_ % unit;
    const Mantissa twice = (rest < 0 ? -rest : rest) * 2;
    const bool away = twice > unit || (twice == unit && rounded % 2 != 0);
    if (away) rounded += mantissa_ < 0 ? -1 : 1;
  }
  if (rounded > std::numeric_limits<std::int64_t>::max() ||
      rounded < std::numeric_limits<std::int64_t>::min()) {
    throw std::overflow_error("an amount of more than 64 bits");
  }
  return static_cast<std::int64_t>(rounded);
}

std::optional<std::int64_t> Decimal::ExactMinor(int minor_digits) const {
  const std::int64_t rounded = RoundToMinor(minor_digits);
  if (FromMinor(rounded, minor_digits) != *this) return std::nullopt;
  return rounded;
}

}  // namespace redress::platform
