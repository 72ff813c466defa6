// Statements over the rows of all schemas, each answering its findings as text: what does not
// belong together after the kills.

#include <string>

#include "tests/chaos/checks.h"
#include "tests/chaos/root_connection.h"
#include "tests/support/wait_for.h"

namespace redress::chaos {
namespace {

struct RowCheck {
  const char* rule;
  const char* sql;
};

constexpr RowCheck kCaseChecks[] = {
    {"a case's steps have a gap",
     "SELECT CONCAT('case ', case_id, ': ', COUNT(*), ' steps up to ', MAX(sequence))"
     " FROM redress_aftersales.steps GROUP BY shop_id, case_id"
     " HAVING COUNT(*) <> MAX(sequence) OR MIN(sequence) <> 1"},
    {"a request made two steps",
     "SELECT CONCAT(request_id, ': ', COUNT(*)) FROM redress_aftersales.steps IGNORE INDEX"
     " (steps_request) GROUP BY shop_id, origin, request_id HAVING COUNT(*) > 1"},
    {"a case is not what its last step left",
     "SELECT CONCAT('case ', c.case_id, ' version ', c.version, ' ', c.state, ', step ',"
     " COALESCE(s.to_state, 'missing')) FROM redress_aftersales.cases c"
     " LEFT JOIN (SELECT shop_id, case_id, MAX(sequence) AS last FROM redress_aftersales.steps"
     " GROUP BY shop_id, case_id) m ON m.shop_id = c.shop_id AND m.case_id = c.case_id"
     " LEFT JOIN redress_aftersales.steps s ON s.shop_id = c.shop_id AND s.case_id = c.case_id"
     " AND s.sequence = c.version WHERE s.case_id IS NULL OR m.last <> c.version"
     " OR s.to_state <> c.state OR s.hash <> c.last_hash OR s.applied_at <> c.updated_at"},
    {"steps without a case",
     "SELECT CONCAT('case ', s.case_id) FROM redress_aftersales.steps s"
     " LEFT JOIN redress_aftersales.cases c ON c.shop_id = s.shop_id AND c.case_id = s.case_id"
     " WHERE c.case_id IS NULL AND s.sequence = 1"},
    {"an open case has no deadline, or a final one has",
     "SELECT CONCAT('case ', case_id, ' ', state) FROM redress_aftersales.cases"
     " WHERE final = (due_at IS NOT NULL) OR final = (timer_at IS NOT NULL)"},
    {"the ledger is not the sum of its cases",
     "SELECT CONCAT('line ', l.line_id, ': reserved ', l.reserved, ', settled ', l.settled,"
     " '; cases: ', COALESCE(c.reserved, 0), ', ', COALESCE(c.settled, 0))"
     " FROM redress_aftersales.line_ledger l LEFT JOIN (SELECT shop_id, line_id,"
     " SUM(reserved_amount) AS reserved, SUM(settled_amount) AS settled"
     " FROM redress_aftersales.cases GROUP BY shop_id, line_id) c"
     " ON c.shop_id = l.shop_id AND c.line_id = l.line_id"
     " WHERE l.reserved <> COALESCE(c.reserved, 0) OR l.settled <> COALESCE(c.settled, 0)"},
    {"a case without a ledger row",
     "SELECT CONCAT('case ', c.case_id) FROM redress_aftersales.cases c"
     " LEFT JOIN redress_aftersales.line_ledger l ON l.shop_id = c.shop_id"
     " AND l.line_id = c.line_id WHERE l.line_id IS NULL"},
    {"a settlement is not what its case says",
     "SELECT CONCAT('case ', c.case_id, ' settled ', c.settled_amount, ', settlement ',"
     " COALESCE(t.amount, 0), ' in state ', COALESCE(t.state, 0))"
     " FROM redress_aftersales.cases c LEFT JOIN redress_aftersales.settlements t"
     " ON t.shop_id = c.shop_id AND t.case_id = c.case_id"
     " WHERE c.settled_amount <> IF(t.state = 2, t.amount, 0)"},
    {"a case was settled twice",
     "SELECT CONCAT('case ', s.case_id, ': ', COUNT(*), ' times ', SUM(s.settled_minor))"
     " FROM redress_aftersales.steps s JOIN redress_aftersales.cases c ON c.shop_id = s.shop_id"
     " AND c.case_id = s.case_id WHERE s.settled_minor <> 0 GROUP BY s.shop_id, s.case_id"
     " HAVING COUNT(*) > 1 OR SUM(s.settled_minor) <> MAX(c.settled_amount)"},
    {"a report and its step are not both there",
     "SELECT CONCAT('report ', r.wms_reference) FROM redress_aftersales.task_reports r"
     " LEFT JOIN redress_aftersales.steps s ON s.shop_id = r.shop_id AND s.case_id = r.case_id"
     " AND s.sequence = r.sequence AND s.origin = 5 WHERE s.case_id IS NULL"
     " OR s.request_id <> r.wms_reference"
     " UNION ALL SELECT CONCAT('step ', s.request_id) FROM redress_aftersales.steps s"
     " LEFT JOIN redress_aftersales.task_reports r ON r.shop_id = s.shop_id"
     " AND r.wms_reference = s.request_id WHERE s.origin = 5 AND r.task_id IS NULL"},
    {"a step's text and its digest are not both there",
     "SELECT CONCAT('case ', s.case_id, ' step ', s.sequence) FROM redress_aftersales.steps s"
     " LEFT JOIN redress_aftersales.step_texts t ON t.shop_id = s.shop_id"
     " AND t.case_id = s.case_id AND t.sequence = s.sequence"
     " WHERE (s.text_digest = '') <> (t.case_id IS NULL)"},
    {"a final case has an open task",
     "SELECT CONCAT('task ', t.task_id) FROM redress_aftersales.warehouse_tasks t"
     " JOIN redress_aftersales.cases c ON c.shop_id = t.shop_id AND c.case_id = t.case_id"
     " WHERE t.is_open AND c.final"},
};

constexpr RowCheck kOrderChecks[] = {
    {"an order's events are not its versions",
     "SELECT CONCAT('order ', o.order_id, ' version ', o.version, ', events ',"
     " COALESCE(e.events, 0)) FROM redress_order.orders o LEFT JOIN (SELECT shop_id, aggregate_id,"
     " COUNT(*) AS events, MAX(sequence) AS last FROM redress_order.events"
     " GROUP BY shop_id, aggregate_id) e ON e.shop_id = o.shop_id AND e.aggregate_id = o.order_id"
     " WHERE COALESCE(e.events, 0) <> o.version OR e.last <> o.version"},
    {"an event without its order",
     "SELECT CONCAT('order ', e.aggregate_id) FROM redress_order.events e"
     " LEFT JOIN redress_order.orders o ON o.shop_id = e.shop_id AND o.order_id = e.aggregate_id"
     " WHERE o.order_id IS NULL"},
    {"an order is not whole",
     "SELECT CONCAT('order ', o.order_id) FROM redress_order.orders o"
     " LEFT JOIN redress_order.order_lines l ON l.shop_id = o.shop_id AND l.order_id = o.order_id"
     " LEFT JOIN redress_order.order_contacts c ON c.shop_id = o.shop_id"
     " AND c.order_id = o.order_id LEFT JOIN redress_order.subject_keys k ON k.shop_id = c.shop_id"
     " AND k.subject_kind = c.subject_kind AND k.subject_id = c.subject_id"
     " WHERE l.line_id IS NULL OR c.order_id IS NULL OR k.subject_id IS NULL"},
    {"an order's customer is unknown",
     "SELECT CONCAT('order ', o.order_id, ' customer ', o.customer_id) FROM redress_order.orders o"
     " LEFT JOIN redress_customer.customers c ON c.shop_id = o.shop_id"
     " AND c.customer_id = o.customer_id WHERE c.customer_id IS NULL"},
    {"a membership is not what the directory tells",
     "SELECT CONCAT('account ', m.account_id) FROM redress_identity.memberships m"
     " LEFT JOIN redress_identity.directory_changes d ON d.shop_id = m.shop_id"
     " AND d.account_id = m.account_id WHERE d.version IS NULL OR d.roles <> m.roles"
     " OR NOT (d.approval_limit_minor <=> m.approval_limit_minor)"},
    {"a request was claimed and not answered",
     "SELECT CONCAT(request_id) FROM redress_aftersales.requests WHERE answer IS NULL"
     " UNION ALL SELECT request_id FROM redress_order.requests WHERE answer IS NULL"
     " UNION ALL SELECT request_id FROM redress_customer.requests WHERE answer IS NULL"
     " UNION ALL SELECT request_id FROM redress_identity.requests WHERE answer IS NULL"},
};

// These have to come true by themselves, too: what AwaitQuiescence waits for.
constexpr RowCheck kEventChecks[] = {
    {"an outbox is not empty",
     "SELECT CONCAT('aftersales ', transaction_id) FROM redress_aftersales.outbox"
     " UNION ALL SELECT CONCAT('order ', transaction_id) FROM redress_order.outbox"},
    {"the ledger has not heard of an order's last version",
     "SELECT CONCAT('line ', l.line_id, ' version ', l.order_version, ', order ', o.version)"
     " FROM redress_aftersales.line_ledger l JOIN redress_order.orders o ON o.shop_id = l.shop_id"
     " AND o.order_id = l.order_id WHERE l.order_version <> o.version"},
    {"scoring does not know a step",
     "SELECT CONCAT('case ', s.case_id, ' step ', s.sequence) FROM redress_aftersales.steps s"
     " LEFT JOIN redress_scoring.case_facts f ON f.shop_id = s.shop_id AND f.case_id = s.case_id"
     " AND f.sequence = s.sequence WHERE f.case_id IS NULL OR f.event <> s.event"
     " OR f.to_state <> s.to_state OR f.occurred_at <> s.applied_at"
     " OR f.settled_amount <> s.settled_minor OR f.assignee_id <> s.assignee_id"},
    {"scoring knows a step that is none",
     "SELECT CONCAT('case ', f.case_id, ' step ', f.sequence) FROM redress_scoring.case_facts f"
     " LEFT JOIN redress_aftersales.steps s ON f.shop_id = s.shop_id AND f.case_id = s.case_id"
     " AND f.sequence = s.sequence WHERE s.case_id IS NULL"},
    {"scoring and the order events differ",
     "SELECT CONCAT('order ', e.aggregate_id, ' event ', e.sequence) FROM redress_order.events e"
     " LEFT JOIN redress_scoring.order_facts f ON f.shop_id = e.shop_id"
     " AND f.order_id = e.aggregate_id AND f.sequence = e.sequence WHERE f.order_id IS NULL"
     " OR f.occurred_at <> e.occurred_at OR f.order_version <> e.sequence"
     " UNION ALL SELECT CONCAT('fact of order ', f.order_id) FROM redress_scoring.order_facts f"
     " LEFT JOIN redress_order.events e ON f.shop_id = e.shop_id AND f.order_id = e.aggregate_id"
     " AND f.sequence = e.sequence WHERE e.aggregate_id IS NULL"},
    {"scoring miscounts an aggregate",
     "SELECT CONCAT('aggregate ', aggregate_id, ': ', fact_count, ' of ', last_sequence)"
     " FROM redress_scoring.aggregates"
     " WHERE fact_count <> last_sequence OR gap_noticed_at IS NOT NULL"},
};

bool FindsNothing(platform::Connection& database, const RowCheck& check) {
  return !database.Query(check.sql).Next();
}

void Report(platform::Connection& database, const RowCheck& check, Violations& violations) {
  platform::Result rows = database.Query(check.sql);
  while (rows.Next()) violations.Add(check.rule, rows.String(0));
}

// Long after the slowest way an event takes: a gap is filled after 30 s, heads are asked for every
// minute.
constexpr auto kCaughtUpWithin = std::chrono::seconds(180);
// The deadline that the run has set is the only one within this time.
constexpr std::int64_t kShortDeadlineS = 60;
constexpr char kDueSoon[] =
    "SELECT COUNT(*) FROM redress_aftersales.cases WHERE timer_at IS NOT NULL AND timer_at < ?";

}  // namespace

void AwaitQuiescence(e2e::Stack& stack, Violations& violations) {
  platform::Connection database(RootOf(stack));
  stack.Advance(kShortDeadlineS + 1);
  const std::int64_t soon = stack.NowUs() + 4 * kShortDeadlineS * 1'000'000;
  const bool fired = test::WaitFor(
      [&] {
        platform::Result row = database.Query(kDueSoon, {soon});
        return row.Next() && row.Int64(0) == 0;
      },
      kCaughtUpWithin);
  if (!fired) violations.Add("deadlines do not fire", "cases are due");
  test::WaitFor(
      [&] {
        for (const RowCheck& check : kEventChecks) {
          if (!FindsNothing(database, check)) return false;
        }
        return true;
      },
      kCaughtUpWithin);
}

void CheckRows(e2e::Stack& stack, Violations& violations) {
  platform::Connection database(RootOf(stack));
  for (const RowCheck& check : kCaseChecks) Report(database, check, violations);
  for (const RowCheck& check : kOrderChecks) Report(database, check, violations);
  for (const RowCheck& check : kEventChecks) Report(database, check, violations);
}

}  // namespace redress::chaos
