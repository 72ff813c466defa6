#include "tests/model/task_model.h"

#include <algorithm>
#include <deque>
#include <set>
#include <unordered_map>
#include <utility>

#include "services/aftersales/domain/case_kind.h"
#include "services/aftersales/domain/snapshot.h"

namespace redress::aftersales::model {
namespace {

namespace refund = workflows::refund;
using workflows::ActorKind;

constexpr std::size_t kViolationsKept = 3;
constexpr std::int64_t kNow = 1'760'000'000'000'000;
constexpr AccountId kPerson{100};
constexpr AccountId kHandler{102};

class Policy final : public StepperPolicy {
 public:
  const DeadlineRules& RulesOf(ShopId) const override { return rules_; }
  bool IsNonReturnable(const LedgerRow&) const override { return false; }
  std::int32_t SettlementAttempts(ShopId) const override { return 3; }
  bool IsRootCause(ShopId, std::string_view) const override { return true; }
  bool Sends(SettlementCommand) const override { return false; }
  TriagePoints Triage(ShopId, const TriageFacts&) const override { return {}; }
  ReviewRules Reviews(ShopId, std::int64_t) const override { return {}; }
  const CompensationRules& Compensations(ShopId) const override { return compensations_; }
  std::uint64_t NextId() const override { return ++last_; }

 private:
  DeadlineRules rules_;
  CompensationRules compensations_;
  mutable std::uint64_t last_ = 1000;
};

// What tells nodes apart, as bytes: ids, times and what only counts are left out.
std::string KeyOf(const TaskNode& node) {
  Answer plain;
  plain.after = node.of;
  Case& c = plain.after;
  c.version = 0;
  c.updated_at = c.due_at = c.warn_at = 0;
  c.priority = 0;
  c.needs_person.clear();
  c.queue = workflows::PersonQueue::kAgents;
  c.triage = {};
  refund::RefundProgress& p = c.Refund();
  p.deadline_number = 0;
  p.deadline_repeated = false;
  p.settlement_attempt = std::min(p.settlement_attempt, 1);
  p.failed_attempts = std::min(p.failed_attempts, 1);
  p.dispute = std::min<std::uint64_t>(p.dispute, 1);
  for (TaskId* id : {&c.inbound_task, &c.send_back_task, &c.outbound_task, &c.intercept_task}) {
    id->value = *id ? 1 : 0;
  }
  std::string key = EncodeSnapshot(plain);
  std::multiset<std::string> tasks;
  for (const auto& [id, task] : node.tasks) {
    tasks.insert({static_cast<char>(task.kind), static_cast<char>(task.state),
                  static_cast<char>(task.quantity_received),
                  static_cast<char>(task.quantity_good)});
  }
  for (const std::string& task : tasks) key += task;
  key += "|" + std::to_string(node.line.reserved) + "|" + std::to_string(node.line.settled) + "|" +
         std::to_string(node.payments) + "|";
  if (node.settlement) key += std::to_string(static_cast<int>(node.settlement->state));
  return key;
}

class Walker {
 public:
  Walker(const TaskSetting& setting, TaskFault fault) : setting_(setting), fault_(fault) {}

  TaskWalk Run() {
    Open();
    for (std::size_t at = 0; at < nodes_.size() && !IsEnough(); ++at) {
      for (const TaskMove& move : moves_) {
        // What still happens to an ended case is what its tasks' warehouse reports.
        if (!nodes_[at].of.final || move.of_task) Take(at, move);
      }
    }
    if (!IsEnough()) FindDeadEnds();
    walk_.nodes = nodes_.size();
    return std::move(walk_);
  }

 private:
  bool IsEnough() const { return walk_.violations.size() >= kViolationsKept; }

  Command CommandOf(CommandBody body, ActorKind actor) {
    Command command;
    command.shop = kShop;
    command.case_id = kCase;
    command.request_id = "r" + std::to_string(++requests_);
    command.sender.kind = actor;
    command.sender.is_agent = command.sender.is_supervisor = command.sender.unlimited = true;
    if (actor == ActorKind::kPerson) command.sender.account = kPerson;
    if (actor == ActorKind::kWarehouse) command.sender.account = kHandler;
    command.body = std::move(body);
    return command;
  }

  void Open() {
    OpenCase open;
    open.number = 1;
    open.line.order = OrderId{70};
    open.line.line = kLine;
    open.line.order_version = 1;
    open.line.currency = open.currency = "CNY";
    open.line.ceiling = open.amount_asked = kFull;
    open.line.quantity = open.quantity = kUnits;
    open.line.paid_at = 1;
    open.line.shipping =
        setting_.is_shipped ? refund::OrderShipping::kShipped : refund::OrderShipping::kUnshipped;
    open.variant = setting_.variant;
    open.reason = "damaged";
    if (setting_.has_platform_id) open.platform_refund_id = "P-1";
    Command command = CommandOf(open, ActorKind::kPerson);
    Visit(*After({}, LoadedBatch{}, command), 0, {OpeningLine(setting_)});
  }

  // Decides; nothing when it was refused or changed nothing.
  std::optional<TaskNode> After(const TaskNode& before, LoadedBatch rows, Command& command) {
    Command* const one[] = {&command};
    Decision decision = Decide(one, std::move(rows), policy_, kNow);
    ++walk_.steps;
    if (decision.changes.cases.empty()) return std::nullopt;
    TaskNode after = before;
    after.of = decision.changes.cases.front();
    for (LedgerRow& line : decision.changes.ledger) after.line = line;
    for (Settlement& payment : decision.changes.settlements) after.settlement = payment;
    after.payments += decision.changes.steps.front().settled_minor > 0 ? 1 : 0;
    after.late_reports = fault_ == TaskFault::kLateReportUnseen ? std::vector<LateReport>{}
                                                                : decision.changes.late_reports;
    for (WarehouseTask& task : decision.changes.tasks) Keep(after, before, task);
    return after;
  }

  void Keep(TaskNode& after, const TaskNode& before, const WarehouseTask& task) const {
    const TaskKey key{kShop, task.id};
    const bool is_new = !before.tasks.contains(key);
    if (is_new && fault_ == TaskFault::kTaskNotMade) return;
    if (!task.IsOpen() && fault_ == TaskFault::kTaskLeftOpen) return;
    if (task.IsOpen()) {
      after.tasks[key] = task;
    } else {
      after.tasks.erase(key);
    }
  }

  void Take(std::size_t at, const TaskMove& move) {
    const TaskNode& before = nodes_[at];
    LoadedBatch rows;
    rows.cases[{kShop, kCase}] = before.of;
    rows.tasks = before.tasks;
    rows.ledger[{kShop, kLine}] = before.line;
    if (before.settlement) rows.settlements[{kShop, kCase}] = *before.settlement;
    CommandBody body = move.body;
    if (auto* deadline = std::get_if<ReachDeadline>(&body)) {
      deadline->number = before.of.Armed().deadline_number;
    }
    if (move.of_task) {
      Case slots = before.of;
      const TaskId id = slots.SlotOf(*move.of_task);
      if (!id || !rows.tasks.contains({kShop, id})) return;
      std::get<ReportOnTask>(body).task = id;
      ClaimByHandler(rows.tasks.at({kShop, id}));
    }
    Command command = CommandOf(std::move(body), move.actor);
    std::optional<TaskNode> after = After(before, std::move(rows), command);
    if (!after) return;
    if (move.of_task && fault_ == TaskFault::kReportUnheard) after->of = before.of;
    const auto wrong = WrongAbout(before, *after);
    const std::size_t reached = Visit(*std::move(after), at, move.script);
    before_[reached].push_back(at);
    if (wrong) Report(at, move.script, *wrong);
  }

  // Whoever reports has claimed it.
  static void ClaimByHandler(WarehouseTask& task) { Claim(task, kHandler, kNow * 2, kNow); }

  std::size_t Visit(TaskNode node, std::size_t from, const std::vector<std::string>& script) {
    // A claim is no step: an open task waits for whoever comes.
    for (auto& [key, task] : node.tasks) Expire(task, kNow * 3);
    const auto [it, is_new] = known_.emplace(KeyOf(node), nodes_.size());
    if (!is_new) return it->second;
    came_.emplace_back(from, script);
    before_.emplace_back();
    nodes_.push_back(std::move(node));
    if (const auto wrong = WrongIn(nodes_.back())) Report(nodes_.size() - 1, {}, *wrong);
    return nodes_.size() - 1;
  }

  // Every node must have a way to where the case has ended and no work is left.
  void FindDeadEnds() {
    std::vector<bool> can_end(nodes_.size(), false);
    std::deque<std::size_t> open;
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      if (!nodes_[i].of.final || !nodes_[i].tasks.empty()) continue;
      can_end[i] = true;
      open.push_back(i);
    }
    while (!open.empty()) {
      const std::size_t at = open.front();
      open.pop_front();
      for (const std::size_t from : before_[at]) {
        if (can_end[from]) continue;
        can_end[from] = true;
        open.push_back(from);
      }
    }
    for (std::size_t i = 0; i < nodes_.size() && !IsEnough(); ++i) {
      if (!can_end[i]) Report(i, {}, "a dead end");
    }
  }

  // `script` leads on from the node, where the step is what is wrong.
  void Report(std::size_t at, const std::vector<std::string>& script, const std::string& what) {
    if (IsEnough()) return;
    std::vector<std::size_t> path{at};
    while (path.back() != 0) path.push_back(came_[path.back()].first);
    redress::model::Violation found{what + " (" + nodes_[at].of.state + ")", {}};
    for (auto node = path.rbegin(); node != path.rend(); ++node) {
      const auto& lines = came_[*node].second;
      found.script.insert(found.script.end(), lines.begin(), lines.end());
    }
    found.script.insert(found.script.end(), script.begin(), script.end());
    walk_.violations.push_back(std::move(found));
  }

  const TaskSetting setting_;
  const TaskFault fault_;
  const std::vector<TaskMove> moves_ = AllTaskMoves();
  const Policy policy_;
  int requests_ = 0;
  std::deque<TaskNode> nodes_;
  std::vector<std::pair<std::size_t, std::vector<std::string>>> came_;
  std::vector<std::vector<std::size_t>> before_;
  std::unordered_map<std::string, std::size_t> known_;
  TaskWalk walk_;
};

}  // namespace

TaskWalk WalkTasks(const TaskSetting& setting, TaskFault fault) {
  return Walker(setting, fault).Run();
}

}  // namespace redress::aftersales::model
