#pragma once

#include <atomic>
#include <memory>
#include <span>
#include <vector>

#include "redress/aftersales/v1/queue_service.grpc.pb.h"
#include "services/aftersales/api/commands.h"
#include "services/aftersales/domain/case_engine.h"
#include "services/aftersales/domain/case_repository.h"
#include "services/aftersales/domain/hand_over.h"
#include "services/platform/access/directory.h"
#include "services/platform/server/guard.h"

namespace redress::aftersales {

// QueueService: one command per case, each under a request_id of its own that is made of the call's
// and the case's, so that a repeat of the call repeats each of them.
class QueueApi final : public v1::QueueService::CallbackService {
 public:
  struct Uses {
    platform::Guard& guard;
    platform::Directory& directory;
    CaseEngine& engine;
    CaseRepository& cases;
    HandOverPlans& plans;
    Commands& commands;
  };
  explicit QueueApi(Uses uses) : uses_(uses) {}

  grpc::ServerUnaryReactor* ClaimNextCase(grpc::CallbackServerContext* context,
                                          const v1::ClaimNextCaseRequest* request,
                                          v1::ClaimNextCaseResponse* response) override;
  grpc::ServerUnaryReactor* HandOverCases(grpc::CallbackServerContext* context,
                                          const v1::HandOverCasesRequest* request,
                                          v1::HandOverCasesResponse* response) override;
  grpc::ServerUnaryReactor* BulkApply(grpc::CallbackServerContext* context,
                                      const v1::BulkApplyRequest* request,
                                      v1::BulkApplyResponse* response) override;

 private:
  using Results = google::protobuf::RepeatedPtrField<v1::CaseResult>;

  void HandOver(const platform::Call& call, const v1::HandOverCasesRequest& request,
                v1::HandOverCasesResponse& response);
  void Bulk(const platform::Call& call, const v1::BulkApplyRequest& request,
            v1::BulkApplyResponse& response);
  // What the action means for each case.
  std::vector<CommandBody> BodiesOf(const platform::Call& call,
                                    const v1::BulkApplyRequest& request);
  std::vector<CommandBody> Approvals(const platform::Call& call,
                                     const v1::BulkApplyRequest& request);
  // Carries the commands out and answers for each.
  void Answer(const platform::Call& call, std::vector<std::unique_ptr<Command>> commands,
              Results& results);

  const Uses uses_;
  std::atomic<int> many_under_way_ = 0;
};

}  // namespace redress::aftersales
