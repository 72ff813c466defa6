#include "tests/chaos/clerk.h"

#include <cstdio>
#include <stdexcept>
#include <utility>

namespace redress::chaos {
namespace {

constexpr std::int64_t kMicrosPerSecond = 1'000'000;
constexpr std::int64_t kPaid = 100'00;
constexpr std::int64_t kLargePaid = 500'00;
constexpr int kQuantity = 2;

google::protobuf::Timestamp TimeOf(std::int64_t us) {
  google::protobuf::Timestamp time;
  time.set_seconds(us / kMicrosPerSecond);
  time.set_nanos(static_cast<int>(us % kMicrosPerSecond) * 1000);
  return time;
}

}  // namespace

Clerk::Clerk(e2e::Stack& stack, e2e::Shop& shop, Caller& caller, std::string name,
             std::uint64_t seed)
    : stack_(stack), shop_(shop), caller_(caller), name_(std::move(name)), random_(seed) {}

void Clerk::Work(const std::atomic<bool>& stop) {
  while (!stop) {
    try {
      WorkOneCase();
    } catch (const Caller::Abandoned&) {
      return;  // noted as a violation
    } catch (const std::runtime_error& problem) {
      // What follows from a refusal that is noted as a violation already.
      std::printf("clerk %s drops a case: %s\n", name_.c_str(), problem.what());
    }
  }
}

bool Clerk::Chance(int percent) {
  return std::uniform_int_distribution<int>(1, 100)(random_) <= percent;
}

void Clerk::WorkOneCase() {
  switch (std::discrete_distribution<int>({30, 30, 10, 10, 10, 10})(random_)) {
    case 0:
      return RefundOnly();
    case 1:
      return ReturnAndRefund();
    case 2:
      return RejectAndWithdraw();
    case 3:
      return FailInspection();
    case 4:
      return RefundLargeAmount();
    default:
      return LeaveToTheTimer();
  }
}

void Clerk::RefundOnly() {
  Open(aftersales::REFUND_VARIANT_REFUND_ONLY, 40'00);
  Assign();
  Approve(40'00);
  Settle();
  if (Chance(20)) SettleOnceMore();
  FollowUp();
}

void Clerk::ReturnAndRefund() {
  Open(aftersales::REFUND_VARIANT_RETURN_AND_REFUND, kPaid);
  if (Chance(50)) Assign();
  Approve(kPaid);
  if (Chance(20)) ApplyToStaleVersion();
  Apply("agent", [](auto& event) {
    event.mutable_ship_return()->set_carrier("YTO");
    event.mutable_ship_return()->set_tracking_number("YT123");
  });
  Receive();
  Inspect(kQuantity);
  Settle();
  FollowUp();
}

void Clerk::RejectAndWithdraw() {
  Open(aftersales::REFUND_VARIANT_REFUND_ONLY, kPaid);
  Apply("agent", [](auto& event) { event.mutable_reject()->set_reason("used"); });
  Apply("agent", [](auto& event) { event.mutable_withdraw(); });
  // Nothing is taken in a final state.
  Apply(
      "agent", [](auto& event) { event.mutable_withdraw(); }, Expect::kRefusal);
}

void Clerk::FailInspection() {
  Open(aftersales::REFUND_VARIANT_RETURN_AND_REFUND, kPaid);
  Approve(kPaid);
  Apply("agent", [](auto& event) {
    event.mutable_ship_return()->set_carrier("ZTO");
    event.mutable_ship_return()->set_tracking_number("ZT9");
  });
  Receive();
  Inspect(0);
  Apply("agent", [](auto& event) { event.mutable_accept_refusal(); });
  Apply("agent", [](auto& event) {
    event.mutable_send_goods_back()->set_carrier("SF");
    event.mutable_send_goods_back()->set_tracking_number("SF99");
  });
}

void Clerk::RefundLargeAmount() {
  Open(aftersales::REFUND_VARIANT_REFUND_ONLY, kLargePaid);
  Approve(kLargePaid);  // above the agent's limit: waits for a supervisor
  Apply("supervisor", [](auto& event) { event.mutable_approve_large(); });
  aftersales::RecordSettlementResultRequest failed;
  failed.set_case_id(case_.case_id());
  failed.set_attempts(1);
  failed.set_result(aftersales::SETTLEMENT_STATE_FAILED);
  failed.set_reason("the bank refused");
  caller_.Write<aftersales::RecordSettlementResultResponse>("finance", failed);
  Settle(2);
  Refresh();
}

void Clerk::LeaveToTheTimer() { Open(aftersales::REFUND_VARIANT_REFUND_ONLY, 10'00); }

order::Order Clerk::PushOrder(std::int64_t paid_minor) {
  order::PushOrderRequest request;
  order::OrderInput& input = *request.mutable_order();
  const std::int64_t paid_at = stack_.NowUs() - 3'600 * kMicrosPerSecond;
  ++orders_;
  input.set_platform("direct");
  input.set_order_number(shop_.shop_id() + "-" + name_ + "-" + std::to_string(orders_));
  // Known buyers and new ones.
  input.set_buyer_nick(name_ + "-buyer-" + std::to_string(Chance(50) ? orders_ : orders_ % 5));
  input.set_status(order::ORDER_STATUS_WAIT_BUYER_CONFIRM_GOODS);
  input.set_currency_code("CNY");
  *input.mutable_order_time() = TimeOf(paid_at);
  *input.mutable_pay_time() = TimeOf(paid_at);
  order::OrderLineInput& line = *input.add_lines();
  line.set_line_number("1");
  line.set_sku("SKU-1");
  line.set_title("mug");
  line.set_quantity(kQuantity);
  line.set_unit_price(std::to_string(paid_minor / 100 / kQuantity) + ".00");
  line.set_paid_minor(paid_minor);
  input.mutable_receiver()->set_name("张三");
  input.mutable_receiver()->set_phone("13800138000");
  input.mutable_receiver()->set_address("浙江省杭州市 1");
  const auto pushed = caller_.Write<order::PushOrderResponse>("integration", request);
  if (!pushed) throw std::runtime_error("an order was refused");
  if (Chance(25)) PushAgain(input);
  return pushed->order();
}

// The order goes on: a second version of it, which the ledger has to learn of.
void Clerk::PushAgain(const order::OrderInput& pushed) {
  order::PushOrderRequest request;
  *request.mutable_order() = pushed;
  request.mutable_order()->set_status(order::ORDER_STATUS_TRADE_FINISHED);
  caller_.Write<order::PushOrderResponse>("integration", request);
}

void Clerk::Open(aftersales::RefundVariant variant, std::int64_t amount_minor) {
  const order::Order order = PushOrder(amount_minor > kPaid ? kLargePaid : kPaid);
  aftersales::OpenRefundRequest request;
  request.set_order_id(order.order_id());
  request.set_line_id(order.lines(0).line_id());
  request.set_quantity(kQuantity);
  request.mutable_amount_asked()->set_currency_code("CNY");
  request.mutable_amount_asked()->set_minor_units(amount_minor);
  request.set_variant(variant);
  request.set_reason("damaged");
  request.set_text("杯子碎了 " + order.order_number());
  const auto opened = caller_.Write<aftersales::OpenRefundResponse>("agent", request);
  if (!opened) throw std::runtime_error("a case was not opened");
  case_ = opened->case_();
  // The warehouse has seen nothing yet: no event that a new case takes.
  if (Chance(10)) {
    Apply(
        "agent", [](auto& event) { event.mutable_record_follow_up()->set_score(5); },
        Expect::kRefusal);
  }
}

void Clerk::Apply(const std::string& role, const SetEvent& set, Expect expect) {
  aftersales::ApplyStepRequest request;
  request.set_case_id(case_.case_id());
  request.set_version(case_.version());
  set(*request.mutable_refund());
  const auto applied = caller_.Write<aftersales::ApplyStepResponse>(role, request, expect);
  if (applied) {
    case_ = applied->case_();
    return;
  }
  if (expect == Expect::kRefusal) return;
  RequireUnchangedState();
  Apply(role, set);
}

// A warning by the timer only counts the version up; what else may have happened ends this life.
void Clerk::RequireUnchangedState() {
  const std::string state = case_.state();
  const std::uint32_t version = case_.version();
  Refresh();
  if (case_.version() == version || case_.state() != state) {
    throw std::runtime_error("case " + case_.case_id() + " went from " + state + " to " +
                             case_.state());
  }
}

void Clerk::ApplyToStaleVersion() {
  aftersales::ApplyStepRequest request;
  request.set_case_id(case_.case_id());
  request.set_version(case_.version() - 1);
  request.mutable_refund()->mutable_withdraw();
  caller_.Write<aftersales::ApplyStepResponse>("agent", request, Expect::kRefusal);
}

void Clerk::Assign() {
  aftersales::AssignCaseRequest request;
  request.set_case_id(case_.case_id());
  request.set_version(case_.version());
  request.set_assignee_id(shop_.AccountOf("agent"));
  const auto assigned = caller_.Write<aftersales::AssignCaseResponse>("agent", request);
  if (!assigned) {
    RequireUnchangedState();
    return Assign();
  }
  case_ = assigned->case_();
}

void Clerk::Approve(std::int64_t amount_minor) {
  Apply("agent", [&](auto& event) { event.mutable_approve()->set_amount_minor(amount_minor); });
}

aftersales::WarehouseTask Clerk::Claim() {
  aftersales::ListTasksRequest list;
  list.set_case_id(case_.case_id());
  const auto tasks = caller_.Read<aftersales::ListTasksResponse>("warehouse", list).tasks();
  if (tasks.empty()) throw std::runtime_error("a case has no task");
  if (tasks[0].state() != aftersales::TASK_STATE_QUEUED) return tasks[0];
  aftersales::ClaimTaskRequest claim;
  claim.set_task_id(tasks[0].task_id());
  const auto claimed = caller_.Write<aftersales::ClaimTaskResponse>("warehouse", claim);
  if (!claimed) throw std::runtime_error("a claim was refused");
  return claimed->task();
}

void Clerk::Receive() {
  aftersales::ReportTaskRequest report;
  report.set_task_id(Claim().task_id());
  report.mutable_received()->set_quantity(kQuantity);
  caller_.Write<aftersales::ReportTaskResponse>("warehouse", report);
}

void Clerk::Inspect(int good) {
  aftersales::ReportTaskRequest report;
  report.set_task_id(Claim().task_id());
  report.mutable_inspected()->set_quantity_good(good);
  if (good < kQuantity) report.mutable_inspected()->set_reason("box_damage");
  caller_.Write<aftersales::ReportTaskResponse>("warehouse", report);
  Refresh();
}

void Clerk::Settle(std::uint32_t attempts) {
  aftersales::RecordSettlementResultRequest request;
  request.set_case_id(case_.case_id());
  request.set_attempts(attempts);
  request.set_result(aftersales::SETTLEMENT_STATE_SETTLED);
  request.set_payment_reference("pay-" + case_.case_id());
  caller_.Write<aftersales::RecordSettlementResultResponse>("finance", request);
  Refresh();
}

void Clerk::SettleOnceMore() {
  aftersales::RecordSettlementResultRequest request;
  request.set_case_id(case_.case_id());
  request.set_attempts(1);
  request.set_result(aftersales::SETTLEMENT_STATE_SETTLED);
  request.set_payment_reference("pay-again-" + case_.case_id());
  caller_.Write<aftersales::RecordSettlementResultResponse>("finance", request, Expect::kRefusal);
}

void Clerk::FollowUp() {
  Apply("agent", [](auto& event) { event.mutable_record_follow_up()->set_score(5); });
}

void Clerk::Refresh() {
  aftersales::GetCaseRequest request;
  request.set_case_id(case_.case_id());
  case_ = caller_.Read<aftersales::GetCaseResponse>("agent", request).case_();
}

}  // namespace redress::chaos
