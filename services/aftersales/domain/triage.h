#pragma once

// Triage: how urgent a case is, and why. Without any reason a case is P3; every point of a reason
// makes it more urgent by one, up to P0. Pure: judged at every step of an open case, from the case
// as the step leaves it and the shop's rules; the points are kept on the case and in the step's
// snapshot, so that "why P1?" is answered as it was judged, under whatever rules held then.
//
// What a customer is worth to the shop would be one more reason, beside the amount: it joins
// TriageFacts and TriagePoints on the day that the house knows it.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace redress::aftersales {

inline constexpr std::uint8_t kLowestPriority = 3;

// When a case is urgent, by the shop's settings `triage_…`. Amounts are minor units of the shop's
// currency. Of a pair of thresholds the first gives one point, the second two; 0 switches one off.
struct TriageRules {
  std::string urgent_kinds = "dispute";  // separated by commas: one point
  std::uint8_t platform_points = 1;      // of a case that a platform watches
  std::int64_t amount_high = 500'00;
  std::int64_t amount_very_high = 2'000'00;
  std::int64_t due_soon_hours = 8;
  std::int64_t due_very_soon_hours = 2;
};

// What is judged.
struct TriageFacts {
  std::string_view kind;
  bool has_platform_id = false;
  std::int64_t amount = 0;  // what is approved; before that, what is asked
  std::int64_t due_at = 0;  // 0: nothing is armed
  std::int64_t now_us = 0;
};

struct TriagePoints {
  std::uint8_t kind = 0;
  std::uint8_t platform = 0;
  std::uint8_t amount = 0;
  std::uint8_t deadline = 0;
  // Raises of the workflow, deadlines and colleagues; they add up, and stay: who was kept waiting
  // once goes before those who were not.
  std::uint8_t raised = 0;

  bool operator==(const TriagePoints&) const = default;
};

// Every reason but the raises, which are no judgement.
TriagePoints PointsOf(const TriageRules& rules, const TriageFacts& facts);

std::uint8_t PriorityOf(const TriagePoints& points);

// One number for a row and a snapshot: a decimal digit per reason, in the order above.
std::uint16_t Packed(const TriagePoints& points);
TriagePoints Unpacked(std::uint16_t packed);

// The points of a case that was last judged before points were kept: then a case began at P3, on a
// platform at P2, and was raised from there.
TriagePoints PointsBehind(std::uint8_t priority, bool has_platform_id);

struct PriorityReason {
  std::string_view code;  // stable, e.g. "AMOUNT"
  std::uint8_t points = 0;
  std::string_view explanation;
};
// Those with points, in the order above.
std::vector<PriorityReason> ReasonsOf(const TriagePoints& points);

// Reads the settings; what is unset or unreadable keeps its default.
template <class ReadSetting>  // std::string(std::string_view name)
TriageRules ReadTriageRules(const ReadSetting& setting);

// `text` as a whole number from 0 on; `standard` for anything else.
std::int64_t WholeNumberOr(std::string_view text, std::int64_t standard);

template <class ReadSetting>
TriageRules ReadTriageRules(const ReadSetting& setting) {
  const auto number = [&](std::string_view name, std::int64_t standard) {
    return WholeNumberOr(setting(name), standard);
  };
  TriageRules rules;
  // A shop that wants no kind first names one that there is not, e.g. `none`.
  if (std::string kinds = setting("triage_urgent_kinds"); !kinds.empty()) {
    rules.urgent_kinds = std::move(kinds);
  }
  const std::int64_t points = number("triage_platform_points", rules.platform_points);
  if (points <= kLowestPriority) rules.platform_points = static_cast<std::uint8_t>(points);
  rules.amount_high = number("triage_amount_high", rules.amount_high);
  rules.amount_very_high = number("triage_amount_very_high", rules.amount_very_high);
  rules.due_soon_hours = number("triage_due_soon_hours", rules.due_soon_hours);
  rules.due_very_soon_hours = number("triage_due_very_soon_hours", rules.due_very_soon_hours);
  return rules;
}

}  // namespace redress::aftersales
