#include "services/platform/events/event_metrics.h"

#include <string>

namespace redress::platform {

std::function<void(std::string_view, double)> ReportTo(Metrics& metrics) {
  return [&metrics](std::string_view gauge, double value) {
    const std::size_t colon = gauge.find(':');
    const std::string name = "redress_" + std::string(gauge.substr(0, colon));
    MetricLabels labels;
    if (colon != std::string_view::npos) labels["source"] = std::string(gauge.substr(colon + 1));
    metrics.Gauge(name, "Events on their way: " + std::string(gauge.substr(0, colon)), labels)
        .Set(value);
  };
}

}  // namespace redress::platform
