// What carriers tell of parcels.

#include "services/order/domain/parcel.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "services/order/api/kuaidi100.h"
#include "tests/unit/order/samples.h"

namespace redress::order {
namespace {

constexpr std::int64_t kHour = 3'600'000'000;

Order WithParcel() {
  Order order;
  order.id = OrderId{1};
  order.version = 1;
  order.status = OrderStatus::kWaitBuyerConfirmGoods;
  order.shipments = {{.tracking_number = "SF1", .shipped_at = kNoon},
                     {.tracking_number = "SF2", .shipped_at = kNoon}};
  return order;
}

TrackPush TracksOf(ParcelState state, std::int64_t hours) {
  TrackPush push;
  push.tracking_number = "SF1";
  push.state = state;
  for (std::int64_t hour = 1; hour <= hours; ++hour) {
    push.tracks.push_back({"SF1", kNoon + hour * kHour, "track", false});
  }
  return push;
}

TEST(Parcel, FollowsTheNewestTrack) {
  const OrderChange change =
      Follow(WithParcel(), TracksOf(ParcelState::kDelivering, 3), kNoon + kDay);
  EXPECT_EQ(change.outcome, Outcome::kChanged);
  EXPECT_EQ(change.order.version, 2u);
  EXPECT_EQ(change.order.shipments[0].state, ParcelState::kDelivering);
  EXPECT_EQ(change.order.shipments[0].tracked_at, kNoon + 3 * kHour);
  EXPECT_EQ(change.order.shipments[0].received_at, 0);
  EXPECT_EQ(change.shipments, (std::vector<std::size_t>{0}));
}

TEST(Parcel, AMereTrackIsNoChangeOfTheOrder) {
  Order order = Follow(WithParcel(), TracksOf(ParcelState::kInTransit, 1), kNoon + kDay).order;
  const OrderChange change = Follow(order, TracksOf(ParcelState::kInTransit, 2), kNoon + kDay);
  EXPECT_EQ(change.outcome, Outcome::kUnchanged);
  EXPECT_EQ(change.shipments.size(), 1u);
}

TEST(Parcel, IsReceivedWhenItWasDelivered) {
  const OrderChange change =
      Follow(WithParcel(), TracksOf(ParcelState::kDelivered, 5), kNoon + kDay);
  EXPECT_EQ(change.order.shipments[0].received_at, kNoon + 5 * kHour);
  EXPECT_FALSE(change.order.Received());  // the other parcel is on its way
}

TEST(Parcel, PushesComeToTheSameInAnyOrder) {
  std::vector<TrackPush> pushes = {
      TracksOf(ParcelState::kCollected, 1), TracksOf(ParcelState::kInTransit, 2),
      TracksOf(ParcelState::kDelivered, 4), TracksOf(ParcelState::kReturning, 6)};
  const auto by_length = [](const TrackPush& a, const TrackPush& b) {
    return a.tracks.size() < b.tracks.size();
  };
  do {
    Order order = WithParcel();
    for (const TrackPush& push : pushes) order = Follow(order, push, kNoon + kDay).order;
    for (const TrackPush& push : pushes) {
      EXPECT_EQ(Follow(order, push, kNoon + kDay).outcome, Outcome::kUnchanged);
    }
    EXPECT_EQ(order.shipments[0].state, ParcelState::kReturning);
    EXPECT_EQ(order.shipments[0].received_at, kNoon + 4 * kHour);
    EXPECT_EQ(order.shipments[0].tracked_at, kNoon + 6 * kHour);
  } while (std::next_permutation(pushes.begin(), pushes.end(), by_length));
}

TEST(Parcel, WhatTheCarrierToldOutlivesThePlatformsNextPush) {
  OrderInput input = PaidOrder({MakeLine("1", 1, "10.00")});
  input.status = OrderStatus::kWaitBuyerConfirmGoods;
  input.shipments = {{.tracking_number = "SF1", .shipped_at = kNoon}};
  CountingIds ids;
  Order order = std::get<OrderChange>(Merge(Good(input), nullptr, kNoon, ids)).order;
  order = Follow(order, TracksOf(ParcelState::kDelivered, 5), kNoon + kDay).order;
  const auto again = std::get<OrderChange>(Merge(Good(input), &order, kNoon + kDay, ids));
  EXPECT_EQ(again.outcome, Outcome::kUnchanged);
  EXPECT_EQ(again.order.shipments[0].received_at, kNoon + 5 * kHour);
}

constexpr char kParam[] =
    R"({"status":"polling","billstatus":"got","message":"","lastResult":{"message":"ok","state":"0",)"
    R"("status":"200","condition":"F00","ischeck":"0","com":"yuantong","nu":"V030344422","data":[)"
    R"({"context":"上海分拨中心/装件入车扫描","time":"2012-08-28 16:33:19","ftime":"2012-08-28 16:33:19"},)"
    R"({"context":"上海分拨中心/下车扫描","time":"2012-08-27 23:22:42","ftime":"2012-08-27 23:22:42"}]}})";

TEST(Kuaidi100, ReadsItsPublishedExample) {
  const auto read = ReadTrackPush(kParam);
  const auto& push = std::get<TrackPush>(read);
  EXPECT_EQ(push.tracking_number, "V030344422");
  EXPECT_EQ(push.state, ParcelState::kInTransit);
  ASSERT_EQ(push.tracks.size(), 2u);
  EXPECT_EQ(push.tracks[0].at, 1'346'142'799'000'000);  // 2012-08-28 08:33:19 UTC
  EXPECT_EQ(push.tracks[1].text, "上海分拨中心/下车扫描");
}

TEST(Kuaidi100, SignIsTheMd5OfParamAndSalt) {
  // md5("{}salt"), by md5sum.
  EXPECT_TRUE(IsSigned("{}", "salt", "4DF345D41BAFC8E489CC9C94112F002A"));
  EXPECT_TRUE(IsSigned("{}", "salt", "4df345d41bafc8e489cc9c94112f002a"));
  EXPECT_FALSE(IsSigned("{} ", "salt", "4df345d41bafc8e489cc9c94112f002a"));
  EXPECT_FALSE(IsSigned("{}", "salz", "4df345d41bafc8e489cc9c94112f002a"));
  EXPECT_FALSE(IsSigned("{}", "salt", ""));
}

std::string State(const std::string& fields) {
  const auto read = ReadTrackPush(R"({"lastResult":{"nu":"1",)" + fields + R"("data":[]}})");
  const auto* push = std::get_if<TrackPush>(&read);
  return push == nullptr ? "refused" : std::string(ParcelStateName(push->state));
}

TEST(Kuaidi100, EveryStateHasItsPlace) {
  EXPECT_EQ(State(R"("state":"1",)"), "COLLECTED");
  EXPECT_EQ(State(R"("state":2,)"), "IN_TROUBLE");
  EXPECT_EQ(State(R"("state":"3",)"), "DELIVERED");
  EXPECT_EQ(State(R"("state":"301",)"), "DELIVERED");
  EXPECT_EQ(State(R"("state":"4",)"), "RETURNED");
  EXPECT_EQ(State(R"("state":"5",)"), "DELIVERING");
  EXPECT_EQ(State(R"("state":"6",)"), "RETURNING");
  EXPECT_EQ(State(R"("state":"7",)"), "IN_TRANSIT");
  EXPECT_EQ(State(R"("state":"12",)"), "AT_CUSTOMS");
  EXPECT_EQ(State(R"("state":"14",)"), "REFUSED");
  EXPECT_EQ(State(R"("ischeck":"1",)"), "DELIVERED");
  EXPECT_EQ(State(""), "");
}

TEST(Kuaidi100, APushOfTheSubscriptionsOwnStateHasNoTracks) {
  const auto read = ReadTrackPush(
      R"({"status":"abort","message":"3天查询无记录","lastResult":{"nu":"1","data":null}})");
  EXPECT_TRUE(std::get<TrackPush>(read).tracks.empty());
}

TEST(Kuaidi100, WhatIsBrokenIsNamed) {
  EXPECT_EQ(std::get<Problem>(ReadTrackPush("no json")).field, "");
  EXPECT_EQ(std::get<Problem>(ReadTrackPush("{}")).field, "lastResult");
  EXPECT_EQ(std::get<Problem>(ReadTrackPush(R"({"lastResult":{}})")).field, "nu");
  EXPECT_EQ(
      std::get<Problem>(
          ReadTrackPush(R"({"lastResult":{"nu":"1","data":[{"context":"a","time":"yesterday"}]}})"))
          .field,
      "lastResult.data.time");
}

}  // namespace
}  // namespace redress::order
