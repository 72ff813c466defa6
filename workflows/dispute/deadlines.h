#pragma once

// Shipped defaults of the dispute case's deadline rules. They are loaded as effective-dated rows
// per shop, which then decide.

#include <array>
#include <cstdint>
#include <string_view>

#include "workflows/machine/machine.h"

namespace redress::workflows::dispute {

inline constexpr std::int64_t kMinute = 60;
inline constexpr std::int64_t kHour = 60 * kMinute;
inline constexpr std::int64_t kDay = 24 * kHour;

// Armed in no state: how long the whole case may take, for the figures "at deadline".
inline constexpr std::string_view kResolveBy = "resolve_by";

// clang-format off
inline constexpr std::array<DeadlineRule, 9> kDeadlineDefaults{{
    // rule               condition  duration    repeat     warn
    {"first_contact",       "",       1 * kHour, 1 * kHour, 30 * kMinute},
    {"investigation_begins","",      24 * kHour, kDay,      12 * kHour},
    {"evidence",            "",      48 * kHour, kDay,      24 * kHour},
    {"options_presented",   "",       4 * kHour, 4 * kHour,  2 * kHour},
    {"buyer_answers",       "",      48 * kHour, kDay,      24 * kHour},
    {"arbitration",         "",       7 * kDay,  kDay,      84 * kHour},
    {"execution",           "",      24 * kHour, kDay,      12 * kHour},
    {"cause_review",        "",       3 * kDay,  kDay,      36 * kHour},
    {kResolveBy,            "",      72 * kHour, kDay,      36 * kHour},
}};
// clang-format on

}  // namespace redress::workflows::dispute
