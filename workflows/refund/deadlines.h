#pragma once

// Shipped defaults of the refund case's deadline rules. They are loaded as effective-dated rows per
// shop and platform, which then decide; a deadline that the platform sends wins over all of them.

#include <array>
#include <cstdint>

#include "workflows/machine/machine.h"

namespace redress::workflows::refund {

inline constexpr std::int64_t kHour = 3600;
inline constexpr std::int64_t kDay = 24 * kHour;

// clang-format off
inline constexpr std::array<DeadlineRule, 14> kDeadlineDefaults{{
    // rule                  condition                   duration    repeat      warn
    // The platform's published times for a seller's answer; refund only on received goods has no
    // figure of its own and takes that of return and refund, which is also that of an exchange. The
    // conditions' refund only is every variant without a return.
    {"seller_answers",        "unshipped",                24 * kHour, kDay,       12 * kHour},
    {"seller_answers",        "in_transit_refund_only",   36 * kHour, kDay,       18 * kHour},
    {"seller_answers",        "received_refund_only",      5 * kDay,  kDay,       60 * kHour},
    {"seller_answers",        "return_and_refund",         5 * kDay,  kDay,       60 * kHour},
    // The platform's published times for sending, receiving and revising.
    {"buyer_ships",           "",                          7 * kDay,  kDay,       84 * kHour},
    {"seller_receives",       "express",                  10 * kDay,  kDay,        5 * kDay},
    {"seller_receives",       "post",                     30 * kDay,  kDay,       15 * kDay},
    {"buyer_after_refusal",   "",                          5 * kDay,  kDay,       60 * kHour},
    // The shop's own promises.
    {"inspection",            "",                         24 * kHour, kDay,       12 * kHour},
    {"reship",                "",                         72 * kHour, kDay,       36 * kHour},
    {"settlement",            "",                         24 * kHour, kDay,       12 * kHour},
    {"send_back",             "",                         72 * kHour, kDay,       36 * kHour},
    {"follow_up",             "",                          2 * kDay,  kDay,        1 * kDay},
    // Repeats at its own pace: a partner is being waited for.
    {"dispute_partner",       "",                         72 * kHour, 72 * kHour, 36 * kHour},
}};
// clang-format on

}  // namespace redress::workflows::refund
