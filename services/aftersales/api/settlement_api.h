#pragma once

#include "redress/aftersales/v1/settlement_service.grpc.pb.h"
#include "services/aftersales/api/commands.h"
#include "services/aftersales/domain/case_engine.h"
#include "services/aftersales/domain/settlement_repository.h"
#include "services/platform/server/guard.h"

namespace redress::aftersales {

// SettlementService: finance's side of payments.
class SettlementApi final : public v1::SettlementService::CallbackService {
 public:
  SettlementApi(platform::Guard& guard, SettlementRepository& settlements, CaseEngine& engine,
                Commands& commands)
      : guard_(guard), settlements_(settlements), engine_(engine), commands_(commands) {}

  grpc::ServerUnaryReactor* ListSettlements(grpc::CallbackServerContext* context,
                                            const v1::ListSettlementsRequest* request,
                                            v1::ListSettlementsResponse* response) override;
  grpc::ServerUnaryReactor* RecordSettlementResult(
      grpc::CallbackServerContext* context, const v1::RecordSettlementResultRequest* request,
      v1::RecordSettlementResultResponse* response) override;

 private:
  platform::Guard& guard_;
  SettlementRepository& settlements_;
  CaseEngine& engine_;
  Commands& commands_;
};

}  // namespace redress::aftersales
