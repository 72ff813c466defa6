// The way of an event: from the transaction that made it, over relay and bus, into figures; and
// what becomes of it when parts of the way fail.

#include <gtest/gtest.h>

#include <limits>
#include <random>

#include "services/platform/database/transact.h"
#include "services/platform/events/consumer.h"
#include "services/platform/events/event_log.h"
#include "services/platform/events/events_api.h"
#include "services/platform/events/relay.h"
#include "services/platform/migrations/migrations.gen.h"
#include "services/scoring/api/directory_calendar.h"
#include "services/scoring/api/event_intake.h"
#include "services/scoring/api/source_history.h"
#include "services/scoring/store/consumer_memory.h"
#include "services/scoring/store/database_archive.h"
#include "services/scoring/store/database_fact_book.h"
#include "tests/integration/platform/server/guarded_server.h"
#include "tests/integration/scoring/scoring_schema.h"
#include "tests/support/figure.h"
#include "tests/support/private_maria_db.h"
#include "tests/support/private_nats.h"
#include "tests/support/wait_for.h"
#include "tests/unit/scoring/random_histories.h"

namespace redress::scoring {
namespace {

using platform::Connection;
using platform::NewEvent;
using redress::test::GuardedServer;
using redress::test::WaitFor;

constexpr ShopId kShop{1};

// A fact as the event that brings it.
NewEvent EventOf(const Fact& fact) {
  NewEvent event{fact.aggregate.shop, fact.aggregate.id, fact.sequence, fact.occurred_at_us, {}};
  if (const auto* order = std::get_if<OrderFact>(&fact.what)) {
    auto& out = *event.payload.mutable_order_changed()->mutable_order();
    out.set_order_version(order->version);
    out.set_currency_code(order->currency);
    out.set_status(order->status);
    out.set_paid_at_us(order->paid_at_us);
    out.add_lines()->set_paid_minor(order->paid_minor - 7);
    out.add_lines()->set_paid_minor(7);
  } else if (const auto* adjustment = std::get_if<AdjustmentFact>(&fact.what)) {
    auto& out = *event.payload.mutable_order_adjusted();
    out.set_kind(adjustment->is_refund ? redress::events::v1::ADJUSTMENT_KIND_REFUND
                                       : redress::events::v1::ADJUSTMENT_KIND_CORRECTION);
    out.set_order_id(adjustment->order.value);
    out.set_currency_code(adjustment->currency);
    out.set_amount_minor(adjustment->amount_minor);
    out.set_order_paid_at_us(adjustment->order_paid_at_us);
  } else {
    const auto& step = std::get<CaseFact>(fact.what);
    auto& out = *event.payload.mutable_case_step_applied();
    out.set_kind(step.kind);
    out.set_event(step.event);
    out.set_to_state(step.to_state);
    out.set_final(step.is_final);
    out.set_actor_kind(step.actor_kind);
    out.set_assignee_id(step.assignee.value);
    out.set_order_id(step.order.value);
    out.set_currency_code(step.currency);
    out.set_opened_at_us(step.opened_at_us);
    out.set_order_paid_at_us(step.order_paid_at_us);
    out.set_outcome(step.outcome);
    out.set_settled_minor(step.settled_minor);
  }
  return event;
}

// A service that owns a history: log, EventsService behind a guard, relay.
class Owner {
 public:
  Owner(const std::string& name, platform::NatsConnection& nats) {
    platform::RelayOptions options;
    options.service = name;
    relay = std::make_unique<platform::Relay>(*pool, source, nats, clock, options);
    server.Start({&api});
    relay->Start();
  }

  void Append(const std::vector<NewEvent>& events) {
    platform::Transact(*pool, [&](Connection& connection) {
      auto known = connection.Query(
          "SELECT sequence FROM events WHERE shop_id = ? AND aggregate_id = ? AND sequence = ?"
          " FOR UPDATE",
          {events[0].shop, events[0].aggregate_id, events[0].sequence});
      if (!known.Next()) log.Append(connection, events);
    });
  }

  static std::unique_ptr<platform::Pool> NewPool() {
    auto made = std::make_unique<platform::Pool>(
        redress::test::PrivateMariaDb::Instance().CreateSchema("owner"),
        redress::test::InjectedFaults());
    platform::Migrate(*made, platform::PlatformMigrations());
    return made;
  }

  platform::SystemClock clock;
  platform::TimeOrderedIds ids{clock, 3};
  std::unique_ptr<platform::Pool> pool = NewPool();
  platform::EventLog log{ids, clock};
  platform::EventsTableSource source;
  GuardedServer server;
  platform::EventsApi api{server.guard(), *pool, source};
  std::unique_ptr<platform::Relay> relay;
};

class Path : public testing::Test {
 protected:
  void StartScoring() {
    platform::ConsumerOptions options;
    options.durable = "scoring";
    options.sources = {{"order", order_.server.Channel("scoring")},
                       {"aftersales", aftersales_.server.Channel("scoring")}};
    options.reconcile_every_us = 300'000;
    options.gap_check_every_us = 200'000;
    options.not_yet_delay_us = 100'000;
    consumer_ = std::make_unique<platform::Consumer>(*pool_, nats_, clock_, memory_, options,
                                                     EventIntake(intake_, calendar_));
    consumer_->Start();
  }

  void AddShop() { directory_.AddShop(kShop, "Asia/Shanghai"); }

  void Append(const Fact& fact) {
    (fact.aggregate.source == Source::kOrder ? order_ : aftersales_).Append({EventOf(fact)});
  }

  std::int64_t Facts() {
    return platform::Read(*pool_, [](Connection& connection) {
      auto row =
          connection.Query("SELECT CAST(COALESCE(SUM(fact_count), 0) AS SIGNED) FROM aggregates");
      row.Next();
      return row.Int64(0);
    });
  }

  RebuildReport Rebuilt() {
    SourceHistory history(order_.server.Channel("scoring"), aftersales_.server.Channel("scoring"));
    return Rebuild(history, archive_, intake_, calendar_).Run(kShop, {});
  }

  redress::test::PrivateNats bus_;
  platform::NatsConnection nats_{{.url = bus_.url(), .name = "test"}};
  Owner order_{"order", nats_};
  Owner aftersales_{"aftersales", nats_};

  std::unique_ptr<platform::Pool> pool_ = test::NewScoringSchema();
  platform::SystemClock clock_;
  GuardedServer directory_;
  DirectoryCalendar calendar_{directory_.directory()};
  DatabaseFactRepository repository_{*pool_};
  DatabaseArchive archive_{*pool_};
  Intake intake_{repository_, calendar_, clock_};
  ScoringMemory memory_{*pool_};
  std::unique_ptr<platform::Consumer> consumer_;
};

std::vector<Fact> OneShopsHistory(std::uint32_t seed) {
  std::mt19937 random(seed);
  return test::RandomHistory(random, {.shops = 1, .orders = 40, .adjustments = 10, .cases = 40});
}

TEST_F(Path, EventsBecomeFiguresThatEqualTheRebuild) {
  AddShop();
  StartScoring();
  const auto facts = OneShopsHistory(21);
  for (const Fact& fact : facts) Append(fact);
  ASSERT_TRUE(WaitFor([&] { return Facts() == static_cast<std::int64_t>(facts.size()); },
                      std::chrono::seconds(30)));
  EXPECT_EQ(test::StoredSums(*pool_, kShop), test::SumsByPlainSql(*pool_, kShop));
  const RebuildReport report = Rebuilt();
  EXPECT_EQ(report.mismatch_count, 0u);
  EXPECT_EQ(report.events, facts.size());
  EXPECT_GT(report.values, 100u);
}

TEST_F(Path, WipingTheBusChangesNoFigure) {
  AddShop();
  StartScoring();
  const auto facts = OneShopsHistory(22);
  for (std::size_t i = 0; i < facts.size(); ++i) {
    Append(facts[i]);
    if (i == facts.size() / 2) {
      bus_.Wipe();
      bus_.Start();
    }
  }
  ASSERT_TRUE(WaitFor([&] { return Facts() == static_cast<std::int64_t>(facts.size()); },
                      std::chrono::seconds(30)));
  const RebuildReport report = Rebuilt();
  EXPECT_EQ(report.mismatch_count, 0u);
  EXPECT_EQ(report.events, facts.size());
}

TEST_F(Path, EventsOfAShopWhoseZoneIsUnknownWait) {
  StartScoring();
  const auto facts = OneShopsHistory(23);
  for (const Fact& fact : facts) Append(fact);
  ASSERT_TRUE(WaitFor([&] { return order_.relay->Published() > 0; }));
  EXPECT_EQ(Facts(), 0);
  AddShop();
  ASSERT_TRUE(WaitFor([&] { return Facts() == static_cast<std::int64_t>(facts.size()); },
                      std::chrono::seconds(30)));
  EXPECT_EQ(Rebuilt().mismatch_count, 0u);
}

TEST_F(Path, AShopWhoseSumsDoNotFitKeepsNobodyElseWaiting) {
  const ShopId shops[] = {kShop, ShopId{2}, ShopId{3}};
  for (const ShopId shop : shops) directory_.AddShop(shop, "Asia/Shanghai");
  StartScoring();
  consumer_->Pause();
  const std::int64_t paid_at = clock_.NowUs();
  for (const ShopId shop : shops) {
    const std::int64_t paid = shop == ShopId{2} ? std::numeric_limits<std::int64_t>::max() : 1'000;
    for (std::uint64_t order = 1; order <= 3; ++order) {
      Append({{shop, Source::kOrder, shop.value * 10 + order},
              1,
              paid_at,
              OrderFact{1, "CNY", "WAIT_SELLER_SEND_GOODS", paid_at, paid}});
    }
  }
  ASSERT_TRUE(WaitFor([&] { return order_.relay->Published() == 9; }));
  consumer_->Resume();
  // Of the shop in the middle, one order fits by itself.
  EXPECT_TRUE(WaitFor([&] { return Facts() == 7; }, std::chrono::seconds(30)));
  for (const ShopId shop : shops) {
    const auto sums = test::StoredSums(*pool_, shop);
    EXPECT_FALSE(sums.empty());
    EXPECT_EQ(sums, test::SumsByPlainSql(*pool_, shop));
  }
  // Its neighbours go on.
  Append({{ShopId{3}, Source::kOrder, 34}, 1, paid_at, OrderFact{1, "CNY", "x", paid_at, 5}});
  EXPECT_TRUE(WaitFor([&] { return Facts() == 8; }));
}

TEST_F(Path, AFigureIsThereWithinASecondOfItsCommit) {
  AddShop();
  StartScoring();
  auto facts = OneShopsHistory(24);
  Append(facts[0]);
  ASSERT_TRUE(WaitFor([&] { return Facts() == 1; }));
  std::vector<double> delays;
  for (std::size_t i = 1; i < 30; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    Append(facts[i]);
    ASSERT_TRUE(WaitFor([&] { return Facts() == static_cast<std::int64_t>(i + 1); }));
    delays.push_back(
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin)
            .count());
  }
  std::sort(delays.begin(), delays.end());
  redress::test::Figure("figure_delay_median_ms", delays[delays.size() / 2], "ms");
  redress::test::Figure("figure_delay_longest_ms", delays.back(), "ms");
}

}  // namespace
}  // namespace redress::scoring
