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
  for (const auto& [state, stays] : counts.unknown_stays) names.insert(state);
  for (const auto& [state, cases] : counts.now) names.insert(state);
  return names;
}

// The entry is that of this very stay only where every step between is known, and none of them was
// written before edges were kept.
bool IsKnown(const FunnelStep& step) {
  const FunnelStep::Entry& entry = step.entry;
  if (entry.sequence == 0 || entry.to_state != step.edge.from_state) return false;
  if (entry.from_state.empty() && entry.sequence != 1) return false;
  return entry.known_between == step.sequence - entry.sequence - 1;
}

// In a year a machine's stays add up to less than 64 bits hold: they are of one shop.
void AddStays(std::vector<std::int64_t> stays, FunnelState& of) {
  if (stays.empty()) return;
  std::sort(stays.begin(), stays.end());
  of.left += stays.size();
  const std::int64_t sum = std::accumulate(stays.begin(), stays.end(), std::int64_t{0});
  of.mean_us = std::stoll(Ratio(sum, static_cast<std::int64_t>(stays.size()), 0));
  of.median_us = Quantile(stays, kMedian);
  of.p90_us = Quantile(stays, kP90);
}

}  // namespace

void FunnelTally::Add(const FunnelStep& step) {
  ++counts_.steps_of_version[step.workflow_version];
  if (workflow_version_ != 0 && step.workflow_version != workflow_version_) return;
  const Edge& edge = step.edge;
  if (edge.from_state.empty() && step.sequence != 1) {
    ++counts_.unknown_steps;
    return;
  }
  ++counts_.edges[edge].times;
  takers_[edge].insert(step.case_id);
  if (step.is_final) counts_.final[edge.to_state] = true;
  if (edge.from_state == edge.to_state) return;
  ++counts_.entered[edge.to_state].times;
  enterers_[edge.to_state].insert(step.case_id);
  if (edge.from_state.empty()) return;
  if (IsKnown(step)) {
    counts_.stays[edge.from_state].push_back(step.at_us - step.entry.at_us);
  } else {
    ++counts_.unknown_stays[edge.from_state];
  }
}

FunnelCounts FunnelTally::Take() && {
  for (auto& [edge, passage] : counts_.edges) passage.cases = takers_[edge].size();
  for (auto& [state, passage] : counts_.entered) passage.cases = enterers_[state].size();
  return std::move(counts_);
}

std::vector<FunnelState> StatesOf(FunnelCounts counts, const std::set<std::string>& ends) {
  std::vector<FunnelState> states;
  for (const std::string& name : NamesIn(counts)) {
    FunnelState& state = states.emplace_back();
    state.state = name;
    state.final = ends.contains(name) || Find(counts.final, name);
    state.entered = Find(counts.entered, name);
    state.now = Find(counts.now, name);
    state.unknown_stays = Find(counts.unknown_stays, name);
    state.left = state.unknown_stays;
    AddStays(std::move(counts.stays[name]), state);
  }
  std::sort(states.begin(), states.end(), [](const FunnelState& a, const FunnelState& b) {
    return std::tie(b.entered.times, a.state) < std::tie(a.entered.times, b.state);
  });
  return states;
}

}  // namespace redress::scoring
