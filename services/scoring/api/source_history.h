#pragma once

#include <memory>

#include "services/platform/events/history_reader.h"
#include "services/scoring/domain/rebuild.h"

namespace redress::scoring {

// The sources' histories, read through their EventsService. Used by one thread at a time.
class SourceHistory final : public History {
 public:
  SourceHistory(const std::shared_ptr<grpc::Channel>& order,
                const std::shared_ptr<grpc::Channel>& aftersales);

  void ReadShop(Source source, ShopId shop, const OnFacts& on_facts) override;
  void ReadAggregate(const AggregateId& aggregate, const OnFacts& on_facts) override;

 private:
  platform::HistoryReader& Of(Source source);

  platform::HistoryReader order_;
  platform::HistoryReader aftersales_;
};

}  // namespace redress::scoring
