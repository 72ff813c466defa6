#include "tests/e2e/shop.h"

#include <google/protobuf/timestamp.pb.h>
#include <redress/customer/v1/customer_service.pb.h>
#include <redress/desk/v1/phrase_service.pb.h>
#include <redress/identity/v1/shop_service.pb.h>
#include <redress/scoring/v1/figure_service.pb.h>
#include <algorithm>

#include <algorithm>
#include <random>
#include <stdexcept>
#include <utility>

#include "clients/cpp/call_error.h"
#include "tests/support/wait_for.h"

namespace redress::e2e {
namespace {

namespace customer = redress::customer::v1;
namespace desk = redress::desk::v1;
namespace identity = redress::identity::v1;
namespace scoring = redress::scoring::v1;
using redress::common::v1::Role;

constexpr std::int64_t kMicrosPerSecond = 1'000'000;

const std::map<std::string, Role>& Roles() {
  static const std::map<std::string, Role> roles = {{"agent", Role::ROLE_AGENT},
                                                    {"supervisor", Role::ROLE_SUPERVISOR},
                                                    {"warehouse", Role::ROLE_WAREHOUSE},
                                                    {"finance", Role::ROLE_FINANCE},
                                                    {"admin", Role::ROLE_ADMIN},
                                                    {"auditor", Role::ROLE_AUDITOR},
                                                    {"integration", Role::ROLE_INTEGRATION}};
  return roles;
}

google::protobuf::Timestamp TimeOf(std::int64_t us) {
  google::protobuf::Timestamp time;
  time.set_seconds(us / kMicrosPerSecond);
  time.set_nanos(static_cast<int>(us % kMicrosPerSecond) * 1000);
  return time;
}

// Whether the service that takes such a request knows that the caller works in this shop. What else
// it says of the request does not matter.
template <class Response, class Request>
bool Knows(client::Client& caller, Request request) {
  try {
    caller.Call<Response>(std::move(request));
    return true;
  } catch (const client::CallError& error) {
    return error.reason() != "NOT_A_MEMBER" && error.code() != grpc::StatusCode::UNAUTHENTICATED &&
           error.code() != grpc::StatusCode::UNAVAILABLE;
  }
}

bool AllKnow(client::Client& caller) {
  return Knows<identity::GetShopResponse>(caller, identity::GetShopRequest{}) &&
         Knows<customer::ListCustomersResponse>(caller, customer::ListCustomersRequest{}) &&
         Knows<order::ListOrdersResponse>(caller, order::ListOrdersRequest{}) &&
         Knows<aftersales::ListCasesResponse>(caller, aftersales::ListCasesRequest{}) &&
         Knows<desk::ListPhrasesResponse>(caller, desk::ListPhrasesRequest{}) &&
         Knows<scoring::QueryFiguresResponse>(caller, scoring::QueryFiguresRequest{});
}

}  // namespace

std::string Unique(const std::string& stem) {
  static std::mt19937_64 random(std::random_device{}());
  return stem + "-" + std::to_string(random() % 1'000'000'000);
}

Shop::Shop(Stack& stack, const std::string& time_zone) : stack_(stack), name_(Unique("shop")) {
  identity::CreateShopRequest request;
  request.set_name(name_);
  request.set_time_zone(time_zone);
  request.set_currency_code("CNY");
  passwords_["admin"] = Unique("a-long-password");
  request.mutable_first_admin()->set_account_name(name_ + ".admin");
  request.mutable_first_admin()->set_display_name("admin");
  request.mutable_first_admin()->set_password(passwords_["admin"]);
  const auto created =
      stack.operator_client().Call<identity::CreateShopResponse>(std::move(request));
  shop_id_ = created.shop().shop_id();
  accounts_["admin"] = created.admin_account_id();
  LogIn("admin");
  for (const auto& [role, number] : Roles()) {
    if (role != "admin") CreateMember(role);
  }
  // Only now, so that the services have to hear of all members once, and not of one after another.
  for (const auto& [role, number] : Roles()) {
    if (role != "admin") LogIn(role);
  }
}

void Shop::CreateMember(const std::string& role) {
  passwords_[role] = Unique("a-long-password");
  identity::CreateMemberRequest request;
  request.set_account_name(name_ + "." + role);
  request.set_display_name(role);
  request.set_password(passwords_[role]);
  request.add_roles(Roles().at(role));
  if (role == "agent") request.set_approval_limit_minor(kAgentLimit);
  // A new shop reaches the other services within a moment.
  const auto created = As("admin").Call<identity::CreateMemberResponse>(std::move(request));
  accounts_[role] = created.member().account_id();
}

void Shop::LogIn(const std::string& role) {
  auto channels = std::make_shared<client::Channels>(stack_.endpoints(), "e2e/1");
  auto session =
      std::make_shared<client::Session>(channels, std::make_shared<client::SessionMemory>());
  session->LogIn(AccountNameOf(role), passwords_.at(role), shop_id_);
  sessions_[role] = session;
  clients_[role] = std::make_unique<client::Client>(channels, session, shop_id_);
  if (role == "admin") return;
  // Memberships reach the other services within seconds; each learns of them by itself.
  const auto known = [&] { return AllKnow(As(role)); };
  if (!test::WaitFor(known, std::chrono::seconds(20))) {
    throw std::runtime_error("the services do not know the membership of " + role);
  }
}

void Shop::LogInAgain() {
  for (const auto& [role, number] : Roles()) LogIn(role);
}

order::OrderInput Shop::InputOf(const std::string& number, int lines, std::int64_t paid_minor) {
  order::OrderInput input;
  const std::int64_t paid_at = stack_.NowUs() - 3'600 * kMicrosPerSecond;
  input.set_platform("direct");
  input.set_order_number(number);
  input.set_buyer_nick("buyer-" + std::to_string(orders_ % 3));
  input.set_status(order::ORDER_STATUS_TRADE_FINISHED);
  input.set_currency_code("CNY");
  *input.mutable_order_time() = TimeOf(paid_at);
  *input.mutable_pay_time() = TimeOf(paid_at);
  for (int line = 1; line <= lines; ++line) {
    order::OrderLineInput& item = *input.add_lines();
    item.set_line_number(std::to_string(line));
    item.set_sku("SKU-" + std::to_string(line));
    item.set_title("mug");
    item.set_quantity(2);
    item.set_unit_price(std::to_string(paid_minor / 200) + ".00");
    item.set_paid_minor(paid_minor);
  }
  order::ShipmentInput& shipment = *input.add_shipments();
  shipment.set_carrier("SF");
  shipment.set_tracking_number("SF" + std::to_string(orders_));
  *shipment.mutable_ship_time() = TimeOf(paid_at);
  *shipment.mutable_receive_time() = TimeOf(paid_at);
  input.mutable_receiver()->set_name("李小明");
  input.mutable_receiver()->set_phone("13800138000");
  input.mutable_receiver()->set_address("浙江省杭州市文一西路969号");
  return input;
}

order::Order Shop::PushOrder(int lines, std::int64_t paid_minor) {
  order::PushOrderRequest request;
  *request.mutable_order() = InputOf(name_ + "-" + std::to_string(++orders_), lines, paid_minor);
  return As("integration").Call<order::PushOrderResponse>(std::move(request)).order();
}

order::Order Shop::PushOrderOfNewBuyer() {
  order::PushOrderRequest request;
  order::OrderInput& input = *request.mutable_order();
  input = InputOf(name_ + "-" + std::to_string(++orders_), 1, kLinePaid);
  input.set_buyer_nick("new-" + input.order_number());
  return As("integration").Call<order::PushOrderResponse>(std::move(request)).order();
}

order::Order Shop::PushUnreceived(const std::string& number, bool shipped) {
  order::PushOrderRequest request;
  order::OrderInput& input = *request.mutable_order();
  input = InputOf(number, 1, kLinePaid);
  order::OrderLineInput& postage = *input.add_lines();
  postage.set_line_number("post");
  postage.set_title("postage");
  postage.set_quantity(1);
  postage.set_unit_price("8.00");
  postage.set_paid_minor(kPostagePaid);
  postage.set_postage(true);
  input.set_status(shipped ? order::ORDER_STATUS_WAIT_BUYER_CONFIRM_GOODS
                           : order::ORDER_STATUS_WAIT_SELLER_SEND_GOODS);
  if (shipped) {
    input.mutable_shipments(0)->clear_receive_time();
  } else {
    input.clear_shipments();
  }
  return As("integration").Call<order::PushOrderResponse>(std::move(request)).order();
}

order::Order Shop::PushUnshippedOrder() {
  return PushUnreceived(name_ + "-" + std::to_string(++orders_), false);
}

order::Order Shop::PushShipped(const order::Order& unshipped) {
  return PushUnreceived(unshipped.order_number(), true);
}

aftersales::Case Shop::Open(const order::Order& order, aftersales::RefundVariant variant,
                            std::int64_t amount_minor, int line) {
  aftersales::OpenRefundRequest request;
  request.set_order_id(order.order_id());
  request.set_line_id(order.lines(line).line_id());
  request.set_quantity(2);
  request.mutable_amount_asked()->set_currency_code("CNY");
  request.mutable_amount_asked()->set_minor_units(amount_minor);
  request.set_variant(variant);
  request.set_reason("damaged");
  request.set_text("杯子碎了，我的电话是13800138000");
  aftersales::Case opened =
      As("agent").Call<aftersales::OpenRefundResponse>(std::move(request)).case_();
  return opened;
}

aftersales::Case Shop::Get(const std::string& case_id) {
  aftersales::GetCaseRequest request;
  request.set_case_id(case_id);
  return As("agent").Call<aftersales::GetCaseResponse>(std::move(request)).case_();
}

aftersales::Case Shop::Apply(const std::string& role, const std::string& case_id,
                             const std::function<void(aftersales::RefundEvent&)>& set) {
  aftersales::ApplyStepRequest request;
  request.set_case_id(case_id);
  request.set_version(Get(case_id).version());
  set(*request.mutable_refund());
  return As(role).Call<aftersales::ApplyStepResponse>(std::move(request)).case_();
}

void Shop::Assign(const std::string& case_id) {
  aftersales::AssignCaseRequest request;
  request.set_case_id(case_id);
  request.set_version(Get(case_id).version());
  request.set_assignee_id(AccountOf("agent"));
  As("agent").Call<aftersales::AssignCaseResponse>(std::move(request));
}

void Shop::Approve(const std::string& case_id, std::int64_t amount_minor) {
  Apply("agent", case_id,
        [&](auto& event) { event.mutable_approve()->set_amount_minor(amount_minor); });
}

void Shop::Reject(const std::string& case_id) {
  Apply("agent", case_id, [](auto& event) { event.mutable_reject()->set_reason("used"); });
}

void Shop::ShipReturn(const std::string& case_id) {
  Apply("agent", case_id, [](auto& event) {
    event.mutable_ship_return()->set_carrier("YTO");
    event.mutable_ship_return()->set_tracking_number("YT123");
  });
}

aftersales::WarehouseTask Shop::Claim(const std::string& case_id) {
  aftersales::ListTasksRequest list;
  list.set_case_id(case_id);
  const auto tasks = As("warehouse").Call<aftersales::ListTasksResponse>(list).tasks();
  const auto open = std::find_if(tasks.begin(), tasks.end(), [](const auto& task) {
    return task.state() <= aftersales::TASK_STATE_RECEIVED ||
           task.state() == aftersales::TASK_STATE_PACKED;
  });
  if (open == tasks.end()) throw std::runtime_error("case " + case_id + " has no open task");
  if (open->state() != aftersales::TASK_STATE_QUEUED) return *open;
  aftersales::ClaimTaskRequest claim;
  claim.set_task_id(open->task_id());
  return As("warehouse").Call<aftersales::ClaimTaskResponse>(claim).task();
}

void Shop::Receive(const std::string& case_id) {
  aftersales::ReportTaskRequest report;
  report.set_wms_reference(Unique("wms"));
  report.set_task_id(Claim(case_id).task_id());
  report.mutable_received()->set_quantity(2);
  As("warehouse").Call<aftersales::ReportTaskResponse>(report);
}

void Shop::Inspect(const std::string& case_id, int good) {
  aftersales::ReportTaskRequest report;
  report.set_wms_reference(Unique("wms"));
  report.set_task_id(Claim(case_id).task_id());
  report.mutable_inspected()->set_quantity_good(good);
  if (good < 2) report.mutable_inspected()->set_reason("box_damage");
  As("warehouse").Call<aftersales::ReportTaskResponse>(report);
}

void Shop::ShipReplacement(const std::string& case_id) {
  aftersales::ReportTaskRequest report;
  report.set_task_id(Claim(case_id).task_id());
  report.set_wms_reference(Unique("wms"));
  report.mutable_packed();
  As("warehouse").Call<aftersales::ReportTaskResponse>(report);
  report.set_wms_reference(Unique("wms"));
  report.mutable_shipped()->set_carrier("YTO");
  report.mutable_shipped()->set_tracking_number("YT77");
  As("warehouse").Call<aftersales::ReportTaskResponse>(report);
}

void Shop::ReportIntercepted(const std::string& case_id, aftersales::InterceptOutcome outcome) {
  aftersales::ReportTaskRequest report;
  report.set_wms_reference(Unique("wms"));
  report.set_task_id(Claim(case_id).task_id());
  report.mutable_intercepted()->set_outcome(outcome);
  As("warehouse").Call<aftersales::ReportTaskResponse>(report);
}

void Shop::Settle(const std::string& case_id) {
  aftersales::RecordSettlementResultRequest request;
  request.set_case_id(case_id);
  request.set_result(aftersales::SETTLEMENT_STATE_SETTLED);
  request.set_payment_reference(Unique("pay"));
  Record(std::move(request));
}

void Shop::RecordPayment(const std::string& case_id, aftersales::SettlementState result) {
  aftersales::RecordSettlementResultRequest request;
  request.set_case_id(case_id);
  request.set_result(result);
  request.set_reason("bank");
  Record(std::move(request));
}

void Shop::Record(aftersales::RecordSettlementResultRequest request) {
  aftersales::ListSettlementsRequest list;
  list.set_page_size(200);
  while (request.attempts() == 0) {
    const auto page = As("finance").Call<aftersales::ListSettlementsResponse>(list);
    for (const aftersales::Settlement& settlement : page.settlements()) {
      if (settlement.case_id() == request.case_id()) request.set_attempts(settlement.attempts());
    }
    if (page.next_page_token().empty()) break;
    list.set_page_token(page.next_page_token());
  }
  As("finance").Call<aftersales::RecordSettlementResultResponse>(std::move(request));
}

void Shop::FollowUp(const std::string& case_id) {
  Apply("agent", case_id, [](auto& event) { event.mutable_record_follow_up()->set_score(5); });
}

std::vector<aftersales::Step> Shop::Steps(const std::string& case_id) {
  aftersales::ListStepsRequest request;
  request.set_case_id(case_id);
  request.set_page_size(500);
  const auto response = As("agent").Call<aftersales::ListStepsResponse>(std::move(request));
  return {response.steps().begin(), response.steps().end()};
}

}  // namespace redress::e2e
