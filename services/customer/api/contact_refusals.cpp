#include "services/customer/api/contact_refusals.h"

#include <map>
#include <set>
#include <vector>

namespace redress::customer {
namespace {

using events::v1::Event;

constexpr char kRefuseContact[] = "refuse_contact";

}  // namespace

std::function<void(std::span<const Event>)> ContactRefusals(CareRepository& care,
                                                            const platform::Clock& clock) {
  return [&care, &clock](std::span<const Event> events) {
    std::map<ShopId, std::set<CustomerId>> refused;
    for (const Event& event : events) {
      if (event.payload_case() != Event::kCaseStepApplied) continue;
      const auto& step = event.case_step_applied();
      if (step.event() != kRefuseContact || step.customer_id() == 0) continue;
      refused[ShopId{event.shop_id()}].insert(CustomerId{step.customer_id()});
    }
    for (const auto& [shop, customers] : refused) {
      const std::vector<CustomerId> listed(customers.begin(), customers.end());
      care.ContactRefused(shop, listed, clock.NowUs());
    }
  };
}

}  // namespace redress::customer
