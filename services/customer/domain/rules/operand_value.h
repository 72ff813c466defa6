#pragma once

#include <optional>
#include <string>

#include "services/customer/domain/rules/evaluate.h"

namespace redress::customer::rules {

// The operand's value; nothing where it is not known.
std::optional<FactValue> ValueOf(const Expression& operand, const FactSource& facts,
                                 const Moment& moment);

// The amount in that currency, 0 where there is none.
std::int64_t AmountIn(const std::vector<platform::Money>& amounts, const std::string& currency);

// The fact and the value that it had, as people read it.
Reason ReasonOf(const Expression& operand, const std::optional<FactValue>& value);

}  // namespace redress::customer::rules
