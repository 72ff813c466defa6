#include "services/platform/telemetry/metrics.h"

#include <prometheus/collectable.h>
#include <prometheus/exposer.h>
#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include <mutex>
#include <sstream>
#include <stdexcept>

namespace redress::platform {

// Gauges that are read when Prometheus asks.
class Metrics::Samples : public prometheus::Collectable {
 public:
  struct Sample {
    std::string name;
    std::string help;
    MetricLabels labels;
    std::function<double()> read;
  };

  void Add(Sample sample) {
    std::lock_guard lock(mutex_);
    samples_.push_back(std::move(sample));
  }

  std::vector<prometheus::MetricFamily> Collect() const override {
    std::lock_guard lock(mutex_);
    std::map<std::string, prometheus::MetricFamily> families;
    for (const auto& sample : samples_) {
      auto& family = families[sample.name];
      family.name = sample.name;
      family.help = sample.help;
      family.type = prometheus::MetricType::Gauge;
      prometheus::ClientMetric metric;
      for (const auto& [name, value] : sample.labels) metric.label.push_back({name, value});
      metric.gauge.value = sample.read();
      family.metric.push_back(std::move(metric));
    }
    std::vector<prometheus::MetricFamily> result;
    result.reserve(families.size());
    for (auto& [name, family] : families) result.push_back(std::move(family));
    return result;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<Sample> samples_;
};

Metrics::Metrics(std::string service)
    : registry_(std::make_shared<prometheus::Registry>()),
      samples_(std::make_shared<Samples>()),
      constant_labels_{{"service", std::move(service)}} {}

Metrics::~Metrics() = default;

prometheus::Counter& Metrics::Counter(const std::string& name, const std::string& help,
                                      const MetricLabels& labels) {
  return prometheus::BuildCounter()
      .Name(name)
      .Help(help)
      .Labels(constant_labels_)
      .Register(*registry_)
      .Add(labels);
}

prometheus::Gauge& Metrics::Gauge(const std::string& name, const std::string& help,
                                  const MetricLabels& labels) {
  return prometheus::BuildGauge()
      .Name(name)
      .Help(help)
      .Labels(constant_labels_)
      .Register(*registry_)
      .Add(labels);
}

prometheus::Histogram& Metrics::Histogram(const std::string& name, const std::string& help,
                                          const std::vector<double>& bounds,
                                          const MetricLabels& labels) {
  return prometheus::BuildHistogram()
      .Name(name)
      .Help(help)
      .Labels(constant_labels_)
      .Register(*registry_)
      .Add(labels, bounds);
}

void Metrics::Sampled(const std::string& name, const std::string& help,
                      std::function<double()> read, const MetricLabels& labels) {
  MetricLabels all = constant_labels_;
  all.insert(labels.begin(), labels.end());
  samples_->Add({name, help, std::move(all), std::move(read)});
}

int Metrics::Expose(int port) {
  try {
    exposer_ = std::make_unique<prometheus::Exposer>("127.0.0.1:" + std::to_string(port), 1);
  } catch (const std::exception& error) {
    throw std::runtime_error("cannot serve metrics on 127.0.0.1:" + std::to_string(port) + ": " +
                             error.what());
  }
  exposer_->RegisterCollectable(registry_);
  exposer_->RegisterCollectable(samples_);
  return exposer_->GetListeningPorts().front();
}

std::string Metrics::Text() {
  std::ostringstream text;
  const prometheus::TextSerializer serializer;
  serializer.Serialize(text, registry_->Collect());
  serializer.Serialize(text, samples_->Collect());
  return text.str();
}

const std::vector<double>& DurationBounds() {
  static const std::vector<double> bounds = {0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005,
                                             0.01,   0.025,   0.05,   0.1,   0.25,   0.5,
                                             1,      2.5,     5,      10};
  return bounds;
}

}  // namespace redress::platform
