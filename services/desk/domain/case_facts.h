#pragma once

// What a message needs to know of its case, read from the services that own it at the moment of
// filling; nothing of it is kept but the filled text.

#include <cstdint>
#include <string>

#include "services/desk/domain/write.h"
#include "services/platform/base/money.h"

namespace redress::desk {

struct CaseFacts {
  CaseId id;
  std::uint64_t number = 0;
  std::string state;
  OrderId order;
  CustomerId customer;
  platform::Money amount;  // settled, else approved, else asked; no currency where none is known
  std::string carrier;     // of the replacement, else of the buyer's return
  std::string tracking;
  std::int64_t due_at = 0;  // 0 where no deadline is armed
  std::uint32_t follow_up_score = 0;
  bool contact_refused = false;
  bool complaint_open = false;
  std::string platform;
  std::string order_number;
  std::string item;  // the line's title
  std::string customer_nick;
};

class CaseFactsSource {
 public:
  virtual ~CaseFactsSource() = default;
  // Throws Refusal: NOT_FOUND where the shop has no such case, UNAVAILABLE and the like where a
  // service does not answer.
  virtual CaseFacts Read(ShopId shop, CaseId case_id) = 0;
};

}  // namespace redress::desk
