#pragma once

// People and conditions that tests make.

#include <string>
#include <vector>

#include "services/customer/domain/judge.h"

namespace redress::customer {

inline constexpr std::int64_t kDay = 86'400'000'000;
// 2026-11-20 12:00 in Shanghai.
inline constexpr std::int64_t kNow = 1'795'147'200'000'000;

std::shared_ptr<const platform::TimeZone> Shanghai();

CustomerFacts Known(std::uint64_t customer);
// What a condition says of the person, who has these tags and no segment.
rules::Outcome Say(const std::string& condition, const CustomerFacts& facts,
                   const std::set<std::string>& tags = {}, std::int64_t now_us = kNow);

RuleInForce TagRuleOf(const std::string& tag, const std::string& condition);
RuleInForce SegmentOf(const std::string& code, const std::string& condition);

}  // namespace redress::customer
