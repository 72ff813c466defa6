#include "services/aftersales/store/case_rows.h"

#include "services/aftersales/domain/case_kind.h"
#include "services/aftersales/domain/snapshot.h"
#include "services/platform/base/text.h"

namespace redress::aftersales {
namespace {

constexpr std::size_t kMaxRows = 64;
// Rows of so many columns that a prepared statement of them is heavy on both sides.
constexpr std::size_t kMaxWideRows = 32;

constexpr char kLockCasesHead[] = "SELECT c.shop_id, " REDRESS_CASE_COLUMNS
                                  " FROM cases c FORCE INDEX (PRIMARY)"
                                  " WHERE (c.shop_id, c.case_id) IN (";
constexpr char kLockCasesTail[] = ") ORDER BY c.shop_id, c.case_id FOR UPDATE";

// Behind a `shop_id` that the statement itself names. Every NOT NULL column has to be there, though
// a row that exists keeps the fixed ones.
#define REDRESS_WRITTEN_COLUMNS                                                                 \
  "case_id, case_number, order_id, line_id, customer_id, currency,"                             \
  " reason, platform_refund_id, opened_at, order_paid_at, platform, kind, state, final,"        \
  " version,"                                                                                   \
  " workflow_version, updated_at, assignee_id, priority, needs_person, person_queue, variant,"  \
  " quantity, amount_asked, proposed_amount, proposed_by, approved_amount, approved_how,"       \
  " approved_by, goods, return_shipping, inspection, offered_amount, reserved_amount,"          \
  " settled_amount, shortfall, settled_by, settlement_attempt, failed_attempts,"                \
  " settlement_unknown, ending, platform_closed, platform_intervened, return_carrier,"          \
  " return_tracking, back_carrier, back_tracking, inbound_task_id, send_back_task_id,"          \
  " replacement, interception, replacement_carrier, replacement_tracking, outbound_task_id,"    \
  " intercept_task_id, deadline_rule, deadline_condition, deadline_number, deadline_repeated, " \
  "due_at, warn_at,"                                                                            \
  " timer_at, last_hash, triage, dispute_id, not_returnable"
#define REDRESS_UPDATED_COLUMNS                                                                  \
  " ON DUPLICATE KEY UPDATE shop_id = VALUES(shop_id), state = VALUES(state), final = "          \
  "VALUES(final),"                                                                               \
  " version = VALUES(version), workflow_version = VALUES(workflow_version),"                     \
  " updated_at = VALUES(updated_at), assignee_id = VALUES(assignee_id),"                         \
  " priority = VALUES(priority), needs_person = VALUES(needs_person),"                           \
  " person_queue = VALUES(person_queue), variant = VALUES(variant),"                             \
  " quantity = VALUES(quantity), amount_asked = VALUES(amount_asked),"                           \
  " proposed_amount = VALUES(proposed_amount), proposed_by = VALUES(proposed_by),"               \
  " approved_amount = VALUES(approved_amount), approved_how = VALUES(approved_how),"             \
  " approved_by = VALUES(approved_by), goods = VALUES(goods),"                                   \
  " return_shipping = VALUES(return_shipping), inspection = VALUES(inspection),"                 \
  " offered_amount = VALUES(offered_amount), reserved_amount = VALUES(reserved_amount),"         \
  " settled_amount = VALUES(settled_amount), shortfall = VALUES(shortfall),"                     \
  " settled_by = VALUES(settled_by), settlement_attempt = VALUES(settlement_attempt),"           \
  " failed_attempts = VALUES(failed_attempts),"                                                  \
  " settlement_unknown = VALUES(settlement_unknown), ending = VALUES(ending),"                   \
  " platform_closed = VALUES(platform_closed),"                                                  \
  " platform_intervened = VALUES(platform_intervened),"                                          \
  " return_carrier = VALUES(return_carrier), return_tracking = VALUES(return_tracking),"         \
  " back_carrier = VALUES(back_carrier), back_tracking = VALUES(back_tracking),"                 \
  " inbound_task_id = VALUES(inbound_task_id), send_back_task_id = VALUES(send_back_task_id),"   \
  " replacement = VALUES(replacement), interception = VALUES(interception),"                     \
  " replacement_carrier = VALUES(replacement_carrier),"                                          \
  " replacement_tracking = VALUES(replacement_tracking),"                                        \
  " outbound_task_id = VALUES(outbound_task_id), intercept_task_id = VALUES(intercept_task_id)," \
  " deadline_rule = VALUES(deadline_rule), deadline_condition = VALUES(deadline_condition),"     \
  " deadline_number = VALUES(deadline_number), deadline_repeated = VALUES(deadline_repeated),"   \
  " due_at = VALUES(due_at), warn_at = VALUES(warn_at), timer_at = VALUES(timer_at),"            \
  " last_hash = VALUES(last_hash), triage = VALUES(triage),"                                     \
  " dispute_id = VALUES(dispute_id), not_returnable = VALUES(not_returnable)"

constexpr char kWriteCasesHead[] =
    "INSERT INTO cases (shop_id, " REDRESS_WRITTEN_COLUMNS ") VALUES ";
constexpr char kWriteCasesTail[] = REDRESS_UPDATED_COLUMNS;
constexpr char kWritePackedHead[] =
    "INSERT INTO cases (shop_id, " REDRESS_WRITTEN_COLUMNS ", progress) VALUES ";
constexpr char kWritePackedTail[] = REDRESS_UPDATED_COLUMNS ", progress = VALUES(progress)";
constexpr std::size_t kWriteCasesColumns = 67;
constexpr std::size_t kWritePackedColumns = kWriteCasesColumns + 1;

}  // namespace

const platform::MultiRow kLockCases(kLockCasesHead, 2, kLockCasesTail, kMaxRows);
const platform::MultiRow kInsertCases(kWriteCasesHead, kWriteCasesColumns, "", kMaxWideRows);
const platform::MultiRow kWriteCases(kWriteCasesHead, kWriteCasesColumns, kWriteCasesTail,
                                     kMaxWideRows);
const platform::MultiRow kInsertPackedCases(kWritePackedHead, kWritePackedColumns, "",
                                            kMaxWideRows);
const platform::MultiRow kWritePackedCases(kWritePackedHead, kWritePackedColumns, kWritePackedTail,
                                           kMaxWideRows);

void ReadFixed(RowCursor& row, Case& c) {
  row >> c.shop, row >> c.id, row >> c.number, row >> c.order, row >> c.line;
  row >> c.customer, row >> c.currency, row >> c.reason;
  row.Optional(c.platform_refund_id);
  row >> c.opened_at, row >> c.order_paid_at, row >> c.platform;
}

namespace {

// A row of another kind holds a refund's columns as well: what a refund of nothing would have.
const workflows::refund::RefundProgress& NoRefund() {
  static const workflows::refund::RefundProgress none = [] {
    workflows::refund::RefundProgress empty;
    empty.quantity = 0;
    return empty;
  }();
  return none;
}

// The columns as they stand in the row: `p` is a refund's, `packed` another kind's.
void ReadChanging(RowCursor& row, Case& c, workflows::refund::RefundProgress& p,
                  std::string& packed) {
  row >> c.state, row >> c.final, row >> c.version, row >> c.workflow_version;
  row >> c.updated_at, row >> c.assignee, row >> c.priority, row >> c.needs_person;
  row >> c.queue, row >> p.variant, row >> p.quantity, row >> p.amount_asked;
  row >> p.proposed_amount, row >> p.proposed_by, row >> p.approved_amount;
  row >> p.approved_how, row >> p.approved_by, row >> p.goods, row >> p.shipping;
  row >> p.inspection, row >> p.offered_amount, row >> p.reserved_amount;
  row >> p.settled_amount, row >> p.shortfall, row >> p.settled_by;
  row >> p.settlement_attempt, row >> p.failed_attempts, row >> p.settlement_unknown;
  row >> p.ending, row >> p.platform_closed, row >> c.platform_intervened;
  row >> c.return_carrier, row >> c.return_tracking, row >> c.back_carrier;
  row >> c.back_tracking, row >> c.inbound_task, row >> c.send_back_task;
  row >> p.replacement, row >> p.interception, row >> c.replacement_carrier;
  row >> c.replacement_tracking, row >> c.outbound_task, row >> c.intercept_task;
  row >> p.deadline_rule, row >> p.deadline_condition, row >> p.deadline_number;
  row >> p.deadline_repeated;
  row.Optional(c.due_at), row.Optional(c.warn_at);
  row >> c.last_hash;
  constexpr std::int64_t kNone = -1;
  std::int64_t triage = kNone;
  row.OptionalOr(triage, kNone);
  c.triage = triage == kNone ? PointsBehind(c.priority, !c.platform_refund_id.empty())
                             : Unpacked(static_cast<std::uint16_t>(triage));
  row >> packed;
  row >> p.dispute, row >> c.not_returnable;
}

// Makes the case one of its kind.
void Unpack(Case& c, const std::string& packed, workflows::refund::RefundProgress&& columns) {
  if (packed.empty()) {
    c.progress = std::move(columns);
    return;
  }
  DecodeProgress(packed, c);
  c.Armed() = std::move(columns);
}

}  // namespace

Case ReadCase(platform::Result& result) {
  Case c;
  RowCursor row(result);
  workflows::refund::RefundProgress columns;
  std::string packed;
  ReadFixed(row, c);
  ReadChanging(row, c, columns, packed);
  Unpack(c, packed, std::move(columns));
  return c;
}

Case ReadSuspect(platform::Result& result, std::vector<Difference>& beside) {
  Case c;
  RowCursor row(result);
  workflows::refund::RefundProgress columns;
  std::string packed;
  ReadFixed(row, c);
  ReadChanging(row, c, columns, packed);
  const workflows::refund::RefundProgress as_read = columns;
  try {
    Unpack(c, packed, std::move(columns));
  } catch (const std::runtime_error&) {
    c.progress = as_read;
  }
  if (EncodeProgress(c) != packed) {
    beside.push_back({"progress", platform::Hex(EncodeProgress(c)), platform::Hex(packed)});
  }
  if (c.IsRefund()) return c;
  Case expected;
  Case found;
  expected.Refund() = NoRefund();
  found.Refund() = as_read;
  found.Armed() = expected.Armed();
  for (Difference& one : DifferencesOf(expected, found)) beside.push_back(std::move(one));
  return c;
}

bool IsPacked(const Case& of) { return !of.IsRefund(); }

void AppendCase(std::vector<platform::Value>& values, const Case& c) {
  const workflows::refund::RefundProgress& p = c.IsRefund() ? c.Refund() : NoRefund();
  const workflows::ArmedDeadline& armed = c.Armed();
  values.insert(values.end(), {c.shop,
                               c.id,
                               c.number,
                               c.order,
                               c.line,
                               c.customer,
                               c.currency,
                               c.reason,
                               NullIfEmpty(c.platform_refund_id),
                               c.opened_at,
                               c.order_paid_at,
                               c.platform,
                               KindOf(c),
                               c.state,
                               std::int64_t{c.final},
                               c.version,
                               c.workflow_version,
                               c.updated_at,
                               c.assignee,
                               std::uint64_t{c.priority},
                               c.needs_person,
                               Number(c.queue),
                               Number(p.variant),
                               p.quantity,
                               p.amount_asked,
                               p.proposed_amount,
                               p.proposed_by,
                               p.approved_amount,
                               Number(p.approved_how),
                               p.approved_by,
                               Number(p.goods),
                               Number(p.shipping),
                               Number(p.inspection),
                               p.offered_amount,
                               p.reserved_amount,
                               p.settled_amount,
                               p.shortfall,
                               Number(p.settled_by),
                               p.settlement_attempt,
                               p.failed_attempts,
                               std::int64_t{p.settlement_unknown},
                               Number(p.ending),
                               std::int64_t{p.platform_closed},
                               std::int64_t{c.platform_intervened},
                               c.return_carrier,
                               c.return_tracking,
                               c.back_carrier,
                               c.back_tracking,
                               c.inbound_task,
                               c.send_back_task,
                               Number(p.replacement),
                               Number(p.interception),
                               c.replacement_carrier,
                               c.replacement_tracking,
                               c.outbound_task,
                               c.intercept_task,
                               armed.deadline_rule,
                               armed.deadline_condition,
                               armed.deadline_number,
                               std::int64_t{armed.deadline_repeated},
                               NullIfZero(c.due_at),
                               NullIfZero(c.warn_at),
                               NullIfZero(c.TimerAt()),
                               c.last_hash,
                               std::uint64_t{Packed(c.triage)},
                               p.dispute,
                               c.not_returnable});
}

}  // namespace redress::aftersales
