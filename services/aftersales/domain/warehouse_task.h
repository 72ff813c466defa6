#pragma once

// Goods work handed to a warehouse: Queued -> Claimed (a lease) -> Received or Packed -> Done, or
// Failed, or Cancelled by its case. Times are UTC microseconds. Decisions are pure and throw
// Refusal.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "services/aftersales/domain/case.h"
#include "workflows/refund/effects.h"

namespace redress::aftersales {

enum class TaskState : std::uint8_t {
  kQueued = 1,
  kClaimed = 2,
  kReceived = 3,
  kDone = 4,
  kFailed = 5,
  kCancelled = 6,
  kPacked = 7,
};
enum class InterceptOutcome : std::uint8_t { kUnknown = 0, kCaught = 1, kMissed = 2 };
using TaskKind = workflows::refund::WarehouseTaskKind;

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

  bool IsOpen() const { return state <= TaskState::kReceived || state == TaskState::kPacked; }
  bool IsHeldBy(AccountId account, std::int64_t now_us) const {
    return account && claimed_by == account && lease_until > now_us;
  }
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

// Every change counts in the version and moves updated_at forward by at least 1 µs.
void Touch(WarehouseTask& task, std::int64_t now_us);

// The lease's life. `until` is absolute. A lease that ran out counts as none, whether or not the
// sweep has seen it.
void Claim(WarehouseTask& task, AccountId account, std::int64_t until, std::int64_t now_us);
void Renew(WarehouseTask& task, AccountId account, std::int64_t until, std::int64_t now_us);
void Release(WarehouseTask& task, AccountId account, std::int64_t now_us);
// Back to the queue when the lease has run out; answers whether it had.
bool Expire(WarehouseTask& task, std::int64_t now_us);

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

std::string_view NameOf(TaskState state);
std::string_view NameOf(TaskKind kind);

}  // namespace redress::aftersales
