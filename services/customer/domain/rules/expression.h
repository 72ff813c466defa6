#pragma once

// A condition over what is known of a customer, as GRAMMAR.md describes it: what was parsed, before
// and after its types were checked.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace redress::customer::rules {

enum class Type {
  kTruth,   // true or false
  kCount,   // of things
  kShare,   // a part of a whole, in millionths: 30% is 300,000
  kMoney,   // amounts, one per currency
  kDays,    // whole days in the shop's zone
  kDate,    // a moment that is compared by the shop's day
  kText,    // one text
  kTexts,   // a set of texts
  kNumber,  // a number as written, which is a count or days
};

// "a count", for people.
std::string_view TypeName(Type type);

enum class Operator { kEqual, kUnequal, kLess, kAtMost, kGreater, kAtLeast, kIn };

// "<=", as written.
std::string_view OperatorText(Operator op);

enum class Kind {
  kTruth,    // number 0 or 1
  kNumber,   // number
  kPercent,  // number of millionths
  kMoney,    // number of minor units, text the currency
  kDate,     // number of the day since 1970-01-01
  kText,     // text
  kFact,     // name; text the argument of a fact that takes one
  kDays,     // name days_since or days_until; one part, the fact
  kKnown,    // whether the one part, a fact, is known
  kCompare,  // two parts
  kNot,      // one part
  kAnd,      // two parts or more
  kOr,       // two parts or more
};

struct Expression {
  Kind kind = Kind::kTruth;
  std::size_t position = 0;  // of its first character, from 1; not compared
  std::string name = {};
  std::string text = {};
  bool has_argument = false;  // of kFact
  std::int64_t number = 0;
  Operator op = Operator::kEqual;
  std::vector<Expression> parts = {};

  friend bool operator==(const Expression& a, const Expression& b) {
    return a.kind == b.kind && a.name == b.name && a.text == b.text &&
           a.has_argument == b.has_argument && a.number == b.number && a.op == b.op &&
           a.parts == b.parts;
  }
};

// Bounds of what is read: beyond them nobody understands a condition.
inline constexpr std::size_t kMostBytes = 2000;
inline constexpr std::size_t kMostWords = 400;
inline constexpr std::size_t kMostDepth = 24;
inline constexpr std::int64_t kLargestNumber = 1'000'000'000'000'000;

// The expression as a person would write it; parsing it again gives an equal expression.
std::string Print(const Expression& expression);

}  // namespace redress::customer::rules
