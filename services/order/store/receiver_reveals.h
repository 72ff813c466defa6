// Receivers in clear, as reveals showed them.
#pragma once

#include <cstdint>

#include "services/order/domain/order.h"
#include "services/order/store/receiver_seal.h"
#include "services/platform/base/clock.h"
#include "services/platform/database/pool.h"
#include "services/platform/sealing/sealer.h"

namespace redress::order {

// Thread-safe.
class ReceiverReveals {
 public:
  // All outlive it.
  ReceiverReveals(platform::Pool& pool, platform::Sealer& sealer, const platform::Clock& clock)
      : pool_(pool), receivers_(sealer), clock_(clock) {}

  // The receiver for a reveal that was recorded; the same reveal shows the same for ever.
  Receiver Show(ShopId shop, OrderId order, std::uint64_t reveal);

 private:
  platform::Pool& pool_;
  ReceiverSeal receivers_;
  const platform::Clock& clock_;
};

}  // namespace redress::order
