#pragma once

// Amounts are integers of a currency's minor units. Decimal carries what a file or a platform wrote
// (unit prices with more digits than the currency has) exactly, until it is rounded once per line.

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace redress::platform {

struct Money {
  std::string currency;  // ISO 4217
  std::int64_t minor = 0;

  friend bool operator==(const Money&, const Money&) = default;
};

// Digits after the point in ISO 4217: 2 for most, 0 for JPY, 3 for KWD. nullopt unless the code is
// three capital letters.
std::optional<int> MinorDigits(std::string_view currency);

// "12.34 GBP"
std::string ToString(const Money& money);

// An exact decimal number: mantissa / 10^scale, scale 0…8, up to 30 digits before an operation is
// refused with std::overflow_error.
class Decimal {
 public:
  using Mantissa = __int128;
  static constexpr int kMaxScale = 8;

  Decimal() = default;
  Decimal(std::int64_t whole) : mantissa_(whole) {}  // 7 is 7: nothing is lost

  // "-12.340", "+5", ".5"; no blanks, no exponent, no grouping. nullopt for anything else, for more
  // than 8 significant decimals and for more than 30 digits.
  static std::optional<Decimal> Parse(std::string_view text);
  // 1234 with 2 digits is 12.34.
  static Decimal FromMinor(std::int64_t minor, int minor_digits);

  // Without trailing zeros after the point: "12.34", "-0.005", "3".
  std::string ToString() const;
  bool negative() const { return mantissa_ < 0; }
  bool zero() const { return mantissa_ == 0; }

  Decimal operator-() const;
  friend Decimal operator+(const Decimal& a, const Decimal& b);
  friend Decimal operator-(const Decimal& a, const Decimal& b);
  friend Decimal operator*(const Decimal& a, std::int64_t times);
  Decimal& operator+=(const Decimal& other) { return *this = *this + other; }
  friend bool operator==(const Decimal& a, const Decimal& b);
  friend std::strong_ordering operator<=>(const Decimal& a, const Decimal& b);

  // Half to even: 0.125 → 12, 0.135 → 14 (two digits). Throws std::overflow_error when the result
  // needs more than 64 bits.
  std::int64_t RoundToMinor(int minor_digits) const;
  // nullopt when rounding would change the value.
  std::optional<std::int64_t> ExactMinor(int minor_digits) const;

 private:
  Decimal(Mantissa mantissa, int scale) : mantissa_(mantissa), scale_(scale) {}

  Mantissa mantissa_ = 0;
  int scale_ = 0;
};

}  // namespace redress::platform
