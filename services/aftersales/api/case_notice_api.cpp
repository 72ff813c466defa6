#include "services/aftersales/api/case_notice_api.h"

#include <algorithm>

#include "services/aftersales/api/mapping.h"
#include "services/aftersales/domain/event_reading.h"
#include "services/platform/base/errors.h"
#include "workflows/refund/events.h"

namespace redress::aftersales {
namespace {

using platform::Call;

// An order has few open cases and a case few steps; what lies beyond is no longer looked at.
constexpr std::size_t kMostCases = 200;
constexpr std::size_t kMostSteps = 1000;

bool HasOpenComplaint(CaseRepository& cases, const Case& about) {
  CaseQuery query;
  query.shop = about.shop;
  query.order = CaseOrder::kQueue;
  query.about_order = about.order;
  query.limit = kMostCases;
  const std::vector<Case> open = cases.List(query);
  return std::any_of(open.begin(), open.end(), [&](const Case& one) {
    const bool complains =
        std::holds_alternative<workflows::dispute::DisputeProgress>(one.progress) ||
        std::holds_alternative<workflows::review::ReviewProgress>(one.progress);
    return complains && one.id != about.id;
  });
}

std::int32_t FollowUpScore(CaseRepository& cases, const Case& of) {
  const std::vector<Step> steps = cases.ListSteps(of.shop, of.id, 0, kMostSteps);
  const auto asked = std::find_if(steps.rbegin(), steps.rend(), [](const Step& step) {
    return step.event == workflows::refund::RecordFollowUp::kName;
  });
  if (asked == steps.rend()) return 0;
  return static_cast<std::int32_t>(RecordedMembers(asked->event_json).Number("score"));
}

}  // namespace

grpc::ServerUnaryReactor* CaseNoticeApi::GetCaseNotice(grpc::CallbackServerContext* context,
                                                       const v1::GetCaseNoticeRequest* request,
                                                       v1::GetCaseNoticeResponse* response) {
  return guard_.Blocking(
      context, request, response,
      [this](const Call& call, const v1::GetCaseNoticeRequest& request,
             v1::GetCaseNoticeResponse& response) { Get(call, request, response); });
}

void CaseNoticeApi::Get(const Call& call, const v1::GetCaseNoticeRequest& request,
                        v1::GetCaseNoticeResponse& response) {
  const auto id = platform::ParseId<CaseId>(request.case_id(), "case_id");
  const auto found = cases_.Find(call.caller.shop, id);
  if (!found) throw platform::NotFound("case", request.case_id());
  ToProto(*found, *response.mutable_case_());
  response.set_contact_refused(cases_.IsContactRefused(call.caller.shop, found->customer));
  response.set_complaint_open(HasOpenComplaint(cases_, *found));
  response.set_follow_up_score(FollowUpScore(cases_, *found));
}

}  // namespace redress::aftersales
