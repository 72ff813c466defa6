#pragma once

// Exact arithmetic of figures: no floating point between an event and a screen.

#include <cstdint>
#include <span>
#include <string>

namespace redress::scoring {

// numerator ÷ denominator with at most `places` decimals, rounded half to even, without trailing
// zeros: Ratio(1, 3) is "0.333333", Ratio(1, 2) is "0.5". The denominator is not 0.
std::string Ratio(std::int64_t numerator, std::int64_t denominator, int places = 6);

// The quantile by linear interpolation between order statistics (type 7), rounded half to even.
// `ascending` is sorted and not empty; permille is 0…1000.
std::int64_t Quantile(std::span<const std::int64_t> ascending, std::uint32_t permille);

}  // namespace redress::scoring
