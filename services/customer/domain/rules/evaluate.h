#pragma once

// What a condition says of one customer at one moment, which facts decided it, and when it may say
// otherwise without any fact changing.
//
// What is not known makes a comparison neither true nor false. `not` leaves it so, `and` with
// something false is false, `or` with something true is true; a condition that stays undecided does
// not match. So nobody is tagged for what is not known of them.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "services/customer/domain/rules/expression.h"
#include "services/customer/domain/rules/fact_catalogue.h"
#include "services/platform/base/money.h"
#include "services/platform/time_zone/time_zone.h"

namespace redress::customer::rules {

// A count, share, number of days or moment; a truth; a text; a set; amounts, one per currency.
using FactValue = std::variant<std::int64_t, bool, std::string, std::vector<std::string>,
                               std::vector<platform::Money>>;

// What is known of one customer.
class FactSource {
 public:
  virtual ~FactSource() = default;
  // Of the fact's type; nothing where it is not known.
  virtual std::optional<FactValue> Read(const Fact& fact, std::string_view argument) const = 0;
};

// A fact that decided, and its value as people read it.
struct Reason {
  std::string fact;   // as in the condition: `days_since(last_order_at)`
  std::string value;  // `12`, `30.5%`, `120.00 CNY`, `unknown`

  friend bool operator==(const Reason&, const Reason&) = default;
};

enum class Truth { kFalse, kTrue, kUnknown };

struct Outcome {
  Truth truth = Truth::kFalse;
  std::vector<Reason> why = {};
  std::int64_t until = 0;  // the first moment at which it may differ by itself; 0: never

  bool matches() const { return truth == Truth::kTrue; }
};

// The moment of an outcome and the zone whose days count.
struct Moment {
  std::int64_t now_us;
  const platform::TimeZone& zone;
};

// Of an expression that was checked.
Outcome Evaluate(const Expression& expression, const FactSource& facts, const Moment& moment);

}  // namespace redress::customer::rules
