#pragma once

// How long a state may last: the shipped defaults, overridden per shop by effective-dated rows.
// Durations are seconds, times UTC microseconds.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "services/aftersales/domain/case.h"

namespace redress::aftersales {

struct DeadlineRuleRow {
  std::string rule;
  std::string condition;
  std::int64_t effective_at = 0;  // 0: always (a default)
  std::int64_t duration_s = 0;
  std::int64_t repeat_s = 0;
  std::int64_t warn_s = 0;  // from arming
  bool own = false;
};

// One shop's rules: its own over the defaults. Immutable.
class DeadlineRules {
 public:
  DeadlineRules() = default;
  explicit DeadlineRules(std::vector<DeadlineRuleRow> own);

  // The row in force at a moment; throws std::invalid_argument for a rule that no machine names.
  const DeadlineRuleRow& At(std::string_view rule, std::string_view condition,
                            std::int64_t at_us) const;
  // Defaults and own rows, by rule, condition, date.
  std::vector<DeadlineRuleRow> All() const;

  static bool IsKnown(std::string_view rule, std::string_view condition);
  // Whether the duration counts from what the case is about, instead of from the arming.
  static bool CountsFromSubject(std::string_view rule, std::string_view condition);

 private:
  // (rule, condition) -> rows by effective_at.
  std::map<std::pair<std::string, std::string>, std::map<std::int64_t, DeadlineRuleRow>,
           std::less<>>
      own_;
};

// When a deadline armed at `armed_at` is due, and when its supervisor is warned.
struct DeadlineTimes {
  std::int64_t due_at = 0;
  std::int64_t warn_at = 0;
};
DeadlineTimes TimesOf(const DeadlineRuleRow& rule, bool repeated, std::int64_t armed_at);
// The same, counted from a moment before; what would be due or warned of in the past is so at once.
DeadlineTimes TimesSince(const DeadlineRuleRow& rule, std::int64_t since, std::int64_t armed_at);

}  // namespace redress::aftersales
