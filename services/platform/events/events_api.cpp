#include "services/platform/events/events_api.h"

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "services/platform/base/errors.h"
#include "services/platform/database/transact.h"
#include "services/platform/paging/paging.h"

namespace redress::platform {
namespace {

using redress::events::v1::Event;
using redress::events::v1::ListEventHeadsRequest;
using redress::events::v1::ListEventHeadsResponse;
using redress::events::v1::LoadEventsRequest;
using redress::events::v1::LoadEventsResponse;
using redress::events::v1::ReadEventsRequest;
using redress::events::v1::ReadEventsResponse;

constexpr std::size_t kStandardEvents = 500;
constexpr std::size_t kMostEvents = 2'000;
constexpr std::size_t kStandardHeads = 1'000;
constexpr std::size_t kMostHeads = 5'000;
// A page of large events stays below gRPC's 4 MiB; fewer events than asked for are a page, too.
constexpr std::size_t kMostBytes = 3u << 20;
constexpr std::size_t kLoadedAtOnce = 50;

EventRef RefOf(const PageKey& key, std::size_t from) {
  return {ShopId{static_cast<std::uint32_t>(key[from])}, key[from + 1],
          static_cast<std::uint32_t>(key[from + 2])};
}

void ReadEventsPage(Pool& pool, EventSource& source, const ReadEventsRequest& request,
                    ReadEventsResponse& response) {
  const PageQuery query(
      "ReadEvents", ShopId{request.shop_id()},
      {std::to_string(request.aggregate_id()), std::to_string(request.from_sequence())});
  EventsPage page{.shop = ShopId{request.shop_id()},
                  .aggregate_id = request.aggregate_id(),
                  .from_sequence = request.from_sequence(),
                  .after = std::nullopt,
                  .limit = PageSize(request.page_size(), kStandardEvents, kMostEvents)};
  if (page.aggregate_id != 0 && !page.shop) {
    throw InvalidField("shop_id", "an aggregate is found in its shop only: name the shop");
  }
  if (const auto key = query.Decode(request.page_token(), 3)) page.after = RefOf(*key, 0);
  auto events =
      Read(pool, [&](Connection& connection) { return source.ReadPage(connection, page); });
  bool more = events.size() == page.limit;
  std::size_t bytes = 0;
  for (Event& event : events) {
    bytes += event.ByteSizeLong();
    if (bytes > kMostBytes && response.events_size() > 0) {
      more = true;
      break;
    }
    *response.add_events() = std::move(event);
  }
  if (!more) return;
  const Event& last = response.events(response.events_size() - 1);
  response.set_next_page_token(
      query.Encode({last.shop_id(), last.aggregate_id(), last.sequence()}));
}

void LoadByKeys(Pool& pool, EventSource& source, const LoadEventsRequest& request,
                LoadEventsResponse& response) {
  std::vector<EventRef> refs;
  refs.reserve(static_cast<std::size_t>(request.keys_size()));
  for (const auto& key : request.keys()) {
    refs.push_back({ShopId{key.shop_id()}, key.aggregate_id(), key.sequence()});
  }
  std::size_t bytes = 0;
  std::size_t from = 0;
  while (from < refs.size() && bytes < kMostBytes / 2) {
    const auto part = std::span(refs).subspan(from, std::min(kLoadedAtOnce, refs.size() - from));
    auto events = Read(pool, [&](Connection& connection) { return source.Load(connection, part); });
    for (Event& event : events) {
      bytes += event.ByteSizeLong();
      *response.add_events() = std::move(event);
    }
    from += part.size();
  }
  response.set_looked_up(static_cast<std::uint32_t>(from));
}

void ListHeadsPage(Pool& pool, EventSource& source, const ListEventHeadsRequest& request,
                   ListEventHeadsResponse& response) {
  const PageQuery query(
      "ListEventHeads", ShopId{},
      {std::to_string(request.changed_since_us()), std::to_string(request.changed_before_us())});
  HeadsPage page{.changed_since_us = request.changed_since_us(),
                 .after = std::nullopt,
                 .limit = PageSize(request.page_size(), kStandardHeads, kMostHeads)};
  if (const auto key = query.Decode(request.page_token(), 4)) {
    page.after = RecordedHead{static_cast<std::int64_t>((*key)[0]), RefOf(*key, 1)};
  }
  auto heads = Read(pool, [&](Connection& connection) { return source.Heads(connection, page); });
  if (request.changed_before_us() != 0) {
    // In the order of their recording: what is behind the first too late one is so, too.
    std::erase_if(heads, [&](const RecordedHead& head) {
      return head.recorded_at_us >= request.changed_before_us();
    });
  }
  for (const RecordedHead& head : heads) {
    auto& out = *response.add_heads();
    out.set_shop_id(head.ref.shop.value);
    out.set_aggregate_id(head.ref.aggregate_id);
    out.set_sequence(head.ref.sequence);
  }
  if (heads.size() < page.limit) return;
  const RecordedHead& last = heads.back();
  response.set_next_page_token(
      query.Encode({static_cast<std::uint64_t>(last.recorded_at_us), last.ref.shop.value,
                    last.ref.aggregate_id, last.ref.sequence}));
}

}  // namespace

EventsApi::EventsApi(Guard& guard, Pool& pool, EventSource& source)
    : guard_(guard), pool_(pool), source_(source) {}

grpc::ServerUnaryReactor* EventsApi::ReadEvents(grpc::CallbackServerContext* context,
                                                const ReadEventsRequest* request,
                                                ReadEventsResponse* response) {
  return guard_.Blocking(
      context, request, response,
      [this](const Call&, const ReadEventsRequest& asked, ReadEventsResponse& answer) {
        ReadEventsPage(pool_, source_, asked, answer);
      });
}

grpc::ServerUnaryReactor* EventsApi::LoadEvents(grpc::CallbackServerContext* context,
                                                const LoadEventsRequest* request,
                                                LoadEventsResponse* response) {
  return guard_.Blocking(
      context, request, response,
      [this](const Call&, const LoadEventsRequest& asked, LoadEventsResponse& answer) {
        LoadByKeys(pool_, source_, asked, answer);
      });
}

grpc::ServerUnaryReactor* EventsApi::ListEventHeads(grpc::CallbackServerContext* context,
                                                    const ListEventHeadsRequest* request,
                                                    ListEventHeadsResponse* response) {
  return guard_.Blocking(
      context, request, response,
      [this](const Call&, const ListEventHeadsRequest& asked, ListEventHeadsResponse& answer) {
        ListHeadsPage(pool_, source_, asked, answer);
      });
}

}  // namespace redress::platform
