#include "services/customer/domain/rules/expression.h"

#include "services/platform/base/money.h"
#include "services/platform/time_zone/time_zone.h"

namespace redress::customer::rules {
namespace {

constexpr int kPercentDigits = 4;  // 1% is 10,000 millionths

std::string Quoted(const std::string& text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + '"';
}

std::string PrintLeaf(const Expression& leaf) {
  switch (leaf.kind) {
    case Kind::kTruth:
      return leaf.number != 0 ? "true" : "false";
    case Kind::kPercent:
      return platform::Decimal::FromMinor(leaf.number, kPercentDigits).ToString() + "%";
    case Kind::kMoney:
      return platform::ToString(platform::Money{leaf.text, leaf.number});
    case Kind::kDate:
      return platform::DayText(leaf.number);
    case Kind::kText:
      return Quoted(leaf.text);
    case Kind::kFact:
      return leaf.has_argument ? leaf.name + "(" + Quoted(leaf.text) + ")" : leaf.name;
    default:
      return std::to_string(leaf.number);
  }
}

// Whether it has to stand in parentheses to be one part of `outer`.
bool NeedsParentheses(const Expression& part, Kind outer) {
  if (part.kind == Kind::kOr) return true;
  return part.kind == Kind::kAnd && outer != Kind::kOr;
}

std::string PrintPart(const Expression& part, Kind outer) {
  return NeedsParentheses(part, outer) ? "(" + Print(part) + ")" : Print(part);
}

}  // namespace

std::string_view TypeName(Type type) {
  switch (type) {
    case Type::kTruth:
      return "true or false";
    case Type::kCount:
      return "a count";
    case Type::kShare:
      return "a share";
    case Type::kMoney:
      return "an amount of money";
    case Type::kDays:
      return "a number of days";
    case Type::kDate:
      return "a date";
    case Type::kText:
      return "a text";
    case Type::kTexts:
      return "a set of texts";
    case Type::kNumber:
      return "a number";
  }
  return "";
}

std::string_view OperatorText(Operator op) {
  switch (op) {
    case Operator::kEqual:
      return "=";
    case Operator::kUnequal:
      return "!=";
    case Operator::kLess:
      return "<";
    case Operator::kAtMost:
      return "<=";
    case Operator::kGreater:
      return ">";
    case Operator::kAtLeast:
      return ">=";
    case Operator::kIn:
      return "in";
  }
  return "";
}

std::string Print(const Expression& expression) {
  switch (expression.kind) {
    case Kind::kDays:
      return expression.name + "(" + Print(expression.parts[0]) + ")";
    case Kind::kKnown:
      return "known(" + Print(expression.parts[0]) + ")";
    case Kind::kCompare:
      return Print(expression.parts[0]) + " " + std::string(OperatorText(expression.op)) + " " +
             Print(expression.parts[1]);
    case Kind::kNot:
      return "not " + PrintPart(expression.parts[0], Kind::kNot);
    case Kind::kAnd:
    case Kind::kOr: {
      std::string text;
      for (const Expression& part : expression.parts) {
        if (!text.empty()) text += expression.kind == Kind::kAnd ? " and " : " or ";
        text += PrintPart(part, expression.kind);
      }
      return text;
    }
    default:
      return PrintLeaf(expression);
  }
}

}  // namespace redress::customer::rules
