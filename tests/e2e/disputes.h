#pragma once

// New disputes in a given state, made by the steps that bring one there.

#include <functional>
#include <string>

#include "tests/e2e/shop.h"

namespace redress::e2e {

inline constexpr std::int64_t kOffered = 30'00;  // as a refund, beside a replacement

// Opened by the agent about the whole order.
aftersales::Case OpenDispute(Shop& shop, const order::Order& order);
// Applies an event with the case's present version.
aftersales::Case ApplyToDispute(Shop& shop, const std::string& role, const std::string& case_id,
                                const std::function<void(aftersales::DisputeEvent&)>& set);
// Opens a dispute about a new order and brings it into the state; answers its id. Throws
// std::runtime_error where it ends up elsewhere.
std::string BringDisputeTo(Shop& shop, const std::string& state);

}  // namespace redress::e2e
