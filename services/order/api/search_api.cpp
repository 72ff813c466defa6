#include "services/order/api/search_api.h"

#include <optional>
#include <string>

#include "services/order/api/mapping.h"
#include "services/platform/paging/paging.h"
#include "services/platform/search/search_text.h"
#include "services/platform/server/call.h"

namespace redress::order {
namespace {

using platform::Call;

constexpr std::size_t kStandardSize = 20;
constexpr std::size_t kMostHits = 50;
// Source, title, time and order stand before the word.
constexpr std::size_t kKeyNumbers = 4;

OrderSearchKey KeyOf(const platform::PageKey& numbers) {
  return {.source = static_cast<OrderMatch>(numbers.at(0)),
          .word = platform::WordFromNumbers(std::span(numbers).subspan(kKeyNumbers)),
          .title = numbers.at(1),
          .at = numbers.at(2),
          .id = numbers.at(3)};
}

platform::PageKey NumbersOf(const OrderSearchKey& key) {
  platform::PageKey numbers{static_cast<std::uint64_t>(key.source), key.title, key.at, key.id};
  for (const std::uint64_t number : platform::NumbersOfWord(key.word)) numbers.push_back(number);
  return numbers;
}

}  // namespace

grpc::ServerUnaryReactor* SearchApi::SearchOrders(grpc::CallbackServerContext* context,
                                                  const v1::SearchOrdersRequest* request,
                                                  v1::SearchOrdersResponse* response) {
  return guard_.Blocking(
      context, request, response,
      [this](const Call& call, const v1::SearchOrdersRequest& request,
             v1::SearchOrdersResponse& response) { Search(call, request, response); });
}

void SearchApi::Search(const Call& call, const v1::SearchOrdersRequest& request,
                       v1::SearchOrdersResponse& response) {
  const std::string words = platform::WithoutOuterBlanks(request.words());
  const platform::PageQuery page("SearchOrders", call.caller.shop, {words});
  std::optional<OrderSearchKey> after;
  if (const auto key = page.Decode(request.page_token(), kKeyNumbers + platform::kWordNumbers)) {
    after = KeyOf(*key);
  }
  const OrderSearchPage found = search_.Search(
      call.caller.shop, words, after,
      platform::PageSize(request.page_size(), kStandardSize, kMostHits), call.expires);
  for (const OrderHit& hit : found.hits) {
    v1::OrderHit& added = *response.add_hits();
    ToProto(hit.order, *added.mutable_order());
    ToProto(hit.masked_receiver, *added.mutable_order()->mutable_masked_receiver());
    added.set_matched(static_cast<v1::OrderMatch>(hit.matched));
  }
  if (found.next) response.set_next_page_token(page.Encode(NumbersOf(*found.next)));
  response.set_incomplete(found.incomplete);
  response.set_nicks_missing(found.nicks_missing);
}

}  // namespace redress::order
