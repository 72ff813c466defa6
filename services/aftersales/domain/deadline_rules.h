#pragma once

// How long a state may last: the shipped defaults, overridden per shop, platform and variant by
// effective-dated rows that are never changed. A row may count working time of a business calendar.
// Durations are seconds, times UTC microseconds.

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "services/aftersales/domain/business_calendar.h"
#include "services/aftersales/domain/case.h"
#include "services/aftersales/domain/deadline_basis.h"
#include "services/platform/time_zone/time_zone.h"

namespace redress::aftersales {

// Which cases a rule is about; empty for any. The more of it a rule names, the closer it is; the
// platform counts for more than the variant.
struct DeadlineScope {
  std::string platform = {};
  std::string variant = {};

  auto operator<=>(const DeadlineScope&) const = default;
};

// The case's own: its order's platform, and what it asks for or where it came from.
DeadlineScope ScopeOf(const Case& of);
// Whether any kind of case has a variant of this name, e.g. `exchange`, `platform_complaint`.
bool IsVariant(std::string_view name);

struct DeadlineRuleRow {
  std::string rule;
  std::string condition;
  std::int64_t effective_at = 0;  // 0: always (a default)
  std::int64_t duration_s = 0;
  std::int64_t repeat_s = 0;
  std::int64_t warn_s = 0;  // from arming
  bool own = false;
  DeadlineScope scope = {};
  std::string calendar = {};  // empty: every hour counts
  // Counts what was ever set under rule, condition and scope. 0: a default, or set before there
  // were versions.
  std::uint32_t version = 0;
  bool ended = false;  // from then on the scope has no rule of its own
};

// What a state asks for.
struct DeadlineNeed {
  std::string_view rule;
  std::string_view condition;
  bool repeat = false;
  DeadlineScope scope = {};
  // Since when the duration counts, for a rule that counts from what the case is about; 0: from the
  // arming.
  std::int64_t since = 0;
};

// What a shop has set, as it was read.
struct DeadlineSettings {
  std::vector<DeadlineRuleRow> rules = {};
  std::vector<BusinessCalendar> calendars = {};  // every version
  std::shared_ptr<const platform::TimeZone> zone = {};
};

// When a deadline armed at `armed_at` is due, and when its supervisor is warned.
struct DeadlineTimes {
  std::int64_t due_at = 0;
  std::int64_t warn_at = 0;
};
// Every hour counts.
DeadlineTimes TimesOf(const DeadlineRuleRow& rule, bool repeated, std::int64_t armed_at);
// The same, counted from a moment before; what would be due or warned of in the past is so at once.
DeadlineTimes TimesSince(const DeadlineRuleRow& rule, std::int64_t since, std::int64_t armed_at);

// One shop's rules: its own over the defaults. Immutable.
class DeadlineRules {
 public:
  DeadlineRules() = default;
  explicit DeadlineRules(std::vector<DeadlineRuleRow> own);
  explicit DeadlineRules(DeadlineSettings settings);
  // Arms each of these rules with the times that it has: for taking a recorded step once more.
  static DeadlineRules Recorded(std::vector<DeadlineBasis> bases);

  // The row in force at a moment; throws std::invalid_argument for a rule that no machine names.
  const DeadlineRuleRow& At(std::string_view rule, std::string_view condition, std::int64_t at_us,
                            const DeadlineScope& scope = {}) const;
  // The times and where they come from. A rule whose calendar is gone, or never opens again, counts
  // every hour: no state is left without a deadline.
  DeadlineBasis Arm(const DeadlineNeed& need, std::int64_t at_us) const;
  // When so much open time has passed; nothing without such a calendar, or where it takes too long.
  std::optional<std::int64_t> AfterWorkingTime(std::string_view calendar, std::int64_t from_at,
                                               std::int64_t amount_s) const;
  // The calendar of a name in force at a moment; nullptr where there is none by then.
  const BusinessCalendar* CalendarAt(std::string_view name, std::int64_t at_us) const;
  // Defaults and own rows, by rule, condition, scope, date.
  std::vector<DeadlineRuleRow> All() const;

  static bool IsKnown(std::string_view rule, std::string_view condition);
  // Whether the duration counts from what the case is about, instead of from the arming.
  static bool CountsFromSubject(std::string_view rule, std::string_view condition);

 private:
  using Key = std::tuple<std::string, std::string, DeadlineScope>;
  using Dated = std::map<std::pair<std::int64_t, std::uint32_t>, DeadlineRuleRow>;

  const DeadlineRuleRow* FindOwn(const Key& key, std::int64_t at_us) const;
  void CountWorkingTime(DeadlineBasis& basis, std::int64_t warn_s, std::int64_t armed_at) const;

  std::map<Key, Dated> own_;
  std::map<std::string, std::map<std::pair<std::int64_t, std::uint32_t>, BusinessCalendar>,
           std::less<>>
      calendars_;
  std::shared_ptr<const platform::TimeZone> zone_;
  std::vector<DeadlineBasis> recorded_;
};

// Throws Refusal INVALID_ARGUMENT where the rule names a calendar that is not in force when it is,
// or that does not have so many open hours ahead.
void CheckWorkingTime(const DeadlineRules& rules, const DeadlineRuleRow& rule);

}  // namespace redress::aftersales
