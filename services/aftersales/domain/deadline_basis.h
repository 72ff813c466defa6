#pragma once

// Why a deadline is due when it is, as it was decided: kept in the snapshot of the step that armed
// it, so that the answer for the past does not depend on today's rules. Amounts are seconds, times
// UTC microseconds.

#include <cstdint>
#include <string>

namespace redress::aftersales {

struct DeadlineBasis {
  enum class Source : std::uint8_t {
    kDefault = 1,   // shipped with the machine
    kShop = 2,      // the shop's own rule
    kPlatform = 3,  // the platform said so: no rule was asked
  };
  Source source = Source::kDefault;
  std::string rule;
  std::string condition;
  // The scope of the rule that matched; empty for any.
  std::string platform;
  std::string variant;
  std::uint32_t version = 0;  // of the rule under its scope
  std::int64_t effective_at = 0;
  std::int64_t amount_s = 0;
  bool repeated = false;  // by its own deadline: the amount is the rule's repeat
  // Empty where every hour counts.
  std::string calendar;
  std::uint32_t calendar_version = 0;
  std::string zone;  // of the calendar's hours
  std::int64_t start_at = 0;
  std::int64_t due_at = 0;
  std::int64_t warn_at = 0;  // 0: nobody is warned

  bool operator==(const DeadlineBasis&) const = default;
};

}  // namespace redress::aftersales
