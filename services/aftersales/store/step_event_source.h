#pragma once

// The service's history as events: in aftersales the step row is the event.

#include "services/platform/events/event_source.h"

namespace redress::aftersales {

class StepEventSource final : public platform::EventSource {
 public:
  std::vector<redress::events::v1::Event> Load(platform::Connection& connection,
                                               std::span<const platform::EventRef> refs) override;
  std::vector<redress::events::v1::Event> ReadPage(platform::Connection& connection,
                                                   const platform::EventsPage& page) override;
  std::vector<platform::RecordedHead> Heads(platform::Connection& connection,
                                            const platform::HeadsPage& page) override;
};

}  // namespace redress::aftersales
