#include "services/aftersales/domain/task_report.h"

#include "services/aftersales/domain/event_json.h"

namespace redress::aftersales {
namespace {

std::string_view NameOf(ReportKind kind) {
  switch (kind) {
    case ReportKind::kReceived:
      return "received";
    case ReportKind::kInspected:
      return "inspected";
    case ReportKind::kFailed:
      return "failed";
    case ReportKind::kShipped:
      return "shipped";
    case ReportKind::kPacked:
      return "packed";
    case ReportKind::kIntercepted:
      return "intercepted";
  }
  return "";
}

}  // namespace

ReportKind KindOf(const TaskReport& report) {
  if (std::holds_alternative<GoodsReceived>(report)) return ReportKind::kReceived;
  if (std::holds_alternative<GoodsInspected>(report)) return ReportKind::kInspected;
  if (std::holds_alternative<WorkFailed>(report)) return ReportKind::kFailed;
  if (std::holds_alternative<GoodsPacked>(report)) return ReportKind::kPacked;
  if (std::holds_alternative<ParcelIntercepted>(report)) return ReportKind::kIntercepted;
  return ReportKind::kShipped;
}

std::int32_t QuantityOf(const TaskReport& report) {
  if (const auto* received = std::get_if<GoodsReceived>(&report)) return received->quantity;
  if (const auto* inspected = std::get_if<GoodsInspected>(&report)) {
    return inspected->quantity_good;
  }
  if (const auto* parcel = std::get_if<ParcelIntercepted>(&report)) return parcel->caught ? 1 : 0;
  return 0;
}

std::string_view ReasonOf(const TaskReport& report) {
  if (const auto* inspected = std::get_if<GoodsInspected>(&report)) return inspected->reason;
  if (const auto* failed = std::get_if<WorkFailed>(&report)) return failed->reason;
  return "";
}

std::string MembersOf(const ReportOnTask& body) {
  std::string members;
  AddMember(members, "task_id", platform::ToString(body.task));
  const ReportKind kind = KindOf(body.report);
  AddMember(members, "report", NameOf(kind));
  if (kind == ReportKind::kReceived || kind == ReportKind::kInspected) {
    AddMember(members, "quantity", std::int64_t{QuantityOf(body.report)});
  }
  if (const auto* parcel = std::get_if<ParcelIntercepted>(&body.report)) {
    AddMember(members, "caught", parcel->caught);
  }
  if (!ReasonOf(body.report).empty()) AddMember(members, "reason", ReasonOf(body.report));
  if (const auto* shipped = std::get_if<GoodsShipped>(&body.report)) {
    AddMember(members, "carrier", shipped->carrier);
    AddMember(members, "tracking_number", shipped->tracking);
  }
  return members;
}

}  // namespace redress::aftersales
