#pragma once

// Shipped defaults of the review case's deadline rules. They are loaded as effective-dated rows per
// shop, which then decide.

#include <array>
#include <cstdint>
#include <string_view>

#include "workflows/machine/machine.h"

namespace redress::workflows::review {

inline constexpr std::int64_t kHour = std::int64_t{60} * 60;
inline constexpr std::int64_t kDay = 24 * kHour;

// Buyer and shop have 30 days from the review: what we wait for ends three days before, what we do
// ourselves one.
inline constexpr std::string_view kRevisionWindow = "revision_window";
// A dispute that is not over by then leaves time for the reply.
inline constexpr std::string_view kDisputeWindow = "review_dispute";
inline constexpr std::string_view kPublicReply = "public_reply";
// The rows of public_reply.
inline constexpr std::string_view kAfterTalks = "after_talks";
inline constexpr std::string_view kAfterReport = "report_turned_down";

// clang-format off
inline constexpr std::array<DeadlineRule, 11> kDeadlineDefaults{{
    // rule                    condition      duration    repeat  warn        counts from
    {"review_triage",          "",             4 * kHour, kDay,    2 * kHour},
    {"review_contact",         "",            72 * kHour, kDay,   36 * kHour},
    {"review_talks",           "",            48 * kHour, kDay,   24 * kHour},
    {"review_offer_answered",  "",            48 * kHour, kDay,   24 * kHour},
    {"review_fulfilment",      "",            24 * kHour, kDay,   12 * kHour},
    {kRevisionWindow,          "",            27 * kDay,  kDay,   25 * kDay,  CountsFrom::kSubject},
    {kDisputeWindow,           "",            27 * kDay,  kDay,   25 * kDay,  CountsFrom::kSubject},
    {kPublicReply,             kAfterTalks,   29 * kDay,  kDay,   28 * kDay,  CountsFrom::kSubject},
    {kPublicReply,             kAfterReport,  24 * kHour, kDay,   12 * kHour},
    {"review_evidence",        "",            48 * kHour, kDay,   24 * kHour},
    {"report_until",           "",             7 * kDay,  kDay,   84 * kHour},
}};
// clang-format on

}  // namespace redress::workflows::review
