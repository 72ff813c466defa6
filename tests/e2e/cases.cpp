#include "tests/e2e/cases.h"
#include "clients/cpp/call_error.h"

#include <chrono>
#include <functional>
#include <map>
#include <stdexcept>

#include "tests/support/wait_for.h"

namespace redress::e2e {

std::string BringTo(Shop& shop, aftersales::RefundVariant variant, const std::string& state) {
  const std::int64_t amount = state == "PendingApproval" ? kLarge : kLinePaid;
  const std::string id = shop.Open(shop.PushOrder(1, amount), variant, amount).case_id();
  const auto escalate = [&] {
    shop.Reject(id);
    shop.Apply("agent", id, [](auto& event) { event.mutable_escalate_to_platform(); });
  };
  const auto return_goods = [&] {
    shop.Approve(id);
    shop.ShipReturn(id);
  };
  const auto to_settling = [&] {
    if (variant == aftersales::REFUND_VARIANT_REFUND_ONLY) {
      shop.Approve(id);
    } else {
      return_goods(), shop.Receive(id), shop.Inspect(id, 2);
    }
  };
  const auto to_reshipping = [&] {
    if (variant == aftersales::REFUND_VARIANT_RESHIP) {
      shop.Approve(id);
    } else {
      return_goods(), shop.Receive(id), shop.Inspect(id, 2);
    }
  };
  const std::map<std::string, std::function<void()>> ways = {
      {"Requested", [] {}},
      {"PendingApproval", [&] { shop.Approve(id, amount); }},
      {"Rejected", [&] { shop.Reject(id); }},
      {"InDispute", escalate},
      {"AwaitingReturn", [&] { shop.Approve(id); }},
      {"Returning", return_goods},
      {"Inspecting", [&] { return_goods(), shop.Receive(id); }},
      {"Disagreed", [&] { return_goods(), shop.Receive(id), shop.Inspect(id, 0); }},
      {"SendingBack",
       [&] {
         return_goods(), shop.Receive(id);
         shop.Apply("agent", id, [](auto& event) { event.mutable_withdraw(); });
       }},
      {"Settling", to_settling},
      {"Reshipping", to_reshipping},
      {"FollowingUp", [&] { to_settling(), shop.Settle(id); }}};
  ways.at(state)();
  const std::string found = shop.Get(id).state();
  if (found != state) {
    throw std::runtime_error("case " + id + " is " + found + " instead of " + state);
  }
  return id;
}

std::string AwaitShippedRefund(Shop& shop) {
  const order::Order order = shop.PushUnshippedOrder();
  const std::string id = shop.Open(order, aftersales::REFUND_VARIANT_REFUND_ONLY).case_id();
  shop.Approve(id);
  shop.PushShipped(order);
  const auto is_asked = [&] {
    return shop.Get(id).interception() == aftersales::INTERCEPTION_PROGRESS_ASKED;
  };
  if (!test::WaitFor(is_asked, std::chrono::seconds(20))) {
    throw std::runtime_error("nobody is asked to stop the parcel of case " + id);
  }
  return id;
}

std::string ReasonOf(const std::function<void()>& call) {
  try {
    call();
  } catch (const client::CallError& error) {
    return error.violations().empty() ? error.reason() : error.violations().front().field;
  }
  return "";
}

std::string ReportLate(Shop& shop) {
  std::string id = AwaitShippedRefund(shop);
  shop.Settle(id);
  shop.FollowUp(id);
  aftersales::ReportTaskRequest report;
  report.set_wms_reference(Unique("late"));
  report.set_task_id(shop.Claim(id).task_id());
  report.mutable_intercepted()->set_outcome(aftersales::INTERCEPT_OUTCOME_MISSED);
  shop.As("warehouse").Call<aftersales::ReportTaskResponse>(report);
  return id;
}

}  // namespace redress::e2e
