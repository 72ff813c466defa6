#pragma once

// The order service's events, as the bus brings them, made into deliveries of webhooks. As with the
// service's own, only how far an order has come is taken from an event.

#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "redress/events/v1/event.pb.h"
#include "services/aftersales/domain/webhook_order_intake.h"
#include "services/platform/base/clock.h"
#include "services/platform/events/consumer.h"

namespace redress::aftersales {

class WebhookOrderEvents final : public platform::ConsumerMemory {
 public:
  WebhookOrderEvents(WebhookOrderIntake& intake, const platform::Clock& clock,
                     std::function<void()> on_due)
      : intake_(intake), clock_(clock), on_due_(std::move(on_due)) {}

  void Handle(std::span<const events::v1::Event> events);

  std::vector<std::uint32_t> FirstMissing(
      std::string_view source, std::span<const platform::AggregateKey> aggregates) override;
  // The newest event tells how many receivers there were: there are none.
  std::vector<platform::AggregateKey> Gaps(std::string_view source, std::int64_t noticed_before_us,
                                           std::size_t limit) override;

 private:
  WebhookOrderIntake& intake_;
  const platform::Clock& clock_;
  const std::function<void()> on_due_;
};

}  // namespace redress::aftersales
