// What people, the warehouse, payments, timers and the platform may do to a refund case and its
// tasks, and how a script of `redress` says it.

#include <algorithm>
#include <map>

#include "tests/model/task_model.h"
#include "workflows/task/task.h"

namespace redress::aftersales::model {
namespace {

namespace refund = workflows::refund;
using redress::model::Amount;
using redress::model::Event;
using redress::model::PaymentLine;
using redress::model::ScriptLine;
using workflows::ActorKind;

TaskMove Fire(const refund::RefundEvent& event, ActorKind actor = ActorKind::kPerson) {
  return {actor, FireEvent{CaseEvent{event}, {}}, std::nullopt, {ScriptLine(Event{event})}};
}

std::string VariableOf(TaskKind kind) {
  static const std::map<TaskKind, std::string> variables{
      {TaskKind::kInboundReturn, "\"$INBOUND\""},
      {TaskKind::kSendBack, "\"$SEND_BACK\""},
      {TaskKind::kOutboundReplacement, "\"$OUTBOUND\""},
      {TaskKind::kIntercept, "\"$INTERCEPT\""}};
  return variables.at(kind);
}

// A report as the command line says it: its name, the task, its fields.
struct ReportWords {
  const std::string& task;

  std::string operator()(const GoodsReceived& r) const {
    return "received " + task + " --quantity " + std::to_string(r.quantity);
  }
  std::string operator()(const GoodsInspected& r) const {
    return "inspected " + task + " --quantity-good " + std::to_string(r.quantity_good) +
           " --reason " + r.reason;
  }
  std::string operator()(const GoodsShipped& r) const {
    return "shipped " + task + " --carrier " + r.carrier + " --tracking-number " + r.tracking;
  }
  std::string operator()(const GoodsPacked&) const { return "packed " + task; }
  std::string operator()(const ParcelIntercepted& r) const {
    return "intercepted " + task + " --outcome " + (r.caught ? "caught" : "missed");
  }
  std::string operator()(const WorkFailed& r) const {
    return "failed " + task + " --reason " + r.reason;
  }
};

void AddReports(std::vector<TaskMove>& moves) {
  const auto add = [&](TaskKind kind, const TaskReport& report) {
    const std::string task = VariableOf(kind);
    moves.push_back({ActorKind::kWarehouse,
                     ReportOnTask{{}, "w", report},
                     kind,
                     {"redress warehouse claim " + task,
                      "redress warehouse report " + std::visit(ReportWords{task}, report)}});
  };
  for (const std::int32_t units : {0, 1, kUnits}) {
    add(TaskKind::kInboundReturn, GoodsReceived{units});
    add(TaskKind::kInboundReturn, GoodsInspected{units, "worn"});
  }
  add(TaskKind::kSendBack, GoodsShipped{"SF", "SF2"});
  add(TaskKind::kOutboundReplacement, GoodsPacked{});
  add(TaskKind::kOutboundReplacement, GoodsShipped{"SF", "SF3"});
  add(TaskKind::kIntercept, ParcelIntercepted{true});
  add(TaskKind::kIntercept, ParcelIntercepted{false});
  for (const TaskKind kind : {TaskKind::kInboundReturn, TaskKind::kSendBack,
                              TaskKind::kOutboundReplacement, TaskKind::kIntercept}) {
    add(kind, WorkFailed{"lost"});
  }
}

void AddPayments(std::vector<TaskMove>& moves) {
  const auto add = [&](PaymentResult result, std::string line) {
    moves.push_back({ActorKind::kService,
                     RecordPayment{{result, "P1", "why"}},
                     std::nullopt,
                     {std::move(line)}});
  };
  add(PaymentResult::kSettled, PaymentLine("settled"));
  add(PaymentResult::kFailedForGood, "# the payment's adapter says that it can never be paid");
  add(PaymentResult::kUnknown, PaymentLine("unknown"));
}

std::string NameOf(refund::Variant variant) {
  static const std::map<refund::Variant, std::string> names{
      {refund::Variant::kRefundOnly, "refund-only"},
      {refund::Variant::kReturnAndRefund, "return-and-refund"},
      {refund::Variant::kExchange, "exchange"},
      {refund::Variant::kReship, "reship"}};
  return names.at(variant);
}

}  // namespace

std::vector<TaskMove> AllTaskMoves() {
  std::vector<TaskMove> moves;
  for (const refund::RefundEvent& event : std::vector<refund::RefundEvent>{
           refund::Approve{kFull}, refund::Reject{}, refund::Withdraw{},
           refund::ShipReturn{"SF", "SF1", refund::Shipping::kExpress},
           refund::AcceptPartialOffer{kPart}, refund::AcceptRefusal{}, refund::EscalateToPlatform{},
           refund::SignForReplacement{}, refund::RecordReplacementLost{},
           refund::ConvertToRefund{kFull}, refund::RuleForBuyer{kFull},
           refund::RuleForBuyer{kFull, refund::Remedy::kReplacement}, refund::RuleForShop{},
           refund::RecordFollowUp{5}}) {
    moves.push_back(Fire(event));
  }
  moves.push_back(Fire(refund::RecordOrderShipped{}, ActorKind::kService));
  moves.push_back(Fire(refund::EndDispute{}, ActorKind::kLink));
  moves.push_back(Fire(refund::JoinDispute{kFull, 77}, ActorKind::kLink));
  for (const refund::RefundEvent& event :
       std::vector<refund::RefundEvent>{refund::PlatformClosed{}, refund::PlatformSucceeded{kFull},
                                        refund::PlatformIntervened{}}) {
    moves.push_back(Fire(event, ActorKind::kPlatform));
  }
  moves.push_back({ActorKind::kTimeout,
                   ReachDeadline{},
                   std::nullopt,
                   {ScriptLine(Event{refund::RefundEvent{refund::DeadlineReached{}}})}});
  AddPayments(moves);
  AddReports(moves);
  return moves;
}

std::string OpeningLine(const TaskSetting& setting) {
  const std::string line = "redress case open --order \"$ORDER\" --quantity " +
                           std::to_string(kUnits) + " --amount " + Amount(kFull) + " --variant " +
                           NameOf(setting.variant) + " --reason damaged";
  return setting.has_platform_id ? line + " --platform-refund-id P-1" : line;
}

}  // namespace redress::aftersales::model
