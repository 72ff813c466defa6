#pragma once

// The service's history as events: in aftersales the step row is the event.

#include "services/aftersales/store/recent_events.h"
#include "services/platform/events/event_source.h"

namespace redress::aftersales {

class StepEventSource final : public platform::EventSource {
 public:
  // Events that `recent` has are taken from there. It outlives the source.
  explicit StepEventSource(RecentEvents& recent) : recent_(recent) {}

  std::vector<redress::events::v1::Event> Load(platform::Connection& connection,
                                               std::span<const platform::EventRef> refs) override;
  std::vector<redress::events::v1::Event> ReadPage(platform::Connection& connection,
                                                   const platform::EventsPage& page) override;
  std::vector<platform::RecordedHead> Heads(platform::Connection& connection,
                                            const platform::HeadsPage& page) override;

 private:
  RecentEvents& recent_;
};

}  // namespace redress::aftersales
