// The statements that people are read by.
#pragma once

namespace redress::customer::sql {

inline constexpr char kSelectFigures[] =
    "SELECT customer_id, orders, paid_orders, refunds, refunded_orders, cases, open_cases,"
    " disputes, lost_disputes, reviews, bad_reviews, malicious_reviews, revised_reviews,"
    " conversations, coupons, first_order_at, first_paid_at, last_order_at, last_paid_at,"
    " last_refund_at, last_case_at, last_contact_at, last_coupon_at FROM customer_figures FORCE "
    "INDEX (PRIMARY)"
    " WHERE (shop_id, customer_id) IN (";
inline constexpr char kSelectMoney[] =
    "SELECT customer_id, currency, paid_orders, paid_minor, refunded_minor, last_paid_at"
    " FROM customer_money FORCE INDEX (PRIMARY) WHERE (shop_id, customer_id) IN (";
inline constexpr char kByCurrency[] = ") ORDER BY customer_id, currency";

// ---- RFM ----------------------------------------------------------------------------------------

inline constexpr char kSelectPayers[] =
    "SELECT customer_id, last_paid_at, paid_orders, paid_minor - refunded_minor"
    " FROM customer_money FORCE INDEX (PRIMARY) WHERE shop_id = ? AND customer_id > ?"
    " AND currency = ? ORDER BY customer_id LIMIT ?";
// With what recency was counted to.
inline constexpr char kSelectScores[] =
    "SELECT r.customer_id, b.as_of_at - r.recency_us, r.frequency, r.monetary_minor,"
    " r.recency_score, r.frequency_score, r.monetary_score, b.computed_at, b.currency"
    " FROM customer_rfm r FORCE INDEX (PRIMARY) JOIN rfm_bounds b ON b.shop_id = r.shop_id"
    " AND b.version = r.version WHERE (r.shop_id, r.customer_id) IN (";
inline constexpr char kSelectAllMembers[] =
    "SELECT head_id, customer_id FROM customer_members FORCE INDEX (PRIMARY) WHERE shop_id = ?"
    " AND (head_id > ? OR (head_id = ? AND customer_id > ?)) ORDER BY head_id, customer_id LIMIT ?";
inline constexpr char kLockNewestVersion[] =
    "SELECT version FROM rfm_bounds WHERE shop_id = ? ORDER BY version DESC LIMIT 1 FOR UPDATE";
inline constexpr char kInsertBounds[] =
    "INSERT INTO rfm_bounds (shop_id, version, computed_at, as_of_at, currency, people, scored_at,"
    " recency_1, recency_2, recency_3, recency_4, frequency_1, frequency_2, frequency_3,"
    " frequency_4, monetary_1, monetary_2, monetary_3, monetary_4)"
    " VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
inline constexpr char kSelectBounds[] =
    "SELECT version, computed_at, as_of_at, currency, people, recency_1, recency_2, recency_3,"
    " recency_4, frequency_1, frequency_2, frequency_3, frequency_4, monetary_1, monetary_2,"
    " monetary_3, monetary_4, scored_at FROM rfm_bounds WHERE shop_id = ? AND version <= ?"
    " ORDER BY version DESC LIMIT 1";
inline constexpr char kSetScored[] =
    "UPDATE rfm_bounds SET scored_at = ? WHERE shop_id = ? AND version = ?";
inline constexpr int kScoreColumns = 9;
inline constexpr char kPutScores[] =
    "INSERT INTO customer_rfm (shop_id, customer_id, version, recency_us, frequency,"
    " monetary_minor, recency_score, frequency_score, monetary_score) VALUES ";
// A slower computation does not undo a newer one.
inline constexpr char kPutScoresTail[] =
    " ON DUPLICATE KEY UPDATE shop_id = VALUES(shop_id),"
    " recency_us = IF(VALUES(version) >= version, VALUES(recency_us), recency_us),"
    " frequency = IF(VALUES(version) >= version, VALUES(frequency), frequency),"
    " monetary_minor = IF(VALUES(version) >= version, VALUES(monetary_minor), monetary_minor),"
    " recency_score = IF(VALUES(version) >= version, VALUES(recency_score), recency_score),"
    " frequency_score = IF(VALUES(version) >= version, VALUES(frequency_score), frequency_score),"
    " monetary_score = IF(VALUES(version) >= version, VALUES(monetary_score), monetary_score),"
    " version = GREATEST(version, VALUES(version))";
inline constexpr char kListScored[] =
    "SELECT customer_id, version FROM customer_rfm FORCE INDEX (PRIMARY)"
    " WHERE shop_id = ? AND customer_id > ? ORDER BY customer_id LIMIT ?";
inline constexpr char kDeleteOutdatedScores[] =
    "DELETE FROM customer_rfm WHERE shop_id = ? AND customer_id = ? AND version < ?";

// ---- what happened, newest first, of one customer -----------------------------------------------

inline constexpr char kSelectOrdersOf[] =
    "SELECT shop_id, order_id, version, customer_id, platform, order_number, status, currency,"
    " ordered_at, paid_at, paid_minor, refunded_minor, line_count, articles"
    " FROM customer_orders FORCE INDEX (customer_orders_by_customer)"
    " WHERE shop_id = ? AND customer_id = ? AND ordered_at <= ?"
    " AND (ordered_at < ? OR order_id < ?) ORDER BY ordered_at DESC, order_id DESC LIMIT ?";
inline constexpr char kSelectCasesOf[] =
    "SELECT shop_id, case_id, sequence, customer_id, order_id, case_number, kind, variant, state,"
    " is_final, opened_at, last_step_at, currency, asked_minor, approved_minor, verdict,"
    " review_rating, review_stars, review_change, review_judgement, platform_intervened, outcome,"
    " outcome_sequence, settled_minor, settled_at, whole_to, ahead, gap_noticed_at"
    " FROM customer_cases FORCE INDEX (customer_cases_by_customer)"
    " WHERE shop_id = ? AND customer_id = ? AND opened_at <= ?"
    " AND (opened_at < ? OR case_id < ?) ORDER BY opened_at DESC, case_id DESC LIMIT ?";
// A case gives its coupons at different moments.
inline constexpr char kSelectCouponsOf[] =
    "SELECT shop_id, case_id, compensation_number, customer_id, case_number, currency,"
    " amount_minor, given_at FROM customer_coupons FORCE INDEX (customer_coupons_by_customer)"
    " WHERE shop_id = ? AND customer_id = ? AND given_at <= ?"
    " AND (given_at < ? OR case_id < ?) ORDER BY given_at DESC, case_id DESC LIMIT ?";
inline constexpr char kSelectConversationsOf[] =
    "SELECT shop_id, conversation_id, sequence, customer_id, channel, agent_id, started_at,"
    " last_message_at, customer_messages, shop_messages, ended"
    " FROM customer_conversations FORCE INDEX (customer_conversations_by_customer)"
    " WHERE shop_id = ? AND customer_id = ? AND started_at <= ?"
    " AND (started_at < ? OR conversation_id < ?)"
    " ORDER BY started_at DESC, conversation_id DESC LIMIT ?";
inline constexpr char kSelectAdjustmentsOf[] =
    "SELECT shop_id, adjustment_id, sequence, customer_id, order_id, line_id, is_refund, currency,"
    " amount_minor, adjusted_at"
    " FROM customer_adjustments FORCE INDEX (customer_adjustments_by_customer)"
    " WHERE shop_id = ? AND customer_id = ? AND adjusted_at <= ?"
    " AND (adjusted_at < ? OR adjustment_id < ?)"
    " ORDER BY adjusted_at DESC, adjustment_id DESC LIMIT ?";

}  // namespace redress::customer::sql
