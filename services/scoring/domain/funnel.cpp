#include "services/scoring/domain/funnel.h"

#include <algorithm>
#include <cstdlib>
#include <numeric>
#include <set>
#include <tuple>

#include "services/scoring/domain/exact.h"

namespace redress::scoring {
namespace {

constexpr std::uint32_t kMedian = 500;
constexpr std::uint32_t kP90 = 900;

template <class Value>
Value Find(const std::map<std::string, Value>& of, const std::string& state) {
  const auto found = of.find(state);
  return found == of.end() ? Value{} : found->second;
}

std::set<std::string> NamesIn(const FunnelCounts& counts) {
  std::set<std::string> names;
  for (const auto& [state, passage] : counts.entered) names.insert(state);
  for (const auto& [state, stays] : counts.stays) names.insert(state);
  for (const auto& [state, cases] : counts.now) names.insert(state);
  return names;
}

// In a year a machine's stays add up to less than 64 bits hold: they are of one shop.
void AddStays(std::vector<std::int64_t> stays, FunnelState& of) {
  if (stays.empty()) return;
  std::sort(stays.begin(), stays.end());
  of.left = stays.size();
  const std::int64_t sum = std::accumulate(stays.begin(), stays.end(), std::int64_t{0});
  of.mean_us = std::stoll(Ratio(sum, static_cast<std::int64_t>(stays.size()), 0));
  of.median_us = Quantile(stays, kMedian);
  of.p90_us = Quantile(stays, kP90);
}

}  // namespace

std::vector<FunnelState> StatesOf(FunnelCounts counts) {
  std::vector<FunnelState> states;
  for (const std::string& name : NamesIn(counts)) {
    FunnelState& state = states.emplace_back();
    state.state = name;
    state.final = Find(counts.final, name);
    state.entered = Find(counts.entered, name);
    state.now = Find(counts.now, name);
    AddStays(std::move(counts.stays[name]), state);
  }
  std::sort(states.begin(), states.end(), [](const FunnelState& a, const FunnelState& b) {
    return std::tie(b.entered.times, a.state) < std::tie(a.entered.times, b.state);
  });
  return states;
}

}  // namespace redress::scoring
