#include "services/aftersales/domain/triage.h"

#include <algorithm>
#include <charconv>

#include "services/platform/base/clock.h"

namespace redress::aftersales {
namespace {

constexpr std::int64_t kHourUs = 3600 * platform::kSecondUs;

bool Names(std::string_view list, std::string_view kind) {
  while (!list.empty()) {
    const auto comma = list.find(',');
    if (list.substr(0, comma) == kind) return true;
    if (comma == std::string_view::npos) return false;
    list.remove_prefix(comma + 1);
  }
  return false;
}

std::uint8_t AmountPoints(const TriageRules& rules, std::int64_t amount) {
  if (rules.amount_very_high > 0 && amount >= rules.amount_very_high) return 2;
  if (rules.amount_high > 0 && amount >= rules.amount_high) return 1;
  return 0;
}

std::uint8_t DeadlinePoints(const TriageRules& rules, const TriageFacts& facts) {
  if (facts.due_at == 0) return 0;
  const std::int64_t left_us = facts.due_at - facts.now_us;
  if (rules.due_very_soon_hours > 0 && left_us <= rules.due_very_soon_hours * kHourUs) return 2;
  if (rules.due_soon_hours > 0 && left_us <= rules.due_soon_hours * kHourUs) return 1;
  return 0;
}

}  // namespace

TriagePoints PointsOf(const TriageRules& rules, const TriageFacts& facts) {
  TriagePoints points;
  points.kind = Names(rules.urgent_kinds, facts.kind) ? 1 : 0;
  points.platform = facts.has_platform_id ? rules.platform_points : 0;
  points.amount = AmountPoints(rules, facts.amount);
  points.deadline = DeadlinePoints(rules, facts);
  return points;
}

std::uint8_t PriorityOf(const TriagePoints& points) {
  const int sum = points.kind + points.platform + points.amount + points.deadline + points.raised;
  return static_cast<std::uint8_t>(std::max(0, kLowestPriority - sum));
}

std::uint16_t Packed(const TriagePoints& points) {
  int packed = 0;
  for (const int digit :
       {points.kind, points.platform, points.amount, points.deadline, points.raised}) {
    packed = packed * 10 + digit;
  }
  return static_cast<std::uint16_t>(packed);
}

TriagePoints Unpacked(std::uint16_t packed) {
  const auto digit = [packed](int place) { return static_cast<std::uint8_t>(packed / place % 10); };
  return {digit(10'000), digit(1'000), digit(100), digit(10), digit(1)};
}

TriagePoints PointsBehind(std::uint8_t priority, bool has_platform_id) {
  TriagePoints points;
  points.platform = has_platform_id ? 1 : 0;
  const int began = kLowestPriority - points.platform;
  points.raised = static_cast<std::uint8_t>(std::max(0, began - priority));
  return points;
}

std::vector<PriorityReason> ReasonsOf(const TriagePoints& points) {
  std::vector<PriorityReason> reasons;
  const auto add = [&](std::string_view code, std::uint8_t count, std::string_view explanation) {
    if (count > 0) reasons.push_back({code, count, explanation});
  };
  add("KIND", points.kind, "Cases of this kind go first in this shop.");
  add("PLATFORM", points.platform, "The platform watches the case.");
  add("AMOUNT", points.amount,
      points.amount > 1 ? "The amount is very high." : "The amount is high.");
  add("DEADLINE", points.deadline,
      points.deadline > 1 ? "At its last step it was due very soon."
                          : "At its last step it was due soon.");
  add("RAISED", points.raised,
      "A deadline neared or passed, its workflow asked for a person, or a colleague reminded.");
  return reasons;
}

std::int64_t WholeNumberOr(std::string_view text, std::int64_t standard) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() && number >= 0 ? number
                                                                                 : standard;
}

}  // namespace redress::aftersales
