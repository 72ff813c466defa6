#pragma once

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace prometheus {
class Exposer;
}

namespace redress::platform {

using MetricLabels = std::map<std::string, std::string>;

// The figures that a process shows to Prometheus. What is returned by reference lives as long as
// this object and may be used from every thread; look it up once and keep it, since the look-up
// takes a lock. Names follow Prometheus: `redress_outbox_rows`, `redress_step_batch_size`.
class Metrics {
 public:
  explicit Metrics(std::string service);
  ~Metrics();
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;

  prometheus::Counter& Counter(const std::string& name, const std::string& help,
                               const MetricLabels& labels = {});
  prometheus::Gauge& Gauge(const std::string& name, const std::string& help,
                           const MetricLabels& labels = {});
  // Upper bounds of the buckets, ascending.
  prometheus::Histogram& Histogram(const std::string& name, const std::string& help,
                                   const std::vector<double>& bounds,
                                   const MetricLabels& labels = {});
  // A gauge whose value is asked for whenever Prometheus looks (a queue's depth). `read` has to
  // stay callable until this object is destroyed, must be cheap, and must not throw.
  void Sampled(const std::string& name, const std::string& help, std::function<double()> read,
               const MetricLabels& labels = {});

  // Serves http://127.0.0.1:port/metrics. 0 picks a free port. Returns the port; throws
  // std::runtime_error when it is taken.
  int Expose(int port);

  // The text that a scrape would get; for tests and dumps.
  std::string Text();

 private:
  class Samples;

  std::shared_ptr<prometheus::Registry> registry_;
  std::shared_ptr<Samples> samples_;
  MetricLabels constant_labels_;
  std::unique_ptr<prometheus::Exposer> exposer_;
};

// Bounds in seconds for the duration of calls and transactions: 100 µs to 10 s.
const std::vector<double>& DurationBounds();

}  // namespace redress::platform
