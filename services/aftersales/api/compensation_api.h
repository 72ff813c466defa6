#pragma once

#include "redress/aftersales/v1/compensation_service.grpc.pb.h"
#include "services/aftersales/api/commands.h"
#include "services/aftersales/domain/case_engine.h"
#include "services/aftersales/domain/case_repository.h"
#include "services/aftersales/domain/compensation_repository.h"
#include "services/platform/access/directory.h"
#include "services/platform/server/guard.h"

namespace redress::aftersales {

// CompensationService: what is given to buyers outside refunds.
class CompensationApi final : public v1::CompensationService::CallbackService {
 public:
  struct Uses {
    platform::Guard& guard;
    platform::Directory& directory;
    CaseEngine& engine;
    PolicySource& policies;
    CaseRepository& cases;
    CompensationRepository& compensations;
    Commands& commands;
  };
  explicit CompensationApi(Uses uses) : uses_(uses) {}

  grpc::ServerUnaryReactor* OfferCompensation(grpc::CallbackServerContext* context,
                                              const v1::OfferCompensationRequest* request,
                                              v1::OfferCompensationResponse* response) override;
  grpc::ServerUnaryReactor* ApproveCompensation(grpc::CallbackServerContext* context,
                                                const v1::ApproveCompensationRequest* request,
                                                v1::ApproveCompensationResponse* response) override;
  grpc::ServerUnaryReactor* DeclineCompensation(grpc::CallbackServerContext* context,
                                                const v1::DeclineCompensationRequest* request,
                                                v1::DeclineCompensationResponse* response) override;
  grpc::ServerUnaryReactor* CancelCompensation(grpc::CallbackServerContext* context,
                                               const v1::CancelCompensationRequest* request,
                                               v1::CancelCompensationResponse* response) override;
  grpc::ServerUnaryReactor* BeginCompensation(grpc::CallbackServerContext* context,
                                              const v1::BeginCompensationRequest* request,
                                              v1::BeginCompensationResponse* response) override;
  grpc::ServerUnaryReactor* RecordCompensationResult(
      grpc::CallbackServerContext* context, const v1::RecordCompensationResultRequest* request,
      v1::RecordCompensationResultResponse* response) override;
  grpc::ServerUnaryReactor* ListCompensations(grpc::CallbackServerContext* context,
                                              const v1::ListCompensationsRequest* request,
                                              v1::ListCompensationsResponse* response) override;
  grpc::ServerUnaryReactor* GetCompensationBudget(
      grpc::CallbackServerContext* context, const v1::GetCompensationBudgetRequest* request,
      v1::GetCompensationBudgetResponse* response) override;

 private:
  // A call that moves one compensation: applied, and answered with it.
  template <class Request, class Response>
  grpc::ServerUnaryReactor* Answer(grpc::CallbackServerContext* context, const Request* request,
                                   Response* response, CompensationAct act);
  void Apply(std::unique_ptr<Command> command, v1::Compensation& to);
  void Offer(const platform::Call& call, const v1::OfferCompensationRequest& request,
             v1::OfferCompensationResponse& response);
  void List(const platform::Call& call, const v1::ListCompensationsRequest& request,
            v1::ListCompensationsResponse& response);
  void ListOfCase(const platform::Call& call, const v1::ListCompensationsRequest& request,
                  v1::ListCompensationsResponse& response);
  void ReadBudget(const platform::Call& call, const v1::GetCompensationBudgetRequest& request,
                  v1::GetCompensationBudgetResponse& response);
  std::int32_t MonthNow(const platform::Call& call) const;

  const Uses uses_;
};

}  // namespace redress::aftersales
