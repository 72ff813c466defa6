#pragma once

#include "redress/aftersales/v1/late_report_service.grpc.pb.h"
#include "services/aftersales/api/commands.h"
#include "services/aftersales/domain/late_reports.h"
#include "services/platform/server/guard.h"

namespace redress::aftersales {

class LateReportApi final : public v1::LateReportService::CallbackService {
 public:
  LateReportApi(platform::Guard& guard, LateReports& reports, Commands& commands)
      : guard_(guard), reports_(reports), commands_(commands) {}

  grpc::ServerUnaryReactor* ListLateReports(grpc::CallbackServerContext* context,
                                            const v1::ListLateReportsRequest* request,
                                            v1::ListLateReportsResponse* response) override;
  grpc::ServerUnaryReactor* AcknowledgeLateReport(
      grpc::CallbackServerContext* context, const v1::AcknowledgeLateReportRequest* request,
      v1::AcknowledgeLateReportResponse* response) override;

 private:
  platform::Guard& guard_;
  LateReports& reports_;
  Commands& commands_;
};

}  // namespace redress::aftersales
