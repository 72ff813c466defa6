#include "services/customer/domain/tag.h"

#include <map>
#include <tuple>

namespace redress::customer {

std::vector<CustomerTag> DecidedByHand(std::span<const CustomerTag> decisions,
                                       std::int64_t now_us) {
  std::map<std::string, const CustomerTag*> latest;
  for (const CustomerTag& one : decisions) {
    if (one.expires_at != 0 && one.expires_at <= now_us) continue;
    const CustomerTag*& known = latest[one.tag];
    // Of two of one moment the newer row's: any order is fine that is the same for everybody.
    if (known == nullptr ||
        std::tie(known->since, known->customer) < std::tie(one.since, one.customer)) {
      known = &one;
    }
  }
  std::vector<CustomerTag> decided;
  for (const auto& [tag, decision] : latest) decided.push_back(*decision);
  return decided;
}

}  // namespace redress::customer
