#include "tests/model/task_model.h"

namespace redress::aftersales::model {
namespace {

using workflows::refund::GoodsPlace;
using workflows::refund::Interception;
using workflows::refund::RefundProgress;
using workflows::refund::Replacement;
using workflows::refund::SettledBy;

bool HasLeft(const RefundProgress& p) {
  return p.replacement == Replacement::kShipped || p.replacement == Replacement::kSigned;
}

// The case and its tasks agree on what is open.
std::optional<std::string> WrongWithTasks(const TaskNode& node) {
  Case slots = node.of;
  std::size_t open = 0;
  for (const TaskKind kind : {TaskKind::kInboundReturn, TaskKind::kSendBack,
                              TaskKind::kOutboundReplacement, TaskKind::kIntercept}) {
    const TaskId id = slots.SlotOf(kind);
    if (!id) continue;
    ++open;
    const auto found = node.tasks.find({kShop, id});
    if (found == node.tasks.end()) return "the case has a task that is not there";
    if (found->second.kind != kind) return "the case has a task of another kind";
  }
  if (open != node.tasks.size()) return "an open task that its case does not know of";
  if (!node.of.final) return std::nullopt;
  // When a case ends, a parcel may still be on its way: to us, of a buyer who was given something,
  // or to the buyer, and is to be stopped. Any other work has ended with it.
  const RefundProgress& p = node.of.Refund();
  const bool was_given = p.settled_by != SettledBy::kNobody || HasLeft(p);
  if (open > 0 && !was_given) return "a final case has an open task";
  if (slots.inbound_task && p.goods != GoodsPlace::kOnTheWay) return "a return that is not coming";
  if (slots.intercept_task && p.interception != Interception::kAsked) {
    return "a parcel to be stopped that nobody asked for";
  }
  if (slots.send_back_task || slots.outbound_task) return "a final case has goods to send";
  return std::nullopt;
}

// Goods work that the case waits for is somebody's.
std::optional<std::string> WrongWithWaiting(const TaskNode& node) {
  const Case& of = node.of;
  const RefundProgress& p = of.Refund();
  if (of.state == "Returning" && !of.inbound_task) return "nobody waits for the return";
  if (of.state == "Inspecting" && !of.inbound_task) return "nobody inspects the goods";
  if (of.state == "SendingBack" && !of.send_back_task) return "nobody sends the goods back";
  if (of.state == "Reshipping" && p.replacement == Replacement::kOrdered && !of.outbound_task) {
    return "nobody sends the replacement";
  }
  return std::nullopt;
}

std::optional<std::string> WrongWithMoney(const TaskNode& node) {
  const RefundProgress& p = node.of.Refund();
  if (node.line.reserved < 0 || node.line.reserved + node.line.settled > node.line.ceiling) {
    return "reserved and settled exceed what was paid for the line";
  }
  if (node.payments > 1) return "settled more than once";
  const bool is_paid = p.settled_by != SettledBy::kNobody;
  if (p.settled_by == SettledBy::kUs && HasLeft(p)) return "both refunded and replaced";
  const bool goods_are_ours = p.goods == GoodsPlace::kWithUs || p.goods == GoodsPlace::kOnTheWay;
  if (node.of.final && !is_paid && !HasLeft(p) && goods_are_ours) {
    return "ended with the buyer's goods and nothing for them";
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> WrongAbout(const TaskNode& before, const TaskNode& after) {
  if (!before.of.final) return std::nullopt;
  if (after.of.state != before.of.state) return "a final state was left";
  if (after.late_reports.empty()) return "a report on an ended case that nobody sees";
  return std::nullopt;
}

std::optional<std::string> WrongIn(const TaskNode& node) {
  if (node.of.final != (node.of.due_at == 0)) return "a deadline in a final state, or none before";
  if (auto wrong = WrongWithTasks(node)) return wrong;
  if (auto wrong = WrongWithWaiting(node)) return wrong;
  return WrongWithMoney(node);
}

}  // namespace redress::aftersales::model
