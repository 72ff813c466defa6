#pragma once

// How the people work who work cases: their team, skill, cap and shift.

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "services/aftersales/domain/case.h"

namespace redress::aftersales {

inline constexpr std::uint32_t kMostOpenCases = 15;  // of somebody for whom nobody said
inline constexpr std::int64_t kLongestShiftHours = 24;

struct AgentProfile {
  std::string team = {};
  std::vector<std::string> kinds = {};  // empty: every kind
  std::uint32_t most_open_cases = kMostOpenCases;
};

struct Shift {
  bool on = false;
  std::int64_t ends_at = 0;  // 0: ended by hand

  bool IsOn(std::int64_t now_us) const { return on && (ends_at == 0 || ends_at > now_us); }
};

struct Agent {
  AccountId account;
  AgentProfile profile;
  Shift shift;
  std::uint32_t version = 0;  // 0: never set up
  std::uint32_t open_cases = 0;

  bool HasSkill(std::string_view kind) const {
    const auto& kinds = profile.kinds;
    return kinds.empty() || std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
  }
};

}  // namespace redress::aftersales
