// What a shop settles about its orders.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "services/order/domain/write.h"

namespace redress::order {

struct OrderRules {
  std::uint32_t stuck_after_hours = 72;
  std::uint32_t reminder_window_hours = 24;
  std::uint32_t most_reminders = 3;
  std::vector<std::string> next_steps;  // offered for memos before the standard ones
  bool has_carrier_salt = false;
  std::uint32_t version = 0;  // 0 while the standard holds
};

// Thread-safe.
class RulesRepository {
 public:
  virtual ~RulesRepository() = default;

  virtual OrderRules Find(ShopId shop) = 0;
  // 0 takes the standard value. ABORTED unless `rules.version` is the present one.
  virtual OrderRules Set(const Write& write, const OrderRules& rules) = 0;
  virtual void SetCarrierSalt(const Write& write, const std::string& salt) = 0;
  // What a carrier's pushes are signed with; nothing while the shop gave none.
  virtual std::optional<std::string> CarrierSalt(ShopId shop) = 0;
};

}  // namespace redress::order
