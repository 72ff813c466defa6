// Which order line an imported refund belongs to. Pure.
//
// The line is of the same customer, article, currency and unit price, at least as many units were
// bought as came back, and it was ordered no later than the refund was made; of several the latest
// one. Candidates are not used up: two refunds may belong to one line. Lines of one moment are told
// apart by order number and line number, the greater wins, so that every import of the same data
// decides alike. A refund without a customer belongs to no line; neither does a correction.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "services/order/domain/order.h"

namespace redress::order {

struct Candidate {
  OrderId order;
  LineId line;
  std::string order_number;
  std::string line_number;
  CustomerId customer;
  std::string sku;
  std::string currency;
  std::string unit_price;
  std::int32_t quantity = 0;
  std::int64_t order_at = 0;
};

// Whether the refund may belong to the line; of its moment only this: not before the order.
bool Fits(const Adjustment& refund, const Candidate& line);

class CandidateIndex {
 public:
  explicit CandidateIndex(std::vector<Candidate> candidates);

  // Null where none fits; valid as long as the index.
  const Candidate* Find(const Adjustment& refund) const;

 private:
  std::vector<Candidate> candidates_;
  std::unordered_map<CustomerId, std::vector<const Candidate*>> by_customer_;
};

}  // namespace redress::order
