#pragma once

// What callers, timers, warehouses and platforms ask of one case, and the answer. A command changes
// exactly one case; the stepper decides it, a batch carries it out.

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "services/aftersales/domain/compensation.h"
#include "services/aftersales/domain/deadline_basis.h"
#include "services/aftersales/domain/line_ledger.h"
#include "services/aftersales/domain/settlement.h"
#include "services/aftersales/domain/warehouse_task.h"
#include "services/platform/base/errors.h"
#include "workflows/dispute/events.h"
#include "workflows/refund/events.h"
#include "workflows/review/events.h"

namespace redress::aftersales {

// Who chose the request_id: each origin has a space of its own, so that no client takes a timer's.
enum class Origin : std::uint8_t {
  kClient = 1,
  kTimer = 2,
  kLink = 3,
  kPlatform = 4,
  kWarehouse = 5,
  kImport = 6,
};

struct Sender {
  workflows::ActorKind kind = workflows::ActorKind::kPerson;
  AccountId account;  // kept on the step; guards see it only of a person
  bool is_agent = false;
  bool is_supervisor = false;
  bool is_finance = false;
  bool unlimited = false;
  std::int64_t amount_limit = 0;
  std::string client;
};

// Free text that goes with a step: sealed beside it, of which the step keeps a salted digest.
struct StepText {
  std::string clear;
  std::array<std::uint8_t, 16> salt{};
  Hash digest{};
};

struct OpenCase {
  std::uint64_t number = 0;
  LineFacts line;  // as the order service gave it just now
  std::int32_t quantity = 0;
  std::string currency;
  std::int64_t amount_asked = 0;
  workflows::refund::Variant variant = workflows::refund::Variant::kRefundOnly;
  std::string reason;
  std::string platform_refund_id;
  CaseId dispute;  // that came to this refund
  CaseId repeats;  // an earlier case about the same thing, which has ended
};
struct OpenDispute {
  std::uint64_t number = 0;
  LineFacts line;  // as the order service gave it just now; without a line, of the order
  workflows::dispute::Channel channel = workflows::dispute::Channel::kDirectComplaint;
  std::string reason;
  std::string platform_complaint_id;
  CaseId refund;           // that was escalated
  std::int64_t worth = 0;  // what that refund asks
  CaseId review;           // that reveals the fault
  CaseId repeats;          // an earlier case about the same thing, which has ended
};
struct OpenReview {
  std::uint64_t number = 0;
  LineFacts line;          // as the order service gave it just now; without a line, of the order
  std::int32_t stars = 0;  // 0 where the platform has only words
  workflows::review::Rating rating = workflows::review::Rating::kBad;
  std::int64_t reviewed_at = 0;
  bool revision_possible = true;  // by the shop's rule for the order's platform
  std::string reason;             // may be empty
  std::string platform_review_id;
};

// An event of the case's own kind.
using CaseEvent = std::variant<workflows::refund::RefundEvent, workflows::dispute::DisputeEvent,
                               workflows::review::ReviewEvent>;

// A case of the same line that an event may join, found just before it is sent.
struct Beside {
  CaseId open{};          // one that can be joined; 0: none
  bool is_taken = false;  // there is one that cannot
};

struct FireEvent {
  CaseEvent event;
  // Members of the event that the machine does not decide on, as JSON: `"reason":"damaged"`.
  std::string details;
  // Of a dispute that comes to a refund: a refund; of a review that reveals a fault: a dispute.
  Beside beside = {};
};
// The armed deadline is due, whatever the case's kind.
struct ReachDeadline {
  std::int64_t number = 0;
};
struct AssignTo {
  AccountId assignee;  // 0: nobody
  // Who must have the case until then, where no version says so: nobody for a claim, the leaver for
  // a hand-over.
  std::optional<AccountId> from = std::nullopt;
};
struct ReportOnTask {
  TaskId task;
  std::string wms_reference;
  TaskReport report;
};
struct RecordPayment {
  PaymentAnswer answer;
  // The attempt that it is about; without it the answer is the adapter's own, of the last one.
  std::optional<std::uint32_t> attempts = std::nullopt;
  bool from_bank = false;  // a bank run's result, not a person's word
};
// The armed deadline's half time.
struct WarnSupervisor {
  std::int64_t number = 0;
};
// The platform's own time for the state that the case is in: it wins over any rule.
struct PlatformDeadline {
  std::int64_t due_at = 0;
  // The armed deadline that it is about; once another is armed it changes nothing. Without one it
  // is about whichever is.
  std::optional<std::int64_t> number = std::nullopt;
};
// Something outside the machine that a person has to look at. A colleague's reminder takes no other
// call's place.
inline constexpr std::string_view kReminded = "REMINDED";
struct CallPerson {
  workflows::PersonQueue queue = workflows::PersonQueue::kSupervisors;
  std::string reason;
  std::string details = {};  // further members of the step's JSON
};
// An agent saw that the goods cannot be returned, whatever the shop's rule says of the line. Empty:
// the mark is taken back.
struct MarkNotReturnable {
  std::string reason;
};
using CommandBody =
    std::variant<OpenCase, OpenDispute, OpenReview, FireEvent, ReachDeadline, AssignTo,
                 ReportOnTask, RecordPayment, WarnSupervisor, PlatformDeadline, CallPerson,
                 OfferCompensation, MoveCompensation, MarkNotReturnable>;

inline bool IsOpening(const CommandBody& body) {
  return std::holds_alternative<OpenCase>(body) || std::holds_alternative<OpenDispute>(body) ||
         std::holds_alternative<OpenReview>(body);
}

struct Answer {
  Case after;
  std::optional<WarehouseTask> task;
  std::optional<Settlement> settlement;
  std::optional<DeadlineBasis> armed_by;     // of a step that armed a deadline
  std::optional<Compensation> compensation;  // that the step offered or moved
  bool repeated = false;                     // what the first call answered
  bool ignored = false;  // a deadline that is no longer armed: nothing was changed
};
using Verdict = std::variant<std::monostate, Answer, platform::Refusal>;

struct Command {
  ShopId shop;
  CaseId case_id;  // of the case to be opened, too
  Origin origin = Origin::kClient;
  std::string request_id;
  Digest digest{};
  Sender sender;
  bool needs_version = false;
  std::uint32_t version = 0;
  // Its request_id is known to have been used: looked up even where the version says that it is
  // new.
  bool request_known = false;
  // Nobody waits for it: it goes behind what people ask for.
  bool can_wait = false;
  // No work is begun after it. Real time, so that a test clock does not move it.
  std::chrono::steady_clock::time_point expires = std::chrono::steady_clock::time_point::max();
  CommandBody body;
  std::optional<StepText> text;

  Verdict result;
  std::function<void(Command&)> done;  // on the answering thread
};

}  // namespace redress::aftersales
