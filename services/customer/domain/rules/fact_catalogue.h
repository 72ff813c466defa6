#pragma once

// The facts that a condition may name.

#include <span>
#include <string_view>

#include "services/customer/domain/rules/expression.h"

namespace redress::customer::rules {

struct Fact {
  std::string_view name;
  Type type;
  bool takes_text;  // bought("size:L")
  std::string_view says_zh;
  std::string_view says_en;
};

inline constexpr std::string_view kTagFact = "tag";
inline constexpr std::string_view kSegmentFact = "segment";

// All of them, in the order in which they are shown.
std::span<const Fact> Facts();
// Null for none of that name.
const Fact* FindFact(std::string_view name);

}  // namespace redress::customer::rules
