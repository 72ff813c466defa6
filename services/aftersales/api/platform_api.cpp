#include "services/aftersales/api/platform_api.h"

#include <map>

#include "services/aftersales/api/mapping.h"
#include "services/platform/paging/paging.h"

namespace redress::aftersales {
namespace {

using platform::Call;

v1::PushOutcome OutcomeOf(const PushResult& result) {
  if (!result.problem.empty()) return v1::PUSH_OUTCOME_REFUSED;
  switch (result.outcome) {
    case PushOutcome::kNew:
      return v1::PUSH_OUTCOME_NEW;
    case PushOutcome::kNews:
      return v1::PUSH_OUTCOME_NEWS;
    case PushOutcome::kNothingNew:
    case PushOutcome::kTooMuch:
    case PushOutcome::kByShop:
      break;
  }
  return v1::PUSH_OUTCOME_NOTHING_NEW;
}

void ToProto(const PushResult& from, v1::PushResult& to) {
  to.set_body(static_cast<std::uint32_t>(from.body));
  to.set_refund_id(from.key);
  to.set_outcome(OutcomeOf(from));
  to.set_field(from.field);
  to.set_problem(from.problem);
}

// A rating's key is the platform id of its case.
std::string ReviewIdOf(const std::string& key) {
  return key.starts_with(kReviewPrefix) ? key.substr(kReviewPrefix.size()) : key;
}

v1::RatingOutcome RatingOutcomeOf(const PushResult& result) {
  if (!result.problem.empty()) return v1::RATING_OUTCOME_REFUSED;
  switch (result.outcome) {
    case PushOutcome::kNew:
      return v1::RATING_OUTCOME_NEW;
    case PushOutcome::kNews:
      return v1::RATING_OUTCOME_NEWS;
    case PushOutcome::kByShop:
      return v1::RATING_OUTCOME_BY_SHOP;
    case PushOutcome::kNothingNew:
    case PushOutcome::kTooMuch:
      break;
  }
  return v1::RATING_OUTCOME_NOTHING_NEW;
}

void ToProto(const PushResult& from, v1::RatingResult& to) {
  to.set_body(static_cast<std::uint32_t>(from.body));
  to.set_review_id(ReviewIdOf(from.key));
  to.set_outcome(RatingOutcomeOf(from));
  to.set_field(from.field);
  to.set_problem(from.problem);
}

// What the lists of both kinds show.
template <class Listed>
void ToListed(const PlatformObject& from, Listed& to) {
  to.set_platform(from.platform);
  to.set_order_number(from.order_number);
  to.set_line_number(from.line_number);
  if (from.case_id) to.set_case_id(platform::ToString(from.case_id));
  to.set_attention(from.attention);
  to.set_detail(from.detail);
  // One that is due at once is being followed, not tried again.
  if (from.due_at != 0 && from.attempts > 0) SetTime(from.due_at, *to.mutable_retry_time());
  to.set_pushes(from.pushes);
  SetTime(from.created_at, *to.mutable_create_time());
  SetTime(from.updated_at, *to.mutable_update_time());
}

void ToProto(const PlatformObject& from, v1::PlatformRating& to) {
  to.set_review_id(ReviewIdOf(from.key));
  to.set_rating(from.status);
  ToListed(from, to);
}

void ToProto(const PlatformObject& from, v1::PlatformRefund& to) {
  to.set_refund_id(from.key);
  to.set_status(from.status);
  to.set_ended(from.ended);
  ToListed(from, to);
}

void ToProto(const UnmappedCount& from, v1::Unmapped& to) {
  to.set_field(from.what.field);
  to.set_code(from.what.value);
  to.set_objects(from.objects);
  to.set_refund_id(from.key);
  SetTime(from.first_at, *to.mutable_first_time());
  SetTime(from.last_at, *to.mutable_last_time());
}

}  // namespace

grpc::ServerUnaryReactor* PlatformApi::PushRefunds(grpc::CallbackServerContext* context,
                                                   const v1::PushRefundsRequest* request,
                                                   v1::PushRefundsResponse* response) {
  return guard_.Blocking(
      context, request, response,
      [this](const Call& call, const v1::PushRefundsRequest& request,
             v1::PushRefundsResponse& response) {
        const std::vector<std::string_view> bodies(request.bodies().begin(),
                                                   request.bodies().end());
        for (const PushResult& result : refunds_.Push(call.caller.shop, PlatformObjectKind::kRefund,
                                                      request.platform(), bodies)) {
          ToProto(result, *response.add_results());
        }
      });
}

grpc::ServerUnaryReactor* PlatformApi::PushRatings(grpc::CallbackServerContext* context,
                                                   const v1::PushRatingsRequest* request,
                                                   v1::PushRatingsResponse* response) {
  return guard_.Blocking(
      context, request, response,
      [this](const Call& call, const v1::PushRatingsRequest& request,
             v1::PushRatingsResponse& response) {
        const std::vector<std::string_view> bodies(request.bodies().begin(),
                                                   request.bodies().end());
        for (const PushResult& result : refunds_.Push(call.caller.shop, PlatformObjectKind::kRating,
                                                      request.platform(), bodies)) {
          ToProto(result, *response.add_results());
        }
      });
}

grpc::ServerUnaryReactor* PlatformApi::ListPlatformRefunds(
    grpc::CallbackServerContext* context, const v1::ListPlatformRefundsRequest* request,
    v1::ListPlatformRefundsResponse* response) {
  return guard_.Blocking(
      context, request, response,
      [this](const Call& call, const v1::ListPlatformRefundsRequest& request,
             v1::ListPlatformRefundsResponse& response) {
        for (const PlatformObject& refund : Page(call, PlatformObjectKind::kRefund, request,
                                                 *response.mutable_next_page_token())) {
          ToProto(refund, *response.add_refunds());
        }
        AddCases(call.caller.shop, *response.mutable_refunds());
      });
}

grpc::ServerUnaryReactor* PlatformApi::ListPlatformRatings(
    grpc::CallbackServerContext* context, const v1::ListPlatformRatingsRequest* request,
    v1::ListPlatformRatingsResponse* response) {
  return guard_.Blocking(
      context, request, response,
      [this](const Call& call, const v1::ListPlatformRatingsRequest& request,
             v1::ListPlatformRatingsResponse& response) {
        for (const PlatformObject& rating : Page(call, PlatformObjectKind::kRating, request,
                                                 *response.mutable_next_page_token())) {
          ToProto(rating, *response.add_ratings());
        }
        AddCases(call.caller.shop, *response.mutable_ratings());
      });
}

template <class Request>
std::vector<PlatformObject> PlatformApi::Page(const Call& call, PlatformObjectKind kind,
                                              const Request& request,
                                              std::string& next_page_token) {
  PlatformObjectQuery query;
  query.shop = call.caller.shop;
  query.kind = kind;
  query.attention_only = request.attention_only();
  query.attention = request.attention();
  const platform::PageQuery page(
      kind == PlatformObjectKind::kRating ? "ListPlatformRatings" : "ListPlatformRefunds",
      query.shop, {query.attention_only ? "attention" : "all", request.attention()});
  if (const auto after = page.Decode(request.page_token(), 1)) query.before = after->at(0);
  const std::size_t size = platform::PageSize(request.page_size());
  query.limit = size + 1;
  std::vector<PlatformObject> found = rows_.List(query);
  if (found.size() > size) {
    found.pop_back();
    next_page_token = page.Encode({found.back().object});
  }
  return found;
}

template <class Objects>
void PlatformApi::AddCases(ShopId shop, Objects& objects) {
  std::vector<CaseId> ids;
  for (const auto& one : objects) {
    const auto id = platform::ParseOptionalId<CaseId>(one.case_id(), "case_id");
    if (id) ids.push_back(id);
  }
  if (ids.empty()) return;
  std::map<std::string, Case> cases;
  for (Case& one : cases_.FindMany(shop, ids)) {
    cases.emplace(platform::ToString(one.id), std::move(one));
  }
  for (auto& one : objects) {
    const auto found = cases.find(one.case_id());
    if (found == cases.end()) continue;
    one.set_case_number(found->second.number);
    one.set_case_state(found->second.state);
  }
}

grpc::ServerUnaryReactor* PlatformApi::ListUnmapped(grpc::CallbackServerContext* context,
                                                    const v1::ListUnmappedRequest* request,
                                                    v1::ListUnmappedResponse* response) {
  return guard_.Blocking(context, request, response,
                         [this](const Call& call, const v1::ListUnmappedRequest& request,
                                v1::ListUnmappedResponse& response) {
                           const ShopId shop = call.caller.shop;
                           const platform::PageQuery page("ListUnmapped", shop);
                           const auto after = page.Decode(request.page_token(), 1);
                           const std::size_t size = platform::PageSize(request.page_size());
                           std::vector<UnmappedCount> found =
                               rows_.ListUnmapped(shop, after ? after->at(0) : 0, size + 1);
                           if (found.size() > size) {
                             found.pop_back();
                             response.set_next_page_token(page.Encode({found.back().id}));
                           }
                           for (const UnmappedCount& one : found) {
                             ToProto(one, *response.add_unmapped());
                           }
                         });
}

}  // namespace redress::aftersales
