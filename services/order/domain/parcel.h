// Parcels, and what carriers tell of them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "services/order/domain/order_store.h"
#include "services/order/domain/write.h"

namespace redress::order {

// What a carrier told: when, and in its words.
struct Track {
  std::string tracking_number;
  std::int64_t at = 0;
  std::string text;
  bool erased = false;  // the person was, and the words with them
};

// Everything that a carrier has told of one parcel so far.
struct TrackPush {
  std::string tracking_number;
  ParcelState state = ParcelState::kUnknown;
  std::vector<Track> tracks;  // in any order
};

// What the push does to an order that has the parcel. Pure. The newest track decides the state, the
// earliest delivery the time of receipt, so that pushes come to the same in any order and number.
// Changed where state or receipt differ; a mere track changes the parcel without an event.
OrderChange Follow(const Order& order, const TrackPush& push, std::int64_t now_us);

// A parcel and its order, in a list of those that somebody has to look after.
struct ListedParcel {
  OrderId order;
  NumberKey key;
  CustomerId customer;
  Shipment shipment;
  std::int64_t since = 0;
};

enum class ParcelList { kSilent, kUntold };

// The last row of a page: its time and order, and how many of that order's parcels of that time
// were shown.
struct ParcelKey {
  std::int64_t since = 0;
  OrderId order;
  std::uint64_t shown = 0;
};

struct ParcelQuery {
  ParcelList list = ParcelList::kSilent;
  std::int64_t from = 0;   // older ones are of no use to anybody
  std::int64_t until = 0;  // since then or longer
  std::optional<ParcelKey> after;
  std::size_t limit = 50;
};

// The last row of a page of tracks: its time, and how many of that time were shown.
struct TrackKey {
  std::int64_t at = 0;
  std::uint64_t shown = 0;
};

struct TracksTaken {
  std::uint32_t parcels = 0;
  std::uint32_t new_tracks = 0;
};

struct Told {
  std::int64_t at = 0;
  AccountId account;
};

// Thread-safe.
class ParcelRepository {
 public:
  virtual ~ParcelRepository() = default;

  // The orders with this parcel, at most kMostOrdersOfParcel.
  virtual TracksTaken Take(ShopId shop, const TrackPush& push, std::int64_t now_us) = 0;
  // Of one order's parcels, newest first. NOT_FOUND for an order that the shop has not.
  virtual std::vector<Track> ListTracks(ShopId shop, OrderId order,
                                        const std::optional<TrackKey>& after,
                                        std::size_t limit) = 0;
  // The longest waiting first.
  virtual std::vector<ListedParcel> List(ShopId shop, const ParcelQuery& query) = 0;
  // The first time holds. NOT_FOUND for a parcel that the order has not.
  virtual Told MarkTold(const Write& write, OrderId order, const std::string& tracking_number) = 0;
};

inline constexpr std::size_t kMostOrdersOfParcel = 20;

}  // namespace redress::order
