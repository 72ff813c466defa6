#include "services/order/domain/matching.h"

#include <utility>

#include "services/platform/base/money.h"

namespace redress::order {
namespace {

bool SamePrice(const std::string& a, const std::string& b) {
  if (a == b) return true;
  const auto left = platform::Decimal::Parse(a);
  const auto right = platform::Decimal::Parse(b);
  return left && right && *left == *right;
}

bool IsLater(const Candidate& a, const Candidate& b) {
  if (a.order_at != b.order_at) return a.order_at > b.order_at;
  if (a.order_number != b.order_number) return LineNumberLess(b.order_number, a.order_number);
  return LineNumberLess(b.line_number, a.line_number);
}

}  // namespace

bool Fits(const Adjustment& refund, const Candidate& line) {
  return !refund.correction && refund.customer && refund.customer == line.customer &&
         refund.sku == line.sku && refund.currency == line.currency &&
         line.quantity >= refund.quantity && line.order_at <= refund.adjust_at &&
         SamePrice(refund.unit_price, line.unit_price);
}

CandidateIndex::CandidateIndex(std::vector<Candidate> candidates)
    : candidates_(std::move(candidates)) {
  for (const Candidate& candidate : candidates_) {
    by_customer_[candidate.customer].push_back(&candidate);
  }
}

const Candidate* CandidateIndex::Find(const Adjustment& refund) const {
  const auto lines = by_customer_.find(refund.customer);
  if (lines == by_customer_.end()) return nullptr;
  const Candidate* best = nullptr;
  for (const Candidate* each : lines->second) {
    if (Fits(refund, *each) && (best == nullptr || IsLater(*each, *best))) best = each;
  }
  return best;
}

}  // namespace redress::order
