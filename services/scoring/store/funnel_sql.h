#pragma once

// The statements behind the funnel. They read facts along their time, and where cases stand now
// along their state; nothing is written for them but what the facts are.

namespace redress::scoring {

// Behind the shop: of a kind, a version (0: all) and a period.
#define REDRESS_FUNNEL_SPAN                               \
  " AND f.kind = ? AND (? = 0 OR f.workflow_version = ?)" \
  " AND f.occurred_at >= ? AND f.occurred_at < ?"
// Behind everything else: the page.
#define REDRESS_FUNNEL_PAGE                                          \
  " AND (f.occurred_at > ? OR (f.occurred_at = ? AND (f.case_id > ?" \
  " OR (f.case_id = ? AND f.sequence > ?))))"                        \
  " ORDER BY f.occurred_at, f.case_id, f.sequence LIMIT ?"

inline constexpr char kCountEdges[] =
    "SELECT f.from_state, f.event, f.to_state, COUNT(*), COUNT(DISTINCT f.case_id),"
    " MAX(f.is_final) FROM case_facts f FORCE INDEX (case_facts_by_time)"
    " WHERE f.shop_id = ?" REDRESS_FUNNEL_SPAN " GROUP BY f.from_state, f.event, f.to_state";
inline constexpr char kCountEntered[] =
    "SELECT f.to_state, COUNT(*), COUNT(DISTINCT f.case_id)"
    " FROM case_facts f FORCE INDEX (case_facts_by_time)"
    " WHERE f.shop_id = ?" REDRESS_FUNNEL_SPAN
    " AND f.from_state <> f.to_state GROUP BY f.to_state";
inline constexpr char kCountVersions[] =
    "SELECT f.workflow_version, COUNT(*) FROM case_facts f FORCE INDEX (case_facts_by_time)"
    " WHERE f.shop_id = ?" REDRESS_FUNNEL_SPAN " GROUP BY f.workflow_version";
// From the step that led into the state to the one that led out of it. Nothing while the first is
// not known yet.
inline constexpr char kListStays[] =
    "SELECT f.from_state, f.occurred_at - (SELECT e.occurred_at FROM case_facts e"
    " FORCE INDEX (PRIMARY) WHERE e.shop_id = f.shop_id AND e.case_id = f.case_id"
    " AND e.sequence < f.sequence AND e.from_state <> e.to_state ORDER BY e.sequence DESC LIMIT 1)"
    " FROM case_facts f FORCE INDEX (case_facts_by_time)"
    " WHERE f.shop_id = ?" REDRESS_FUNNEL_SPAN
    " AND f.from_state <> f.to_state AND f.from_state <> ''";
inline constexpr char kCountStanding[] =
    "SELECT a.state, COUNT(*) FROM aggregates a FORCE INDEX (aggregates_by_state)"
    " WHERE a.shop_id = ? AND a.source = ? AND a.kind = ? AND (? = 0 OR a.workflow_version = ?)"
    " GROUP BY a.state";

inline constexpr char kListEntering[] =
    "SELECT f.case_id, f.order_id, f.assignee_id, f.sequence, f.occurred_at"
    " FROM case_facts f FORCE INDEX (case_facts_by_time)"
    " WHERE f.shop_id = ?" REDRESS_FUNNEL_SPAN
    " AND f.to_state = ? AND f.from_state <> f.to_state" REDRESS_FUNNEL_PAGE;
inline constexpr char kListTaking[] =
    "SELECT f.case_id, f.order_id, f.assignee_id, f.sequence, f.occurred_at"
    " FROM case_facts f FORCE INDEX (case_facts_by_time)"
    " WHERE f.shop_id = ?" REDRESS_FUNNEL_SPAN
    " AND f.from_state = ? AND f.event = ? AND f.to_state = ?" REDRESS_FUNNEL_PAGE;
inline constexpr char kListStanding[] =
    "SELECT f.case_id, f.order_id, f.assignee_id, f.sequence, f.occurred_at"
    " FROM aggregates a FORCE INDEX (aggregates_by_state)"
    " STRAIGHT_JOIN case_facts f FORCE INDEX (PRIMARY) ON f.shop_id = a.shop_id"
    " AND f.case_id = a.aggregate_id AND f.sequence = a.last_sequence"
    " WHERE a.shop_id = ? AND a.source = ? AND a.kind = ? AND (? = 0 OR a.workflow_version = ?)"
    " AND a.state = ? AND a.aggregate_id > ? ORDER BY a.aggregate_id LIMIT ?";

}  // namespace redress::scoring
