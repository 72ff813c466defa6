#include "tests/integration/clients/distribution.h"

#include <algorithm>
#include <utility>

#include "tests/integration/clients/uci_figures.h"

namespace redress::test {
namespace {

constexpr int kPlaces = 6;
constexpr std::pair<const char*, int> kPercents[] = {{"median", 50}, {"p90", 90}, {"p95", 95}};

class Distribution {
 public:
  Distribution(std::vector<std::int64_t> sorted_us, const DurationUnit& unit)
      : sorted_(std::move(sorted_us)), unit_us_(unit.us) {}

  std::string Mean() const {
    __int128 sum = 0;
    for (const std::int64_t us : sorted_) sum += us;
    return Ratio(sum, unit_us_ * static_cast<__int128>(sorted_.size()), kPlaces);
  }
  std::string At(std::size_t place) const { return Ratio(sorted_[place], unit_us_, kPlaces); }
  std::string Quantile(int percent) const {
    const std::int64_t scaled = static_cast<std::int64_t>(sorted_.size() - 1) * percent;
    const auto below = static_cast<std::size_t>(scaled / 100);
    const std::size_t above = std::min(below + 1, sorted_.size() - 1);
    const __int128 value =
        __int128{sorted_[below]} * 100 + __int128{sorted_[above] - sorted_[below]} * (scaled % 100);
    return Ratio(value, unit_us_ * 100, kPlaces);
  }
  std::string NearestRank(int percent) const {
    const std::size_t rank = (sorted_.size() * static_cast<std::size_t>(percent) + 99) / 100;
    return At(std::max<std::size_t>(rank, 1) - 1);
  }

 private:
  const std::vector<std::int64_t> sorted_;
  const __int128 unit_us_;
};

}  // namespace

google::protobuf::Struct DistributionOf(std::vector<std::int64_t> durations_us,
                                        const DurationUnit& unit) {
  google::protobuf::Struct result;
  auto& fields = *result.mutable_fields();
  const auto put = [&](const std::string& name, const std::string& number) {
    fields[name].set_number_value(std::stod(number));
  };
  const std::size_t count = durations_us.size();
  put("n", std::to_string(count));
  fields["unit"].set_string_value(unit.name);
  if (count == 0) return result;
  std::sort(durations_us.begin(), durations_us.end());
  const Distribution distribution(std::move(durations_us), unit);
  put("mean", distribution.Mean());
  put("min", distribution.At(0));
  put("max", distribution.At(count - 1));
  for (const auto& [name, percent] : kPercents) {
    put(name, distribution.Quantile(percent));
    put(std::string(name) + "_nearest_rank", distribution.NearestRank(percent));
  }
  return result;
}

}  // namespace redress::test
