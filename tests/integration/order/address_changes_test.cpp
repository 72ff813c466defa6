// That an order has another receiver: listed for warehouses, and acknowledged by them.

#include <gtest/gtest.h>

#include <set>
#include <thread>

#include "tests/integration/order/work_house.h"
#include "tests/support/private_maria_db.h"

namespace redress::order {
namespace {

constexpr AccountId kPacker{31};

class AddressChanges : public ::testing::Test {
 protected:
  static OrderInput Input(const std::string& number) {
    return Paid(UnpaidOrder(number, kNoon, {MakeLine("1", 2, "10.00")}), kNoon + kSecond);
  }
  Order Push(const std::string& number) { return house_.Push(Input(number), number); }
  Order Change(const Order& order, const std::string& request_id) {
    return house_.ChangeAddress(house_.Stored(order.number), AddressOf("李小明"), request_id);
  }
  // A later word of the platform, with this receiver.
  Order PushReceiver(OrderInput input, const std::string& name) {
    input.receiver.name = name;
    input.source_at = house_.clock.NowUs();
    return house_.Push(input, "push " + std::to_string(++pushes_));
  }
  std::uint32_t Acknowledge(const Order& order, std::uint32_t version, const std::string& request,
                            AccountId by = kPacker) {
    return WorkHouse::Repeating([&] {
      return house_.editing.AcknowledgeAddress(house_.WriteOf(request, by), order.id, version);
    });
  }
  std::vector<AddressChange> List(const AddressChangeQuery& query) {
    return house_.store.ListAddressChanges(query);
  }
  std::vector<AddressChange> Of(const Order& order) {
    return List({.shop = kShop, .order = order.id, .limit = 100});
  }
  std::vector<AddressChange> Unknown() {
    return List({.shop = kShop, .unknown_only = true, .limit = 100});
  }
  WorkHouse house_{test::InjectedFaults()};
  int pushes_ = 0;
};

TEST_F(AddressChanges, AreAcknowledgedByWhomAndWhen) {
  const Order order = Change(Push("A1"), "c1");
  ASSERT_EQ(Unknown().size(), 1u);
  EXPECT_EQ(Unknown()[0].receiver_version, 1u);
  EXPECT_EQ(Unknown()[0].acknowledged_at, 0);
  house_.clock.Advance(kSecond);
  const std::uint32_t number = Acknowledge(order, 1, "ack");
  EXPECT_TRUE(Unknown().empty());
  const auto changes = Of(order);
  ASSERT_EQ(changes.size(), 1u);
  EXPECT_EQ(changes[0].number, number);
  EXPECT_EQ(changes[0].acknowledged_by, kPacker);
  EXPECT_EQ(changes[0].acknowledged_at, house_.clock.NowUs());
}

TEST_F(AddressChanges, AreAcknowledgedOnceAndTheFirstStands) {
  const Order order = Change(Push("A1"), "c1");
  Acknowledge(order, 1, "first");
  const std::int64_t at = Of(order)[0].acknowledged_at;
  house_.clock.Advance(kSecond);
  EXPECT_EQ(Acknowledge(order, 1, "first"), 1u) << "a repeat gets the first answer";
  Acknowledge(order, 1, "second", kAgent);
  EXPECT_EQ(Of(order)[0].acknowledged_at, at);
  EXPECT_EQ(Of(order)[0].acknowledged_by, kPacker);
  EXPECT_EQ(house_.ReasonOf([&] {
    Write other = house_.WriteOf("first", kPacker);
    other.digest = platform::Sha256("something else");
    house_.editing.AcknowledgeAddress(other, order.id, 1);
  }),
            "REQUEST_ID_REUSED");
}

TEST_F(AddressChanges, ThatCameLaterAreStillUnknown) {
  const Order order = Push("A1");
  Change(order, "c1");
  Change(order, "c2");
  Acknowledge(order, 1, "ack 1");
  ASSERT_EQ(Unknown().size(), 1u);
  EXPECT_EQ(Unknown()[0].receiver_version, 2u);
  Acknowledge(order, 2, "ack 2");
  EXPECT_TRUE(Unknown().empty());
  Change(order, "c3");
  Acknowledge(order, 1, "ack 1 again");
  ASSERT_EQ(Unknown().size(), 1u) << "an older word takes nothing back";
  EXPECT_EQ(Unknown()[0].receiver_version, 3u);
}

TEST_F(AddressChanges, BeforeTheOneReadAreKnownWithIt) {
  const Order order = Push("A1");
  Change(order, "c1");
  Change(order, "c2");
  Acknowledge(order, 2, "ack");
  for (const AddressChange& change : Of(order)) EXPECT_EQ(change.acknowledged_by, kPacker);
}

TEST_F(AddressChanges, ThatNeverWereCannotBeAcknowledged) {
  const Order order = Push("A1");
  const auto acknowledge = [&](OrderId id, std::uint32_t version, ShopId shop = kShop) {
    return house_.ReasonOf([&] {
      house_.editing.AcknowledgeAddress(house_.WriteOf("ack", kPacker, shop), id, version);
    });
  };
  EXPECT_EQ(acknowledge(order.id, 1), "RECEIVER_NOT_THERE");
  Change(order, "c1");
  EXPECT_EQ(acknowledge(order.id, 2), "RECEIVER_NOT_THERE");
  EXPECT_EQ(acknowledge(order.id, 1, kOtherShop), "ORDER_NOT_FOUND");
  EXPECT_EQ(Unknown().size(), 1u);
}

TEST_F(AddressChanges, OfThePlatformAreListedLikeThoseOfAgents) {
  const Order order = PushReceiver(Input(Push("A1").number), "王五");
  ASSERT_EQ(Unknown().size(), 1u);
  EXPECT_EQ(Unknown()[0].order, order.id);
  EXPECT_EQ(Unknown()[0].receiver_version, 1u);
  EXPECT_FALSE(Unknown()[0].account);
  PushReceiver(Input("A1"), "王五");
  EXPECT_EQ(Of(order).size(), 1u) << "the same receiver is no change";
}

TEST_F(AddressChanges, AfterAParcelHasLeftAreNotForTheWarehouse) {
  Push("A1");
  const Order order = PushReceiver(Shipped(Input("A1"), "SF1", kNoon + kDay), "王五");
  EXPECT_EQ(Of(order).size(), 1u);
  EXPECT_TRUE(Unknown().empty());
}

TEST_F(AddressChanges, ThatNobodyKnewOfWhenItWasShippedStayUnknown) {
  const Order order = Change(Push("A1"), "c1");
  OrderInput shipped = Shipped(Input("A1"), "SF1", kNoon + kDay);
  house_.Push(shipped, "shipped");
  ASSERT_EQ(Unknown().size(), 1u);
  EXPECT_EQ(Unknown()[0].order, order.id);
}

TEST_F(AddressChanges, ArePagedNewestFirstKnownAndUnknown) {
  std::vector<Order> orders;
  for (int i = 0; i < 6; ++i) {
    const std::string number = "A" + std::to_string(i);
    orders.push_back(Change(Push(number), "c" + number));
    if (i % 2 == 0) house_.clock.Advance(kSecond);
  }
  Acknowledge(orders[2], 1, "ack");
  for (const bool unknown_only : {false, true}) {
    AddressChangeQuery query{.shop = kShop, .unknown_only = unknown_only, .limit = 2};
    std::vector<OrderId> listed;
    for (auto page = List(query); !page.empty(); page = List(query)) {
      for (const AddressChange& change : page) listed.push_back(change.order);
      query.after = ChangeKey{page.back().at, page.back().order.value, page.back().number};
    }
    EXPECT_EQ(listed.size(), unknown_only ? 5u : 6u);
    EXPECT_EQ(listed.front(), orders.back().id);
    EXPECT_EQ(std::set<OrderId>(listed.begin(), listed.end()).size(), listed.size());
  }
  EXPECT_TRUE(List({.shop = kOtherShop, .limit = 100}).empty());
}

// Whatever the order of changes and acknowledgements, what is unknown is what came after the last
// version that was acknowledged.
TEST_F(AddressChanges, AreNotLostToAnAcknowledgementAtTheSameTime) {
  const Order order = Change(Push("A1"), "c0");
  std::thread changes([&] {
    for (int i = 1; i <= 8; ++i) Change(order, "c" + std::to_string(i));
  });
  std::uint32_t acknowledged = 0;
  for (int i = 0; i < 8; ++i) {
    acknowledged = house_.Stored("A1").receiver_version;
    Acknowledge(order, acknowledged, "ack" + std::to_string(i));
  }
  changes.join();
  EXPECT_EQ(Of(order).size(), 9u);
  for (const AddressChange& change : Of(order)) {
    EXPECT_EQ(change.acknowledged_at != 0, change.receiver_version <= acknowledged)
        << change.receiver_version;
  }
  house_.ExpectHistoryIsWhole();
}

}  // namespace
}  // namespace redress::order
