#pragma once

// What the expected files say of durations.

#include <google/protobuf/struct.pb.h>

#include <cstdint>
#include <string>
#include <vector>

namespace redress::test {

struct DurationUnit {
  std::string name;  // as in the files: seconds, days
  std::int64_t us;
};

// n, unit, mean, min, max, and of median, p90 and p95 the quantile of type 7 (linear between order
// statistics) and the nearest rank; exact, rounded to six places. Without durations n and unit
// only.
google::protobuf::Struct DistributionOf(std::vector<std::int64_t> durations_us,
                                        const DurationUnit& unit);

}  // namespace redress::test
