#pragma once

// Many clients work cases to their end at once, each case on the way that was planned for it.

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tests/e2e/histories/plans.h"
#include "tests/e2e/shop.h"

namespace redress::e2e {

// Calls `work` for 0 … count-1 from many threads; throws what the first failing one threw.
void InParallel(std::size_t count, const std::function<void(std::size_t)>& work);

// The shop's orders, by platform and number.
class OrderBook {
 public:
  // Reads all of them.
  explicit OrderBook(Shop& shop);
  const order::Order& Find(const PlannedSubject& subject) const;
  // The line that is named, or the only one; empty for the order as a whole.
  std::string LineOf(const PlannedSubject& subject) const;

 private:
  std::map<std::pair<std::string, std::string>, order::Order> orders_;
};

// Does the next thing with a case and answers the case after it.
using Deed = std::function<aftersales::Case()>;
// What is next with the case as it is; nothing while it waits for its clock.
using Way = std::function<Deed(const aftersales::Case&)>;

struct WorkedCase {
  std::string id;
  Way way;
  bool final = false;
};

WorkedCase Open(Shop& shop, const OrderBook& orders, const PlannedRefund& plan);
WorkedCase Open(Shop& shop, const OrderBook& orders, const PlannedDispute& plan);
WorkedCase Open(Shop& shop, const OrderBook& orders, const PlannedReview& plan);

// Goes on with the case until it is final or waits. Whoever else moves it meanwhile (a timer, a
// linked case) is looked at anew.
void GoOn(Shop& shop, WorkedCase& worked);

}  // namespace redress::e2e
