#include "services/customer/api/search_api.h"

#include <string>

#include "services/customer/api/mapping.h"
#include "services/customer/api/note_mapping.h"
#include "services/platform/paging/paging.h"
#include "services/platform/search/search_text.h"
#include "services/platform/server/call.h"

namespace redress::customer {
namespace {

using platform::Call;

constexpr std::size_t kStandardSize = 20;
constexpr std::size_t kMostHits = 50;

}  // namespace

grpc::ServerUnaryReactor* SearchApi::SearchCustomers(grpc::CallbackServerContext* context,
                                                     const v1::SearchCustomersRequest* request,
                                                     v1::SearchCustomersResponse* response) {
  return guard_.Blocking(
      context, request, response,
      [this](const Call& call, const v1::SearchCustomersRequest& request,
             v1::SearchCustomersResponse& response) { Search(call, request, response); });
}

void SearchApi::Search(const Call& call, const v1::SearchCustomersRequest& request,
                       v1::SearchCustomersResponse& response) {
  const CustomerQuery query{.words = platform::WithoutOuterBlanks(request.words()),
                            .nicks_only = request.nicks_only(),
                            .notes = MayReadNotes(call.caller)};
  const platform::PageQuery page("SearchCustomers", call.caller.shop,
                                 {query.words, query.nicks_only ? "nicks" : "all"});
  std::optional<CustomerSearchKey> after;
  if (const auto key = page.Decode(request.page_token(), 2 + platform::kWordNumbers)) {
    after = {.source = static_cast<CustomerMatch>(key->at(0)),
             .word = platform::WordFromNumbers(std::span(*key).subspan(2)),
             .id = key->at(1)};
  }
  const CustomerSearchPage found =
      search_.Search(call.caller.shop, query, after,
                     platform::PageSize(request.page_size(), kStandardSize, kMostHits));
  for (const CustomerHit& hit : found.hits) {
    v1::CustomerHit& added = *response.add_hits();
    ToProto(hit.view, *added.mutable_customer());
    added.set_person_id(platform::ToString(hit.head));
    added.set_matched(static_cast<v1::CustomerMatch>(hit.matched));
    added.set_note_id(platform::ToString(hit.note));
    added.set_excerpt(hit.excerpt);
  }
  if (found.next) {
    platform::PageKey key{static_cast<std::uint64_t>(found.next->source), found.next->id};
    for (const std::uint64_t number : platform::NumbersOfWord(found.next->word)) {
      key.push_back(number);
    }
    response.set_next_page_token(page.Encode(key));
  }
  response.set_incomplete(found.incomplete);
}

}  // namespace redress::customer
