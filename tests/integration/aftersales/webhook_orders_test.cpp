// Webhooks hear of changed receivers: once for each, whatever the bus brings, repeats or loses.

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <mutex>

#include "services/aftersales/store/webhook_order_intake.h"
#include "services/platform/json/json.h"
#include "tests/integration/aftersales/webhook_desk.h"

namespace redress::aftersales {
namespace {

using platform::kDayUs;
using platform::kMinuteUs;
using test::AnswerWith;
using test::Receiver;

constexpr OrderId kOrder{70};

// What the order service would answer.
class KeptHistory final : public OrderHistory {
 public:
  void Add(OrderId order, std::uint32_t receiver_version, std::int64_t at) {
    const std::lock_guard lock(mutex_);
    std::vector<OrderMoment>& moments = orders_[order];
    moments.push_back({.sequence = static_cast<std::uint32_t>(moments.size() + 1),
                       .receiver_version = receiver_version,
                       .platform = "taobao",
                       .order_number = "T70",
                       .status = "WAIT_SELLER_SEND_GOODS",
                       .at = at});
  }
  std::vector<OrderMoment> Read(ShopId, OrderId order, std::uint32_t from_sequence) override {
    const std::lock_guard lock(mutex_);
    ++reads;
    if (is_away) throw platform::Unavailable("ORDER_HISTORY_AWAY", "away");
    std::vector<OrderMoment> found = orders_[order];
    std::erase_if(found, [&](const OrderMoment& one) { return one.sequence < from_sequence; });
    return found;
  }
  // Of the newest event.
  OrderHead Head(OrderId order) {
    const std::lock_guard lock(mutex_);
    const OrderMoment& last = orders_[order].back();
    return {kShop, order, last.sequence, last.receiver_version};
  }

  bool is_away = false;
  int reads = 0;

 private:
  std::mutex mutex_;
  std::map<OrderId, std::vector<OrderMoment>> orders_;
};

class WebhookOrders : public WebhookTest {
 protected:
  // The order's next event.
  void Happens(std::uint32_t receiver_version, OrderId order = kOrder) {
    history_.Add(order, receiver_version, ground_.clock.NowUs());
  }
  void TakeIn(const OrderHead& head) { TakeIn(here_, taking_in_, head); }
  void TakeIn(WebhookDesk& desk, WebhookOrderIntake& intake, const OrderHead& head) {
    desk.Insist([&] { return intake.TakeIn({&head, 1}, ground_.clock.NowUs()); });
  }
  void TakeInNewest() { TakeIn(history_.Head(kOrder)); }
  Webhook Listen(std::vector<std::string> types = {"order.*"}) {
    return here_.Create("https://receiver.example/", std::move(types)).webhook;
  }
  std::vector<std::uint32_t> ToldTo(const Webhook& webhook) {
    std::vector<std::uint32_t> versions;
    for (const WebhookDelivery& one : here_.Deliveries(webhook)) {
      EXPECT_EQ(one.event_type, "order.receiver_changed");
      EXPECT_EQ(one.event.order, kOrder);
      versions.push_back(one.event.sequence);
    }
    std::ranges::sort(versions);
    return versions;
  }

  using Versions = std::vector<std::uint32_t>;
  KeptHistory history_;
  SqlWebhookOrderIntake taking_in_{ground_.pool, here_.house.ids, history_};
  SqlWebhookOrderIntake taking_in_there_{ground_.pool, there_.house.ids, history_};
};

TEST_F(WebhookOrders, AreToldOfAChangedReceiverWithoutWhoItIs) {
  const auto receiver = Start(AnswerWith("204 No Content"));
  const Webhook made = here_.Create(receiver->Url(), {"order.receiver_changed"}).webhook;
  Happens(0);
  TakeInNewest();
  Happens(1);
  TakeInNewest();
  here_.SendAll();
  ASSERT_FALSE(receiver->Requests().empty());
  EXPECT_TRUE(IsFaulty() || receiver->Requests().size() == 1u);
  const std::string body = receiver->Requests().at(0).body;
  const platform::JsonValue event = platform::ParseJson(body);
  EXPECT_EQ(event.Find("type")->text, "order.receiver_changed");
  EXPECT_EQ(event.Find("data")->Find("order_number")->text, "T70");
  EXPECT_EQ(event.Find("data")->Find("receiver_version")->text, "1");
  const WebhookDelivery sent = here_.Deliveries(made).at(0);
  EXPECT_EQ(sent.state, DeliveryState::kDelivered);
  EXPECT_FALSE(sent.IsTest());

  const WriteRequest request = here_.house.Request();
  here_.Insist(
      [&] { return here_.deliveries.Replay(kShop, sent.id, ground_.clock.NowUs(), request); });
  here_.SendAll();
  EXPECT_EQ(receiver->Requests().back().body, body) << "a replay says the same";
}

TEST_F(WebhookOrders, AreToldOnceHoweverOftenAndByWhomItIsTakenIn) {
  const Webhook made = Listen();
  const Webhook everything = Listen({"*"});
  const Webhook other = Listen({"refund.*"});
  for (const std::uint32_t version : {0, 1, 1, 2, 3, 3}) Happens(version);
  Together(8, [&](int i) {
    WebhookDesk& desk = i % 2 == 0 ? here_ : there_;
    SqlWebhookOrderIntake& intake = i % 2 == 0 ? taking_in_ : taking_in_there_;
    // Some hear of the first events first, some of the last.
    const std::vector<OrderHead> heads = {
        {kShop, kOrder, 1, 0}, {kShop, kOrder, 2, 1}, {kShop, kOrder, 4, 2}, {kShop, kOrder, 6, 3}};
    for (std::size_t each = 0; each < heads.size(); ++each) {
      TakeIn(desk, intake, heads[(each + static_cast<std::size_t>(i)) % heads.size()]);
    }
  });
  EXPECT_EQ(ToldTo(made), (Versions{1, 2, 3}));
  EXPECT_EQ(ToldTo(everything), (Versions{1, 2, 3}));
  EXPECT_EQ(ToldTo(other), Versions{});
}

TEST_F(WebhookOrders, AreToldOfThoseWhoseEventsTheBusLost) {
  const Webhook made = Listen();
  for (const std::uint32_t version : {0, 1, 2, 2}) Happens(version);
  TakeInNewest();
  EXPECT_EQ(ToldTo(made), (Versions{1, 2}));
  TakeIn({kShop, kOrder, 2, 1});
  EXPECT_EQ(ToldTo(made), (Versions{1, 2})) << "what comes late was told already";
}

TEST_F(WebhookOrders, HearOnlyOfWhatHappensAfterTheyAreMade) {
  Happens(0);
  Happens(1);
  ground_.clock.Advance(kMinuteUs);
  const Webhook made = Listen();
  Happens(1);
  TakeInNewest();
  EXPECT_EQ(ToldTo(made), Versions{});
  Happens(2);
  TakeInNewest();
  EXPECT_EQ(ToldTo(made), (Versions{2}));
}

TEST_F(WebhookOrders, WaitWhileTheHistoryCannotBeRead) {
  const Webhook made = Listen();
  Happens(0);
  Happens(1);
  history_.is_away = true;
  const OrderHead head = history_.Head(kOrder);
  EXPECT_THROW(taking_in_.TakeIn({&head, 1}, ground_.clock.NowUs()), platform::Refusal);
  EXPECT_EQ(ToldTo(made), Versions{});
  history_.is_away = false;
  TakeInNewest();
  EXPECT_EQ(ToldTo(made), (Versions{1}));
}

TEST_F(WebhookOrders, DoNotAskForTheHistoryOfOrdersThatKeepTheirReceiver) {
  Listen();
  for (int i = 0; i < 3; ++i) {
    Happens(0);
    TakeInNewest();
  }
  EXPECT_EQ(history_.reads, 0);
}

TEST_F(WebhookOrders, AreNotToldAgainWhenTheLogIsForgotten) {
  const Webhook made = Listen();
  Happens(0);
  Happens(1);
  TakeInNewest();
  const std::pair<ShopId, OrderId> asked[] = {{kShop, kOrder}, {ShopId{8}, kOrder}};
  const auto missing = here_.Insist([&] { return taking_in_.FirstMissing(asked); });
  EXPECT_EQ(missing.at(0), 3u);
  EXPECT_FALSE(missing.at(1).has_value()) << "a shop without webhooks needs nothing";
  ground_.quiet_pool.Acquire()->Execute("DELETE FROM webhook_deliveries WHERE shop_id = ?",
                                        {kShop});
  ground_.clock.Advance(40 * kDayUs);
  here_.Insist([&] { return here_.upkeep.Tidy({kDayUs, kDayUs}, ground_.clock.NowUs()); });
  EXPECT_EQ(ground_.Count("SELECT COUNT(shop_id) FROM webhook_order_intake"), 0);
  Happens(1);
  TakeInNewest();
  EXPECT_EQ(ToldTo(made), Versions{});
}

}  // namespace
}  // namespace redress::aftersales
