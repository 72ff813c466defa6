#include "services/scoring/api/funnel_api.h"

#include <optional>
#include <string>
#include <utility>

#include "services/platform/base/errors.h"
#include "services/platform/paging/paging.h"
#include "services/scoring/api/figure_mapping.h"

namespace redress::scoring {
namespace {

using platform::Call;
namespace v1 = redress::scoring::v1;

constexpr std::size_t kStandardCases = 100;
constexpr std::size_t kMostCases = 1'000;
constexpr std::int64_t kMicrosPerSecond = 1'000'000;

Edge EdgeOf(const v1::FunnelEdge& edge) {
  return {edge.from_state(), edge.event(), edge.to_state()};
}

void SetStay(std::int64_t stay_us, google::protobuf::Duration& to) {
  to.set_seconds(stay_us / kMicrosPerSecond);
  to.set_nanos(static_cast<std::int32_t>(stay_us % kMicrosPerSecond) * 1000);
}

void ToProto(const FunnelState& from, v1::FunnelState& to) {
  to.set_state(from.state);
  to.set_final(from.final);
  to.set_entered(from.entered.times);
  to.set_cases(from.entered.cases);
  to.set_left(from.left);
  to.set_now(from.now);
  to.set_unknown_stays(from.unknown_stays);
  if (from.left == from.unknown_stays) return;
  SetStay(from.mean_us, *to.mutable_mean_stay());
  SetStay(from.median_us, *to.mutable_median_stay());
  SetStay(from.p90_us, *to.mutable_p90_stay());
}

void ToProto(const Edge& edge, const Passage& passage, v1::FunnelEdge& to) {
  to.set_from_state(edge.from_state);
  to.set_event(edge.event);
  to.set_to_state(edge.to_state);
  to.set_taken(passage.times);
  to.set_cases(passage.cases);
}

void ToProto(const FunnelCase& from, v1::FunnelCase& to) {
  to.set_case_id(std::to_string(from.case_id));
  to.set_order_id(ToString(from.order));
  to.set_agent_id(ToString(from.agent));
  to.set_sequence(from.sequence);
  auto& time = *to.mutable_step_time();
  time.set_seconds(from.step_at_us / kMicrosPerSecond);
  time.set_nanos(static_cast<std::int32_t>(from.step_at_us % kMicrosPerSecond) * 1000);
}

// What of the request chooses its cases.
platform::PageQuery PagesOf(ShopId shop, const v1::ListFunnelCasesRequest& request) {
  const v1::FunnelQuery& query = request.query();
  const Edge edge = EdgeOf(request.edge());
  return platform::PageQuery(
      "ListFunnelCases", shop,
      {query.kind(), query.from_day(), query.to_day(), std::to_string(query.workflow_version()),
       std::to_string(request.behind_case()), request.entered(), request.now(), edge.from_state,
       edge.event, edge.to_state});
}

}  // namespace

FunnelSpan FunnelApi::SpanOf(ShopId shop, const v1::FunnelQuery& query) const {
  const DaySpan days = DaysOf(query.from_day(), query.to_day());
  FunnelSpan span;
  span.shop = shop;
  span.kind = query.kind();
  span.workflow_version = query.workflow_version();
  span.from_us = calendar_.DayStart(shop, days.first);
  span.before_us = calendar_.DayStart(shop, days.last + 1);
  return span;
}

std::vector<FunnelCase> FunnelApi::Find(const FunnelSpan& span,
                                        const v1::ListFunnelCasesRequest& request,
                                        const FunnelPosition& after, std::size_t limit) {
  switch (request.behind_case()) {
    case v1::ListFunnelCasesRequest::kEntered:
      return reader_.Entering(span, request.entered(), after, limit);
    case v1::ListFunnelCasesRequest::kNow:
      return reader_.StandingIn(span, request.now(), after.case_id, limit);
    case v1::ListFunnelCasesRequest::kEdge:
      return reader_.Taking(span, EdgeOf(request.edge()), after, limit);
    case v1::ListFunnelCasesRequest::BEHIND_NOT_SET:
      break;
  }
  throw platform::InvalidField("behind", "is missing; name a state or an edge of the funnel");
}

grpc::ServerUnaryReactor* FunnelApi::GetFunnel(grpc::CallbackServerContext* context,
                                               const v1::GetFunnelRequest* request,
                                               v1::GetFunnelResponse* response) {
  return guard_.Blocking(
      context, request, response,
      [this](const Call& call, const v1::GetFunnelRequest& asked, v1::GetFunnelResponse& answer) {
        FunnelCounts counts = reader_.Count(SpanOf(call.caller.shop, asked.query()));
        for (const auto& [edge, passage] : counts.edges) {
          ToProto(edge, passage, *answer.add_edges());
        }
        for (const auto& [version, steps] : counts.steps_of_version) {
          auto& added = *answer.add_versions();
          added.set_workflow_version(version);
          added.set_steps(steps);
        }
        answer.set_unknown_steps(counts.unknown_steps);
        const std::set<std::string> ends =
            ends_ ? ends_(call, asked.query().kind()) : std::set<std::string>();
        for (const FunnelState& state : StatesOf(std::move(counts), ends)) {
          ToProto(state, *answer.add_states());
        }
      });
}

grpc::ServerUnaryReactor* FunnelApi::ListFunnelCases(grpc::CallbackServerContext* context,
                                                     const v1::ListFunnelCasesRequest* request,
                                                     v1::ListFunnelCasesResponse* response) {
  return guard_.Blocking(
      context, request, response,
      [this](const Call& call, const v1::ListFunnelCasesRequest& asked,
             v1::ListFunnelCasesResponse& answer) {
        const FunnelSpan span = SpanOf(call.caller.shop, asked.query());
        const platform::PageQuery pages = PagesOf(call.caller.shop, asked);
        FunnelPosition after{span.from_us, 0, 0};
        if (const auto key = pages.Decode(asked.page_token(), 3)) {
          after = {static_cast<std::int64_t>((*key)[0]), (*key)[1],
                   static_cast<std::uint32_t>((*key)[2])};
        }
        const std::size_t size = platform::PageSize(asked.page_size(), kStandardCases, kMostCases);
        std::vector<FunnelCase> found = Find(span, asked, after, size + 1);
        if (found.size() > size) {
          found.resize(size);
          const FunnelCase& last = found.back();
          answer.set_next_page_token(pages.Encode(
              {static_cast<std::uint64_t>(last.step_at_us), last.case_id, last.sequence}));
        }
        for (const FunnelCase& one : found) ToProto(one, *answer.add_cases());
      });
}

}  // namespace redress::scoring
