// Cases and their workflow.
#include <redress/aftersales/v1/workflow_service.pb.h>

#include "tests/e2e/cases.h"
#include "tests/security/doors.h"

namespace redress::security {
namespace {

namespace aftersales = redress::aftersales::v1;
using e2e::Shop;
using e2e::Unique;

constexpr char kReaders[] = "supervisor agent finance admin auditor integration";
constexpr char kVerifiers[] = "supervisor admin auditor";

std::string NewCase(Shop& shop) {
  return e2e::BringTo(shop, aftersales::REFUND_VARIANT_REFUND_ONLY, "Requested");
}

void FillOpening(Shop& shop, const std::string&, aftersales::OpenRefundRequest& request) {
  const order::v1::Order order = shop.PushOrder();
  request.set_request_id(Unique("open"));
  request.set_order_id(order.order_id());
  request.set_line_id(order.lines(0).line_id());
  request.set_quantity(1);
  request.mutable_amount_asked()->set_currency_code("CNY");
  request.mutable_amount_asked()->set_minor_units(10'00);
  request.set_variant(aftersales::REFUND_VARIANT_REFUND_ONLY);
  request.set_reason("damaged");
}

void FillDispute(Shop& shop, const std::string&, aftersales::OpenDisputeRequest& request) {
  const order::v1::Order order = shop.PushOrder();
  request.set_request_id(Unique("dispute"));
  request.set_order_id(order.order_id());
  request.set_line_id(order.lines(0).line_id());
  request.set_channel(aftersales::DISPUTE_CHANNEL_DIRECT_COMPLAINT);
  request.set_reason("not_as_described");
}

void FillReview(Shop& shop, const std::string&, aftersales::OpenReviewRequest& request) {
  const order::v1::Order order = shop.PushOrder();
  request.set_request_id(Unique("review"));
  request.set_order_id(order.order_id());
  request.set_line_id(order.lines(0).line_id());
  request.set_rating(aftersales::REVIEW_RATING_NEUTRAL);
  request.mutable_review_time()->set_seconds(shop.stack().NowUs() / 1'000'000 - 60);
}

void FillAssignment(Shop& shop, const std::string& who, aftersales::AssignCaseRequest& request) {
  const std::string id = NewCase(shop);
  request.set_request_id(Unique("assign"));
  request.set_case_id(id);
  request.set_version(shop.Get(id).version());
  request.set_assignee_id(shop.AccountOf(who));
}

void FillList(Shop& shop, const std::string&, aftersales::ListCasesRequest& request) {
  request.set_order(aftersales::CASE_ORDER_NEWEST);
  request.set_order_id(shop.Get(NewCase(shop)).order_id());
}

void FillMoment(Shop& shop, const std::string&, aftersales::GetCaseAtRequest& request) {
  request.set_case_id(NewCase(shop));
  request.set_sequence(1);
}

void FillRule(Shop&, const std::string&, aftersales::SetDeadlineRuleRequest& request) {
  request.set_request_id(Unique("rule"));
  request.set_rule("inspection");
  request.set_duration_seconds(86'400);
}

// A step that every role of ApplyStep has some event for: who may send which is RefundEventDoors.
void FillStep(Shop& shop, const std::string& who, aftersales::ApplyStepRequest& request) {
  const std::string id = e2e::BringTo(shop, aftersales::REFUND_VARIANT_REFUND_ONLY,
                                      who == "finance" ? "Settling" : "Requested");
  request.set_request_id(Unique("step"));
  request.set_case_id(id);
  auto& event = *request.mutable_refund();
  if (who == "finance") {
    shop.RecordPayment(id, aftersales::SETTLEMENT_STATE_UNKNOWN);
    event.mutable_reconcile_settlement()->set_paid(true);
  } else if (who == "aftersales") {
    event.mutable_deadline_reached()->set_number(shop.Get(id).deadline().number());
  } else {
    event.mutable_withdraw();
  }
  request.set_version(shop.Get(id).version());
}

}  // namespace

std::vector<Door> CaseDoors() {
  return {
      DoorOf<aftersales::OpenRefundRequest>({.roles = "agent supervisor integration"}, FillOpening),
      DoorOf<aftersales::OpenDisputeRequest>({.roles = "agent supervisor integration"},
                                             FillDispute),
      DoorOf<aftersales::OpenReviewRequest>({.roles = "agent supervisor integration"}, FillReview),
      DoorOf<aftersales::ApplyStepRequest>(
          {.roles = "agent supervisor finance integration", .services = "aftersales"}, FillStep),
      DoorOf<aftersales::AssignCaseRequest>({.roles = "agent supervisor"}, FillAssignment),
      DoorOf<aftersales::GetCaseRequest>(
          {.roles = kEveryRole},
          [](Shop& shop, auto&, auto& request) { request.set_case_id(NewCase(shop)); }),
      DoorOf<aftersales::ListCasesRequest>({.roles = kReaders}, FillList),
      DoorOf<aftersales::ListStepsRequest>(
          {.roles = kReaders},
          [](Shop& shop, auto&, auto& request) { request.set_case_id(NewCase(shop)); }),
      DoorOf<aftersales::GetCaseAtRequest>({.roles = kReaders}, FillMoment),
      DoorOf<aftersales::VerifyCaseRequest>(
          {.roles = kVerifiers},
          [](Shop& shop, auto&, auto& request) { request.set_case_id(NewCase(shop)); }),
      DoorOf<aftersales::VerifyCasesRequest>({.roles = kVerifiers},
                                             [](Shop& shop, auto&, auto&) { NewCase(shop); }),
      DoorOf<aftersales::DescribeWorkflowRequest>(
          {.signed_in = true}, [](Shop&, auto&, auto& request) { request.set_kind("refund"); }),
      DoorOf<aftersales::ListDeadlineRulesRequest>({.roles = "agent supervisor admin auditor"},
                                                   [](Shop&, auto&, auto&) {}),
      DoorOf<aftersales::SetDeadlineRuleRequest>({.roles = "admin"}, FillRule)};
}

}  // namespace redress::security
