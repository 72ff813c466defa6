#include "services/customer/domain/rules/type_check.h"

#include <string>
#include <vector>

#include "services/customer/domain/rules/fact_catalogue.h"
#include "services/customer/domain/rules/lexer.h"
#include "services/customer/domain/rules/parser.h"
#include "services/platform/base/text.h"

namespace redress::customer::rules {
namespace {

bool IsNumberLike(Type type) { return type == Type::kCount || type == Type::kDays; }
bool IsLiteral(const Expression& operand) {
  return operand.kind != Kind::kFact && operand.kind != Kind::kDays && operand.kind != Kind::kKnown;
}

// Whether two sides may be compared. Two facts of money may not: each has an amount per currency.
bool Alike(const Expression& left, const Expression& right) {
  const Type a = TypeOf(left);
  const Type b = TypeOf(right);
  if (a == Type::kMoney && b == Type::kMoney) return IsLiteral(left) != IsLiteral(right);
  if (a == Type::kNumber) return IsNumberLike(b);
  if (b == Type::kNumber) return IsNumberLike(a);
  return a == b && a != Type::kTruth && a != Type::kTexts;
}

// What may stand on the other side of this one, for people.
std::string_view PartnerOf(Type type) {
  switch (type) {
    case Type::kCount:
      return "a whole number, e.g. 2";
    case Type::kShare:
      return "a share, e.g. 30%";
    case Type::kMoney:
      return "an amount with its currency, e.g. 5000.00 CNY";
    case Type::kDays:
      return "a number of days, e.g. 90";
    case Type::kDate:
      return "a day, e.g. 2026-11-11, or days_since(…) around the fact and a number of days";
    case Type::kText:
      return "a text in quotes";
    case Type::kNumber:
      return "a count or days_since(…)";
    case Type::kTruth:
      return "it alone, or with `not` before it: it is true or false by itself";
    case Type::kTexts:
      return "\"…\" in it";
  }
  return "";
}

class Checker {
 public:
  explicit Checker(std::string_view field) : field_(field) {}

  void Condition(const Expression& expression) const {
    switch (expression.kind) {
      case Kind::kAnd:
      case Kind::kOr:
      case Kind::kNot:
        for (const Expression& part : expression.parts) Condition(part);
        return;
      case Kind::kCompare:
        Comparison(expression);
        return;
      default:
        Operand(expression);
        if (TypeOf(expression) != Type::kTruth) {
          Fail(expression, "a comparison of it, e.g. `" + Print(expression) + " " +
                               (TypeOf(expression) == Type::kTexts ? "…`" : ">= …`") + " with " +
                               std::string(PartnerOf(TypeOf(expression))));
        }
    }
  }

 private:
  [[noreturn]] void Fail(const Expression& at, const std::string& expected) const {
    throw Unreadable(field_, at.position,
                     "`" + Print(at) + "`, " + std::string(TypeName(TypeOf(at))), expected);
  }

  void Operand(const Expression& operand) const {
    if (operand.kind == Kind::kFact) return FactNamed(operand);
    if (operand.kind != Kind::kDays && operand.kind != Kind::kKnown) return;
    const Expression& fact = operand.parts.front();
    FactNamed(fact);
    if (operand.kind == Kind::kDays && TypeOf(fact) != Type::kDate) {
      Fail(fact, "a date such as last_order_at");
    }
  }

  void FactNamed(const Expression& named) const {
    const Fact* fact = FindFact(named.name);
    if (fact == nullptr) {
      std::vector<std::string> names;
      for (const Fact& known : Facts()) names.emplace_back(known.name);
      const auto nearest = platform::NearestName(named.name, names);
      throw Unreadable(field_, named.position, "`" + named.name + "`, which is no fact",
                       nearest ? "e.g. `" + *nearest + "`" : "the name of a fact");
    }
    if (fact->takes_text == named.has_argument) return;
    throw Unreadable(field_, named.position, "`" + Print(named) + "`",
                     fact->takes_text ? "`" + named.name + "(\"…\")`" : "`" + named.name + "`");
  }

  void Comparison(const Expression& compare) const {
    const Expression& left = compare.parts[0];
    const Expression& right = compare.parts[1];
    Operand(left);
    Operand(right);
    if (compare.op == Operator::kIn) {
      if (TypeOf(left) != Type::kText) Fail(left, "a text before `in`");
      if (TypeOf(right) != Type::kTexts) Fail(right, "a set of texts after `in`");
      return;
    }
    if (IsLiteral(left) && IsLiteral(right)) Fail(right, "a fact on one side");
    if (!Alike(left, right)) {
      Fail(right, std::string(PartnerOf(TypeOf(left))) + " to compare with `" + Print(left) + "`");
    }
    if (TypeOf(left) == Type::kText && compare.op != Operator::kEqual &&
        compare.op != Operator::kUnequal) {
      Fail(right, "= or != between texts");
    }
  }

  const std::string_view field_;
};

}  // namespace

Type TypeOf(const Expression& operand) {
  switch (operand.kind) {
    case Kind::kNumber:
      return Type::kNumber;
    case Kind::kPercent:
      return Type::kShare;
    case Kind::kMoney:
      return Type::kMoney;
    case Kind::kDate:
      return Type::kDate;
    case Kind::kText:
      return Type::kText;
    case Kind::kDays:
      return Type::kDays;
    case Kind::kFact: {
      const Fact* fact = FindFact(operand.name);
      return fact == nullptr ? Type::kTruth : fact->type;
    }
    default:
      return Type::kTruth;
  }
}

Expression ReadCondition(std::string_view text, std::string_view field) {
  Expression expression = Parse(text, field);
  Checker(field).Condition(expression);
  return expression;
}

}  // namespace redress::customer::rules
