#include "services/platform/telemetry/metrics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace redress::platform {
namespace {

using ::testing::HasSubstr;

TEST(Metrics, ShowsCountersGaugesAndSamples) {
  Metrics metrics("order");
  metrics.Counter("redress_things_total", "Things.", {{"kind", "a"}}).Increment(2);
  metrics.Counter("redress_things_total", "Things.", {{"kind", "a"}}).Increment();
  metrics.Gauge("redress_level", "A level.").Set(7);
  double depth = 3;
  metrics.Sampled("redress_depth", "A depth.", [&depth] { return depth; });
  depth = 4;
  const auto text = metrics.Text();
  EXPECT_THAT(text, HasSubstr("redress_things_total{service=\"order\",kind=\"a\"} 3"));
  EXPECT_THAT(text, HasSubstr("redress_level{service=\"order\"} 7"));
  EXPECT_THAT(text, HasSubstr("redress_depth{service=\"order\"} 4"));
}

TEST(Metrics, TakenPortIsAnError) {
  Metrics first("a");
  Metrics second("b");
  const int port = first.Expose(0);
  EXPECT_GT(port, 0);
  EXPECT_THROW(second.Expose(port), std::runtime_error);
}

}  // namespace
}  // namespace redress::platform
