#pragma once

// Order events keep the line ledger up to date. Only an order's newest event matters, and only for
// orders that have a case: nothing else is read again. An order that refunds of the platform wait
// for wakes them; should its event be lost, they look again by themselves.

#include <span>
#include <string_view>
#include <vector>

#include "redress/events/v1/event.pb.h"
#include "services/aftersales/domain/ledger_updates.h"
#include "services/aftersales/domain/platform_object_repository.h"
#include "services/platform/events/consumer.h"

namespace redress::aftersales {

// The order that the event tells of; null where it tells of something else.
const events::v1::OrderFacts* OrderOf(const events::v1::Event& event);

class OrderEvents final : public platform::ConsumerMemory {
 public:
  OrderEvents(LedgerStore& store, LedgerUpdates& updates, PlatformObjectRepository& refunds,
              const platform::Clock& clock)
      : store_(store), updates_(updates), refunds_(refunds), clock_(clock) {}

  void Handle(std::span<const events::v1::Event> events);

  std::vector<std::uint32_t> FirstMissing(
      std::string_view source, std::span<const platform::AggregateKey> aggregates) override;
  std::vector<platform::AggregateKey> Gaps(std::string_view source, std::int64_t noticed_before_us,
                                           std::size_t limit) override;

 private:
  LedgerStore& store_;
  LedgerUpdates& updates_;
  PlatformObjectRepository& refunds_;
  const platform::Clock& clock_;
};

}  // namespace redress::aftersales
