#include "services/customer/domain/rules/evaluate.h"

#include <algorithm>
#include <utility>

#include "services/customer/domain/moments.h"
#include "services/customer/domain/rules/operand_value.h"

namespace redress::customer::rules {
namespace {

constexpr std::size_t kTextIndex = 2;  // of FactValue

template <class Ordered>
bool Holds(Operator op, const Ordered& left, const Ordered& right) {
  switch (op) {
    case Operator::kEqual:
      return left == right;
    case Operator::kUnequal:
      return left != right;
    case Operator::kLess:
      return left < right;
    case Operator::kAtMost:
      return left <= right;
    case Operator::kGreater:
      return left > right;
    case Operator::kAtLeast:
      return left >= right;
    case Operator::kIn:
      return false;
  }
  return false;
}

Operator Mirrored(Operator op) {
  switch (op) {
    case Operator::kLess:
      return Operator::kGreater;
    case Operator::kAtMost:
      return Operator::kAtLeast;
    case Operator::kGreater:
      return Operator::kLess;
    case Operator::kAtLeast:
      return Operator::kAtMost;
    default:
      return op;
  }
}

Truth TruthOf(bool holds) { return holds ? Truth::kTrue : Truth::kFalse; }

// When a number of days, which grows or falls by one a day, next makes the comparison with `bound`
// come out differently.
std::int64_t NextFlip(const Expression& moving, std::int64_t days, Operator op, std::int64_t bound,
                      const Moment& moment) {
  const bool grows = moving.name == "days_since";
  const bool now = Holds(op, days, bound);
  const std::int64_t today = moment.zone.DayOf(moment.now_us);
  for (const std::int64_t next : {bound, grows ? bound + 1 : bound - 1}) {
    const std::int64_t ahead = grows ? next - days : days - next;
    if (ahead <= 0 || Holds(op, next, bound) == now) continue;
    return moment.zone.DayStart(today + ahead);
  }
  return 0;
}

class Evaluator {
 public:
  Evaluator(const FactSource& facts, const Moment& moment) : facts_(facts), moment_(moment) {}

  Outcome Of(const Expression& expression) const {
    switch (expression.kind) {
      case Kind::kNot: {
        Outcome outcome = Of(expression.parts.front());
        if (outcome.truth != Truth::kUnknown) {
          outcome.truth = TruthOf(outcome.truth == Truth::kFalse);
        }
        return outcome;
      }
      case Kind::kAnd:
        return Joined(expression, Truth::kFalse);
      case Kind::kOr:
        return Joined(expression, Truth::kTrue);
      case Kind::kCompare:
        return Comparison(expression);
      default:
        return Alone(expression);
    }
  }

 private:
  // `deciding` in one part decides the whole: false of an `and`, true of an `or`. Then that part's
  // reasons are the whole's, else those of all parts together.
  Outcome Joined(const Expression& expression, Truth deciding) const {
    Outcome all{.truth = deciding == Truth::kFalse ? Truth::kTrue : Truth::kFalse};
    for (const Expression& part : expression.parts) {
      Outcome outcome = Of(part);
      if (outcome.truth == deciding) return outcome;
      if (outcome.truth == Truth::kUnknown) all.truth = Truth::kUnknown;
      all.until = Earlier(all.until, outcome.until);
      for (Reason& reason : outcome.why) {
        if (std::find(all.why.begin(), all.why.end(), reason) == all.why.end()) {
          all.why.push_back(std::move(reason));
        }
      }
    }
    return all;
  }

  // A truth by itself.
  Outcome Alone(const Expression& expression) const {
    if (expression.kind == Kind::kTruth) return {.truth = TruthOf(expression.number != 0)};
    const auto value = ValueOf(expression, facts_, moment_);
    Outcome outcome{.truth = Truth::kUnknown, .why = {ReasonOf(expression, value)}};
    if (value) outcome.truth = TruthOf(std::get<bool>(*value));
    return outcome;
  }

  Outcome Comparison(const Expression& compare) const {
    const Expression& left = compare.parts[0];
    const Expression& right = compare.parts[1];
    const auto a = ComparableOf(left, right);
    const auto b = ComparableOf(right, left);
    Outcome outcome{.truth = Truth::kUnknown};
    if (IsFact(left)) outcome.why.push_back(Told(left, right, a));
    if (IsFact(right)) outcome.why.push_back(Told(right, left, b));
    if (!a || !b || a->index() != (compare.op == Operator::kIn ? kTextIndex : b->index())) {
      return outcome;
    }
    if (compare.op == Operator::kIn) {
      const auto& set = std::get<std::vector<std::string>>(*b);
      outcome.truth =
          TruthOf(std::find(set.begin(), set.end(), std::get<std::string>(*a)) != set.end());
      return outcome;
    }
    if (const auto* text = std::get_if<std::string>(&*a)) {
      outcome.truth = TruthOf(Holds(compare.op, *text, std::get<std::string>(*b)));
      return outcome;
    }
    const auto x = std::get<std::int64_t>(*a);
    const auto y = std::get<std::int64_t>(*b);
    outcome.truth = TruthOf(Holds(compare.op, x, y));
    outcome.until = Until(compare, x, y);
    return outcome;
  }

  // An amount is told in the currency that it was compared in.
  static Reason Told(const Expression& operand, const Expression& other,
                     const std::optional<FactValue>& value) {
    if (value && operand.kind == Kind::kFact && other.kind == Kind::kMoney) {
      return {Print(operand),
              platform::ToString(platform::Money{other.text, std::get<std::int64_t>(*value)})};
    }
    return ReasonOf(operand, value);
  }

  // The operand's value as it is compared: moments as days, amounts in the other side's currency.
  std::optional<FactValue> ComparableOf(const Expression& operand, const Expression& other) const {
    auto value = ValueOf(operand, facts_, moment_);
    if (!value || operand.kind != Kind::kFact) return value;
    if (FindFact(operand.name)->type == Type::kDate) {
      return FactValue(moment_.zone.DayOf(std::get<std::int64_t>(*value)));
    }
    if (const auto* amounts = std::get_if<std::vector<platform::Money>>(&*value)) {
      return FactValue(AmountIn(*amounts, other.text));
    }
    return value;
  }

  std::int64_t Until(const Expression& compare, std::int64_t left, std::int64_t right) const {
    const bool left_moves = compare.parts[0].kind == Kind::kDays;
    const bool right_moves = compare.parts[1].kind == Kind::kDays;
    if (!left_moves && !right_moves) return 0;
    if (left_moves && right_moves) {
      return moment_.zone.DayStart(moment_.zone.DayOf(moment_.now_us) + 1);
    }
    return left_moves ? NextFlip(compare.parts[0], left, compare.op, right, moment_)
                      : NextFlip(compare.parts[1], right, Mirrored(compare.op), left, moment_);
  }

  static bool IsFact(const Expression& operand) {
    return operand.kind == Kind::kFact || operand.kind == Kind::kDays;
  }

  const FactSource& facts_;
  const Moment& moment_;
};

}  // namespace

Outcome Evaluate(const Expression& expression, const FactSource& facts, const Moment& moment) {
  return Evaluator(facts, moment).Of(expression);
}

}  // namespace redress::customer::rules
