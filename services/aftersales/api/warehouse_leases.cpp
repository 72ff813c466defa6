// The part of WarehouseApi in which a warehouse holds on to tasks: watching and leases.

#include "services/aftersales/api/mapping.h"
#include "services/aftersales/api/warehouse_api.h"

namespace redress::aftersales {
namespace {

using platform::Call;

constexpr std::int64_t kStandardLeaseSeconds = std::int64_t{15} * 60;
constexpr std::chrono::milliseconds kWakeUp(200);
// How late another process's change may be seen.
constexpr std::chrono::milliseconds kReadAgain(1000);

template <class Request>
std::int64_t LeaseEnd(const Request& request, std::int64_t now_us) {
  const std::int64_t asked = request.lease_seconds();
  return now_us + (asked == 0 ? kStandardLeaseSeconds : asked) * platform::kSecondUs;
}

}  // namespace

grpc::ServerWriteReactor<v1::WatchTasksResponse>* WarehouseApi::WatchTasks(
    grpc::CallbackServerContext* context, const v1::WatchTasksRequest* request) {
  return uses_.guard.Streaming<v1::WatchTasksResponse>(
      context, request,
      [this](const Call& call, const v1::WatchTasksRequest&,
             platform::StreamWriter<v1::WatchTasksResponse>& writer) { Watch(call, writer); });
}

void WarehouseApi::Watch(const Call& call, platform::StreamWriter<v1::WatchTasksResponse>& writer) {
  const ShopId shop = call.caller.shop;
  TaskWatch watch(shop, uses_.tasks, [&](const WarehouseTask& task) {
    v1::WatchTasksResponse item;
    ToProto(task, *item.mutable_task());
    return writer.Write(item);
  });
  std::uint64_t seen = uses_.feed.Wait(shop, 0, std::chrono::milliseconds(0));
  if (!watch.SendOpen(call.clock.NowUs())) return;
  auto read_at = std::chrono::steady_clock::now();
  while (!writer.Cancelled()) {
    const std::uint64_t count = uses_.feed.Wait(shop, seen, kWakeUp);
    const auto now = std::chrono::steady_clock::now();
    if (count == seen && now - read_at < kReadAgain) continue;
    seen = count;
    read_at = now;
    if (!watch.SendChanges(call.clock.NowUs())) return;
  }
}

template <class Request, class Response, class Change>
void WarehouseApi::ChangeLease(const Call& call, const Request& request, Response& response,
                               Change change) {
  const std::int64_t now_us = call.clock.NowUs();
  const auto id = platform::ParseId<TaskId>(request.task_id(), "task_id");
  const WarehouseTask task = uses_.tasks.Change(
      call.caller.shop, id, uses_.commands.MakeWrite(call, request.request_id(), request),
      [&](WarehouseTask& locked) { change(locked, call.caller.account, now_us); }, now_us);
  ToProto(task, *response.mutable_task());
  uses_.feed.Changed({&task, 1});
}

grpc::ServerUnaryReactor* WarehouseApi::ClaimTask(grpc::CallbackServerContext* context,
                                                  const v1::ClaimTaskRequest* request,
                                                  v1::ClaimTaskResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::ClaimTaskRequest& request,
             v1::ClaimTaskResponse& response) {
        ChangeLease(call, request, response,
                    [&](WarehouseTask& task, AccountId account, std::int64_t now_us) {
                      Claim(task, account, LeaseEnd(request, now_us), now_us);
                    });
      });
}

grpc::ServerUnaryReactor* WarehouseApi::RenewTaskLease(grpc::CallbackServerContext* context,
                                                       const v1::RenewTaskLeaseRequest* request,
                                                       v1::RenewTaskLeaseResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::RenewTaskLeaseRequest& request,
             v1::RenewTaskLeaseResponse& response) {
        ChangeLease(call, request, response,
                    [&](WarehouseTask& task, AccountId account, std::int64_t now_us) {
                      Renew(task, account, LeaseEnd(request, now_us), now_us);
                    });
      });
}

grpc::ServerUnaryReactor* WarehouseApi::ReleaseTask(grpc::CallbackServerContext* context,
                                                    const v1::ReleaseTaskRequest* request,
                                                    v1::ReleaseTaskResponse* response) {
  return uses_.guard.Blocking(context, request, response,
                              [this](const Call& call, const v1::ReleaseTaskRequest& request,
                                     v1::ReleaseTaskResponse& response) {
                                ChangeLease(
                                    call, request, response,
                                    [](WarehouseTask& task, AccountId account,
                                       std::int64_t now_us) { Release(task, account, now_us); });
                              });
}

}  // namespace redress::aftersales
