// The consumer's handler: maps a batch of events to facts and hands it over once.
#pragma once

#include <span>

#include "redress/events/v1/event.pb.h"
#include "services/customer/domain/intake.h"

namespace redress::customer {

// Adds what the event tells. Events that tell nothing of a customer's history add nothing.
void AddFact(const redress::events::v1::Event& event, FactBatch& batch);

class EventFacts {
 public:
  explicit EventFacts(FactIntake& intake) : intake_(intake) {}

  void operator()(std::span<const redress::events::v1::Event> events) const;

 private:
  FactIntake& intake_;
};

}  // namespace redress::customer
