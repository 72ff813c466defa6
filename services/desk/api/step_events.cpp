#include "services/desk/api/step_events.h"

#include <vector>

namespace redress::desk {
namespace {

CaseStep StepOf(const redress::events::v1::Event& event) {
  const auto& step = event.case_step_applied();
  return {.shop = ShopId{event.shop_id()},
          .case_id = CaseId{event.aggregate_id()},
          .sequence = event.sequence(),
          .case_number = step.case_number(),
          .kind = step.kind(),
          .event = step.event(),
          .from_state = step.from_state(),
          .to_state = step.to_state(),
          .outcome = step.outcome(),
          .order = OrderId{step.order_id()},
          .customer = CustomerId{step.customer_id()},
          .occurred_at = event.occurred_at_us(),
          .imported = step.actor_kind() == "import"};
}

}  // namespace

void StepEvents::operator()(std::span<const redress::events::v1::Event> events) const {
  std::vector<CaseStep> steps;
  steps.reserve(events.size());
  for (const auto& event : events) steps.push_back(StepOf(event));
  intake_.Take(steps, clock_.NowUs());
}

}  // namespace redress::desk
