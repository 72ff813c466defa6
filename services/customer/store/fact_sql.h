// The statements of facts and figures. Heads end where rows of placeholders follow.
#pragma once

namespace redress::customer::sql {

// ---- facts --------------------------------------------------------------------------------------

inline constexpr int kOrderColumns = 14;
inline constexpr char kInsertOrders[] =
    "INSERT INTO customer_orders (shop_id, order_id, version, customer_id, platform, order_number,"
    " status, currency, ordered_at, paid_at, paid_minor, refunded_minor, line_count, articles)"
    " VALUES ";
inline constexpr char kOverwriteOrders[] =
    " ON DUPLICATE KEY UPDATE shop_id = VALUES(shop_id), version = VALUES(version),"
    " customer_id = VALUES(customer_id), platform = VALUES(platform),"
    " order_number = VALUES(order_number), status = VALUES(status), currency = VALUES(currency),"
    " ordered_at = VALUES(ordered_at), paid_at = VALUES(paid_at), paid_minor = VALUES(paid_minor),"
    " refunded_minor = VALUES(refunded_minor), line_count = VALUES(line_count),"
    " articles = VALUES(articles)";
inline constexpr char kLockOrders[] =
    "SELECT shop_id, order_id, version, customer_id, platform, order_number, status, currency,"
    " ordered_at, paid_at, paid_minor, refunded_minor, line_count, articles"
    " FROM customer_orders FORCE INDEX (PRIMARY) WHERE (shop_id, order_id) IN (";

inline constexpr int kCaseColumns = 28;
inline constexpr char kInsertCases[] =
    "INSERT INTO customer_cases (shop_id, case_id, sequence, customer_id, order_id, case_number,"
    " kind, variant, state, is_final, opened_at, last_step_at, currency, asked_minor,"
    " approved_minor, verdict, review_rating, review_stars, review_change, review_judgement,"
    " platform_intervened, outcome, outcome_sequence, settled_minor, settled_at, whole_to, ahead,"
    " gap_noticed_at) VALUES ";
inline constexpr char kOverwriteCases[] =
    " ON DUPLICATE KEY UPDATE shop_id = VALUES(shop_id), sequence = VALUES(sequence),"
    " customer_id = VALUES(customer_id), order_id = VALUES(order_id),"
    " case_number = VALUES(case_number), kind = VALUES(kind), variant = VALUES(variant),"
    " state = VALUES(state), is_final = VALUES(is_final), opened_at = VALUES(opened_at),"
    " last_step_at = VALUES(last_step_at), currency = VALUES(currency),"
    " asked_minor = VALUES(asked_minor), approved_minor = VALUES(approved_minor),"
    " verdict = VALUES(verdict), review_rating = VALUES(review_rating),"
    " review_stars = VALUES(review_stars), review_change = VALUES(review_change),"
    " review_judgement = VALUES(review_judgement),"
    " platform_intervened = VALUES(platform_intervened), outcome = VALUES(outcome),"
    " outcome_sequence = VALUES(outcome_sequence), settled_minor = VALUES(settled_minor),"
    " settled_at = VALUES(settled_at), whole_to = VALUES(whole_to), ahead = VALUES(ahead),"
    " gap_noticed_at = VALUES(gap_noticed_at)";
inline constexpr char kLockCases[] =
    "SELECT shop_id, case_id, sequence, customer_id, order_id, case_number, kind, variant, state,"
    " is_final, opened_at, last_step_at, currency, asked_minor, approved_minor, verdict,"
    " review_rating, review_stars, review_change, review_judgement, platform_intervened, outcome,"
    " outcome_sequence, settled_minor, settled_at, whole_to, ahead, gap_noticed_at"
    " FROM customer_cases FORCE INDEX (PRIMARY) WHERE (shop_id, case_id) IN (";

// Coupons of cases are written under the lock of their case.
inline constexpr int kCouponColumns = 8;
inline constexpr char kInsertCoupons[] =
    "INSERT INTO customer_coupons (shop_id, case_id, compensation_number, customer_id,"
    " case_number, currency, amount_minor, given_at) VALUES ";
inline constexpr char kDeleteCoupons[] =
    "DELETE FROM customer_coupons WHERE (shop_id, case_id) IN (";
inline constexpr char kSelectCouponsOfCases[] =
    "SELECT shop_id, case_id, compensation_number, customer_id, case_number, currency,"
    " amount_minor, given_at FROM customer_coupons FORCE INDEX (PRIMARY)"
    " WHERE (shop_id, case_id) IN (";
inline constexpr char kByNumber[] = ") ORDER BY shop_id, case_id, compensation_number";

inline constexpr int kConversationColumns = 11;
inline constexpr char kInsertConversations[] =
    "INSERT INTO customer_conversations (shop_id, conversation_id, sequence, customer_id, channel,"
    " agent_id, started_at, last_message_at, customer_messages, shop_messages, ended) VALUES ";
inline constexpr char kOverwriteConversations[] =
    " ON DUPLICATE KEY UPDATE shop_id = VALUES(shop_id), sequence = VALUES(sequence),"
    " customer_id = VALUES(customer_id), channel = VALUES(channel), agent_id = VALUES(agent_id),"
    " started_at = VALUES(started_at), last_message_at = VALUES(last_message_at),"
    " customer_messages = VALUES(customer_messages), shop_messages = VALUES(shop_messages),"
    " ended = VALUES(ended)";
inline constexpr char kLockConversations[] =
    "SELECT shop_id, conversation_id, sequence, customer_id, channel, agent_id, started_at,"
    " last_message_at, customer_messages, shop_messages, ended"
    " FROM customer_conversations FORCE INDEX (PRIMARY) WHERE (shop_id, conversation_id) IN (";

inline constexpr int kAdjustmentColumns = 10;
inline constexpr char kInsertAdjustments[] =
    "INSERT INTO customer_adjustments (shop_id, adjustment_id, sequence, customer_id, order_id,"
    " line_id, is_refund, currency, amount_minor, adjusted_at) VALUES ";
inline constexpr char kOverwriteAdjustments[] =
    " ON DUPLICATE KEY UPDATE shop_id = VALUES(shop_id), sequence = VALUES(sequence),"
    " customer_id = VALUES(customer_id), order_id = VALUES(order_id), line_id = VALUES(line_id),"
    " is_refund = VALUES(is_refund), currency = VALUES(currency),"
    " amount_minor = VALUES(amount_minor), adjusted_at = VALUES(adjusted_at)";
inline constexpr char kLockAdjustments[] =
    "SELECT shop_id, adjustment_id, sequence, customer_id, order_id, line_id, is_refund, currency,"
    " amount_minor, adjusted_at"
    " FROM customer_adjustments FORCE INDEX (PRIMARY) WHERE (shop_id, adjustment_id) IN (";

inline constexpr char kForUpdate[] = ") FOR UPDATE";

// ---- what a consumer has ------------------------------------------------------------------------

inline constexpr char kSelectOrderVersions[] =
    "SELECT shop_id, order_id, version FROM customer_orders FORCE INDEX (PRIMARY)"
    " WHERE (shop_id, order_id) IN (";
inline constexpr char kSelectAdjustmentSequences[] =
    "SELECT shop_id, adjustment_id, sequence FROM customer_adjustments FORCE INDEX (PRIMARY)"
    " WHERE (shop_id, adjustment_id) IN (";
inline constexpr char kSelectConversationSequences[] =
    "SELECT shop_id, conversation_id, sequence FROM customer_conversations FORCE INDEX (PRIMARY)"
    " WHERE (shop_id, conversation_id) IN (";
inline constexpr char kSelectWholeCases[] =
    "SELECT shop_id, case_id, whole_to FROM customer_cases FORCE INDEX (PRIMARY)"
    " WHERE (shop_id, case_id) IN (";
inline constexpr char kSelectCaseGaps[] =
    "SELECT shop_id, case_id FROM customer_cases FORCE INDEX (customer_cases_by_gap)"
    " WHERE gap_noticed_at < ? ORDER BY gap_noticed_at LIMIT ?";

// ---- figures ------------------------------------------------------------------------------------

inline constexpr char kChangeRefunds[] =
    "INSERT INTO refunded_orders (shop_id, customer_id, order_id, refund_count) VALUES ";
inline constexpr char kChangeRefundsTail[] =
    " ON DUPLICATE KEY UPDATE shop_id = VALUES(shop_id),"
    " refund_count = refund_count + VALUES(refund_count)";
inline constexpr char kSelectRefunds[] =
    "SELECT shop_id, customer_id, order_id, refund_count FROM refunded_orders"
    " FORCE INDEX (PRIMARY) WHERE (shop_id, customer_id, order_id) IN (";

inline constexpr int kFigureColumns = 24;
inline constexpr char kChangeFigures[] =
    "INSERT INTO customer_figures (shop_id, customer_id, orders, paid_orders, refunds,"
    " refunded_orders, cases, open_cases, disputes, lost_disputes, reviews, bad_reviews,"
    " malicious_reviews, revised_reviews, conversations, coupons, first_order_at,"
    " first_paid_at, last_order_at, last_paid_at, last_refund_at, last_case_at, last_contact_at,"
    " last_coupon_at) VALUES ";
inline constexpr char kChangeFiguresTail[] =
    " ON DUPLICATE KEY UPDATE shop_id = VALUES(shop_id), orders = orders + VALUES(orders),"
    " paid_orders = paid_orders + VALUES(paid_orders), refunds = refunds + VALUES(refunds),"
    " refunded_orders = refunded_orders + VALUES(refunded_orders), cases = cases + VALUES(cases),"
    " open_cases = open_cases + VALUES(open_cases), disputes = disputes + VALUES(disputes),"
    " lost_disputes = lost_disputes + VALUES(lost_disputes), reviews = reviews + VALUES(reviews),"
    " bad_reviews = bad_reviews + VALUES(bad_reviews),"
    " malicious_reviews = malicious_reviews + VALUES(malicious_reviews),"
    " revised_reviews = revised_reviews + VALUES(revised_reviews),"
    " conversations = conversations + VALUES(conversations),"
    " coupons = coupons + VALUES(coupons),"
    " first_order_at = CASE WHEN first_order_at = 0 THEN VALUES(first_order_at)"
    " WHEN VALUES(first_order_at) = 0 THEN first_order_at"
    " ELSE LEAST(first_order_at, VALUES(first_order_at)) END,"
    " first_paid_at = CASE WHEN first_paid_at = 0 THEN VALUES(first_paid_at)"
    " WHEN VALUES(first_paid_at) = 0 THEN first_paid_at"
    " ELSE LEAST(first_paid_at, VALUES(first_paid_at)) END,"
    " last_order_at = GREATEST(last_order_at, VALUES(last_order_at)),"
    " last_paid_at = GREATEST(last_paid_at, VALUES(last_paid_at)),"
    " last_refund_at = GREATEST(last_refund_at, VALUES(last_refund_at)),"
    " last_case_at = GREATEST(last_case_at, VALUES(last_case_at)),"
    " last_contact_at = GREATEST(last_contact_at, VALUES(last_contact_at)),"
    " last_coupon_at = GREATEST(last_coupon_at, VALUES(last_coupon_at))";

inline constexpr int kMoneyColumns = 7;
inline constexpr char kChangeMoney[] =
    "INSERT INTO customer_money (shop_id, customer_id, currency, paid_orders, paid_minor,"
    " refunded_minor, last_paid_at) VALUES ";
inline constexpr char kChangeMoneyTail[] =
    " ON DUPLICATE KEY UPDATE shop_id = VALUES(shop_id),"
    " paid_orders = paid_orders + VALUES(paid_orders),"
    " paid_minor = paid_minor + VALUES(paid_minor),"
    " refunded_minor = refunded_minor + VALUES(refunded_minor),"
    " last_paid_at = GREATEST(last_paid_at, VALUES(last_paid_at))";

// First and last moments, looked up in the facts.
inline constexpr char kSelectOrderMoments[] =
    "SELECT currency, MIN(ordered_at), MAX(ordered_at), MIN(NULLIF(paid_at, 0)), MAX(paid_at)"
    " FROM customer_orders FORCE INDEX (customer_orders_by_customer)"
    " WHERE shop_id = ? AND customer_id = ? GROUP BY currency";
inline constexpr char kSelectCaseMoments[] =
    "SELECT MAX(settled_at), MAX(opened_at), MAX(last_step_at)"
    " FROM customer_cases FORCE INDEX (customer_cases_by_customer)"
    " WHERE shop_id = ? AND customer_id = ?";
inline constexpr char kSelectLastRefundElsewhere[] =
    "SELECT MAX(adjusted_at) FROM customer_adjustments"
    " FORCE INDEX (customer_adjustments_by_customer)"
    " WHERE shop_id = ? AND customer_id = ? AND is_refund = 1";
inline constexpr char kSelectLastMessage[] =
    "SELECT MAX(last_message_at) FROM customer_conversations"
    " FORCE INDEX (customer_conversations_by_customer) WHERE shop_id = ? AND customer_id = ?";
inline constexpr char kSelectLastCaseCoupon[] =
    "SELECT MAX(given_at) FROM customer_coupons FORCE INDEX (customer_coupons_by_customer)"
    " WHERE shop_id = ? AND customer_id = ?";
inline constexpr char kSelectLastCareCoupon[] =
    "SELECT MAX(finished_at) FROM care_tasks FORCE INDEX (tasks_of_customer)"
    " WHERE shop_id = ? AND customer_id = ? AND state = 3 AND coupon_code <> ''";
inline constexpr char kSetMoments[] =
    "UPDATE customer_figures SET first_order_at = ?, first_paid_at = ?, last_order_at = ?,"
    " last_paid_at = ?, last_refund_at = ?, last_case_at = ?, last_contact_at = ?,"
    " last_coupon_at = ? WHERE shop_id = ? AND customer_id = ?";
inline constexpr char kForgetLastPaid[] =
    "UPDATE customer_money SET last_paid_at = 0 WHERE shop_id = ? AND customer_id = ?";
inline constexpr char kSetLastPaid[] =
    "UPDATE customer_money SET last_paid_at = ?"
    " WHERE shop_id = ? AND customer_id = ? AND currency = ?";

}  // namespace redress::customer::sql
