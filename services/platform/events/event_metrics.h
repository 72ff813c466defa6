#pragma once

#include <functional>
#include <string_view>

#include "services/platform/telemetry/metrics.h"

namespace redress::platform {

// What RelayOptions::report and ConsumerOptions::report want: "outbox_rows" becomes the gauge
// redress_outbox_rows, "consumer_lag_events:order" redress_consumer_lag_events{source="order"}.
std::function<void(std::string_view gauge, double value)> ReportTo(Metrics& metrics);

}  // namespace redress::platform
