#include "services/scoring/api/source_history.h"

#include <vector>

#include "services/scoring/api/event_facts.h"

namespace redress::scoring {
namespace {

auto Mapped(const History::OnFacts& on_facts) {
  return [&on_facts](std::span<const redress::events::v1::Event> events) {
    std::vector<Fact> facts;
    facts.reserve(events.size());
    for (const auto& event : events) facts.push_back(FactOf(event));
    on_facts(facts);
  };
}

}  // namespace

SourceHistory::SourceHistory(const std::shared_ptr<grpc::Channel>& order,
                             const std::shared_ptr<grpc::Channel>& aftersales)
    : order_(order, /*patient=*/true), aftersales_(aftersales, /*patient=*/true) {}

platform::HistoryReader& SourceHistory::Of(Source source) {
  return source == Source::kOrder ? order_ : aftersales_;
}

void SourceHistory::ReadShop(Source source, ShopId shop, const OnFacts& on_facts) {
  Of(source).ReadAll(shop, Mapped(on_facts));
}

void SourceHistory::ReadAggregate(const AggregateId& aggregate, const OnFacts& on_facts) {
  Of(aggregate.source).ReadAggregate({aggregate.shop, aggregate.id}, 1, Mapped(on_facts));
}

}  // namespace redress::scoring
