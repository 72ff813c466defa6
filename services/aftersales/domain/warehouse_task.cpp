#include "services/aftersales/domain/warehouse_task.h"

#include <algorithm>

#include "services/platform/base/errors.h"

namespace redress::aftersales {
namespace {

using platform::Code;
using platform::Refusal;
namespace refund = workflows::refund;

Refusal WrongState(const WarehouseTask& task, std::string_view expected) {
  return Refusal(Code::kFailedPrecondition, "TASK_STATE",
                 "The task is " + std::string(NameOf(task.state)) + "; this needs one that is " +
                     std::string(expected) + ".")
      .With("expected", std::string(expected))
      .With("found", std::string(NameOf(task.state)));
}

void CheckHeld(const WarehouseTask& task, AccountId account, std::int64_t now_us) {
  if (task.IsHeldBy(account, now_us)) return;
  const bool another = task.claimed_by && task.claimed_by != account && task.lease_until > now_us;
  throw Refusal(Code::kFailedPrecondition, "LEASE_NOT_HELD",
                another ? "Another account holds the task; wait until its lease runs out."
                        : "You do not hold the task's lease; claim the task first.")
      .With("expected", "a lease held by account " + platform::ToString(account))
      .With("found", another ? "account " + platform::ToString(task.claimed_by) : "no lease");
}

// A parcel's worth of goods, as far as it may be counted.
struct Judge {
  WarehouseTask& task;
  std::int64_t approved;

  ReportMeaning operator()(const GoodsReceived& report) const {
    Want(TaskKind::kInboundReturn, TaskState::kClaimed);
    task.quantity_received = report.quantity;
    const std::string raised = report.quantity == task.quantity ? "" : "RECEIVED_OTHER_QUANTITY";
    // An empty parcel is not the goods: the task waits on, a person looks.
    if (report.quantity == 0) return {std::nullopt, raised, false};
    task.state = TaskState::kReceived;
    return {refund::ReceiveGoods{}, raised, false};
  }

  ReportMeaning operator()(const GoodsInspected& report) const {
    Want(TaskKind::kInboundReturn, TaskState::kReceived);
    if (report.quantity_good > task.quantity_received) {
      throw platform::InvalidField("inspected.quantity_good",
                                   "is more than the " + std::to_string(task.quantity_received) +
                                       " received; give at most that");
    }
    task.quantity_good = report.quantity_good;
    task.reason = report.reason;
    task.state = TaskState::kDone;
    if (report.quantity_good >= task.quantity) return Means(refund::PassInspection{});
    const std::int64_t worth = ProRata(approved, report.quantity_good, task.quantity);
    if (worth <= 0) return Means(refund::FailInspection{});
    if (worth >= approved) return Means(refund::PassInspection{});
    return Means(refund::PassInspectionInPart{worth});
  }

  ReportMeaning operator()(const GoodsShipped& report) const {
    const bool is_replacement = task.kind == TaskKind::kOutboundReplacement;
    const bool is_packed = is_replacement && task.state == TaskState::kPacked;
    if (!is_packed) {
      Want(is_replacement ? TaskKind::kOutboundReplacement : TaskKind::kSendBack,
           TaskState::kClaimed);
    }
    task.carrier = report.carrier;
    task.tracking = report.tracking;
    task.state = TaskState::kDone;
    if (is_replacement) return Means(refund::ShipReplacement{report.carrier, report.tracking});
    return Means(refund::SendGoodsBack{report.carrier, report.tracking});
  }

  ReportMeaning operator()(const GoodsPacked&) const {
    Want(TaskKind::kOutboundReplacement, TaskState::kClaimed);
    task.state = TaskState::kPacked;
    return {std::nullopt, "", true};
  }

  // Too late is an answer, not a failure: nobody is to try again.
  ReportMeaning operator()(const ParcelIntercepted& report) const {
    Want(TaskKind::kIntercept, TaskState::kClaimed);
    task.intercepted = report.caught ? InterceptOutcome::kCaught : InterceptOutcome::kMissed;
    task.state = TaskState::kDone;
    return Means(refund::RecordInterception{report.caught});
  }

  ReportMeaning operator()(const WorkFailed& report) const {
    task.reason = report.reason;
    task.state = TaskState::kFailed;
    return {std::nullopt, "WAREHOUSE_FAILED", false};
  }

 private:
  static ReportMeaning Means(refund::RefundEvent event) { return {std::move(event), "", false}; }

  void Want(TaskKind kind, TaskState state) const {
    if (task.kind != kind) {
      throw Refusal(Code::kFailedPrecondition, "TASK_KIND",
                    "This report does not belong to this kind of task.")
          .With("expected", std::string(NameOf(kind)))
          .With("found", std::string(NameOf(task.kind)));
    }
    if (task.state != state) throw WrongState(task, NameOf(state));
  }
};

}  // namespace

std::string_view NameOf(TaskKind kind) {
  switch (kind) {
    case TaskKind::kInboundReturn:
      return "inbound return";
    case TaskKind::kSendBack:
      return "send back";
    case TaskKind::kOutboundReplacement:
      return "outbound replacement";
    case TaskKind::kIntercept:
      return "intercept";
  }
  return "";
}

std::string_view NameOf(TaskState state) {
  switch (state) {
    case TaskState::kQueued:
      return "QUEUED";
    case TaskState::kClaimed:
      return "CLAIMED";
    case TaskState::kReceived:
      return "RECEIVED";
    case TaskState::kDone:
      return "DONE";
    case TaskState::kFailed:
      return "FAILED";
    case TaskState::kCancelled:
      return "CANCELLED";
    case TaskState::kPacked:
      return "PACKED";
  }
  return "";
}

void Touch(WarehouseTask& task, std::int64_t now_us) {
  ++task.version;
  task.updated_at = std::max(now_us, task.updated_at + 1);
  if (!task.IsOpen()) {
    task.claimed_by = {};
    task.lease_until = 0;
  }
}

void Claim(WarehouseTask& task, AccountId account, std::int64_t until, std::int64_t now_us) {
  if (!task.IsOpen()) throw WrongState(task, "open");
  if (task.claimed_by && task.lease_until > now_us && task.claimed_by != account) {
    throw Refusal(Code::kFailedPrecondition, "TASK_CLAIMED",
                  "Another account holds the task until its lease runs out.")
        .With("expected", "a task that nobody holds")
        .With("found", "account " + platform::ToString(task.claimed_by));
  }
  task.claimed_by = account;
  task.lease_until = until;
  // Goods that are here stay received, whoever inspects them.
  if (task.state == TaskState::kQueued) task.state = TaskState::kClaimed;
  Touch(task, now_us);
}

void Renew(WarehouseTask& task, AccountId account, std::int64_t until, std::int64_t now_us) {
  if (!task.IsOpen()) throw WrongState(task, "open");
  CheckHeld(task, account, now_us);
  task.lease_until = std::max(task.lease_until, until);
  Touch(task, now_us);
}

void Release(WarehouseTask& task, AccountId account, std::int64_t now_us) {
  if (!task.IsOpen()) throw WrongState(task, "open");
  CheckHeld(task, account, now_us);
  task.claimed_by = {};
  task.lease_until = 0;
  if (task.state == TaskState::kClaimed) task.state = TaskState::kQueued;
  Touch(task, now_us);
}

bool Expire(WarehouseTask& task, std::int64_t now_us) {
  if (!task.IsOpen() || !task.claimed_by || task.lease_until > now_us) return false;
  task.claimed_by = {};
  task.lease_until = 0;
  if (task.state == TaskState::kClaimed) task.state = TaskState::kQueued;
  Touch(task, now_us);
  return true;
}

ReportMeaning ApplyReport(WarehouseTask& task, const TaskReport& report, AccountId reporter,
                          std::int64_t approved, std::int64_t now_us) {
  if (!task.IsOpen()) throw WrongState(task, "open");
  CheckHeld(task, reporter, now_us);
  ReportMeaning meaning = std::visit(Judge{task, approved}, report);
  Touch(task, now_us);
  return meaning;
}

std::int64_t ProRata(std::int64_t amount, std::int32_t part, std::int32_t whole) {
  if (whole <= 0) return 0;
  const __int128 product = static_cast<__int128>(amount) * part;
  const __int128 quotient = product / whole;
  const __int128 twice = (product % whole) * 2;
  const bool up = twice > whole || (twice == whole && quotient % 2 != 0);
  return static_cast<std::int64_t>(quotient + (up ? 1 : 0));
}

}  // namespace redress::aftersales
