#pragma once

#include "redress/aftersales/v1/bank_run_service.grpc.pb.h"
#include "services/aftersales/api/commands.h"
#include "services/aftersales/domain/bank_runs.h"
#include "services/platform/server/guard.h"

namespace redress::aftersales {

// BankRunService: finance's files to and from the bank.
class BankRunApi final : public v1::BankRunService::CallbackService {
 public:
  BankRunApi(platform::Guard& guard, BankRuns& runs, BankRunRepository& rows, Commands& commands)
      : guard_(guard), runs_(runs), rows_(rows), commands_(commands) {}

  grpc::ServerUnaryReactor* CreateBankRun(grpc::CallbackServerContext* context,
                                          const v1::CreateBankRunRequest* request,
                                          v1::CreateBankRunResponse* response) override;
  grpc::ServerUnaryReactor* GetBankRun(grpc::CallbackServerContext* context,
                                       const v1::GetBankRunRequest* request,
                                       v1::GetBankRunResponse* response) override;
  grpc::ServerUnaryReactor* ListBankRuns(grpc::CallbackServerContext* context,
                                         const v1::ListBankRunsRequest* request,
                                         v1::ListBankRunsResponse* response) override;
  grpc::ServerUnaryReactor* ListBankRunPayments(grpc::CallbackServerContext* context,
                                                const v1::ListBankRunPaymentsRequest* request,
                                                v1::ListBankRunPaymentsResponse* response) override;
  grpc::ServerWriteReactor<v1::ExportBankRunResponse>* ExportBankRun(
      grpc::CallbackServerContext* context, const v1::ExportBankRunRequest* request) override;
  grpc::ServerUnaryReactor* HandOverBankRun(grpc::CallbackServerContext* context,
                                            const v1::HandOverBankRunRequest* request,
                                            v1::HandOverBankRunResponse* response) override;
  grpc::ServerUnaryReactor* ImportBankResults(grpc::CallbackServerContext* context,
                                              const v1::ImportBankResultsRequest* request,
                                              v1::ImportBankResultsResponse* response) override;
  grpc::ServerUnaryReactor* DissolveBankRun(grpc::CallbackServerContext* context,
                                            const v1::DissolveBankRunRequest* request,
                                            v1::DissolveBankRunResponse* response) override;

 private:
  platform::Guard& guard_;
  BankRuns& runs_;
  BankRunRepository& rows_;
  Commands& commands_;
};

}  // namespace redress::aftersales
