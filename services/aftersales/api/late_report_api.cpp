#include "services/aftersales/api/late_report_api.h"

#include <string>

#include "services/aftersales/api/mapping.h"
#include "services/platform/paging/paging.h"

namespace redress::aftersales {
namespace {

using platform::Call;

void ToProto(const KeptLateReport& from, v1::LateReport& to) {
  to.set_case_id(platform::ToString(from.report.case_id));
  to.set_sequence(from.report.sequence);
  to.set_case_number(from.case_number);
  to.set_task_id(platform::ToString(from.report.task));
  to.set_reason(from.report.reason);
  SetTime(from.report.reported_at, *to.mutable_report_time());
  if (from.seen_at == 0) return;
  to.set_seen_by(platform::ToString(from.seen_by));
  SetTime(from.seen_at, *to.mutable_see_time());
}

}  // namespace

grpc::ServerUnaryReactor* LateReportApi::ListLateReports(grpc::CallbackServerContext* context,
                                                         const v1::ListLateReportsRequest* request,
                                                         v1::ListLateReportsResponse* response) {
  return guard_.Blocking(
      context, request, response,
      [this](const Call& call, const v1::ListLateReportsRequest& asked,
             v1::ListLateReportsResponse& answer) {
        const platform::PageQuery page("ListLateReports", call.caller.shop);
        LateReportPosition after;
        if (const auto key = page.Decode(asked.page_token(), 3)) {
          after = {static_cast<std::int64_t>((*key)[0]), CaseId{(*key)[1]},
                   static_cast<std::uint32_t>((*key)[2])};
        }
        const std::size_t size = platform::PageSize(asked.page_size());
        auto found = reports_.Waiting(call.caller.shop, after, size + 1);
        if (found.size() > size) {
          found.pop_back();
          const LateReport& last = found.back().report;
          answer.set_next_page_token(page.Encode(
              {static_cast<std::uint64_t>(last.reported_at), last.case_id.value, last.sequence}));
        }
        for (const KeptLateReport& one : found) ToProto(one, *answer.add_reports());
      });
}

grpc::ServerUnaryReactor* LateReportApi::AcknowledgeLateReport(
    grpc::CallbackServerContext* context, const v1::AcknowledgeLateReportRequest* request,
    v1::AcknowledgeLateReportResponse* response) {
  return guard_.Blocking(
      context, request, response,
      [this](const Call& call, const v1::AcknowledgeLateReportRequest& asked,
             v1::AcknowledgeLateReportResponse& answer) {
        const auto of_case = platform::ParseId<CaseId>(asked.case_id(), "case_id");
        ToProto(reports_.Acknowledge(call.caller.shop, of_case, asked.sequence(),
                                     commands_.MakeWrite(call, asked.request_id(), asked),
                                     call.caller.account, call.clock.NowUs()),
                *answer.mutable_report());
      });
}

}  // namespace redress::aftersales
