#pragma once

#include "services/platform/database/pool.h"
#include "services/platform/events/consumer.h"

namespace redress::scoring {

// What scoring has of its sources, read from the extents of its aggregates.
class ScoringMemory final : public platform::ConsumerMemory {
 public:
  explicit ScoringMemory(platform::Pool& pool) : pool_(pool) {}

  std::vector<std::uint32_t> FirstMissing(
      std::string_view source, std::span<const platform::AggregateKey> aggregates) override;
  std::vector<platform::AggregateKey> Gaps(std::string_view source, std::int64_t noticed_before_us,
                                           std::size_t limit) override;

 private:
  platform::Pool& pool_;
};

}  // namespace redress::scoring
