#pragma once

#include "redress/aftersales/v1/warehouse_service.grpc.pb.h"
#include "services/aftersales/api/commands.h"
#include "services/aftersales/domain/case_engine.h"
#include "services/aftersales/domain/task_feed.h"
#include "services/aftersales/domain/task_repository.h"
#include "services/platform/server/guard.h"

namespace redress::aftersales {

// WarehouseService: tasks, their leases and reports, and goods that no task announced.
class WarehouseApi final : public v1::WarehouseService::CallbackService {
 public:
  struct Uses {
    platform::Guard& guard;
    platform::IdSource& ids;
    CaseEngine& engine;
    TaskRepository& tasks;
    TaskFeed& feed;
    Commands& commands;
  };
  explicit WarehouseApi(Uses uses) : uses_(uses) {}

  grpc::ServerUnaryReactor* GetTask(grpc::CallbackServerContext* context,
                                    const v1::GetTaskRequest* request,
                                    v1::GetTaskResponse* response) override;
  grpc::ServerUnaryReactor* ListTasks(grpc::CallbackServerContext* context,
                                      const v1::ListTasksRequest* request,
                                      v1::ListTasksResponse* response) override;
  grpc::ServerWriteReactor<v1::WatchTasksResponse>* WatchTasks(
      grpc::CallbackServerContext* context, const v1::WatchTasksRequest* request) override;
  grpc::ServerUnaryReactor* ClaimTask(grpc::CallbackServerContext* context,
                                      const v1::ClaimTaskRequest* request,
                                      v1::ClaimTaskResponse* response) override;
  grpc::ServerUnaryReactor* RenewTaskLease(grpc::CallbackServerContext* context,
                                           const v1::RenewTaskLeaseRequest* request,
                                           v1::RenewTaskLeaseResponse* response) override;
  grpc::ServerUnaryReactor* ReleaseTask(grpc::CallbackServerContext* context,
                                        const v1::ReleaseTaskRequest* request,
                                        v1::ReleaseTaskResponse* response) override;
  grpc::ServerUnaryReactor* ReportTask(grpc::CallbackServerContext* context,
                                       const v1::ReportTaskRequest* request,
                                       v1::ReportTaskResponse* response) override;
  grpc::ServerUnaryReactor* ReportUnexpectedGoods(
      grpc::CallbackServerContext* context, const v1::ReportUnexpectedGoodsRequest* request,
      v1::ReportUnexpectedGoodsResponse* response) override;
  grpc::ServerUnaryReactor* ListUnexpectedGoods(grpc::CallbackServerContext* context,
                                                const v1::ListUnexpectedGoodsRequest* request,
                                                v1::ListUnexpectedGoodsResponse* response) override;

 private:
  void Watch(const platform::Call& call, platform::StreamWriter<v1::WatchTasksResponse>& writer);
  // One lease call: `change` is told until when a lease asked for now would last.
  template <class Request, class Response, class Change>
  void ChangeLease(const platform::Call& call, const Request& request, Response& response,
                   Change change);
  void Report(const platform::Call& call, const v1::ReportTaskRequest& request,
              v1::ReportTaskResponse& response);

  const Uses uses_;
};

}  // namespace redress::aftersales
