#pragma once

#include "redress/aftersales/v1/case_scan_service.grpc.pb.h"
#include "services/aftersales/domain/case_scan.h"
#include "services/platform/access/directory.h"
#include "services/platform/server/guard.h"

namespace redress::aftersales {

// CaseScanService: all cases at once, for what must never be and for where they are.
class CaseScanApi final : public v1::CaseScanService::CallbackService {
 public:
  CaseScanApi(platform::Guard& guard, platform::Directory& directory, CaseScanRepository& scan)
      : guard_(guard), directory_(directory), scan_(scan) {}

  grpc::ServerUnaryReactor* ScanCases(grpc::CallbackServerContext* context,
                                      const v1::ScanCasesRequest* request,
                                      v1::ScanCasesResponse* response) override;
  grpc::ServerUnaryReactor* SurveyCases(grpc::CallbackServerContext* context,
                                        const v1::SurveyCasesRequest* request,
                                        v1::SurveyCasesResponse* response) override;

 private:
  void Scan(const platform::Call& call, const v1::ScanCasesRequest& request,
            v1::ScanCasesResponse& response);
  void Survey(const platform::Call& call, const v1::SurveyCasesRequest& request,
              v1::SurveyCasesResponse& response);

  platform::Guard& guard_;
  platform::Directory& directory_;
  CaseScanRepository& scan_;
};

}  // namespace redress::aftersales
