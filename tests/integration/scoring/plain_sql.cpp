// The figures' sums by SQL that knows nothing of the service's code: the formulas of the catalogue,
// straight over the facts.

#include "services/platform/database/transact.h"
#include "tests/integration/scoring/scoring_schema.h"

namespace redress::scoring::test {
namespace {

using platform::Connection;
using platform::Result;

// One row per case: its opening, its outcome, its settlement.
constexpr char kCases[] = R"sql(
WITH outcomes AS (
  SELECT case_id, MIN(sequence) AS sequence FROM case_facts
  WHERE shop_id = ? AND outcome <> '' AND (outcome NOT LIKE 'ruled_for_%' OR is_final = 1)
  GROUP BY case_id),
settlements AS (
  SELECT case_id, MIN(sequence) AS sequence FROM case_facts
  WHERE shop_id = ? AND outcome = 'settled' GROUP BY case_id),
contacts AS (
  SELECT case_id, MIN(sequence) AS sequence FROM case_facts
  WHERE shop_id = ? AND event = 'record_contact' GROUP BY case_id),
lasts AS (
  SELECT case_id, MAX(sequence) AS sequence,
         MAX(is_final = 1 AND to_state = 'Withdrawn') AS withdrawn, MAX(opened_at) AS opened_at,
         MAX(order_paid_at) AS paid_at, MAX(resolve_by) AS resolve_by
  FROM case_facts WHERE shop_id = ? GROUP BY case_id),
cases AS (
  SELECT l.case_id, l.withdrawn, l.opened_at, l.paid_at, f.kind,
         IF(o.case_id IS NULL, f.assignee_id, w.assignee_id) AS agent,
         o.case_id IS NOT NULL AS completed, w.occurred_at AS outcome_at, w.assignee_id AS handler,
         s.occurred_at AS settled_at, s.assignee_id AS settler, s.settled_amount AS settled,
         s.currency AS currency, l.resolve_by, n.occurred_at AS contacted_at,
         w.review_change, w.revision_possible
  FROM lasts l
  JOIN case_facts f ON f.shop_id = ? AND f.case_id = l.case_id AND f.sequence = l.sequence
  LEFT JOIN outcomes o ON o.case_id = l.case_id
  LEFT JOIN case_facts w ON w.shop_id = ? AND w.case_id = o.case_id AND w.sequence = o.sequence
  LEFT JOIN settlements t ON t.case_id = l.case_id
  LEFT JOIN case_facts s ON s.shop_id = ? AND s.case_id = t.case_id AND s.sequence = t.sequence
  LEFT JOIN contacts c ON c.case_id = l.case_id
  LEFT JOIN case_facts n ON n.shop_id = ? AND n.case_id = c.case_id AND n.sequence = c.sequence)
SELECT 1 AS measure, FLOOR((opened_at + 28800000000) / 86400000000) AS day, agent, kind, '' AS cur,
       SUM(completed) AS amount, COUNT(*) AS things
FROM cases WHERE withdrawn = 0 GROUP BY day, agent, kind
UNION ALL
SELECT 2, FLOOR((outcome_at + 28800000000) / 86400000000) AS day, handler, kind, '',
       SUM(outcome_at - opened_at), COUNT(*)
FROM cases WHERE completed GROUP BY day, handler, kind
UNION ALL
SELECT 4, FLOOR((settled_at + 28800000000) / 86400000000) AS day, settler, kind, '',
       SUM(settled_at - opened_at), COUNT(*)
FROM cases WHERE settled_at IS NOT NULL GROUP BY day, settler, kind
UNION ALL
SELECT 5, FLOOR((settled_at + 28800000000) / 86400000000) AS day, settler, kind, currency,
       SUM(settled), COUNT(*)
FROM cases WHERE settled_at IS NOT NULL GROUP BY day, settler, kind, currency
UNION ALL
SELECT 6, FLOOR((paid_at + 28800000000) / 86400000000) AS day, settler, kind, currency,
       SUM(settled), COUNT(*)
FROM cases WHERE settled_at IS NOT NULL AND paid_at <> 0 GROUP BY day, settler, kind, currency
UNION ALL
SELECT 8, FLOOR((opened_at + 28800000000) / 86400000000) AS day, agent, kind, '', SUM(completed),
       COUNT(*)
FROM cases WHERE kind = 'dispute' AND withdrawn = 0 GROUP BY day, agent, kind
UNION ALL
SELECT 9, FLOOR((opened_at + 28800000000) / 86400000000) AS day, agent, kind, '',
       SUM(IF(completed AND outcome_at < resolve_by, 1, -1) * FLOOR(resolve_by / 1000000)),
       COUNT(*)
FROM cases WHERE kind = 'dispute' AND withdrawn = 0 AND resolve_by <> 0 GROUP BY day, agent, kind
UNION ALL
SELECT 10, FLOOR((opened_at + 28800000000) / 86400000000) AS day, agent, kind, '',
       SUM(contacted_at - opened_at), COUNT(*)
FROM cases WHERE kind = 'dispute' AND contacted_at IS NOT NULL GROUP BY day, agent, kind
UNION ALL
SELECT 11, FLOOR((opened_at + 28800000000) / 86400000000) AS day, agent, kind, '',
       SUM(contacted_at - opened_at <= 3600000000), COUNT(*)
FROM cases WHERE kind = 'dispute' AND contacted_at IS NOT NULL GROUP BY day, agent, kind
UNION ALL
SELECT IF(revision_possible, 80, 81) AS measure,
       FLOOR((outcome_at + 28800000000) / 86400000000) AS day, handler, kind, '',
       SUM(review_change <> ''), COUNT(*)
FROM cases WHERE kind = 'review' AND completed GROUP BY measure, day, handler, kind
)sql";

// Where a case spent its time before its outcome.
constexpr char kStates[] = R"sql(
WITH outcomes AS (
  SELECT case_id, MIN(sequence) AS sequence FROM case_facts
  WHERE shop_id = ? AND outcome <> '' AND (outcome NOT LIKE 'ruled_for_%' OR is_final = 1)
  GROUP BY case_id),
stays AS (
  SELECT f.case_id, f.kind, f.to_state,
         n.occurred_at - IF(f.sequence = 1, f.opened_at, f.occurred_at) AS stay
  FROM case_facts f
  JOIN outcomes o ON o.case_id = f.case_id AND f.sequence < o.sequence
  JOIN case_facts n ON n.shop_id = f.shop_id AND n.case_id = f.case_id
                   AND n.sequence = f.sequence + 1
  WHERE f.shop_id = ?),
of_case AS (
  SELECT s.case_id, CONCAT(s.kind, ':', s.to_state) AS kind, SUM(s.stay) AS stay
  FROM stays s GROUP BY s.case_id, s.kind, s.to_state)
SELECT 3, FLOOR((w.occurred_at + 28800000000) / 86400000000) AS day, w.assignee_id, c.kind, '',
       SUM(c.stay), COUNT(*)
FROM of_case c JOIN outcomes o ON o.case_id = c.case_id
JOIN case_facts w ON w.shop_id = ? AND w.case_id = o.case_id AND w.sequence = o.sequence
GROUP BY day, w.assignee_id, c.kind
)sql";

constexpr char kOrders[] = R"sql(
SELECT 7, FLOOR((o.paid_at + 28800000000) / 86400000000) AS day, 0, '', o.currency,
       SUM(o.paid_amount), COUNT(*)
FROM order_facts o
JOIN (SELECT order_id, MAX(order_version) AS newest FROM order_facts WHERE shop_id = ?
      GROUP BY order_id) n ON n.order_id = o.order_id AND n.newest = o.order_version
WHERE o.shop_id = ? AND o.paid_at <> 0 GROUP BY day, o.currency
UNION ALL
SELECT 5, FLOOR((occurred_at + 28800000000) / 86400000000) AS day, 0, '', currency, SUM(amount),
       COUNT(*)
FROM adjustment_facts WHERE shop_id = ? AND is_refund = 1 GROUP BY day, currency
UNION ALL
SELECT 6, FLOOR((order_paid_at + 28800000000) / 86400000000) AS day, 0, '', currency, SUM(amount),
       COUNT(*)
FROM adjustment_facts WHERE shop_id = ? AND is_refund = 1 AND order_paid_at <> 0
GROUP BY day, currency
)sql";

void Add(Result row, Sums& sums) {
  const auto number = [&](int column) { return std::stoll(row.String(column)); };
  while (row.Next()) {
    auto& sum = sums[{static_cast<int>(number(0)), number(1), static_cast<std::uint64_t>(number(2)),
                      row.String(3), row.String(4)}];
    sum.first += number(5);
    sum.second += number(6);
  }
}

}  // namespace

Sums SumsByPlainSql(platform::Pool& pool, ShopId shop) {
  return platform::Read(pool, [&](Connection& connection) {
    Sums sums;
    Add(connection.Query(kCases, {shop, shop, shop, shop, shop, shop, shop, shop}), sums);
    Add(connection.Query(kStates, {shop, shop, shop}), sums);
    Add(connection.Query(kOrders, {shop, shop, shop, shop}), sums);
    return sums;
  });
}

}  // namespace redress::scoring::test
