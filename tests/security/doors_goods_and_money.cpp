// Warehouse tasks and payments.
#include <redress/aftersales/v1/late_report_service.pb.h>
#include <redress/aftersales/v1/settlement_service.pb.h>
#include <redress/aftersales/v1/warehouse_service.pb.h>

#include "tests/e2e/cases.h"
#include "tests/security/doors.h"

namespace redress::security {
namespace {

namespace aftersales = redress::aftersales::v1;
using e2e::Shop;
using e2e::Unique;

constexpr char kReaders[] = "agent supervisor warehouse admin auditor integration";
constexpr char kWarehouse[] = "warehouse integration";

std::string CaseOnItsWay(Shop& shop) {
  return e2e::BringTo(shop, aftersales::REFUND_VARIANT_RETURN_AND_REFUND, "Returning");
}

std::string QueuedTask(Shop& shop) {
  aftersales::ListTasksRequest list;
  list.set_case_id(CaseOnItsWay(shop));
  return shop.As("warehouse").Call<aftersales::ListTasksResponse>(list).tasks(0).task_id();
}

// Claimed by who is about to use it.
std::string ClaimedTask(Shop& shop, const std::string& who) {
  aftersales::ClaimTaskRequest claim;
  claim.set_task_id(QueuedTask(shop));
  return shop.As(who).Call<aftersales::ClaimTaskResponse>(claim).task().task_id();
}

template <class Message>
Door TaskDoor(std::string (*task)(Shop&, const std::string&)) {
  return DoorOf<Message>({.roles = kWarehouse},
                         [task](Shop& shop, const std::string& who, Message& request) {
                           request.set_request_id(Unique("task"));
                           request.set_task_id(task(shop, who));
                         });
}

void FillReport(Shop& shop, const std::string& who, aftersales::ReportTaskRequest& request) {
  request.set_wms_reference(Unique("wms"));
  request.set_task_id(ClaimedTask(shop, who));
  request.mutable_received()->set_quantity(2);
}

void FillUnexpected(Shop&, const std::string&, aftersales::ReportUnexpectedGoodsRequest& request) {
  request.set_wms_reference(Unique("wms"));
  request.set_carrier("SF");
  request.set_tracking_number("SF1");
  request.set_quantity(1);
}

void FillAcknowledgement(Shop& shop, const std::string&,
                         aftersales::AcknowledgeLateReportRequest& request) {
  const std::string id = e2e::ReportLate(shop);
  request.set_request_id(Unique("seen"));
  request.set_case_id(id);
  request.set_sequence(shop.Get(id).version());
}

void FillResult(Shop& shop, const std::string&,
                aftersales::RecordSettlementResultRequest& request) {
  request.set_request_id(Unique("paid"));
  request.set_case_id(e2e::BringTo(shop, aftersales::REFUND_VARIANT_REFUND_ONLY, "Settling"));
  request.set_result(aftersales::SETTLEMENT_STATE_SETTLED);
  request.set_payment_reference(Unique("pay"));
  request.set_attempts(1);
}

}  // namespace

std::vector<Door> GoodsAndMoneyDoors() {
  constexpr auto kQueued = [](Shop& shop, const std::string&) { return QueuedTask(shop); };
  return {DoorOf<aftersales::GetTaskRequest>(
              {.roles = kReaders},
              [](Shop& shop, auto&, auto& request) { request.set_task_id(QueuedTask(shop)); }),
          DoorOf<aftersales::ListTasksRequest>(
              {.roles = kReaders},
              [](Shop& shop, auto&, auto& request) { request.set_case_id(CaseOnItsWay(shop)); }),
          DoorOf<aftersales::WatchTasksRequest>({.roles = kWarehouse},
                                                [](Shop& shop, auto&, auto&) { QueuedTask(shop); }),
          TaskDoor<aftersales::ClaimTaskRequest>(kQueued),
          TaskDoor<aftersales::RenewTaskLeaseRequest>(ClaimedTask),
          TaskDoor<aftersales::ReleaseTaskRequest>(ClaimedTask),
          DoorOf<aftersales::ReportTaskRequest>({.roles = kWarehouse}, FillReport),
          DoorOf<aftersales::ReportUnexpectedGoodsRequest>({.roles = kWarehouse}, FillUnexpected),
          DoorOf<aftersales::ListUnexpectedGoodsRequest>({.roles = kReaders},
                                                         [](Shop&, auto&, auto&) {}),
          DoorOf<aftersales::ListLateReportsRequest>(
              {.roles = "agent supervisor warehouse admin auditor"}, [](Shop&, auto&, auto&) {}),
          DoorOf<aftersales::AcknowledgeLateReportRequest>({.roles = "agent supervisor"},
                                                           FillAcknowledgement),
          DoorOf<aftersales::ListSettlementsRequest>({.roles = "supervisor finance admin auditor"},
                                                     [](Shop&, auto&, auto&) {}),
          DoorOf<aftersales::RecordSettlementResultRequest>({.roles = "finance"}, FillResult)};
}

}  // namespace redress::security
