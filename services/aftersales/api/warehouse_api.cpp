#include "services/aftersales/api/warehouse_api.h"

#include <algorithm>

#include "services/aftersales/api/mapping.h"
#include "services/platform/paging/paging.h"

namespace redress::aftersales {
namespace {

using platform::Call;
using platform::ParseId;
using platform::ParseOptionalId;

WarehouseTask FindTask(TaskRepository& tasks, ShopId shop, const std::string& id) {
  auto task = tasks.Find(shop, ParseId<TaskId>(id, "task_id"));
  if (!task) throw platform::NotFound("task", id);
  return *std::move(task);
}

}  // namespace

grpc::ServerUnaryReactor* WarehouseApi::GetTask(grpc::CallbackServerContext* context,
                                                const v1::GetTaskRequest* request,
                                                v1::GetTaskResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::GetTaskRequest& request, v1::GetTaskResponse& response) {
        ToProto(FindTask(uses_.tasks, call.caller.shop, request.task_id()),
                *response.mutable_task());
      });
}

grpc::ServerUnaryReactor* WarehouseApi::ListTasks(grpc::CallbackServerContext* context,
                                                  const v1::ListTasksRequest* request,
                                                  v1::ListTasksResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::ListTasksRequest& request,
             v1::ListTasksResponse& response) {
        TaskQuery query;
        query.shop = call.caller.shop;
        if (request.state() != v1::TASK_STATE_UNSPECIFIED) {
          query.state = static_cast<TaskState>(request.state());
        }
        query.of_case = ParseOptionalId<CaseId>(request.case_id(), "case_id");
        const platform::PageQuery page("ListTasks", query.shop,
                                       {std::to_string(request.state()), request.case_id()});
        if (const auto after = page.Decode(request.page_token(), 1)) query.after = {after->at(0)};
        const std::size_t size = platform::PageSize(request.page_size());
        query.limit = size + 1;
        std::vector<WarehouseTask> found = uses_.tasks.List(query);
        if (found.size() > size) {
          found.pop_back();
          response.set_next_page_token(page.Encode({found.back().id.value}));
        }
        for (const WarehouseTask& task : found) ToProto(task, *response.add_tasks());
      });
}

grpc::ServerUnaryReactor* WarehouseApi::ReportTask(grpc::CallbackServerContext* context,
                                                   const v1::ReportTaskRequest* request,
                                                   v1::ReportTaskResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::ReportTaskRequest& request,
             v1::ReportTaskResponse& response) { Report(call, request, response); });
}

void WarehouseApi::Report(const Call& call, const v1::ReportTaskRequest& request,
                          v1::ReportTaskResponse& response) {
  // A task's case never changes, so it may be read before the case is locked.
  const WarehouseTask task = FindTask(uses_.tasks, call.caller.shop, request.task_id());
  v1::ReportTaskRequest plain = request;
  plain.clear_text();
  auto command = uses_.commands.Make(call, request.wms_reference(), plain, request.text());
  command->case_id = task.case_id;
  command->origin = Origin::kWarehouse;
  command->sender.kind = workflows::ActorKind::kWarehouse;
  command->body = ReportOnTask{task.id, request.wms_reference(), ToReport(request)};
  const Answer answer = uses_.engine.Apply(std::move(command));
  if (!answer.task) throw std::logic_error("a report answered no task");
  ToProto(*answer.task, *response.mutable_task());
}

grpc::ServerUnaryReactor* WarehouseApi::ReportUnexpectedGoods(
    grpc::CallbackServerContext* context, const v1::ReportUnexpectedGoodsRequest* request,
    v1::ReportUnexpectedGoodsResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::ReportUnexpectedGoodsRequest& request,
             v1::ReportUnexpectedGoodsResponse& response) {
        UnexpectedGoods goods;
        goods.shop = call.caller.shop;
        goods.record_id = uses_.ids.Next();
        goods.wms_reference = request.wms_reference();
        const WriteRequest write = uses_.commands.MakeWrite(call, goods.wms_reference, request);
        std::copy_n(write.digest.begin(), goods.digest.size(), goods.digest.begin());
        goods.carrier = request.carrier();
        goods.tracking = request.tracking_number();
        goods.sku = request.sku();
        goods.quantity = request.quantity();
        goods.reported_by = call.caller.account;
        goods.created_at = call.clock.NowUs();
        ToProto(uses_.tasks.Record(goods), *response.mutable_goods());
      });
}

grpc::ServerUnaryReactor* WarehouseApi::ListUnexpectedGoods(
    grpc::CallbackServerContext* context, const v1::ListUnexpectedGoodsRequest* request,
    v1::ListUnexpectedGoodsResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::ListUnexpectedGoodsRequest& request,
             v1::ListUnexpectedGoodsResponse& response) {
        const platform::PageQuery page("ListUnexpectedGoods", call.caller.shop);
        const auto token = page.Decode(request.page_token(), 1);
        const std::size_t size = platform::PageSize(request.page_size());
        auto found =
            uses_.tasks.ListUnexpected(call.caller.shop, token ? token->at(0) : 0, size + 1);
        if (found.size() > size) {
          found.pop_back();
          response.set_next_page_token(page.Encode({found.back().record_id}));
        }
        for (const UnexpectedGoods& goods : found) ToProto(goods, *response.add_goods());
      });
}

}  // namespace redress::aftersales
