#include "services/aftersales/api/webhook_events_intake.h"

#include <utility>

namespace redress::aftersales {

void WebhookEventsIntake::Handle(std::span<const events::v1::Event> events) {
  std::vector<CaseHead> heads;
  heads.reserve(events.size());
  for (const events::v1::Event& event : events) {
    heads.push_back({ShopId{event.shop_id()}, CaseId{event.aggregate_id()}, event.sequence(),
                     event.occurred_at_us()});
  }
  if (intake_.TakeIn(heads, clock_.NowUs())) on_due_();
}

std::vector<std::uint32_t> WebhookEventsIntake::FirstMissing(
    std::string_view, std::span<const platform::AggregateKey> aggregates) {
  std::vector<std::pair<ShopId, CaseId>> cases;
  cases.reserve(aggregates.size());
  for (const platform::AggregateKey& key : aggregates) {
    cases.emplace_back(key.shop, CaseId{key.aggregate_id});
  }
  std::vector<std::uint32_t> missing;
  missing.reserve(cases.size());
  for (const auto& first : intake_.FirstMissing(cases, clock_.NowUs())) {
    missing.push_back(first.value_or(kNotNeeded));
  }
  return missing;
}

std::vector<platform::AggregateKey> WebhookEventsIntake::Gaps(std::string_view, std::int64_t,
                                                              std::size_t) {
  return {};
}

}  // namespace redress::aftersales
