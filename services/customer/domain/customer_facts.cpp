#include "services/customer/domain/customer_facts.h"

#include <algorithm>

namespace redress::customer {
namespace {

constexpr std::uint64_t kWhole = 1000;

}  // namespace

std::uint32_t CustomerFigures::RefundShareThousandths() const {
  if (paid_orders == 0) return 0;
  return static_cast<std::uint32_t>(std::min(kWhole, kWhole * refunded_orders / paid_orders));
}

const MoneyFigures* CustomerFigures::In(const std::string& currency) const {
  for (const MoneyFigures& one : money) {
    if (one.currency == currency) return &one;
  }
  return nullptr;
}

}  // namespace redress::customer
