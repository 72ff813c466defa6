// Parcels, stored: what carriers tell, which are stuck, which the buyer was not told of.

#include <gtest/gtest.h>

#include <thread>

#include "tests/integration/order/work_house.h"
#include "tests/support/private_maria_db.h"
#include "tests/support/under_faults.h"

namespace redress::order {
namespace {

constexpr std::int64_t kHour = 3600 * kSecond;

class Parcels : public ::testing::Test {
 protected:
  Order PushShipped(const std::string& number, const std::string& parcel, std::int64_t shipped_at) {
    return house_.Push(
        Shipped(Paid(UnpaidOrder(number, kNoon, {MakeLine("1", 1, "10.00")}), kNoon + kSecond),
                parcel, shipped_at),
        "push-" + number);
  }
  TrackPush TracksOf(const std::string& parcel, ParcelState state, std::int64_t hours) {
    TrackPush push{parcel, state, {}};
    for (std::int64_t hour = 1; hour <= hours; ++hour) {
      push.tracks.push_back(
          {parcel, kNoon + hour * kHour, "派件人:叶剑锋,电话:18381880068", false});
    }
    return push;
  }
  std::vector<std::string> Listed(ParcelList list, std::int64_t until, std::size_t page) {
    std::vector<std::string> numbers;
    ParcelQuery query{list, 1, until, {}, page};
    for (;;) {
      const auto parcels = house_.parcels.List(kShop, query);
      if (parcels.empty()) return numbers;
      ParcelKey end{parcels.back().since, parcels.back().order, 0};
      for (const ListedParcel& parcel : parcels) {
        numbers.push_back(parcel.shipment.tracking_number);
        if (parcel.since == end.since && parcel.order == end.order) ++end.shown;
      }
      if (query.after && query.after->since == end.since && query.after->order == end.order) {
        end.shown += query.after->shown;
      }
      query.after = end;
    }
  }
  WorkHouse house_{test::InjectedFaults()};
};

TEST_F(Parcels, ADeliveredOneIsReceivedAndTold) {
  const Order order = PushShipped("A1", "SF1", kNoon + kDay);
  const TracksTaken taken = house_.Take(TracksOf("SF1", ParcelState::kDelivered, 3));
  EXPECT_EQ(taken.parcels, 1u);
  const Order now = house_.Stored("A1");
  EXPECT_TRUE(now.Received());
  EXPECT_EQ(now.shipments[0].received_at, kNoon + 3 * kHour);
  EXPECT_EQ(now.version, order.version + 1);
  const auto events = house_.EventsOf(order.id.value);
  EXPECT_EQ(events.back().order_changed().order().parcels(0).state(), "DELIVERED");
  EXPECT_EQ(events.back().order_changed().order().parcels(0).received_at_us(), kNoon + 3 * kHour);
  house_.ExpectHistoryIsWhole();
}

TEST_F(Parcels, TracksAreKeptOnceAndSealed) {
  const Order order = PushShipped("A1", "SF1", kNoon + kDay);
  house_.Take(TracksOf("SF1", ParcelState::kInTransit, 3));
  EXPECT_THAT(house_.Take(TracksOf("SF1", ParcelState::kInTransit, 4)).new_tracks,
              test::OrAgain(1u, 0u));
  EXPECT_EQ(house_.Take(TracksOf("SF1", ParcelState::kInTransit, 2)).new_tracks, 0u);
  const auto tracks = house_.parcels.ListTracks(kShop, order.id, {}, 10);
  ASSERT_EQ(tracks.size(), 4u);
  EXPECT_EQ(tracks[0].at, kNoon + 4 * kHour);
  EXPECT_EQ(tracks[0].text, "派件人:叶剑锋,电话:18381880068");
  EXPECT_EQ(house_.Count("SELECT COUNT(1) FROM parcel_tracks WHERE sealed LIKE '%18381880068%'"),
            0);
  EXPECT_EQ(house_.Stored("A1").version, order.version + 1);
  house_.ExpectHistoryIsWhole();
}

TEST_F(Parcels, AnUnknownOneIsToBeToldAgain) {
  EXPECT_EQ(house_.Take(TracksOf("SF9", ParcelState::kInTransit, 1)).parcels, 0u);
  PushShipped("A1", "SF9", kNoon + kDay);
  EXPECT_EQ(house_.Take(TracksOf("SF9", ParcelState::kInTransit, 1)).parcels, 1u);
  EXPECT_EQ(house_.Take(TracksOf("SF9", ParcelState::kInTransit, 1), kOtherShop).parcels, 0u);
}

TEST_F(Parcels, OneMayHoldSeveralOrders) {
  PushShipped("A1", "SF1", kNoon + kDay);
  PushShipped("A2", "SF1", kNoon + kDay);
  EXPECT_EQ(house_.Take(TracksOf("SF1", ParcelState::kDelivered, 1)).parcels, 2u);
  EXPECT_TRUE(house_.Stored("A1").Received());
  EXPECT_TRUE(house_.Stored("A2").Received());
}

TEST_F(Parcels, CarrierAndPlatformSpeakingAtOnceLoseNothing) {
  PushShipped("A1", "SF1", kNoon + kDay);
  std::thread carrier([&] {
    for (int i = 1; i <= 8; ++i) house_.Take(TracksOf("SF1", ParcelState::kDelivered, i));
  });
  OrderInput push =
      Shipped(Paid(UnpaidOrder("A1", kNoon, {MakeLine("1", 1, "10.00")}), kNoon + kSecond), "SF1",
              kNoon + kDay);
  for (int i = 1; i <= 8; ++i) {
    push.source_at = kNoon + kDay + i;
    push.region = "region " + std::to_string(i);
    house_.Push(push, "p" + std::to_string(i));
  }
  carrier.join();
  const Order order = house_.Stored("A1");
  EXPECT_EQ(order.region, "region 8");
  EXPECT_EQ(order.shipments[0].received_at, kNoon + kHour);
  EXPECT_EQ(order.shipments[0].tracked_at, kNoon + 8 * kHour);
  house_.ExpectHistoryIsWhole();
}

TEST_F(Parcels, StuckOnesAreThoseThatNothingWasHeardOf) {
  PushShipped("A1", "SF1", kNoon);
  PushShipped("A2", "SF2", kNoon + kHour);
  PushShipped("A3", "SF3", kNoon + kHour);
  PushShipped("A4", "SF4", kNoon + 2 * kHour);
  house_.Take(TracksOf("SF2", ParcelState::kInTransit, 10));
  house_.Take(TracksOf("SF3", ParcelState::kDelivered, 1));
  EXPECT_EQ(Listed(ParcelList::kSilent, kNoon + 3 * kHour, 1),
            (std::vector<std::string>{"SF1", "SF4"}));
  EXPECT_EQ(Listed(ParcelList::kSilent, kNoon + 10 * kHour, 2),
            (std::vector<std::string>{"SF1", "SF4", "SF2"}));
  OrderInput over = Shipped(
      Paid(UnpaidOrder("A1", kNoon, {MakeLine("1", 1, "10.00")}), kNoon + kSecond), "SF1", kNoon);
  over.status = OrderStatus::kTradeFinished;
  over.source_at = kNoon + kDay;
  house_.Push(over, "over");
  EXPECT_EQ(Listed(ParcelList::kSilent, kNoon + 3 * kHour, 5), (std::vector<std::string>{"SF4"}));
}

TEST_F(Parcels, SeveralOfOneOrderAreListedPageByPage) {
  OrderInput input = Paid(UnpaidOrder("A1", kNoon, {MakeLine("1", 1, "10.00")}), kNoon + kSecond);
  for (int i = 0; i < 7; ++i) input = Shipped(input, "SF" + std::to_string(i), kNoon + kHour);
  house_.Push(input, "push");
  EXPECT_EQ(Listed(ParcelList::kSilent, kNoon + kDay, 2).size(), 7u);
  EXPECT_EQ(Listed(ParcelList::kSilent, kNoon + kDay, 3).size(), 7u);
}

TEST_F(Parcels, AToldOneIsNotListedAndTheFirstTellingHolds) {
  const Order order = PushShipped("A1", "SF1", kNoon + kDay);
  EXPECT_EQ(Listed(ParcelList::kUntold, kNoon + 9 * kDay, 5), (std::vector<std::string>{"SF1"}));
  const auto mark = [&](const std::string& request, AccountId account) {
    return WorkHouse::Repeating(
        [&] { return house_.parcels.MarkTold(house_.WriteOf(request, account), order.id, "SF1"); });
  };
  const Told told = mark("first", kAgent);
  house_.clock.Advance(kSecond);
  EXPECT_EQ(mark("second", kOtherAgent).at, told.at);
  EXPECT_EQ(mark("third", kOtherAgent).account, kAgent);
  EXPECT_TRUE(Listed(ParcelList::kUntold, kNoon + 9 * kDay, 5).empty());
  EXPECT_EQ(
      house_.ReasonOf([&] { house_.parcels.MarkTold(house_.WriteOf("other"), order.id, "SF2"); }),
      "PARCEL_NOT_FOUND");
}

TEST_F(Parcels, ALineStandsWhereItsParcelDoes) {
  OrderInput input =
      Shipped(Paid(UnpaidOrder("A1", kNoon, {MakeLine("1", 1, "10.00"), MakeLine("2", 1, "5.00")}),
                   kNoon + kSecond),
              "SF1", kNoon + kDay);
  input.lines[0].tracking_number = "SF1";
  input.lines[0].status = OrderStatus::kWaitBuyerConfirmGoods;
  input.lines[1].status = OrderStatus::kWaitSellerSendGoods;
  input.lines[1].refund_status = "WAIT_SELLER_AGREE";
  input.lines[1].properties = "颜色:红";
  house_.Push(input, "push");
  house_.Take(TracksOf("SF1", ParcelState::kDelivered, 1));
  const Order order = house_.Stored("A1");
  EXPECT_TRUE(order.Received(order.lines[0]));
  EXPECT_FALSE(order.Shipped(order.lines[1]));
  EXPECT_FALSE(order.Received(order.lines[1]));
  EXPECT_EQ(order.lines[1].refund_status, "WAIT_SELLER_AGREE");
  const auto events = house_.EventsOf(order.id.value);
  EXPECT_EQ(events.back().order_changed().order().lines(1).properties(), "颜色:红");
}

}  // namespace
}  // namespace redress::order
