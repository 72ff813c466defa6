// The statements of a rebuild.
#pragma once

namespace redress::customer::sql {

inline constexpr char kOrderIdsBetween[] =
    "SELECT order_id FROM customer_orders FORCE INDEX (PRIMARY) WHERE shop_id = ?"
    " AND order_id > ? AND order_id <= ? ORDER BY order_id LIMIT ?";
inline constexpr char kCaseIdsBetween[] =
    "SELECT case_id FROM customer_cases FORCE INDEX (PRIMARY) WHERE shop_id = ?"
    " AND case_id > ? AND case_id <= ? ORDER BY case_id LIMIT ?";
inline constexpr char kConversationIdsBetween[] =
    "SELECT conversation_id FROM customer_conversations FORCE INDEX (PRIMARY) WHERE shop_id = ?"
    " AND conversation_id > ? AND conversation_id <= ? ORDER BY conversation_id LIMIT ?";
inline constexpr char kAdjustmentIdsBetween[] =
    "SELECT adjustment_id FROM customer_adjustments FORCE INDEX (PRIMARY) WHERE shop_id = ?"
    " AND adjustment_id > ? AND adjustment_id <= ? ORDER BY adjustment_id LIMIT ?";
inline constexpr char kDeleteOrders[] =
    "DELETE FROM customer_orders WHERE (shop_id, order_id) IN (";
inline constexpr char kDeleteCases[] = "DELETE FROM customer_cases WHERE (shop_id, case_id) IN (";
inline constexpr char kDeleteConversations[] =
    "DELETE FROM customer_conversations WHERE (shop_id, conversation_id) IN (";
inline constexpr char kDeleteAdjustments[] =
    "DELETE FROM customer_adjustments WHERE (shop_id, adjustment_id) IN (";

inline constexpr char kCustomersBehind[] =
    "SELECT customer_id FROM customers FORCE INDEX (PRIMARY) WHERE shop_id = ?"
    " AND customer_id > ? ORDER BY customer_id LIMIT ?";
inline constexpr char kLockFigures[] =
    "SELECT customer_id, orders, paid_orders, refunds, refunded_orders, cases, open_cases,"
    " disputes, lost_disputes, reviews, bad_reviews, malicious_reviews, revised_reviews,"
    " conversations, coupons, first_order_at, first_paid_at, last_order_at, last_paid_at,"
    " last_refund_at, last_case_at, last_contact_at, last_coupon_at FROM customer_figures FORCE "
    "INDEX (PRIMARY)"
    " WHERE (shop_id, customer_id) IN (";
inline constexpr char kSelectMoneyOf[] =
    "SELECT customer_id, currency, paid_orders, paid_minor, refunded_minor, last_paid_at"
    " FROM customer_money FORCE INDEX (PRIMARY) WHERE (shop_id, customer_id) IN (";
inline constexpr char kDeleteFigures[] =
    "DELETE FROM customer_figures WHERE shop_id = ? AND customer_id = ?";
inline constexpr char kDeleteMoney[] =
    "DELETE FROM customer_money WHERE shop_id = ? AND customer_id = ?";
inline constexpr char kDeleteRefunds[] =
    "DELETE FROM refunded_orders WHERE shop_id = ? AND customer_id = ?";

}  // namespace redress::customer::sql
