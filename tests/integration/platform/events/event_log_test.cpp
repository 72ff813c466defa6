#include "services/platform/events/event_log.h"

#include <gtest/gtest.h>

#include <stdexcept>

#include "services/platform/database/transact.h"
#include "services/platform/events/outbox.h"
#include "tests/integration/platform/events/house_of_events.h"

namespace redress::test {
namespace {

using platform::Connection;
using platform::DatabaseError;
using platform::EventRef;
using platform::EventsPage;
using platform::HeadsPage;
using platform::ShopId;
using redress::events::v1::Event;

TEST(EventLog, WritesEventsAndOneOutboxRowThatListsThem) {
  SourceService service;
  service.Append({OrderEvent(1, 10, 1), OrderEvent(1, 10, 2), OrderEvent(2, 11, 1)});
  EXPECT_EQ(service.OutboxRows(), 1);
  const std::string refs = platform::Read(*service.pool, [](Connection& connection) {
    auto row = connection.Query("SELECT refs FROM outbox");
    row.Next();
    return row.String(0);
  });
  EXPECT_EQ(platform::UnpackRefs(refs),
            (std::vector<EventRef>{{ShopId{1}, 10, 1}, {ShopId{1}, 10, 2}, {ShopId{2}, 11, 1}}));
}

TEST(EventLog, LeavesNothingWhenTheTransactionRollsBack) {
  SourceService service;
  EXPECT_THROW(platform::Transact(*service.pool,
                                  [&](Connection& connection) {
                                    service.log.Append(connection, {OrderEvent(1, 10, 1)});
                                    throw std::runtime_error("something else went wrong");
                                  }),
               std::runtime_error);
  EXPECT_EQ(service.OutboxRows(), 0);
  const auto events = platform::Read(*service.pool, [&](Connection& connection) {
    return service.source.ReadPage(connection, EventsPage{});
  });
  EXPECT_TRUE(events.empty());
}

TEST(EventLog, RefusesASequenceThatExists) {
  SourceService service;
  service.Append({OrderEvent(1, 10, 1)});
  try {
    platform::Transact(*service.pool, [&](Connection& connection) {
      service.log.Append(connection, {OrderEvent(1, 10, 1)});
    });
    FAIL() << "a second event took the place of the first";
  } catch (const DatabaseError& error) {
    EXPECT_EQ(error.kind(), DatabaseError::Kind::kDuplicateKey);
  }
  EXPECT_EQ(service.OutboxRows(), 1);
}

TEST(EventsTableSource, GivesEventsBackWhole) {
  SourceService service;
  service.Append({OrderEvent(3, 10, 1, 1'234'567)});
  const std::vector<EventRef> refs{{ShopId{3}, 10, 1}, {ShopId{3}, 10, 2}};
  const auto events = platform::Read(
      *service.pool, [&](Connection& connection) { return service.source.Load(connection, refs); });
  ASSERT_EQ(events.size(), 1u);
  const Event& event = events.front();
  EXPECT_EQ(event.shop_id(), 3u);
  EXPECT_EQ(event.aggregate_id(), 10u);
  EXPECT_EQ(event.sequence(), 1u);
  EXPECT_EQ(event.schema_version(), 1u);
  EXPECT_EQ(event.occurred_at_us(), 1'234'567);
  EXPECT_EQ(event.order_paid().order().lines(0).paid_minor(), 1'001);
}

TEST(EventsTableSource, PagesByShopAggregateAndSequence) {
  SourceService service;
  std::vector<platform::NewEvent> events;
  for (std::uint32_t shop = 1; shop <= 3; ++shop) {
    for (std::uint64_t order = 1; order <= 4; ++order) {
      for (std::uint32_t sequence = 1; sequence <= 5; ++sequence) {
        events.push_back(OrderEvent(shop, order, sequence));
      }
    }
  }
  service.Append(events);
  const auto read_all = [&](EventsPage page) {
    std::vector<EventRef> refs;
    for (;;) {
      const auto some = platform::Read(*service.pool, [&](Connection& connection) {
        return service.source.ReadPage(connection, page);
      });
      for (const Event& event : some) {
        refs.push_back({ShopId{event.shop_id()}, event.aggregate_id(), event.sequence()});
      }
      if (some.size() < page.limit) return refs;
      page.after = refs.back();
    }
  };
  for (const std::size_t limit : {1u, 7u, 60u, 500u}) {
    EventsPage page;
    page.limit = limit;
    const auto all = read_all(page);
    EXPECT_EQ(all.size(), 60u);
    EXPECT_TRUE(std::is_sorted(all.begin(), all.end()));
    page.shop = ShopId{2};
    const auto of_shop = read_all(page);
    EXPECT_EQ(of_shop.size(), 20u);
    EXPECT_EQ(of_shop.front(), (EventRef{ShopId{2}, 1, 1}));
    page.aggregate_id = 3;
    page.from_sequence = 2;
    const auto rest = read_all(page);
    ASSERT_EQ(rest.size(), 4u);
    EXPECT_EQ(rest.front(), (EventRef{ShopId{2}, 3, 2}));
  }
}

TEST(EventsTableSource, ListsHeadsOfWhatChanged) {
  SourceService service;
  service.Append({OrderEvent(1, 1, 1), OrderEvent(1, 2, 1)});
  const std::int64_t later_us = service.clock.NowUs() + 1;
  while (service.clock.NowUs() <= later_us) {
  }
  service.Append({OrderEvent(1, 2, 2), OrderEvent(2, 1, 1)});
  HeadsPage page{.changed_since_us = later_us, .after = std::nullopt, .limit = 1};
  std::vector<EventRef> refs;
  for (;;) {
    const auto heads = platform::Read(*service.pool, [&](Connection& connection) {
      return service.source.Heads(connection, page);
    });
    if (heads.empty()) break;
    page.after = heads.back();
    refs.push_back(heads.back().ref);
  }
  EXPECT_EQ(refs, (std::vector<EventRef>{{ShopId{1}, 2, 2}, {ShopId{2}, 1, 1}}));
}

}  // namespace
}  // namespace redress::test
