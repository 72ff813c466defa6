#pragma once

#include <cstdint>
#include <vector>

namespace redress::importing {

// Shares a total out by weight, minor units: the shares sum up to the total exactly, each is within
// one unit of its proportion, and what rounding leaves goes to the largest remainders (of equal
// ones to the first). Where all weights are zero they count alike. Total and weights are not
// negative; weights is not empty.
std::vector<std::int64_t> ShareOut(std::int64_t total, const std::vector<std::int64_t>& weights);

}  // namespace redress::importing
