#include "services/order/privacy_wiring.h"

#include <memory>

#include "services/order/api/receiver_api.h"
#include "services/order/store/personal_data.h"
#include "services/order/store/receiver_reveals.h"
#include "services/platform/privacy/customer_privacy_client.h"
#include "services/platform/privacy/privacy_wiring.h"

namespace redress::order {

void AddPrivacy(platform::Parts& parts, platform::NatsConnection& nats, OrderReading& reading) {
  auto& customers = parts.Make<platform::CustomerPrivacyClient>(parts.Channel("customer"));
  auto& reveals = parts.Make<ReceiverReveals>(parts.pool, parts.sealer, parts.clock);
  parts.AddService(std::make_unique<ReceiverApi>(
      ReceiverApi::Uses{parts.guard, reading, customers,
                        [&reveals](ShopId shop, OrderId order, std::uint64_t reveal) {
                          return reveals.Show(shop, order, reveal);
                        }}));
  auto& data = parts.Make<OrderPersonalData>(parts.pool, parts.sealer);
  platform::AddPrivacy(parts, nats, data, {ContactRetention()});
}

}  // namespace redress::order
