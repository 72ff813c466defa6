#pragma once

#include <span>

#include "redress/events/v1/event.pb.h"
#include "services/desk/domain/message_repository.h"
#include "services/platform/base/clock.h"

namespace redress::desk {

// The consumer's handler: maps a batch of case events and hands it over once.
class StepEvents {
 public:
  StepEvents(StepIntake& intake, platform::Clock& clock) : intake_(intake), clock_(clock) {}

  void operator()(std::span<const redress::events::v1::Event> events) const;

 private:
  StepIntake& intake_;
  platform::Clock& clock_;
};

}  // namespace redress::desk
