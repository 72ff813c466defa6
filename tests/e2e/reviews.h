#pragma once

// New review cases in a given state, made by the steps that bring one there.

#include <functional>
#include <string>

#include "tests/e2e/shop.h"

namespace redress::e2e {

inline constexpr std::int64_t kCompensation = 5'00;

// Opened by the agent about the whole order: two stars, written a moment ago.
aftersales::Case OpenReview(Shop& shop, const order::Order& order);
// Applies an event with the case's present version, and words where an event needs them.
aftersales::Case ApplyToReview(Shop& shop, const std::string& role, const std::string& case_id,
                               const std::function<void(aftersales::ReviewEvent&)>& set);
// Opens a review of a new buyer's order (nobody has said there not to be contacted) and brings it
// into the state; answers its id. Throws std::runtime_error where it ends up elsewhere.
std::string BringReviewTo(Shop& shop, const std::string& state);

}  // namespace redress::e2e
