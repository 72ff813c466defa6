#pragma once

// Goods work handed to a warehouse. What may happen to it is decided by the machine in
// workflows/task; this gives it the row, keeps what it brings about, and says no in the words of
// the API. Times are UTC microseconds. Decisions are pure and throw Refusal.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "services/aftersales/domain/case.h"
#include "workflows/refund/events.h"
#include "workflows/task/task.h"

namespace redress::aftersales {

// The machine's states as they are stored.
enum class TaskState : std::uint8_t {
  kQueued = 1,
  kClaimed = 2,
  kReceived = 3,
  kDone = 4,
  kFailed = 5,
  kCancelled = 6,
  kPacked = 7,
};
using InterceptOutcome = workflows::task::InterceptOutcome;
using TaskKind = workflows::WarehouseTaskKind;

struct WarehouseTask {
  ShopId shop;
  TaskId id;
  CaseId case_id;
  TaskKind kind = TaskKind::kInboundReturn;
  TaskState state = TaskState::kQueued;
  std::uint32_t version = 0;
  OrderId order;
  LineId line;
  std::string sku;
  std::string title;
  std::int32_t quantity = 0;
  std::string carrier;
  std::string tracking;
  AccountId claimed_by;          // 0: nobody
  std::int64_t lease_until = 0;  // 0: no lease
  std::int32_t quantity_received = 0;
  std::int32_t quantity_good = 0;
  InterceptOutcome intercepted = InterceptOutcome::kUnknown;
  std::string reason;  // of a failure
  std::string case_state;
  std::int64_t created_at = 0;
  std::int64_t updated_at = 0;

  bool IsOpen() const;  // its state is not final
};

// What a warehouse says.
struct GoodsReceived {
  std::int32_t quantity = 0;
};
struct GoodsInspected {
  std::int32_t quantity_good = 0;
  std::string reason;
};
struct GoodsShipped {
  std::string carrier;
  std::string tracking;
};
struct GoodsPacked {};
struct ParcelIntercepted {
  bool caught = false;
};
struct WorkFailed {
  std::string reason;
};
using TaskReport = std::variant<GoodsReceived, GoodsInspected, WorkFailed, GoodsShipped,
                                GoodsPacked, ParcelIntercepted>;

// Every change below counts in the version and moves updated_at forward by at least 1 µs.

// The lease's life. `until` is absolute. A lease that ran out counts as none, whether or not the
// sweep has seen it.
void Claim(WarehouseTask& task, AccountId account, std::int64_t until, std::int64_t now_us);
void Renew(WarehouseTask& task, AccountId account, std::int64_t until, std::int64_t now_us);
void Release(WarehouseTask& task, AccountId account, std::int64_t now_us);
// Back to the queue when the lease has run out; answers whether it had.
bool Expire(WarehouseTask& task, std::int64_t now_us);

// What the case says of open work: that it has been done, by whomever, or is no longer wanted.
void Finish(WarehouseTask& task, std::int64_t now_us);
void Cancel(WarehouseTask& task, std::int64_t now_us);
// The same work to be done again, not yet claimed; what had arrived stays received.
WarehouseTask Again(const WarehouseTask& given_up, TaskId id, std::int64_t now_us);

// What a report means for the case: an event, a call for a person, or a note on the way.
struct ReportMeaning {
  std::optional<workflows::refund::RefundEvent> event;
  std::string needs_person;  // reason code; empty for none
  bool is_note = false;
};
// Applies the report to the task and says what it means. `approved` is the case's approved amount.
// Throws Refusal when the reporter does not hold the lease or the report does not fit the task.
ReportMeaning ApplyReport(WarehouseTask& task, const TaskReport& report, AccountId reporter,
                          std::int64_t approved, std::int64_t now_us);

// part / whole of amount, half to even; 0 <= part <= whole.
std::int64_t ProRata(std::int64_t amount, std::int32_t part, std::int32_t whole);

// In capitals, as messages have it.
std::string NameOf(TaskState state);
// As the machine names it.
std::string_view StateNameOf(TaskState state);

}  // namespace redress::aftersales
