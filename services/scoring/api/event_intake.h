#pragma once

#include <span>

#include "redress/events/v1/event.pb.h"
#include "services/scoring/domain/calendar.h"
#include "services/scoring/domain/intake.h"

namespace redress::scoring {

// The consumer's handler: maps a batch of events and hands it over once.
class EventIntake {
 public:
  EventIntake(Intake& intake, const Calendar& calendar) : intake_(intake), calendar_(calendar) {}

  // Throws platform::NotYet, having done nothing, when a shop's zone is not known yet.
  void operator()(std::span<const redress::events::v1::Event> events) const;

 private:
  Intake& intake_;
  const Calendar& calendar_;
};

}  // namespace redress::scoring
