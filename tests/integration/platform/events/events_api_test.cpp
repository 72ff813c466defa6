#include "services/platform/events/events_api.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <map>
#include <vector>

#include "services/platform/events/history_reader.h"
#include "tests/integration/platform/events/house_of_events.h"
#include "tests/integration/platform/server/guarded_server.h"

namespace redress::test {
namespace {

using platform::EventRef;
using platform::HistoryReader;
using platform::ShopId;
using redress::events::v1::Event;
using redress::events::v1::EventsService;
using redress::events::v1::ReadEventsRequest;
using redress::events::v1::ReadEventsResponse;

class EventsApiTest : public testing::Test {
 protected:
  EventsApiTest() : api_(server_.guard(), *service_.pool, service_.source) {
    server_.Start({&api_});
    std::vector<platform::NewEvent> events;
    for (std::uint32_t shop = 1; shop <= 2; ++shop) {
      for (std::uint64_t order = 1; order <= 40; ++order) {
        for (std::uint32_t sequence = 1; sequence <= 3; ++sequence) {
          events.push_back(OrderEvent(shop, order, sequence));
        }
      }
    }
    service_.Append(events);
  }

  grpc::Status Read(const std::string& certificate, ReadEventsRequest request,
                    ReadEventsResponse* response) {
    const auto stub = EventsService::NewStub(server_.Channel(certificate));
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
    return stub->ReadEvents(&context, request, response);
  }

  SourceService service_;
  GuardedServer server_;
  platform::EventsApi api_;
};

TEST_F(EventsApiTest, ServesServicesThatTheProtoNamesAndNobodyElse) {
  ReadEventsResponse response;
  EXPECT_TRUE(Read("scoring", {}, &response).ok());
  EXPECT_EQ(response.events_size(), 240);
  EXPECT_EQ(Read("identity", {}, &response).error_code(), grpc::StatusCode::PERMISSION_DENIED);
  EXPECT_EQ(Read("", {}, &response).error_code(), grpc::StatusCode::UNAUTHENTICATED);
}

TEST_F(EventsApiTest, PagesWithoutLossOrRepeat) {
  ReadEventsRequest request;
  request.set_page_size(7);
  std::vector<EventRef> refs;
  do {
    ReadEventsResponse response;
    ASSERT_TRUE(Read("scoring", request, &response).ok());
    for (const Event& event : response.events()) {
      refs.push_back({ShopId{event.shop_id()}, event.aggregate_id(), event.sequence()});
    }
    request.set_page_token(response.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(refs.size(), 240u);
  EXPECT_TRUE(std::is_sorted(refs.begin(), refs.end()));
}

TEST_F(EventsApiTest, RefusesAnAggregateWithoutItsShopAndAForeignToken) {
  ReadEventsRequest request;
  request.set_aggregate_id(1);
  ReadEventsResponse response;
  EXPECT_EQ(Read("scoring", request, &response).error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  request.Clear();
  request.set_page_token("no-token-of-ours");
  EXPECT_EQ(Read("scoring", request, &response).error_code(), grpc::StatusCode::INVALID_ARGUMENT);
}

TEST_F(EventsApiTest, HistoryReaderReadsAShopAnAggregateAndTheHeads) {
  HistoryReader reader(server_.Channel("scoring"));
  std::size_t events = 0;
  reader.ReadAll(ShopId{2}, [&](std::span<const Event> page) {
    events += page.size();
    EXPECT_EQ(page.front().shop_id(), 2u);
  });
  EXPECT_EQ(events, 120u);
  std::vector<std::uint32_t> sequences;
  reader.ReadAggregate({ShopId{1}, 7}, 2, [&](std::span<const Event> page) {
    for (const Event& event : page) sequences.push_back(event.sequence());
  });
  EXPECT_EQ(sequences, (std::vector<std::uint32_t>{2, 3}));
  std::map<platform::AggregateKey, std::uint32_t> heads;
  reader.ReadHeads(0, std::numeric_limits<std::int64_t>::max(),
                   [&](std::span<const EventRef> page) {
                     for (const EventRef& ref : page) {
                       auto& last = heads[ref.aggregate()];
                       last = std::max(last, ref.sequence);
                     }
                   });
  EXPECT_EQ(heads.size(), 80u);
  EXPECT_EQ((heads[{ShopId{1}, 1}]), 3u);
}

TEST_F(EventsApiTest, HistoryReaderLoadsEventsByTheirKeys) {
  HistoryReader reader(server_.Channel("scoring"));
  std::vector<EventRef> refs;
  reader.ReadAll(ShopId{}, [&](std::span<const Event> page) {
    for (const Event& event : page) {
      refs.push_back({ShopId{event.shop_id()}, event.aggregate_id(), event.sequence()});
    }
  });
  auto asked = refs;
  asked.push_back({ShopId{1}, 7, 99});  // that is not there
  while (asked.size() < 700) asked.push_back({ShopId{9}, asked.size(), 1});
  std::vector<EventRef> loaded;
  reader.ReadMany(asked, [&](std::span<const Event> part) {
    for (const Event& event : part) {
      loaded.push_back({ShopId{event.shop_id()}, event.aggregate_id(), event.sequence()});
    }
  });
  std::sort(loaded.begin(), loaded.end());
  EXPECT_EQ(loaded, refs);
}

TEST_F(EventsApiTest, HeadsEndBeforeATime) {
  HistoryReader reader(server_.Channel("scoring"));
  std::size_t heads = 0;
  const auto count = [&](std::span<const EventRef> page) { heads += page.size(); };
  reader.ReadHeads(0, 1, count);
  EXPECT_EQ(heads, 0u);
}

}  // namespace
}  // namespace redress::test
