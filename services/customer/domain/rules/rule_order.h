#pragma once

// Rules read each other: a condition may name tags and segments that other rules decide.

#include <cstddef>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "services/customer/domain/rules/expression.h"

namespace redress::customer::rules {

// What a rule decides: a tag or a segment.
struct Subject {
  enum class Kind { kTag, kSegment };

  Kind kind = Kind::kTag;
  std::string code;

  friend auto operator<=>(const Subject&, const Subject&) = default;
};

// `tag("vip")`.
std::string Print(const Subject& subject);

// The tags and segments that the condition names.
std::set<Subject> SubjectsIn(const Expression& expression);

struct DecidedBy {
  Subject subject;
  const Expression* expression;
};

// Indexes of the rules, each behind those that it reads, else in the given order. Subjects that no
// rule decides are as they are. Throws the refusal RULES_IN_CIRCLE that shows the circle.
std::vector<std::size_t> InOrder(std::span<const DecidedBy> rules);

}  // namespace redress::customer::rules
