// What holds between linked cases, as statements over one shop's rows that find nothing.

#include "tests/chaos/linked_checks.h"

#include <redress/aftersales/v1/case_history.pb.h>
#include <redress/aftersales/v1/case_service.pb.h>

#include <chrono>

#include "services/platform/base/ids.h"
#include "tests/chaos/root_connection.h"
#include "tests/support/wait_for.h"

namespace redress::chaos {
namespace {

namespace aftersales = redress::aftersales::v1;

struct LinkCheck {
  const char* rule;
  const char* sql;  // takes the shop
};

constexpr LinkCheck kChecks[] = {
    {"a refund was escalated to two disputes",
     "SELECT CONCAT('case ', case_id) FROM redress_aftersales.case_links WHERE shop_id = ?"
     " AND relation = 1 GROUP BY case_id HAVING COUNT(*) > 1"},
    {"something was asked that its step does not know of",
     "SELECT CONCAT('case ', i.source_case_id, ' step ', i.sequence)"
     " FROM redress_aftersales.case_inbox i LEFT JOIN redress_aftersales.steps s"
     " ON s.shop_id = i.shop_id AND s.case_id = i.source_case_id AND s.sequence = i.sequence"
     " WHERE i.shop_id = ? AND (s.case_id IS NULL OR s.event_json NOT LIKE '%\"asks\"%')"},
    {"what was carried made no step, or what was refused made one",
     "SELECT CONCAT('case ', i.source_case_id, ' step ', i.sequence, ' ', i.event, ' state ',"
     " i.state) FROM redress_aftersales.case_inbox i LEFT JOIN redress_aftersales.steps s"
     " ON s.shop_id = i.shop_id AND s.origin = 3"
     " AND s.request_id = CONCAT('link:', i.source_case_id, ':', i.sequence)"
     " WHERE i.shop_id = ? AND i.event <> 'open' AND (i.state = 2) <> (s.case_id IS NOT NULL)"},
    {"a case was opened for nobody",
     "SELECT CONCAT('case ', i.case_id) FROM redress_aftersales.case_inbox i"
     " LEFT JOIN redress_aftersales.cases c ON c.shop_id = i.shop_id AND c.case_id = i.case_id"
     " WHERE i.shop_id = ? AND i.event = 'open' AND i.state = 2 AND c.case_id IS NULL"},
    {"a refund waits for a dispute that is over",
     "SELECT CONCAT('refund ', r.case_id, ', dispute ', d.case_id, ' ', d.state)"
     " FROM redress_aftersales.cases r JOIN redress_aftersales.case_links l"
     " ON l.shop_id = r.shop_id AND l.case_id = r.case_id AND l.relation = 1"
     " JOIN redress_aftersales.cases d ON d.shop_id = r.shop_id AND d.case_id = l.linked_case_id"
     " LEFT JOIN redress_aftersales.case_inbox i ON i.shop_id = r.shop_id"
     " AND i.source_case_id = d.case_id AND i.state = 3"
     " WHERE r.shop_id = ? AND r.state = 'InDispute' AND r.approved_how <> 3 AND d.final"
     " AND i.case_id IS NULL"},
    {"an open case has no deadline, or a final one has",
     "SELECT CONCAT('case ', case_id, ' ', state) FROM redress_aftersales.cases"
     " WHERE shop_id = ? AND (final = (due_at IS NOT NULL) OR final = (timer_at IS NOT NULL))"},
    {"a case was settled twice",
     "SELECT CONCAT('case ', case_id, ': ', COUNT(*)) FROM redress_aftersales.steps"
     " WHERE shop_id = ? AND settled_minor <> 0 GROUP BY case_id HAVING COUNT(*) > 1"},
    {"a line gave more than was paid for it",
     "SELECT CONCAT('line ', line_id) FROM redress_aftersales.line_ledger WHERE shop_id = ?"
     " AND (reserved + settled > ceiling OR reserved < 0 OR settled < 0)"},
    {"the ledger is not the sum of its cases",
     "SELECT CONCAT('line ', l.line_id) FROM redress_aftersales.line_ledger l LEFT JOIN"
     " (SELECT shop_id, line_id, SUM(reserved_amount) AS reserved, SUM(settled_amount) AS settled"
     " FROM redress_aftersales.cases GROUP BY shop_id, line_id) c"
     " ON c.shop_id = l.shop_id AND c.line_id = l.line_id"
     " WHERE l.shop_id = ? AND (l.reserved <> COALESCE(c.reserved, 0)"
     " OR l.settled <> COALESCE(c.settled, 0))"},
    {"both refunded and replaced by us",
     "SELECT CONCAT('case ', case_id) FROM redress_aftersales.cases WHERE shop_id = ?"
     " AND settled_by = 1 AND replacement IN (2, 3)"},
    {"a case ended with the buyer's goods and nothing for them",
     "SELECT CONCAT('case ', case_id) FROM redress_aftersales.cases WHERE shop_id = ? AND final"
     " AND kind = 'refund' AND goods IN (1, 2) AND settled_by = 0 AND replacement NOT IN (2, 3)"},
    {"a request made two steps",
     "SELECT CONCAT(request_id, ': ', COUNT(*)) FROM redress_aftersales.steps IGNORE INDEX"
     " (steps_request) WHERE shop_id = ? GROUP BY origin, request_id HAVING COUNT(*) > 1"},
};

}  // namespace

void AwaitInboxes(e2e::Stack& stack, Violations& violations) {
  platform::Connection database(RootOf(stack));
  const bool empty = test::WaitFor(
      [&] {
        auto row = database.Query(
            "SELECT COUNT(shop_id) FROM redress_aftersales.case_inbox WHERE state = 1");
        return row.Next() && row.Int64(0) == 0;
      },
      std::chrono::seconds(120));
  if (!empty) violations.Add("an inbox does not empty", "asks wait");
}

void CheckLinkedCases(e2e::Stack& stack, const e2e::Shop& shop, Violations& violations) {
  platform::Connection database(RootOf(stack));
  const std::uint64_t shop_id = std::stoull(shop.shop_id());
  for (const LinkCheck& check : kChecks) {
    platform::Result rows = database.Query(check.sql, {shop_id});
    while (rows.Next()) violations.Add(check.rule, rows.String(0));
  }
}

void CheckHistoriesOf(e2e::Shop& shop, const std::vector<std::string>& cases,
                      Violations& violations) {
  for (const std::string& id : cases) {
    aftersales::VerifyCaseRequest request;
    request.set_case_id(id);
    const auto report =
        shop.As("auditor").Call<aftersales::VerifyCaseResponse>(request).verification();
    if (!report.intact()) violations.Add("a history is not intact", report.ShortDebugString());
  }
}

}  // namespace redress::chaos
