#include "tests/integration/order/order_house.h"

#include <gtest/gtest.h>

#include <set>
#include <stdexcept>

#include "services/order/migrations/migrations.gen.h"
#include "services/platform/base/errors.h"
#include "services/platform/database/transact.h"
#include "services/platform/events/outbox.h"
#include "services/platform/migrations/migrations.gen.h"
#include "tests/support/private_maria_db.h"

namespace redress::order {
namespace {

using platform::Connection;
using platform::Refusal;
using platform::Result;

// A client repeats what was UNAVAILABLE, with the same request_id.
template <class Call>
auto Repeating(Call call) {
  constexpr int kPatience = 50;
  for (int attempt = 1;; ++attempt) {
    try {
      return call();
    } catch (const Refusal& refusal) {
      if (refusal.code() != platform::Code::kUnavailable || attempt == kPatience) throw;
    }
  }
}

platform::DatabaseConfig MigratedSchema() {
  platform::DatabaseConfig config = test::PrivateMariaDb::Instance().CreateSchema("orders");
  platform::Pool pool(config);
  platform::Migrate(pool, platform::PlatformMigrations());
  platform::Migrate(pool, OrderMigrations());
  return config;
}

void ExpectTells(const redress::events::v1::OrderFacts& facts, const Order& order) {
  EXPECT_EQ(facts.order_version(), order.version);
  EXPECT_EQ(facts.customer_id(), order.customer.value);
  EXPECT_EQ(facts.status(), StatusName(order.status));
  EXPECT_EQ(facts.paid_at_us(), order.paid_at);
  ASSERT_EQ(facts.lines_size(), static_cast<int>(order.lines.size()));
  for (int i = 0; i < facts.lines_size(); ++i) {
    const Line& line = order.lines[static_cast<std::size_t>(i)];
    EXPECT_EQ(facts.lines(i).line_id(), line.id.value);
    EXPECT_EQ(facts.lines(i).paid_minor(), line.removed ? 0 : line.paid_minor);
    EXPECT_EQ(facts.lines(i).refund_ceiling_minor(), line.RefundCeiling());
  }
}

}  // namespace

std::vector<CustomerId> KnownCustomers::Ensure(ShopId shop, const std::string& platform,
                                               std::span<const Buyer> buyers, Deadline) {
  const std::lock_guard lock(mutex_);
  ++calls_;
  std::vector<CustomerId> ids;
  for (const Buyer& buyer : buyers) {
    told_[buyer.nick] = buyer;
    const std::string key = std::to_string(shop.value) + "/" + platform + "/" + buyer.nick;
    ids.push_back(known_.try_emplace(key, CustomerId{known_.size() + 1}).first->second);
  }
  return ids;
}

std::vector<CustomerId> KnownCustomers::Find(ShopId shop, const std::string& platform,
                                             std::span<const std::string> nicks, Deadline) {
  const std::lock_guard lock(mutex_);
  std::vector<CustomerId> ids;
  for (const std::string& nick : nicks) {
    const auto known = known_.find(std::to_string(shop.value) + "/" + platform + "/" + nick);
    ids.push_back(known == known_.end() ? CustomerId() : known->second);
  }
  return ids;
}

Buyer KnownCustomers::Told(const std::string& nick) const {
  const std::lock_guard lock(mutex_);
  return told_.at(nick);
}

int KnownCustomers::calls() const {
  const std::lock_guard lock(mutex_);
  return calls_;
}

OrderHouse::OrderHouse(platform::FaultPlan* faults)
    : config(MigratedSchema()),
      pool(config, faults),
      plain(config),
      master(platform::SecretKey::Random()),
      keys(plain, clock),
      sealer(keys, master),
      ids(clock, 1),
      events(ids, clock),
      store(pool, sealer, events, clock),
      intake(store, customers, ids, clock),
      reading(store) {}

Order OrderHouse::Push(const OrderInput& input, const std::string& request_id, ShopId shop) {
  const platform::Digest digest = platform::Sha256(request_id + input.number);
  const std::string id = Repeating([&] {
    return intake.Push(shop, {request_id, digest, input}, Soon(),
                       [](const Order& order) { return platform::ToString(order.id); });
  });
  return *store.Find(shop, platform::ParseId<OrderId>(id, "order"));
}

ImportReport OrderHouse::Import(const std::vector<OrderInput>& orders,
                                const std::vector<AdjustmentInput>& adjustments, ShopId shop) {
  const std::vector<OrderItem> order_items(orders.begin(), orders.end());
  const std::vector<AdjustmentItem> adjustment_items(adjustments.begin(), adjustments.end());
  return Repeating([&] { return intake.Import(shop, order_items, adjustment_items, Soon()); });
}

ImportReport OrderHouse::Foresee(const std::vector<OrderInput>& orders,
                                 const std::vector<AdjustmentInput>& adjustments) {
  const std::vector<OrderItem> order_items(orders.begin(), orders.end());
  const std::vector<AdjustmentItem> adjustment_items(adjustments.begin(), adjustments.end());
  return Repeating(
      [&] { return intake.Import(kShop, order_items, adjustment_items, Soon(), true); });
}

Order OrderHouse::Stored(const std::string& number, ShopId shop) {
  return reading.GetByNumber(shop, {"direct", number}).order;
}

std::vector<redress::events::v1::Event> OrderHouse::EventsOf(std::uint64_t aggregate, ShopId shop) {
  platform::EventsTableSource source;
  return platform::Read(plain, [&](Connection& connection) {
    return source.ReadPage(connection, {.shop = shop, .aggregate_id = aggregate, .limit = 10'000});
  });
}

void OrderHouse::ExpectHistoryIsWhole(ShopId shop) {
  std::multiset<platform::EventRef> appended;
  std::size_t orders = 0;
  std::optional<ListKey> after;
  do {
    const Page<OrderView> page = reading.List(shop, {}, after, 200);
    for (const OrderView& view : page.items) {
      ++orders;
      const auto events = EventsOf(view.order.id.value, shop);
      ASSERT_EQ(events.size(), view.order.version) << view.order.number;
      for (std::size_t i = 0; i < events.size(); ++i) {
        EXPECT_EQ(events[i].sequence(), i + 1);
        appended.insert({shop, events[i].aggregate_id(), events[i].sequence()});
      }
      ExpectTells(events.back().has_order_paid() ? events.back().order_paid().order()
                                                 : events.back().order_changed().order(),
                  view.order);
    }
    after = page.next;
  } while (after);
  Result rows =
      plain.Acquire()->Query("SELECT adjustment_id FROM adjustments WHERE shop_id = ?", {shop});
  while (rows.Next()) {
    const auto events = EventsOf(rows.Uint64(0), shop);
    ASSERT_EQ(events.size(), 1u);
    EXPECT_TRUE(events[0].has_order_adjusted());
    appended.insert({shop, events[0].aggregate_id(), 1});
  }
  EXPECT_EQ(Count("SELECT COUNT(1) FROM events WHERE shop_id = " + platform::ToString(shop)),
            static_cast<std::int64_t>(appended.size()));
  std::multiset<platform::EventRef> listed;
  Result outbox = plain.Acquire()->Query("SELECT refs FROM outbox");
  while (outbox.Next()) {
    for (const platform::EventRef& ref : platform::UnpackRefs(outbox.String(0))) {
      if (ref.shop == shop) listed.insert(ref);
    }
  }
  EXPECT_EQ(listed, appended);
  EXPECT_EQ(Count("SELECT COUNT(1) FROM orders WHERE shop_id = " + platform::ToString(shop)),
            static_cast<std::int64_t>(orders));
}

std::int64_t OrderHouse::Count(const std::string& sql) {
  Result rows = plain.Acquire()->Query(sql);
  if (!rows.Next()) throw std::logic_error("no row: " + sql);
  return rows.Int64(0);
}

LineInput MakeLine(std::string number, std::int32_t quantity, std::string price) {
  LineInput line;
  line.number = std::move(number);
  line.sku = "SKU-" + line.number;
  line.title = "Lantern " + line.number;
  line.quantity = quantity;
  line.unit_price = std::move(price);
  return line;
}

OrderInput PaidOrder(std::string number, std::vector<LineInput> lines, std::string nick) {
  OrderInput input;
  input.platform = "direct";
  input.number = std::move(number);
  input.buyer_nick = std::move(nick);
  input.status = OrderStatus::kTradeFinished;
  input.currency = "GBP";
  input.order_at = kNoon;
  input.paid_at = kNoon + 60 * kSecond;
  input.source_at = kNoon + 60 * kSecond;
  input.lines = std::move(lines);
  return input;
}

AdjustmentInput RefundOf(std::string number, std::string nick, const LineInput& line,
                         std::int32_t quantity, std::int64_t adjust_at) {
  AdjustmentInput input;
  input.platform = "direct";
  input.number = std::move(number);
  input.buyer_nick = std::move(nick);
  input.sku = line.sku;
  input.quantity = quantity;
  input.unit_price = line.unit_price;
  input.currency = "GBP";
  input.adjust_at = adjust_at;
  return input;
}

Deadline Soon() { return std::chrono::steady_clock::now() + std::chrono::seconds(60); }

}  // namespace redress::order
