#pragma once

// The events of the steps that this process has just committed, so that its relay need not read
// back what it has written. Only a shortcut: an event that is not here is in the database. Bounded;
// the oldest are forgotten first. Thread-safe.

#include <cstddef>
#include <deque>
#include <map>
#include <mutex>
#include <optional>

#include "redress/events/v1/event.pb.h"
#include "services/aftersales/domain/stepper.h"
#include "services/platform/events/event_ref.h"

namespace redress::aftersales {

class RecentEvents {
 public:
  explicit RecentEvents(std::size_t most = 10'000) : most_(most) {}

  // Of a decision that was committed.
  void Add(const Decision& decision);
  // Gives the event away.
  std::optional<redress::events::v1::Event> Take(const platform::EventRef& ref);

 private:
  const std::size_t most_;
  std::mutex mutex_;
  std::map<platform::EventRef, redress::events::v1::Event> events_;
  std::deque<platform::EventRef> oldest_first_;  // also of events that were given away
};

}  // namespace redress::aftersales
