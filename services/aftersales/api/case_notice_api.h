#pragma once

#include "redress/aftersales/v1/case_notice_service.grpc.pb.h"
#include "services/aftersales/domain/case_repository.h"
#include "services/platform/server/guard.h"

namespace redress::aftersales {

// CaseNoticeService: what a message to a case's buyer needs.
class CaseNoticeApi final : public v1::CaseNoticeService::CallbackService {
 public:
  CaseNoticeApi(platform::Guard& guard, CaseRepository& cases) : guard_(guard), cases_(cases) {}

  grpc::ServerUnaryReactor* GetCaseNotice(grpc::CallbackServerContext* context,
                                          const v1::GetCaseNoticeRequest* request,
                                          v1::GetCaseNoticeResponse* response) override;

 private:
  void Get(const platform::Call& call, const v1::GetCaseNoticeRequest& request,
           v1::GetCaseNoticeResponse& response);

  platform::Guard& guard_;
  CaseRepository& cases_;
};

}  // namespace redress::aftersales
