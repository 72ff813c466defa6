#include "services/scoring/domain/exact.h"

#include <algorithm>

namespace redress::scoring {
namespace {

// GCC's 128-bit integers are an extension that -Wpedantic would name.
__extension__ using Wide = __int128;

// numerator ÷ denominator, denominator > 0, rounded half to even.
Wide DivideHalfEven(Wide numerator, Wide denominator) {
  Wide quotient = numerator / denominator;
  Wide rest = numerator % denominator;
  if (rest < 0) {  // towards minus infinity, so that 0 <= rest < denominator
    rest += denominator;
    --quotient;
  }
  const Wide twice = rest * 2;
  if (twice > denominator || (twice == denominator && quotient % 2 != 0)) ++quotient;
  return quotient;
}

}  // namespace

std::string Ratio(std::int64_t numerator, std::int64_t denominator, int places) {
  Wide scale = 1;
  for (int i = 0; i < places; ++i) scale *= 10;
  const Wide sign = denominator < 0 ? -1 : 1;
  Wide scaled = DivideHalfEven(sign * numerator * scale, sign * denominator);
  const bool negative = scaled < 0;
  if (negative) scaled = -scaled;
  const auto whole = static_cast<std::uint64_t>(scaled / scale);
  std::string decimals = std::to_string(static_cast<std::uint64_t>(scaled % scale));
  decimals.insert(0,
                  static_cast<std::size_t>(places) -
                      std::min(decimals.size(), static_cast<std::size_t>(places)),
                  '0');
  const std::size_t last = decimals.find_last_not_of('0');
  decimals.resize(places == 0 || last == std::string::npos ? 0 : last + 1);
  return (negative ? "-" : "") + std::to_string(whole) + (decimals.empty() ? "" : "." + decimals);
}

std::int64_t Quantile(std::span<const std::int64_t> ascending, std::uint32_t permille) {
  const Wide position = Wide{static_cast<std::int64_t>(ascending.size()) - 1} * permille;
  const auto below = static_cast<std::size_t>(position / 1000);
  const Wide rest = position % 1000;
  if (rest == 0) return ascending[below];
  const Wide step = Wide{ascending[below + 1]} - ascending[below];
  return static_cast<std::int64_t>(
      DivideHalfEven(Wide{ascending[below]} * 1000 + step * rest, 1000));
}

}  // namespace redress::scoring
