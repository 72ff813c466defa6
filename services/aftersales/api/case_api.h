#pragma once

#include "redress/aftersales/v1/case_service.grpc.pb.h"
#include "services/aftersales/api/commands.h"
#include "services/aftersales/domain/case_engine.h"
#include "services/aftersales/domain/case_repository.h"
#include "services/platform/access/directory.h"
#include "services/platform/server/guard.h"

namespace redress::aftersales {

// CaseService: maps a call to one command or one read, and the answer back.
class CaseApi final : public v1::CaseService::CallbackService {
 public:
  struct Uses {
    platform::Guard& guard;
    platform::Directory& directory;
    platform::IdSource& ids;
    CaseEngine& engine;
    PolicySource& policies;
    CaseRepository& cases;
    CaseLinkRepository& links;
    CaseNumbers& numbers;
    LineSource& lines;
    Commands& commands;
  };
  explicit CaseApi(Uses uses) : uses_(uses) {}

  grpc::ServerUnaryReactor* OpenRefund(grpc::CallbackServerContext* context,
                                       const v1::OpenRefundRequest* request,
                                       v1::OpenRefundResponse* response) override;
  grpc::ServerUnaryReactor* OpenDispute(grpc::CallbackServerContext* context,
                                        const v1::OpenDisputeRequest* request,
                                        v1::OpenDisputeResponse* response) override;
  grpc::ServerUnaryReactor* OpenReview(grpc::CallbackServerContext* context,
                                       const v1::OpenReviewRequest* request,
                                       v1::OpenReviewResponse* response) override;
  grpc::ServerUnaryReactor* ApplyStep(grpc::CallbackServerContext* context,
                                      const v1::ApplyStepRequest* request,
                                      v1::ApplyStepResponse* response) override;
  grpc::ServerUnaryReactor* AssignCase(grpc::CallbackServerContext* context,
                                       const v1::AssignCaseRequest* request,
                                       v1::AssignCaseResponse* response) override;
  grpc::ServerUnaryReactor* GetCase(grpc::CallbackServerContext* context,
                                    const v1::GetCaseRequest* request,
                                    v1::GetCaseResponse* response) override;
  grpc::ServerUnaryReactor* ListCases(grpc::CallbackServerContext* context,
                                      const v1::ListCasesRequest* request,
                                      v1::ListCasesResponse* response) override;
  grpc::ServerUnaryReactor* ListSteps(grpc::CallbackServerContext* context,
                                      const v1::ListStepsRequest* request,
                                      v1::ListStepsResponse* response) override;
  grpc::ServerUnaryReactor* GetCaseAt(grpc::CallbackServerContext* context,
                                      const v1::GetCaseAtRequest* request,
                                      v1::GetCaseAtResponse* response) override;
  grpc::ServerUnaryReactor* VerifyCase(grpc::CallbackServerContext* context,
                                       const v1::VerifyCaseRequest* request,
                                       v1::VerifyCaseResponse* response) override;
  grpc::ServerUnaryReactor* VerifyCases(grpc::CallbackServerContext* context,
                                        const v1::VerifyCasesRequest* request,
                                        v1::VerifyCasesResponse* response) override;

 private:
  void Open(const platform::Call& call, const v1::OpenRefundRequest& request,
            v1::OpenRefundResponse& response);
  void Open(const platform::Call& call, const v1::OpenDisputeRequest& request,
            v1::OpenDisputeResponse& response);
  void Open(const platform::Call& call, const v1::OpenReviewRequest& request,
            v1::OpenReviewResponse& response);
  // Of a case that pays nothing itself: the line, or without one the whole order.
  template <class Request>
  LineFacts SubjectOf(const platform::Call& call, const Request& request);
  std::unique_ptr<Command> StepCommand(const platform::Call& call,
                                       const v1::ApplyStepRequest& request);
  std::unique_ptr<Command> AssignmentCommand(const platform::Call& call,
                                             const v1::AssignCaseRequest& request);
  // By whichever key the request has; throws NOT_FOUND.
  template <class Request>
  Case Find(const platform::Call& call, const Request& request);
  // What a refund's line has left; empty for other kinds.
  LedgerRow LineOf(const Case& of);
  void AddActions(const platform::Call& call, const Case& of, v1::GetCaseResponse& response);
  void AddLinks(const Case& of, v1::GetCaseResponse& response);
  // The case that a new one about this repeats, if it says so; throws what CheckRepeats does.
  CaseId EarlierCase(const platform::Call& call, const std::string& repeats_case_id,
                     const LineFacts& line);
  static void AddReasons(const Case& of, v1::GetCaseResponse& response);
  void List(const platform::Call& call, const v1::ListCasesRequest& request,
            v1::ListCasesResponse& response);
  void ReadPast(const platform::Call& call, const v1::GetCaseAtRequest& request,
                v1::GetCaseAtResponse& response);
  void VerifyPage(const platform::Call& call, const v1::VerifyCasesRequest& request,
                  v1::VerifyCasesResponse& response);
  void ReadSteps(const platform::Call& call, const v1::ListStepsRequest& request,
                 v1::ListStepsResponse& response);

  const Uses uses_;
};

template <class Request>
Case CaseApi::Find(const platform::Call& call, const Request& request) {
  const ShopId shop = call.caller.shop;
  if (request.key_case() == Request::kCaseNumber) {
    auto found = uses_.cases.FindByNumber(shop, request.case_number());
    if (!found) throw platform::NotFound("case", std::to_string(request.case_number()));
    return *std::move(found);
  }
  auto found = uses_.cases.Find(shop, platform::ParseId<CaseId>(request.case_id(), "case_id"));
  if (!found) throw platform::NotFound("case", request.case_id());
  return *std::move(found);
}

}  // namespace redress::aftersales
