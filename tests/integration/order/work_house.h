// What people work with on orders, over a real database.
#pragma once

#include <string>
#include <vector>

#include "services/order/domain/order_editing.h"
#include "services/order/store/parcel_store.h"
#include "services/order/store/product_store.h"
#include "services/order/store/reminder_store.h"
#include "services/order/store/rules_store.h"
#include "services/platform/base/errors.h"
#include "tests/integration/order/order_house.h"

namespace redress::order {

inline constexpr AccountId kAgent{21};
inline constexpr AccountId kOtherAgent{22};

class WorkHouse : public OrderHouse {
 public:
  explicit WorkHouse(platform::FaultPlan* faults);

  // What a client does that repeats on UNAVAILABLE.
  template <class Call>
  static auto Repeating(Call call) {
    constexpr int kPatience = 50;
    for (int attempt = 1;; ++attempt) {
      try {
        return call();
      } catch (const platform::Refusal& refusal) {
        if (refusal.code() != platform::Code::kUnavailable || attempt == kPatience) throw;
      }
    }
  }
  // The reason of the refusal; empty when there is none.
  template <class Call>
  static std::string ReasonOf(Call call) {
    try {
      Repeating(call);
      return "";
    } catch (const platform::Refusal& refusal) {
      return refusal.reason();
    }
  }

  Write WriteOf(const std::string& request_id, AccountId account = kAgent, ShopId shop = kShop);

  Order ChangeAddress(const Order& order, const Address& address, const std::string& request_id);
  Order ChangePrice(const Order& order, const PriceEdit& edit, const std::string& request_id);
  std::uint32_t WriteMemo(const Order& order, std::uint32_t version, const std::string& what,
                          const std::string& request_id);
  std::vector<StoredChange> Changes(const Order& order);
  Reminder Remind(const Order& order, const std::string& request_id, AccountId account = kAgent);
  TracksTaken Take(const TrackPush& push, ShopId shop = kShop);

  SqlRulesRepository rules;
  SqlParcelRepository parcels;
  SqlReminderRepository reminders;
  SqlProductRepository products;
  OrderEditing editing;
};

Address AddressOf(const std::string& name);
// An order in yuan that waits to be paid, placed and said at this time.
OrderInput UnpaidOrder(const std::string& number, std::int64_t order_at,
                       std::vector<LineInput> lines);
// The same, paid then.
OrderInput Paid(OrderInput order, std::int64_t paid_at);
// Shipped then in this parcel.
OrderInput Shipped(OrderInput order, const std::string& tracking_number, std::int64_t shipped_at);

}  // namespace redress::order
