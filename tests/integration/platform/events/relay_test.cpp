#include "services/platform/events/relay.h"

#include <gtest/gtest.h>
#include <nats/nats.h>
#include <signal.h>
#include <sys/wait.h>

#include <atomic>
#include <fstream>
#include <map>
#include <set>

#include "services/platform/base/crash_point.h"
#include "services/platform/database/transact.h"
#include "services/platform/events/jetstream.h"
#include "tests/integration/platform/events/house_of_events.h"
#include "tests/support/figure.h"
#include "tests/support/private_maria_db.h"
#include "tests/support/wait_for.h"

namespace redress::test {
namespace {

using platform::NatsConnection;
using platform::Relay;
namespace jetstream = platform::jetstream;

struct Received {
  std::map<std::string, std::string> headers;
  std::string subject;
  redress::events::v1::Event event;
};

std::uint64_t MessagesIn(NatsConnection& nats, const std::string& stream) {
  const auto context = jetstream::OpenContext(nats);
  jsStreamInfo* info = nullptr;
  if (js_GetStreamInfo(&info, context.get(), stream.c_str(), nullptr, nullptr) != NATS_OK) return 0;
  const std::uint64_t messages = info->State.Msgs;
  jsStreamInfo_Destroy(info);
  return messages;
}

std::vector<Received> ReadStream(NatsConnection& nats, std::size_t expected) {
  const auto context = jetstream::OpenContext(nats);
  natsSubscription* raw = nullptr;
  EXPECT_EQ(js_SubscribeSync(&raw, context.get(), "redress.events.>", nullptr, nullptr, nullptr),
            NATS_OK);
  const jetstream::Subscription subscription(raw);
  std::vector<Received> received;
  natsMsg* message = nullptr;
  while (received.size() < expected && natsSubscription_NextMsg(&message, raw, 5'000) == NATS_OK) {
    const jetstream::Message owned(message);
    Received& one = received.emplace_back();
    one.subject = natsMsg_GetSubject(message);
    for (const char* name : {"Nats-Msg-Id", "ce-id", "ce-source", "ce-type", "ce-time",
                             "ce-specversion", "ce-subject", "content-type"}) {
      const char* value = "";
      natsMsgHeader_Get(message, name, &value);
      one.headers[name] = value;
    }
    one.event.ParseFromArray(natsMsg_GetData(message), natsMsg_GetDataLength(message));
  }
  return received;
}

TEST(Relay, PublishesWithCloudEventsHeadersAndEmptiesTheOutbox) {
  PrivateNats bus;
  NatsConnection nats({.url = bus.url(), .name = "test"});
  SourceService service;
  service.Append({OrderEvent(7, 10, 1, 1'700'000'000'000'001), OrderEvent(7, 10, 2)});
  service.Append({OrderEvent(8, 11, 1)});
  Relay relay(*service.pool, service.source, nats, service.clock, service.RelayOptions());
  relay.Start();
  ASSERT_TRUE(WaitFor([&] { return service.OutboxRows() == 0; }));
  const auto received = ReadStream(nats, 3);
  ASSERT_EQ(received.size(), 3u);
  EXPECT_EQ(relay.Published(), 3u);
  std::map<std::string, Received> by_id;
  for (const Received& one : received) by_id[one.headers.at("ce-id")] = one;
  const Received& first = by_id.at("order-7-10-1");
  EXPECT_EQ(first.subject, "redress.events.order.7");
  EXPECT_EQ(first.headers.at("Nats-Msg-Id"), "order-7-10-1");
  EXPECT_EQ(first.headers.at("ce-specversion"), "1.0");
  EXPECT_EQ(first.headers.at("ce-source"), "/redress/order");
  EXPECT_EQ(first.headers.at("ce-type"), "redress.events.v1.OrderPaid");
  EXPECT_EQ(first.headers.at("ce-subject"), "10");
  EXPECT_EQ(first.headers.at("ce-time"), "2023-11-14T22:13:20.000001Z");
  EXPECT_EQ(first.headers.at("content-type"), "application/protobuf");
  EXPECT_EQ(first.event.sequence(), 1u);
  EXPECT_EQ(first.event.order_paid().order().lines(0).paid_minor(), 1'001);
}

TEST(Relay, KeepsTheOutboxWhileTheBusIsDown) {
  PrivateNats bus;
  bus.Kill();
  NatsConnection nats({.url = bus.url(), .name = "test"});
  SourceService service;
  Relay relay(*service.pool, service.source, nats, service.clock, service.RelayOptions());
  relay.Start();
  service.Append({OrderEvent(1, 1, 1)});
  bus.Start();
  ASSERT_TRUE(WaitFor([&] { return service.OutboxRows() == 0; }));
  EXPECT_EQ(ReadStream(nats, 1).size(), 1u);

  bus.Kill();
  ASSERT_TRUE(WaitFor([&] { return !nats.Connected(); }));
  for (std::uint64_t order = 2; order < 40; ++order) service.Append({OrderEvent(1, order, 1)});
  EXPECT_EQ(service.OutboxRows(), 38);
  bus.Start();
  ASSERT_TRUE(WaitFor([&] { return service.OutboxRows() == 0; }));
  EXPECT_EQ(MessagesIn(nats, "REDRESS_ORDER"), 39u);
}

TEST(Relay, MakesTheStreamAgainWhenItsStoreWasWiped) {
  PrivateNats bus;
  NatsConnection nats({.url = bus.url(), .name = "test"});
  SourceService service;
  Relay relay(*service.pool, service.source, nats, service.clock, service.RelayOptions());
  relay.Start();
  service.Append({OrderEvent(1, 1, 1)});
  ASSERT_TRUE(WaitFor([&] { return service.OutboxRows() == 0; }));
  bus.Wipe();
  bus.Start();
  service.Append({OrderEvent(1, 1, 2)});
  ASSERT_TRUE(WaitFor([&] { return service.OutboxRows() == 0; }));
  EXPECT_EQ(ReadStream(nats, 1).front().event.sequence(), 2u);
}

TEST(Relay, LeavesOutWhatIsLargerThanTheBusTakes) {
  PrivateNats bus;  // takes 1 MiB
  NatsConnection nats({.url = bus.url(), .name = "test"});
  SourceService service;
  auto large = OrderEvent(1, 2, 1);
  for (int line = 0; line < 200'000; ++line) {
    large.payload.mutable_order_paid()->mutable_order()->add_lines()->set_paid_minor(line);
  }
  ASSERT_GT(large.payload.ByteSizeLong(), 1u << 20);
  // The oldest transaction in each shard comes first: it must not keep the later ones back.
  for (std::uint64_t order = 100; order < 164; ++order) {
    service.Append({OrderEvent(1, order, 1)});
    if (order == 100) service.Append({OrderEvent(1, 1, 1), large, OrderEvent(1, 3, 1)});
  }
  std::atomic<double> dropped = 0;
  auto options = service.RelayOptions();
  options.report = [&](std::string_view gauge, double value) {
    if (gauge == "relay_dropped_total") dropped = value;
  };
  Relay relay(*service.pool, service.source, nats, service.clock, options);
  relay.Start();
  EXPECT_TRUE(WaitFor([&] { return service.OutboxRows() == 0; }));
  EXPECT_EQ(MessagesIn(nats, "REDRESS_ORDER"), 66u);
  EXPECT_EQ(relay.Published(), 66u);
  EXPECT_TRUE(WaitFor([&] { return dropped == 1; }));
}

TEST(Relay, TwoOfThemShareTheShardsAndTakeOverFromTheOneThatEnds) {
  PrivateNats bus;
  NatsConnection nats({.url = bus.url(), .name = "test"});
  SourceService service;
  Relay first(*service.pool, service.source, nats, service.clock, service.RelayOptions());
  Relay second(*service.pool, service.source, nats, service.clock, service.RelayOptions());
  first.Start();
  second.Start();
  for (std::uint64_t order = 1; order <= 50; ++order) service.Append({OrderEvent(1, order, 1)});
  ASSERT_TRUE(WaitFor([&] { return service.OutboxRows() == 0; }));
  first.Stop();
  for (std::uint64_t order = 51; order <= 100; ++order) service.Append({OrderEvent(1, order, 1)});
  ASSERT_TRUE(WaitFor([&] { return service.OutboxRows() == 0; }));
  EXPECT_EQ(MessagesIn(nats, "REDRESS_ORDER"), 100u);
  EXPECT_EQ(first.Published() + second.Published(), 100u);
}

TEST(Relay, KilledBetweenPublishAndMarkPublishesAgainAndTheStreamDropsTheRepeat) {
  PrivateNats bus;
  SourceService service;
  for (std::uint64_t order = 1; order <= 20; ++order) service.Append({OrderEvent(1, order, 1)});
  const TemporaryDirectory directory;
  const std::string crash_file = directory.path() / "crash_point";
  std::ofstream(crash_file) << "relay:" << platform::kAfterPublishBeforeMark;
  const platform::DatabaseConfig& config = service.pool->config();
  Process child({RELAY_PROCESS, config.socket_path, config.schema, config.password_file, bus.url(),
                 crash_file},
                directory.path() / "relay.log");
  ASSERT_TRUE(WaitFor([&] { return !child.Running(); }, std::chrono::seconds(30)));
  const int status = child.End(SIGKILL);
  ASSERT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL)
      << status << ReadFile(directory.path() / "relay.log");
  EXPECT_EQ(service.OutboxRows(), 20);

  NatsConnection nats({.url = bus.url(), .name = "test"});
  ASSERT_TRUE(WaitFor([&] { return nats.Connected(); }));
  EXPECT_GT(MessagesIn(nats, "REDRESS_ORDER"), 0u);
  Relay relay(*service.pool, service.source, nats, service.clock, service.RelayOptions());
  relay.Start();
  ASSERT_TRUE(WaitFor([&] { return service.OutboxRows() == 0; }));
  EXPECT_EQ(MessagesIn(nats, "REDRESS_ORDER"), 20u);
}

}  // namespace
}  // namespace redress::test
