// Deadlines, calendars, and all cases at once.
#include <redress/aftersales/v1/case_scan_service.pb.h>
#include <redress/aftersales/v1/deadline_service.pb.h>

#include "tests/e2e/cases.h"
#include "tests/security/doors.h"

namespace redress::security {
namespace {

namespace aftersales = redress::aftersales::v1;
using e2e::Shop;
using e2e::Unique;

constexpr char kReaders[] = "agent supervisor finance admin auditor integration";

std::string NewCase(Shop& shop) {
  return e2e::BringTo(shop, aftersales::REFUND_VARIANT_REFUND_ONLY, "Requested");
}

std::string CaseOnPlatform(Shop& shop) {
  const order::v1::Order order = shop.PushOrder();
  aftersales::OpenRefundRequest request;
  request.set_request_id(Unique("open"));
  request.set_order_id(order.order_id());
  request.set_line_id(order.lines(0).line_id());
  request.set_quantity(1);
  request.mutable_amount_asked()->set_currency_code("CNY");
  request.mutable_amount_asked()->set_minor_units(10'00);
  request.set_variant(aftersales::REFUND_VARIANT_REFUND_ONLY);
  request.set_reason("damaged");
  request.set_platform_refund_id(Unique("P"));
  return shop.As("agent").Call<aftersales::OpenRefundResponse>(request).case_().case_id();
}

void FillPlatformDeadline(Shop& shop, const std::string&,
                          aftersales::RecordPlatformDeadlineRequest& request) {
  const aftersales::Case one = shop.Get(CaseOnPlatform(shop));
  request.set_request_id(Unique("deadline"));
  request.set_case_id(one.case_id());
  request.set_version(one.version());
  *request.mutable_due_time() = one.deadline().due_time();
  request.mutable_due_time()->set_seconds(one.deadline().due_time().seconds() + 3600);
}

void FillCalendar(Shop&, const std::string&, aftersales::SetCalendarRequest& request) {
  request.set_request_id(Unique("calendar"));
  request.set_name(Unique("office"));
  aftersales::WeekdayHours& monday = *request.add_week();
  monday.set_weekday(1);
  monday.add_hours()->set_to_minute(600);
}

}  // namespace

std::vector<Door> DeadlineDoors() {
  return {DoorOf<aftersales::WhyDueRequest>(
              {.roles = kReaders},
              [](Shop& shop, auto&, auto& request) { request.set_case_id(NewCase(shop)); }),
          DoorOf<aftersales::RecordPlatformDeadlineRequest>({.roles = "supervisor integration"},
                                                            FillPlatformDeadline),
          DoorOf<aftersales::ListCalendarsRequest>({.roles = "agent supervisor admin auditor"},
                                                   [](Shop&, auto&, auto&) {}),
          DoorOf<aftersales::SetCalendarRequest>({.roles = "admin"}, FillCalendar),
          DoorOf<aftersales::ScanCasesRequest>({.roles = "supervisor admin auditor"},
                                               [](Shop& shop, auto&, auto&) { NewCase(shop); }),
          DoorOf<aftersales::SurveyCasesRequest>({.roles = "admin auditor", .services = "operator"},
                                                 [](Shop& shop, auto&, auto&) { NewCase(shop); })};
}

}  // namespace redress::security
