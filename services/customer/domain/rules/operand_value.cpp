#include "services/customer/domain/rules/operand_value.h"

#include "services/customer/domain/rules/type_check.h"

namespace redress::customer::rules {
namespace {

constexpr int kPercentDigits = 4;

struct Shown {
  Type type;

  std::string operator()(std::int64_t number) const {
    if (type == Type::kShare) {
      return platform::Decimal::FromMinor(number, kPercentDigits).ToString() + "%";
    }
    // Moments are compared, and told, by their day.
    if (type == Type::kDate) return platform::DayText(number);
    return std::to_string(number);
  }
  std::string operator()(bool truth) const { return truth ? "true" : "false"; }
  std::string operator()(const std::string& text) const { return text; }
  std::string operator()(const std::vector<std::string>& set) const {
    std::string joined;
    for (const std::string& one : set) joined += (joined.empty() ? "" : ", ") + one;
    return joined.empty() ? "none" : joined;
  }
  std::string operator()(const std::vector<platform::Money>& amounts) const {
    std::string joined;
    for (const platform::Money& one : amounts) {
      joined += (joined.empty() ? "" : ", ") + platform::ToString(one);
    }
    return joined.empty() ? "0" : joined;
  }
};

std::optional<FactValue> FactOf(const Expression& named, const FactSource& facts) {
  return facts.Read(*FindFact(named.name), named.text);
}

}  // namespace

std::optional<FactValue> ValueOf(const Expression& operand, const FactSource& facts,
                                 const Moment& moment) {
  switch (operand.kind) {
    case Kind::kFact:
      return FactOf(operand, facts);
    case Kind::kKnown:
      return FactValue(FactOf(operand.parts.front(), facts).has_value());
    case Kind::kDays: {
      const auto at = FactOf(operand.parts.front(), facts);
      if (!at) return std::nullopt;
      const std::int64_t day = moment.zone.DayOf(std::get<std::int64_t>(*at));
      const std::int64_t today = moment.zone.DayOf(moment.now_us);
      return FactValue(operand.name == "days_since" ? today - day : day - today);
    }
    case Kind::kText:
      return FactValue(operand.text);
    case Kind::kTruth:
      return FactValue(operand.number != 0);
    default:
      return FactValue(operand.number);
  }
}

std::int64_t AmountIn(const std::vector<platform::Money>& amounts, const std::string& currency) {
  for (const platform::Money& one : amounts) {
    if (one.currency == currency) return one.minor;
  }
  return 0;
}

Reason ReasonOf(const Expression& operand, const std::optional<FactValue>& value) {
  if (!value) return {Print(operand), "unknown"};
  return {Print(operand), std::visit(Shown{TypeOf(operand)}, *value)};
}

}  // namespace redress::customer::rules
