#include "services/customer/domain/erasures.h"

#include <utility>

#include "services/platform/base/errors.h"

namespace redress::customer {
namespace {

using platform::Code;
using platform::Refusal;

std::string Joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

}  // namespace

std::string ErasedNick(CustomerId customer) { return "erased-" + platform::ToString(customer); }

Erasure Erasures::Erase(ShopId shop, const EraseRequest& request, const FindObstacles& obstacles) {
  if (auto known = store_.Find(shop, request.customer)) return *std::move(known);
  const std::vector<CustomerId> group = store_.GroupOf(shop, request.customer);
  const std::vector<std::string> open = obstacles(shop, group);
  if (!open.empty()) {
    throw Refusal(Code::kFailedPrecondition, "CUSTOMER_HAS_OPEN_CASES",
                  "cases of this person are open, and nobody could be told how they end: close "
                  "these first: " +
                      Joined(open))
        .With("cases", Joined(open));
  }
  store_.Erase(shop, request, group);
  return Get(shop, request.customer);
}

Erasure Erasures::Get(ShopId shop, CustomerId customer) {
  auto found = store_.Find(shop, customer);
  if (!found) throw platform::NotFound("erasure", platform::ToString(customer));
  return *std::move(found);
}

void Erasures::Confirm(ShopId shop, CustomerId named, std::string_view service) {
  if (store_.Confirm(shop, named, service)) return;
  throw platform::NotFound("erasure", platform::ToString(named));
}

}  // namespace redress::customer
