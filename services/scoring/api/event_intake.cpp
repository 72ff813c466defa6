#include "services/scoring/api/event_intake.h"

#include <set>
#include <vector>

#include "services/platform/events/consumer.h"
#include "services/scoring/api/event_facts.h"

namespace redress::scoring {

void EventIntake::operator()(std::span<const redress::events::v1::Event> events) const {
  std::set<ShopId> shops;
  for (const auto& event : events) shops.insert(ShopId{event.shop_id()});
  std::vector<ShopId> unknown;
  for (const ShopId shop : shops) {
    if (!calendar_.Knows(shop)) unknown.push_back(shop);
  }
  if (!unknown.empty()) {
    throw platform::NotYet(unknown,
                           "the zone of shop " + ToString(unknown.front()) + " is not known yet");
  }
  std::vector<Fact> facts;
  facts.reserve(events.size());
  for (const auto& event : events) facts.push_back(FactOf(event));
  intake_.Take(facts);
}

}  // namespace redress::scoring
