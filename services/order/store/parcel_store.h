#pragma once

#include "services/order/domain/parcel.h"
#include "services/platform/database/pool.h"
#include "services/platform/events/event_log.h"
#include "services/platform/sealing/sealer.h"

namespace redress::order {

class SqlParcelRepository final : public ParcelRepository {
 public:
  // All outlive it.
  SqlParcelRepository(platform::Pool& pool, platform::Sealer& sealer, platform::EventLog& events)
      : pool_(pool), sealer_(sealer), events_(events) {}

  TracksTaken Take(ShopId shop, const TrackPush& push, std::int64_t now_us) override;
  std::vector<Track> ListTracks(ShopId shop, OrderId order, const std::optional<TrackKey>& after,
                                std::size_t limit) override;
  std::vector<ListedParcel> List(ShopId shop, const ParcelQuery& query) override;
  Told MarkTold(const Write& write, OrderId order, const std::string& tracking_number) override;

 private:
  platform::Pool& pool_;
  platform::Sealer& sealer_;
  platform::EventLog& events_;
};

}  // namespace redress::order
