#pragma once

// The service's own events, as the bus brings them, made into deliveries of webhooks. Only which
// case has come how far is taken from an event: what happened is read from the steps, so that no
// order of events and no lost one matters.

#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "redress/events/v1/event.pb.h"
#include "services/aftersales/domain/webhook_repository.h"
#include "services/platform/base/clock.h"
#include "services/platform/events/consumer.h"

namespace redress::aftersales {

class WebhookEventsIntake final : public platform::ConsumerMemory {
 public:
  WebhookEventsIntake(WebhookIntake& intake, const platform::Clock& clock,
                      std::function<void()> on_due)
      : intake_(intake), clock_(clock), on_due_(std::move(on_due)) {}

  void Handle(std::span<const events::v1::Event> events);

  std::vector<std::uint32_t> FirstMissing(
      std::string_view source, std::span<const platform::AggregateKey> aggregates) override;
  // Taking in a step takes in all before it: there are none.
  std::vector<platform::AggregateKey> Gaps(std::string_view source, std::int64_t noticed_before_us,
                                           std::size_t limit) override;

 private:
  WebhookIntake& intake_;
  const platform::Clock& clock_;
  const std::function<void()> on_due_;
};

}  // namespace redress::aftersales
