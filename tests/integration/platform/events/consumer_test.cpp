#include "services/platform/events/consumer.h"

#include <gtest/gtest.h>
#include <nats/nats.h>

#include <atomic>
#include <functional>
#include <random>
#include <stdexcept>

#include "services/platform/base/errors.h"
#include "services/platform/database/transact.h"
#include "services/platform/events/events_api.h"
#include "services/platform/events/jetstream.h"
#include "tests/integration/platform/events/house_of_events.h"
#include "tests/integration/platform/server/guarded_server.h"
#include "tests/support/wait_for.h"

namespace redress::test {
namespace {

using platform::Connection;
using platform::Consumer;
using platform::ConsumerOptions;
using platform::NatsConnection;
using platform::Relay;
using platform::ShopId;
using redress::events::v1::Event;
namespace jetstream = platform::jetstream;

// A source with its EventsService, a bus, and a consumer of both.
class House {
 public:
  House() : api(server.guard(), *service.pool, service.source) { server.Start({&api}); }

  ConsumerOptions Options() {
    ConsumerOptions options;
    options.durable = "scoring";
    options.sources = {{"order", server.Channel("scoring")}};
    options.reconcile_every_us = 200'000;
    options.gap_check_every_us = 100'000;
    options.gap_age_us = 0;
    options.not_yet_delay_us = 50'000;
    return options;
  }

  std::unique_ptr<Consumer> Consume(ConsumerOptions options,
                                    platform::EventHandler handler = nullptr) {
    if (!handler) handler = [this](std::span<const Event> events) { remembered.Take(events); };
    auto consumer = std::make_unique<Consumer>(*consumer_pool, nats, service.clock, remembered,
                                               std::move(options), std::move(handler));
    consumer->Start();
    return consumer;
  }

  std::unique_ptr<Relay> StartRelay() {
    auto relay = std::make_unique<Relay>(*service.pool, service.source, nats, service.clock,
                                         service.RelayOptions());
    relay->Start();
    return relay;
  }

  // As if the relay had published it: an event that the history need not have.
  void Publish(Event event) {
    const auto context = jetstream::OpenContext(nats);
    const std::string bytes = event.SerializeAsString();
    const std::string subject = jetstream::SubjectOf("order", ShopId{event.shop_id()});
    ASSERT_EQ(js_Publish(nullptr, context.get(), subject.c_str(), bytes.data(),
                         static_cast<int>(bytes.size()), nullptr, nullptr),
              NATS_OK);
  }
  void MakeStream() {
    ASSERT_TRUE(WaitFor([&] { return nats.Connected(); }));
    const auto context = jetstream::OpenContext(nats);
    jetstream::EnsureStream(context.get(), "order", {1 << 20, 3'600'000'000, 120'000'000});
  }

  PrivateNats bus;
  NatsConnection nats{{.url = bus.url(), .name = "test", .user = "", .password_file = ""}};
  SourceService service;
  std::unique_ptr<platform::Pool> consumer_pool = NewSchema("consumer");
  RememberedEvents remembered;
  GuardedServer server;
  platform::EventsApi api;
};

Event WireEvent(std::uint32_t shop, std::uint64_t order, std::uint32_t sequence) {
  Event event = OrderEvent(shop, order, sequence).payload;
  event.set_shop_id(shop);
  event.set_aggregate_id(order);
  event.set_sequence(sequence);
  event.set_schema_version(1);
  return event;
}

TEST(Consumer, GetsEveryEventThroughTheBus) {
  House house;
  auto relay = house.StartRelay();
  auto options = house.Options();
  options.reconcile_every_us = 3'600'000'000;  // only at the start
  auto consumer = house.Consume(options);
  ASSERT_TRUE(WaitFor([&] {
    return platform::Read(*house.consumer_pool, [](Connection& connection) {
      return connection.Query("SELECT source FROM event_reconciliations").Next();
    });
  }));
  for (std::uint64_t order = 1; order <= 30; ++order) {
    house.service.Append({OrderEvent(1, order, 1), OrderEvent(1, order, 2)});
  }
  EXPECT_TRUE(WaitFor([&] { return house.remembered.Count() == 60; }));
}

TEST(Consumer, GetsWhatTheBusNeverCarried) {
  House house;  // without a relay
  house.MakeStream();
  house.service.Append({OrderEvent(1, 1, 1), OrderEvent(2, 2, 1)});
  auto consumer = house.Consume(house.Options());
  ASSERT_TRUE(WaitFor([&] { return house.remembered.Count() == 2; }));
  // A lost last event leaves no gap: only the heads tell.
  house.service.Append({OrderEvent(1, 1, 2)});
  EXPECT_TRUE(WaitFor([&] { return house.remembered.Count() == 3; }));
  EXPECT_GE(consumer->Filled(), 3u);
}

TEST(Consumer, WorksFromTheHistoryWhileTheBusIsDown) {
  House house;
  house.bus.Kill();
  house.service.Append({OrderEvent(1, 1, 1)});
  auto consumer = house.Consume(house.Options());
  EXPECT_TRUE(WaitFor([&] { return house.remembered.Count() == 1; }));
  house.bus.Start();
  auto relay = house.StartRelay();
  house.service.Append({OrderEvent(1, 1, 2)});
  EXPECT_TRUE(WaitFor([&] { return house.remembered.Count() == 2; }));
}

TEST(Consumer, FillsAGapFromTheHistory) {
  House house;
  house.MakeStream();
  auto options = house.Options();
  options.reconcile_every_us = 3'600'000'000;
  auto consumer = house.Consume(options);
  ASSERT_TRUE(WaitFor([&] {
    return platform::Read(*house.consumer_pool, [](Connection& connection) {
      return connection.Query("SELECT source FROM event_reconciliations").Next();
    });
  }));
  house.service.Append({OrderEvent(1, 1, 1), OrderEvent(1, 1, 2), OrderEvent(1, 1, 3)});
  house.Publish(WireEvent(1, 1, 3));
  EXPECT_TRUE(WaitFor([&] { return house.remembered.Count() == 3; }));
}

// Waits for the first reconciliation: those behind it compare heads.
void AwaitReconciliation(House& house) {
  ASSERT_TRUE(WaitFor([&] {
    return platform::Read(*house.consumer_pool, [](Connection& connection) {
      return connection.Query("SELECT source FROM event_reconciliations").Next();
    });
  }));
}

TEST(Consumer, ReadsManyLostEventsTogether) {
  House house;  // without a relay
  house.MakeStream();
  auto consumer = house.Consume(house.Options());
  AwaitReconciliation(house);
  for (std::uint64_t order = 1; order <= 1500; ++order) {
    house.service.Append({OrderEvent(1, order, 1), OrderEvent(1, order, 2)});
  }
  EXPECT_TRUE(WaitFor([&] { return house.remembered.Count() == 3000; }, std::chrono::seconds(60)));
  EXPECT_GE(consumer->Filled(), 3000u);
}

TEST(Consumer, ALongQueueInTheStreamIsNotReadFromTheHistory) {
  constexpr std::uint64_t kEvents = 1000;
  House house;
  auto relay = house.StartRelay();
  house.MakeStream();
  auto options = house.Options();
  options.max_batch = 4;
  auto consumer = house.Consume(options);
  AwaitReconciliation(house);
  consumer->Pause();
  for (std::uint64_t order = 1; order <= kEvents; ++order) {
    house.service.Append({OrderEvent(1, order, 1)});
  }
  ASSERT_TRUE(WaitFor([&] { return relay->Published() == kEvents; }, std::chrono::seconds(60)));
  consumer->Resume();
  EXPECT_TRUE(
      WaitFor([&] { return house.remembered.Count() == kEvents; }, std::chrono::seconds(60)));
  // The round that was under way at the pause may have met the first of them.
  EXPECT_LE(consumer->Filled(), 10u);
}

TEST(Consumer, RepeatsAndDisorderAreDeliveredAsTheyAre) {
  House house;
  house.MakeStream();
  std::vector<Event> events;
  for (std::uint64_t order = 1; order <= 10; ++order) {
    for (std::uint32_t sequence = 1; sequence <= 5; ++sequence) {
      events.push_back(WireEvent(1, order, sequence));
      events.push_back(WireEvent(1, order, sequence));
    }
  }
  std::shuffle(events.begin(), events.end(), std::mt19937(7));
  for (const Event& event : events) house.Publish(event);
  auto consumer = house.Consume(house.Options());
  EXPECT_TRUE(WaitFor([&] { return house.remembered.Deliveries() >= 100; }));
  EXPECT_EQ(house.remembered.Count(), 50u);
}

TEST(Consumer, LosesNothingWhenTheStoreIsWiped) {
  House house;
  auto relay = house.StartRelay();
  std::vector<platform::NewEvent> events;
  auto consumer = house.Consume(house.Options());
  for (std::uint64_t order = 1; order <= 50; ++order)
    house.service.Append({OrderEvent(1, order, 1)});
  consumer->Pause();
  for (std::uint64_t order = 1; order <= 50; ++order)
    house.service.Append({OrderEvent(1, order, 2)});
  ASSERT_TRUE(WaitFor([&] { return house.service.OutboxRows() == 0; }));
  house.bus.Wipe();
  house.bus.Start();
  consumer->Resume();
  EXPECT_TRUE(WaitFor([&] { return house.remembered.Count() == 100; }));
  house.service.Append({OrderEvent(1, 1, 3)});
  EXPECT_TRUE(WaitFor([&] { return house.remembered.Count() == 101; }));
}

TEST(Consumer, ComesAgainAfterTheHandlerFailed) {
  House house;
  auto relay = house.StartRelay();
  std::atomic<int> failures = 3;
  auto consumer = house.Consume(house.Options(), [&](std::span<const Event> events) {
    if (failures-- > 0) throw std::runtime_error("the database was away");
    house.remembered.Take(events);
  });
  house.service.Append({OrderEvent(1, 1, 1), OrderEvent(1, 2, 1)});
  EXPECT_TRUE(WaitFor([&] { return house.remembered.Count() == 2; }));
}

// A handler that cannot take the events of one aggregate.
class Poisoned {
 public:
  Poisoned(RememberedEvents& remembered, std::uint64_t aggregate)
      : remembered_(remembered), aggregate_(aggregate) {}

  void operator()(std::span<const Event> events) {
    for (const Event& event : events) {
      if (event.aggregate_id() != aggregate_ || healed) continue;
      ++refusals;
      throw std::runtime_error("its sum does not fit");
    }
    remembered_.Take(events);
  }

  std::atomic<bool> healed = false;
  std::atomic<int> refusals = 0;

 private:
  RememberedEvents& remembered_;
  const std::uint64_t aggregate_;
};

// Whether every message of the stream was acknowledged.
bool NothingWaits(NatsConnection& nats) {
  const auto context = jetstream::OpenContext(nats);
  jsConsumerInfo* info = nullptr;
  if (js_GetConsumerInfo(&info, context.get(), "REDRESS_ORDER", "scoring", nullptr, nullptr) !=
      NATS_OK) {
    return false;
  }
  const bool none = info->NumAckPending == 0 && info->NumPending == 0;
  jsConsumerInfo_Destroy(info);
  return none;
}

TEST(Consumer, EventThatCannotBeTakenFailsAlone) {
  House house;
  auto relay = house.StartRelay();
  Poisoned handler(house.remembered, 22);
  std::atomic<double> set_aside = 0;
  auto options = house.Options();
  options.report = [&](std::string_view gauge, double value) {
    if (gauge == "consumer_set_aside:order") set_aside = value;
  };
  auto consumer = house.Consume(options, std::ref(handler));
  consumer->Pause();
  house.service.Append({OrderEvent(1, 11, 1), OrderEvent(2, 21, 1), OrderEvent(2, 22, 1),
                        OrderEvent(2, 23, 1), OrderEvent(3, 31, 1)});
  ASSERT_TRUE(WaitFor([&] { return house.service.OutboxRows() == 0; }));
  consumer->Resume();
  EXPECT_TRUE(WaitFor([&] { return house.remembered.Count() == 4; }));
  EXPECT_EQ(house.remembered.PerAggregate().count(22), 0u);
  EXPECT_TRUE(WaitFor([&] { return set_aside == 1; }));
  EXPECT_TRUE(WaitFor([&] { return NothingWaits(house.nats); }));
  // What comes later for the same aggregate waits behind it, and keeps nobody waiting.
  house.service.Append({OrderEvent(2, 22, 2), OrderEvent(3, 32, 1)});
  EXPECT_TRUE(WaitFor([&] { return house.remembered.Count() == 5; }));
  EXPECT_TRUE(WaitFor([&] { return NothingWaits(house.nats); }));
}

TEST(Consumer, ReconciliationGoesOnPastAnEventThatCannotBeTaken) {
  House house;  // without a relay: everything comes from the history
  house.MakeStream();
  house.service.Append({OrderEvent(1, 11, 1), OrderEvent(1, 12, 1), OrderEvent(2, 21, 1)});
  Poisoned handler(house.remembered, 11);
  auto consumer = house.Consume(house.Options(), std::ref(handler));
  EXPECT_TRUE(WaitFor([&] { return house.remembered.Count() == 2; }));
  EXPECT_TRUE(WaitFor([&] {
    return platform::Read(*house.consumer_pool, [](Connection& connection) {
      return connection.Query("SELECT source FROM event_reconciliations").Next();
    });
  })) << "the rest is recorded";
  house.service.Append({OrderEvent(1, 11, 2), OrderEvent(1, 12, 2), OrderEvent(3, 31, 1)});
  EXPECT_TRUE(WaitFor([&] { return house.remembered.Count() == 4; }));
}

TEST(Consumer, WhatWasSetAsideComesOnceItCanBeTakenEvenAfterARestart) {
  House house;
  auto relay = house.StartRelay();
  Poisoned handler(house.remembered, 22);
  auto consumer = house.Consume(house.Options(), std::ref(handler));
  house.service.Append({OrderEvent(2, 22, 1), OrderEvent(2, 22, 2), OrderEvent(3, 31, 1)});
  ASSERT_TRUE(WaitFor([&] { return house.remembered.Count() == 1; }));
  ASSERT_TRUE(WaitFor([&] { return NothingWaits(house.nats); }));
  consumer->Stop();
  handler.healed = true;
  auto options = house.Options();
  // A reconciliation would not see it any more: only the list of what is set aside has it.
  options.reconcile_overlap_us = -3'600'000'000;
  auto again = house.Consume(options, std::ref(handler));
  EXPECT_TRUE(WaitFor([&] { return house.remembered.Count() == 3; }));
  EXPECT_TRUE(WaitFor([&] {
    return platform::Read(*house.consumer_pool, [](Connection& connection) {
      return !connection.Query("SELECT shop_id FROM set_aside_aggregates").Next();
    });
  }));
}

TEST(Consumer, NothingIsSetAsideWhileSomethingElseIsAway) {
  House house;
  auto relay = house.StartRelay();
  std::atomic<int> failures = 5;
  auto consumer = house.Consume(house.Options(), [&](std::span<const Event> events) {
    if (failures-- > 0) throw platform::Unavailable("DATABASE_AWAY", "Try again.");
    house.remembered.Take(events);
  });
  house.service.Append({OrderEvent(1, 1, 1), OrderEvent(1, 2, 1)});
  EXPECT_TRUE(WaitFor([&] {
    EXPECT_FALSE(platform::Read(*house.consumer_pool, [](Connection& connection) {
      return connection.Query("SELECT shop_id FROM set_aside_aggregates").Next();
    }));
    return house.remembered.Count() == 2;
  }));
}

TEST(Consumer, KeepsTheEventsOfAShopThatCannotBeTakenYet) {
  House house;
  auto relay = house.StartRelay();
  std::atomic<bool> known = false;
  auto consumer = house.Consume(house.Options(), [&](std::span<const Event> events) {
    for (const Event& event : events) {
      if (event.shop_id() == 2 && !known) throw platform::NotYet({ShopId{2}}, "zone unknown");
    }
    house.remembered.Take(events);
  });
  house.service.Append({OrderEvent(1, 1, 1), OrderEvent(2, 2, 1), OrderEvent(3, 3, 1)});
  ASSERT_TRUE(WaitFor([&] { return house.remembered.Count() == 2; }));
  EXPECT_EQ(house.remembered.PerAggregate().count(2), 0u);
  known = true;
  EXPECT_TRUE(WaitFor([&] { return house.remembered.Count() == 3; }));
}

TEST(Consumer, StopsAtASchemaVersionThatItDoesNotKnow) {
  House house;
  house.MakeStream();
  Event event = WireEvent(1, 1, 1);
  event.set_schema_version(2);
  house.Publish(event);
  house.Publish(WireEvent(1, 2, 1));
  auto consumer = house.Consume(house.Options());
  ASSERT_TRUE(WaitFor([&] { return !consumer->StoppedBecause("order").empty(); }));
  EXPECT_NE(consumer->StoppedBecause("order").find("schema version 2"), std::string::npos);
  EXPECT_EQ(house.remembered.Count(), 0u);
  // A newer program takes everything that was held back.
  consumer->Stop();
  auto options = house.Options();
  options.newest_schema_version = 2;
  options.redeliver_after_us = 1'000'000;
  auto newer = house.Consume(options);
  EXPECT_TRUE(WaitFor([&] { return house.remembered.Count() == 2; }, std::chrono::seconds(60)));
}

TEST(Consumer, GoesOnWhereItStoppedAfterARestart) {
  House house;
  auto relay = house.StartRelay();
  auto consumer = house.Consume(house.Options());
  house.service.Append({OrderEvent(1, 1, 1)});
  ASSERT_TRUE(WaitFor([&] { return house.remembered.Count() == 1; }));
  consumer->Stop();
  house.service.Append({OrderEvent(1, 1, 2)});
  ASSERT_TRUE(WaitFor([&] { return house.service.OutboxRows() == 0; }));
  auto again = house.Consume(house.Options());
  EXPECT_TRUE(WaitFor([&] { return house.remembered.Count() == 2; }));
}

}  // namespace
}  // namespace redress::test
