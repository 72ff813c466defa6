#pragma once

#include <string_view>

#include "services/customer/domain/rules/expression.h"

namespace redress::customer::rules {

// Parses and checks that every name is a fact and every comparison compares like with like.
// Throws the refusal EXPRESSION_INVALID with the position, what was found, what was expected and,
// for a name that is no fact, the nearest one that is.
Expression ReadCondition(std::string_view text, std::string_view field);

// What an operand is; of an expression that was checked.
Type TypeOf(const Expression& operand);

}  // namespace redress::customer::rules
