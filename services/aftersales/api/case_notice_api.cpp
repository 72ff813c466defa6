#include "services/aftersales/api/case_notice_api.h"

#include "services/aftersales/api/mapping.h"
#include "services/aftersales/domain/event_reading.h"
#include "services/platform/base/errors.h"
#include "workflows/refund/events.h"

namespace redress::aftersales {
namespace {

using platform::Call;

std::int32_t FollowUpScore(CaseRepository& cases, const Case& of) {
  const auto asked = cases.FindLastStep(of.shop, of.id, workflows::refund::RecordFollowUp::kName);
  if (!asked) return 0;
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
  response.set_complaint_open(cases_.HasOpenComplaint(*found));
  response.set_follow_up_score(FollowUpScore(cases_, *found));
}

}  // namespace redress::aftersales
