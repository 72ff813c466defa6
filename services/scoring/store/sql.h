#pragma once

// The statements of scoring's store.

namespace redress::scoring {

// ---- facts --------------------------------------------------------------------------------------

inline constexpr char kInsertCaseFacts[] =
    "INSERT INTO case_facts (shop_id, case_id, sequence, occurred_at, kind, event, to_state,"
    " is_final, actor_kind, assignee_id, order_id, currency, opened_at, order_paid_at, outcome,"
    " settled_amount, resolve_by, review_change, revision_possible, from_state,"
    " workflow_version) VALUES ";
inline constexpr char kOverwriteCaseFacts[] =
    " ON DUPLICATE KEY UPDATE occurred_at = VALUES(occurred_at), kind = VALUES(kind),"
    " event = VALUES(event), to_state = VALUES(to_state), is_final = VALUES(is_final),"
    " actor_kind = VALUES(actor_kind), assignee_id = VALUES(assignee_id),"
    " order_id = VALUES(order_id), currency = VALUES(currency), opened_at = VALUES(opened_at),"
    " order_paid_at = VALUES(order_paid_at), outcome = VALUES(outcome),"
    " settled_amount = VALUES(settled_amount), resolve_by = VALUES(resolve_by),"
    " review_change = VALUES(review_change), revision_possible = VALUES(revision_possible),"
    " from_state = VALUES(from_state), workflow_version = VALUES(workflow_version)";
inline constexpr char kSelectCaseFacts[] =
    "SELECT shop_id, case_id, sequence, occurred_at, kind, event, to_state, is_final, actor_kind,"
    " assignee_id, order_id, currency, opened_at, order_paid_at, outcome, settled_amount,"
    " resolve_by, review_change, revision_possible, from_state, workflow_version"
    " FROM case_facts FORCE INDEX (PRIMARY) WHERE (shop_id, case_id) IN (";

inline constexpr char kInsertOrderFacts[] =
    "INSERT INTO order_facts (shop_id, order_id, sequence, occurred_at, order_version, currency,"
    " status, paid_at, paid_amount) VALUES ";
inline constexpr char kOverwriteOrderFacts[] =
    " ON DUPLICATE KEY UPDATE occurred_at = VALUES(occurred_at),"
    " order_version = VALUES(order_version), currency = VALUES(currency), status = VALUES(status),"
    " paid_at = VALUES(paid_at), paid_amount = VALUES(paid_amount)";
inline constexpr char kSelectOrderFacts[] =
    "SELECT shop_id, order_id, sequence, occurred_at, order_version, currency, status, paid_at,"
    " paid_amount FROM order_facts FORCE INDEX (PRIMARY) WHERE (shop_id, order_id) IN (";

inline constexpr char kInsertAdjustmentFacts[] =
    "INSERT INTO adjustment_facts (shop_id, adjustment_id, sequence, occurred_at, is_refund,"
    " order_id, currency, amount, order_paid_at) VALUES ";
inline constexpr char kOverwriteAdjustmentFacts[] =
    " ON DUPLICATE KEY UPDATE occurred_at = VALUES(occurred_at), is_refund = VALUES(is_refund),"
    " order_id = VALUES(order_id), currency = VALUES(currency), amount = VALUES(amount),"
    " order_paid_at = VALUES(order_paid_at)";
inline constexpr char kSelectAdjustmentFacts[] =
    "SELECT shop_id, adjustment_id, sequence, occurred_at, is_refund, order_id, currency, amount,"
    " order_paid_at FROM adjustment_facts FORCE INDEX (PRIMARY) WHERE (shop_id, adjustment_id) IN "
    "(";

// ---- aggregates ---------------------------------------------------------------------------------

inline constexpr char kSelectExtents[] =
    "SELECT shop_id, source, aggregate_id, fact_count, last_sequence, gap_noticed_at"
    " FROM aggregates FORCE INDEX (PRIMARY) WHERE (shop_id, source, aggregate_id) IN (";
inline constexpr char kLockExtentsTail[] = ") ORDER BY shop_id, source, aggregate_id FOR UPDATE";
// Makes the row, or locks it where somebody else has just made it.
inline constexpr char kMakeAggregates[] =
    "INSERT INTO aggregates (shop_id, source, aggregate_id, fact_count, last_sequence) VALUES ";
inline constexpr char kMakeAggregatesTail[] = " ON DUPLICATE KEY UPDATE fact_count = fact_count";
inline constexpr char kPutExtents[] =
    "INSERT INTO aggregates (shop_id, source, aggregate_id, fact_count, last_sequence,"
    " gap_noticed_at, kind, state, workflow_version) VALUES ";
inline constexpr char kPutExtentsTail[] =
    " ON DUPLICATE KEY UPDATE fact_count = VALUES(fact_count),"
    " last_sequence = VALUES(last_sequence), gap_noticed_at = VALUES(gap_noticed_at),"
    " kind = VALUES(kind), state = VALUES(state), workflow_version = VALUES(workflow_version)";
inline constexpr char kSelectGaps[] =
    "SELECT shop_id, aggregate_id FROM aggregates FORCE INDEX (aggregates_by_gap)"
    " WHERE source = ? AND gap_noticed_at < ? ORDER BY gap_noticed_at LIMIT ?";
inline constexpr char kSelectExtentsOfShop[] =
    "SELECT aggregate_id, fact_count, last_sequence FROM aggregates"
    " WHERE shop_id = ? AND source = ? AND aggregate_id > ? ORDER BY aggregate_id LIMIT ?";
inline constexpr char kDeleteAggregates[] =
    "DELETE FROM aggregates WHERE (shop_id, source, aggregate_id) IN (";

// ---- contributions and their daily sums ---------------------------------------------------------

inline constexpr char kSelectContributionsOf[] =
    "SELECT shop_id, measure, day, source, aggregate_id, kind, agent_id, currency, order_id, "
    "amount,"
    " item_count FROM contributions FORCE INDEX (contributions_by_aggregate)"
    " WHERE (shop_id, source, aggregate_id) IN (";
inline constexpr char kDeleteContributions[] =
    "DELETE FROM contributions WHERE (shop_id, measure, day, source, aggregate_id, kind) IN (";
inline constexpr char kPutContributions[] =
    "INSERT INTO contributions (shop_id, measure, day, source, aggregate_id, kind, agent_id,"
    " currency, order_id, amount, item_count) VALUES ";
inline constexpr char kPutContributionsTail[] =
    " ON DUPLICATE KEY UPDATE agent_id = VALUES(agent_id), currency = VALUES(currency),"
    " order_id = VALUES(order_id), amount = VALUES(amount), item_count = VALUES(item_count)";

// A consumer takes this row's lock after it wrote contributions and before it touches daily sums:
// a rebuild that holds it sees contributions and sums that belong together.
inline constexpr char kNextVersion[] =
    "INSERT INTO figure_versions (shop_id, version) VALUES (?, 1)"
    " ON DUPLICATE KEY UPDATE version = version + 1";
inline constexpr char kSelectVersion[] = "SELECT version FROM figure_versions WHERE shop_id = ?";

inline constexpr char kAddToDailySums[] =
    "INSERT INTO daily_sums (shop_id, measure, day, agent_id, kind, currency, amount, item_count)"
    " VALUES ";
inline constexpr char kAddToDailySumsTail[] =
    " ON DUPLICATE KEY UPDATE amount = amount + VALUES(amount),"
    " item_count = item_count + VALUES(item_count)";
inline constexpr char kDeleteDailySums[] = "DELETE FROM daily_sums WHERE shop_id = ?";
inline constexpr char kSumContributions[] =
    "INSERT INTO daily_sums (shop_id, measure, day, agent_id, kind, currency, amount, item_count)"
    " SELECT shop_id, measure, day, agent_id, kind, currency, SUM(amount), SUM(item_count)"
    " FROM contributions WHERE shop_id = ?"
    " GROUP BY shop_id, measure, day, agent_id, kind, currency";

// ---- reading figures ----------------------------------------------------------------------------

// Grouped by what the caller asks for; a column that it does not is 0 in every row.
inline constexpr char kSelectSums[] =
    "SELECT IF(?, day, 0) AS cell_day, IF(?, agent_id, 0) AS cell_agent, kind, currency,"
    " CAST(SUM(amount) AS SIGNED), CAST(SUM(item_count) AS SIGNED) FROM daily_sums"
    " WHERE shop_id = ? AND measure = ? AND day BETWEEN ? AND ? AND (? = 0 OR agent_id = ?)"
    " AND (? = '' OR kind = ? OR kind LIKE CONCAT(?, ':%'))"
    " GROUP BY cell_day, cell_agent, kind, currency";
inline constexpr char kSelectAmounts[] =
    "SELECT IF(?, day, 0), IF(?, agent_id, 0), kind, currency, amount"
    " FROM contributions FORCE INDEX (PRIMARY)"
    " WHERE shop_id = ? AND measure = ? AND day BETWEEN ? AND ? AND (? = 0 OR agent_id = ?)"
    " AND (? = '' OR kind = ? OR kind LIKE CONCAT(?, ':%'))";
inline constexpr char kSelectDistinctOrders[] =
    "SELECT IF(?, day, 0) AS cell_day, IF(?, agent_id, 0) AS cell_agent, currency,"
    " COUNT(DISTINCT order_id) FROM contributions FORCE INDEX (PRIMARY)"
    " WHERE shop_id = ? AND measure = ? AND day BETWEEN ? AND ? AND (? = 0 OR agent_id = ?)"
    " AND order_id <> 0 GROUP BY cell_day, cell_agent, currency";
inline constexpr char kSelectDays[] = "SELECT MIN(day), MAX(day) FROM daily_sums WHERE shop_id = ?";

// ---- the things behind a figure -----------------------------------------------------------------

inline constexpr char kSelectItems[] =
    "SELECT day, source, aggregate_id, kind, agent_id, order_id, amount, item_count, currency"
    " FROM contributions FORCE INDEX (PRIMARY)"
    " WHERE shop_id = ? AND measure = ? AND day BETWEEN ? AND ?"
    " AND (day > ? OR (day = ? AND source > ?) OR (day = ? AND source = ? AND aggregate_id > ?))"
    " AND (? = 0 OR agent_id = ?) AND (? = '' OR kind = ? OR kind LIKE CONCAT(?, ':%'))"
    " ORDER BY day, source, aggregate_id, kind LIMIT ?";
inline constexpr char kSelectRefundedOrders[] =
    "SELECT order_id, MIN(day), MIN(agent_id) FROM contributions FORCE INDEX (PRIMARY)"
    " WHERE shop_id = ? AND measure = ? AND day BETWEEN ? AND ? AND order_id > ?"
    " AND (? = 0 OR agent_id = ?) GROUP BY order_id ORDER BY order_id LIMIT ?";

// ---- rebuilding ---------------------------------------------------------------------------------

inline constexpr char kSelectContributors[] =
    "SELECT DISTINCT aggregate_id FROM contributions FORCE INDEX (contributions_by_aggregate)"
    " WHERE shop_id = ? AND source = ? AND aggregate_id > ? ORDER BY aggregate_id LIMIT ?";

inline constexpr char kDeleteCaseFacts[] = "DELETE FROM case_facts WHERE (shop_id, case_id) IN (";
inline constexpr char kDeleteOrderFacts[] =
    "DELETE FROM order_facts WHERE (shop_id, order_id) IN (";
inline constexpr char kDeleteAdjustmentFacts[] =
    "DELETE FROM adjustment_facts WHERE (shop_id, adjustment_id) IN (";

}  // namespace redress::scoring
