#pragma once

#include <string_view>

#include "services/customer/domain/rules/expression.h"

namespace redress::customer::rules {

// Reads a condition by GRAMMAR.md without looking at what its names mean. Throws the refusal
// EXPRESSION_INVALID that names `field`, the position, what was found and what to write instead.
Expression Parse(std::string_view text, std::string_view field);

}  // namespace redress::customer::rules
