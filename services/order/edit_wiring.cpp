#include "services/order/edit_wiring.h"

#include <memory>

#include "services/order/api/change_api.h"
#include "services/order/api/memo_api.h"
#include "services/order/api/parcel_api.h"
#include "services/order/api/product_api.h"
#include "services/order/api/reminder_api.h"
#include "services/order/api/rules_api.h"
#include "services/order/api/wish_client.h"
#include "services/order/store/parcel_store.h"
#include "services/order/store/product_store.h"
#include "services/order/store/reminder_store.h"
#include "services/order/store/rules_store.h"

namespace redress::order {

void AddOrderWork(platform::Parts& parts, OrderStore& store, OrderReading& reading,
                  platform::EventLog& events) {
  const auto zone_of = [&parts](ShopId shop) {
    return parts.directory.TimeZoneAt(shop, parts.clock.NowUs());
  };
  auto& rules = parts.Make<SqlRulesRepository>(parts.pool, parts.sealer);
  auto& parcels = parts.Make<SqlParcelRepository>(parts.pool, parts.sealer, events);
  auto& reminders = parts.Make<SqlReminderRepository>(parts.pool, parts.ids, rules);
  auto& wishes = parts.Make<WishClient>(parts.Channel("customer"));
  auto& products = parts.Make<SqlProductRepository>(parts.pool, parts.ids);
  auto& editing = parts.Make<OrderEditing>(store, parts.ids, zone_of);

  parts.AddService(
      std::make_unique<MemoApi>(MemoApi::Uses{parts.guard, store, editing, rules, zone_of}));
  parts.AddService(
      std::make_unique<ChangeApi>(ChangeApi::Uses{parts.guard, store, editing, reading}));
  parts.AddService(std::make_unique<ParcelApi>(ParcelApi::Uses{parts.guard, parcels, rules}));
  parts.AddService(
      std::make_unique<ReminderApi>(ReminderApi::Uses{parts.guard, reminders, wishes}));
  parts.AddService(
      std::make_unique<ProductApi>(ProductApi::Uses{parts.guard, products, parts.ids}));
  parts.AddService(std::make_unique<RulesApi>(RulesApi::Uses{parts.guard, rules}));
}

}  // namespace redress::order
