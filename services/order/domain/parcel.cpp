#include "services/order/domain/parcel.h"

#include <algorithm>

namespace redress::order {

OrderChange Follow(const Order& order, const TrackPush& push, std::int64_t now_us) {
  OrderChange change;
  change.order = order;
  std::int64_t newest = 0;
  for (const Track& track : push.tracks) newest = std::max(newest, track.at);
  if (newest == 0) return change;
  std::vector<Shipment>& shipments = change.order.shipments;
  for (std::size_t i = 0; i < shipments.size(); ++i) {
    Shipment& parcel = shipments[i];
    if (parcel.tracking_number != push.tracking_number) continue;
    const Shipment before = parcel;
    if (newest >= parcel.tracked_at) {
      parcel.tracked_at = newest;
      if (push.state != ParcelState::kUnknown) parcel.state = push.state;
    }
    const bool earlier = parcel.received_at == 0 || newest < parcel.received_at;
    if (push.state == ParcelState::kDelivered && earlier) parcel.received_at = newest;
    if (parcel == before) continue;
    change.shipments.push_back(i);
    if (parcel.state != before.state || parcel.received_at != before.received_at) {
      change.outcome = Outcome::kChanged;
    }
  }
  if (change.outcome == Outcome::kChanged) {
    ++change.order.version;
    change.occurred_at = std::min(newest, now_us);
  }
  return change;
}

}  // namespace redress::order
