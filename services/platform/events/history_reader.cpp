#include "services/platform/events/history_reader.h"

#include <grpcpp/channel.h>

#include <algorithm>
#include <chrono>
#include <iterator>
#include <stdexcept>
#include <string>
#include <utility>

namespace redress::platform {
namespace {

using redress::events::v1::Event;
using redress::events::v1::EventsService;
using redress::events::v1::ListEventHeadsRequest;
using redress::events::v1::ListEventHeadsResponse;
using redress::events::v1::LoadEventsRequest;
using redress::events::v1::LoadEventsResponse;
using redress::events::v1::ReadEventsRequest;
using redress::events::v1::ReadEventsResponse;

constexpr std::uint32_t kEventsPerPage = 2'000;
constexpr std::uint32_t kHeadsPerPage = 2'000;
constexpr std::size_t kKeysPerCall = 500;
constexpr auto kCallTimeout = std::chrono::seconds(20);

void Check(const grpc::Status& status, const char* method) {
  if (status.ok()) return;
  throw std::runtime_error(std::string(method) + " failed (" + std::to_string(status.error_code()) +
                           "): " + status.error_message());
}

}  // namespace

HistoryReader::HistoryReader(const std::shared_ptr<grpc::Channel>& channel, bool patient)
    : stub_(EventsService::NewStub(channel)), patient_(patient) {}

void HistoryReader::Prepare(grpc::ClientContext& context) const {
  context.set_deadline(std::chrono::system_clock::now() + kCallTimeout);
  context.set_wait_for_ready(patient_);
}

void HistoryReader::ReadPages(ReadEventsRequest request, const OnEvents& on_page) {
  request.set_page_size(kEventsPerPage);
  do {
    grpc::ClientContext context;
    Prepare(context);
    ReadEventsResponse response;
    Check(stub_->ReadEvents(&context, request, &response), "ReadEvents");
    request.set_page_token(response.next_page_token());
    if (response.events().empty()) continue;
    const std::vector<Event> events(std::make_move_iterator(response.mutable_events()->begin()),
                                    std::make_move_iterator(response.mutable_events()->end()));
    on_page(events);
  } while (!request.page_token().empty());
}

void HistoryReader::ReadAll(ShopId shop, const OnEvents& on_page) {
  ReadEventsRequest request;
  request.set_shop_id(shop.value);
  ReadPages(std::move(request), on_page);
}

void HistoryReader::ReadAggregate(AggregateKey key, std::uint32_t from_sequence,
                                  const OnEvents& on_page) {
  ReadEventsRequest request;
  request.set_shop_id(key.shop.value);
  request.set_aggregate_id(key.aggregate_id);
  request.set_from_sequence(from_sequence);
  ReadPages(std::move(request), on_page);
}

void HistoryReader::ReadMany(std::span<const EventRef> refs, const OnEvents& on_part) {
  while (!refs.empty()) {
    LoadEventsRequest request;
    for (const EventRef& ref : refs.first(std::min(kKeysPerCall, refs.size()))) {
      auto& key = *request.add_keys();
      key.set_shop_id(ref.shop.value);
      key.set_aggregate_id(ref.aggregate_id);
      key.set_sequence(ref.sequence);
    }
    grpc::ClientContext context;
    Prepare(context);
    LoadEventsResponse response;
    Check(stub_->LoadEvents(&context, request, &response), "LoadEvents");
    if (response.looked_up() == 0 || response.looked_up() > refs.size()) {
      throw std::runtime_error("LoadEvents answered for " + std::to_string(response.looked_up()) +
                               " keys of " + std::to_string(request.keys_size()));
    }
    refs = refs.subspan(response.looked_up());
    const std::vector<Event> events(std::make_move_iterator(response.mutable_events()->begin()),
                                    std::make_move_iterator(response.mutable_events()->end()));
    if (!events.empty()) on_part(events);
  }
}

void HistoryReader::ReadHeads(std::int64_t since_us, std::int64_t before_us,
                              const OnHeads& on_page) {
  ListEventHeadsRequest request;
  request.set_changed_since_us(since_us);
  request.set_changed_before_us(before_us);
  request.set_page_size(kHeadsPerPage);
  do {
    grpc::ClientContext context;
    Prepare(context);
    ListEventHeadsResponse response;
    Check(stub_->ListEventHeads(&context, request, &response), "ListEventHeads");
    request.set_page_token(response.next_page_token());
    std::vector<EventRef> heads;
    heads.reserve(static_cast<std::size_t>(response.heads_size()));
    for (const auto& head : response.heads()) {
      heads.push_back({ShopId{head.shop_id()}, head.aggregate_id(), head.sequence()});
    }
    if (!heads.empty()) on_page(heads);
  } while (!request.page_token().empty());
}

}  // namespace redress::platform
