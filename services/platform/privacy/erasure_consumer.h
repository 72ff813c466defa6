// Acts upon erasures that the customer service tells of: destroys what this service keeps of the
// person, then confirms it. Neither a lost event, a kill nor an outage of the customer service
// leaves one out: the event is acknowledged when it was confirmed, and comes again until then.
#pragma once

#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "redress/events/v1/event.pb.h"
#include "services/platform/base/clock.h"
#include "services/platform/database/pool.h"
#include "services/platform/events/consumer.h"
#include "services/platform/privacy/personal_data.h"

namespace redress::platform {

// Tells the customer service; throws a Refusal that tells to come again when it cannot be reached.
using ConfirmErasure = std::function<void(ShopId shop, CustomerId named)>;

class ErasureConsumer final : public ConsumerMemory {
 public:
  // All outlive it.
  ErasureConsumer(Pool& pool, PersonalData& data, ConfirmErasure confirm, const Clock& clock)
      : pool_(pool), data_(data), confirm_(std::move(confirm)), clock_(clock) {}

  void Handle(std::span<const redress::events::v1::Event> events);

  std::vector<std::uint32_t> FirstMissing(std::string_view source,
                                          std::span<const AggregateKey> aggregates) override;
  std::vector<AggregateKey> Gaps(std::string_view source, std::int64_t noticed_before_us,
                                 std::size_t limit) override;

 private:
  bool IsKnown(const EventRef& event);
  void Erase(const redress::events::v1::Event& event);

  Pool& pool_;
  PersonalData& data_;
  const ConfirmErasure confirm_;
  const Clock& clock_;
};

}  // namespace redress::platform
