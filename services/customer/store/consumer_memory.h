// What the service already has of other services' events. Of orders, adjustments and conversations
// it needs the newest event only; of cases all.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "services/platform/database/pool.h"
#include "services/platform/events/consumer.h"

namespace redress::customer {

class CustomerMemory final : public platform::ConsumerMemory {
 public:
  explicit CustomerMemory(platform::Pool& pool) : pool_(pool) {}

  std::vector<std::uint32_t> FirstMissing(
      std::string_view source, std::span<const platform::AggregateKey> aggregates) override;
  std::vector<platform::AggregateKey> Gaps(std::string_view source, std::int64_t noticed_before_us,
                                           std::size_t limit) override;

 private:
  platform::Pool& pool_;
};

}  // namespace redress::customer
