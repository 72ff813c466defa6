#include "services/customer/domain/merging.h"

#include <algorithm>
#include <map>

namespace redress::customer {

std::vector<CustomerId> Branch(CustomerId customer, const std::vector<MergeEdge>& edges) {
  std::multimap<CustomerId, CustomerId> below;
  for (const MergeEdge& edge : edges) below.emplace(edge.into, edge.customer);
  std::vector<CustomerId> branch{customer};
  for (std::size_t i = 0; i < branch.size(); ++i) {
    const auto [first, last] = below.equal_range(branch[i]);
    for (auto one = first; one != last; ++one) branch.push_back(one->second);
  }
  std::sort(branch.begin() + 1, branch.end());
  return branch;
}

}  // namespace redress::customer
