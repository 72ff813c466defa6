#include "clients/importing/amounts.h"

#include <algorithm>
#include <numeric>

namespace redress::importing {

std::vector<std::int64_t> ShareOut(std::int64_t total, const std::vector<std::int64_t>& weights) {
  const __int128 sum = std::accumulate(weights.begin(), weights.end(), __int128{0});
  if (sum == 0) return ShareOut(total, std::vector<std::int64_t>(weights.size(), 1));
  std::vector<std::int64_t> shares;
  std::vector<__int128> remainders;
  std::int64_t rest = total;
  for (const std::int64_t weight : weights) {
    const __int128 product = __int128{total} * weight;
    shares.push_back(static_cast<std::int64_t>(product / sum));
    remainders.push_back(product % sum);
    rest -= shares.back();
  }
  std::vector<std::size_t> order(weights.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return remainders[a] > remainders[b]; });
  for (std::size_t i = 0; rest > 0; ++i, --rest) ++shares[order[i]];
  return shares;
}

}  // namespace redress::importing
