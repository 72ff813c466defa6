#include "services/customer/api/fact_history.h"

#include "services/customer/api/event_facts.h"
#include "services/platform/events/history_reader.h"

namespace redress::customer {

std::vector<std::string> ServiceHistories::Sources() {
  std::vector<std::string> sources;
  for (const auto& [source, channel] : channels_) sources.push_back(source);
  return sources;
}

void ServiceHistories::ReadShop(const std::string& source, ShopId shop,
                                const std::function<void(const FactBatch&)>& on_page) {
  platform::HistoryReader reader(channels_.at(source), /*patient=*/true);
  reader.ReadAll(shop, [&](std::span<const redress::events::v1::Event> events) {
    FactBatch page;
    for (const auto& event : events) AddFact(event, page);
    on_page(page);
  });
}

}  // namespace redress::customer
