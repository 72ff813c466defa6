#pragma once

// The statements behind the funnel. They read facts along their time, page by page, and where cases
// stand now along their state; nothing is written for them but what the facts are.

namespace redress::scoring {

// Behind the shop: of a kind, a version (0: all) and a period.
#define REDRESS_FUNNEL_SPAN                               \
  " AND f.kind = ? AND (? = 0 OR f.workflow_version = ?)" \
  " AND f.occurred_at >= ? AND f.occurred_at < ?"
// Written before edges were kept, and no opening: nobody knows from where it led.
#define REDRESS_FUNNEL_HAS_EDGE " AND (f.from_state <> '' OR f.sequence = 1)"
// Behind everything else: the page.
#define REDRESS_FUNNEL_PAGE                                          \
  " AND (f.occurred_at > ? OR (f.occurred_at = ? AND (f.case_id > ?" \
  " OR (f.case_id = ? AND f.sequence > ?))))"                        \
  " ORDER BY f.occurred_at, f.case_id, f.sequence LIMIT ?"

// One page of a period's steps, of all versions. Beside a step that leaves a state: the last one
// before it that led from one state to another, and how many steps between the two are known.
inline constexpr char kReadSteps[] =
    "SELECT p.case_id, p.sequence, p.occurred_at, p.workflow_version, p.from_state, p.event,"
    " p.to_state, p.is_final, e.sequence, e.occurred_at, e.from_state, e.to_state,"
    " (SELECT COUNT(*) FROM case_facts b FORCE INDEX (PRIMARY) WHERE b.shop_id = p.shop_id"
    " AND b.case_id = p.case_id AND b.sequence > e.sequence AND b.sequence < p.sequence)"
    " FROM (SELECT f.shop_id, f.case_id, f.sequence, f.occurred_at, f.workflow_version,"
    " f.from_state, f.event, f.to_state, f.is_final, IF(f.from_state = f.to_state"
    " OR f.from_state = '', NULL, (SELECT n.sequence FROM case_facts n FORCE INDEX (PRIMARY)"
    " WHERE n.shop_id = f.shop_id AND n.case_id = f.case_id AND n.sequence < f.sequence"
    " AND n.from_state <> n.to_state ORDER BY n.sequence DESC LIMIT 1)) AS entry"
    " FROM case_facts f FORCE INDEX (case_facts_by_time)"
    " WHERE f.shop_id = ?" REDRESS_FUNNEL_SPAN REDRESS_FUNNEL_PAGE
    ") p LEFT JOIN case_facts e FORCE INDEX (PRIMARY) ON e.shop_id = p.shop_id"
    " AND e.case_id = p.case_id AND e.sequence = p.entry"
    " ORDER BY p.occurred_at, p.case_id, p.sequence";
inline constexpr char kCountStanding[] =
    "SELECT a.state, COUNT(*) FROM aggregates a FORCE INDEX (aggregates_by_state)"
    " WHERE a.shop_id = ? AND a.source = ? AND a.kind = ? AND (? = 0 OR a.workflow_version = ?)"
    " GROUP BY a.state";

inline constexpr char kListEntering[] =
    "SELECT f.case_id, f.order_id, f.assignee_id, f.sequence, f.occurred_at"
    " FROM case_facts f FORCE INDEX (case_facts_by_time)"
    " WHERE f.shop_id = ?" REDRESS_FUNNEL_SPAN
    " AND f.to_state = ? AND f.from_state <> f.to_state" REDRESS_FUNNEL_HAS_EDGE
        REDRESS_FUNNEL_PAGE;
inline constexpr char kListTaking[] =
    "SELECT f.case_id, f.order_id, f.assignee_id, f.sequence, f.occurred_at"
    " FROM case_facts f FORCE INDEX (case_facts_by_time)"
    " WHERE f.shop_id = ?" REDRESS_FUNNEL_SPAN
    " AND f.from_state = ? AND f.event = ? AND f.to_state = ?" REDRESS_FUNNEL_HAS_EDGE
        REDRESS_FUNNEL_PAGE;
inline constexpr char kListStanding[] =
    "SELECT f.case_id, f.order_id, f.assignee_id, f.sequence, f.occurred_at"
    " FROM aggregates a FORCE INDEX (aggregates_by_state)"
    " STRAIGHT_JOIN case_facts f FORCE INDEX (PRIMARY) ON f.shop_id = a.shop_id"
    " AND f.case_id = a.aggregate_id AND f.sequence = a.last_sequence"
    " WHERE a.shop_id = ? AND a.source = ? AND a.kind = ? AND (? = 0 OR a.workflow_version = ?)"
    " AND a.state = ? AND a.aggregate_id > ? ORDER BY a.aggregate_id LIMIT ?";

}  // namespace redress::scoring
