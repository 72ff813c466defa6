// Statements about unpaid orders and reminders of payment.
#pragma once

namespace redress::order::sql {

inline constexpr int kUnpaidColumns = 4;
inline constexpr char kWriteUnpaid[] =
    "INSERT INTO unpaid_orders (shop_id, order_id, order_at, amount_minor) VALUES ";
inline constexpr char kUpdateUnpaid[] =
    " ON DUPLICATE KEY UPDATE shop_id = VALUES(shop_id), order_at = VALUES(order_at),"
    " amount_minor = VALUES(amount_minor)";
inline constexpr char kDeleteUnpaid[] = "DELETE FROM unpaid_orders WHERE (shop_id, order_id) IN (";
inline constexpr char kCountReminder[] =
    "UPDATE unpaid_orders SET reminders = reminders + 1, reminded_at = ?"
    " WHERE shop_id = ? AND order_id = ?";

// The order's own row is looked at as well: a program of before may have paid it without a word
// here.
inline constexpr char kListUnpaidByAge[] =
    "SELECT u.order_id, o.platform, o.order_number, o.customer_id, u.order_at, o.currency,"
    " u.amount_minor, u.reminders, u.reminded_at"
    " FROM unpaid_orders AS u FORCE INDEX (by_age) STRAIGHT_JOIN orders AS o"
    " ON o.shop_id = u.shop_id AND o.order_id = u.order_id AND o.status = 1"
    " WHERE u.shop_id = ? AND u.order_at >= ? AND (u.order_at > ? OR u.order_id > ?)"
    " AND u.order_at <= ? AND u.amount_minor >= ? AND (? = 0 OR u.reminders = 0)"
    " ORDER BY u.order_at, u.order_id LIMIT ?";
inline constexpr char kListUnpaidByAmount[] =
    "SELECT u.order_id, o.platform, o.order_number, o.customer_id, u.order_at, o.currency,"
    " u.amount_minor, u.reminders, u.reminded_at"
    " FROM unpaid_orders AS u FORCE INDEX (by_amount) STRAIGHT_JOIN orders AS o"
    " ON o.shop_id = u.shop_id AND o.order_id = u.order_id AND o.status = 1"
    " WHERE u.shop_id = ? AND u.amount_minor <= ? AND (u.amount_minor < ? OR u.order_id < ?)"
    " AND u.order_at <= ? AND u.amount_minor >= ? AND (? = 0 OR u.reminders = 0)"
    " ORDER BY u.amount_minor DESC, u.order_id DESC LIMIT ?";

inline constexpr char kFindBuyer[] =
    "SELECT customer_id FROM orders WHERE shop_id = ? AND order_id = ?";
inline constexpr char kInsertReminder[] =
    "INSERT INTO payment_reminders (shop_id, reminder_id, order_id, account_id, channel, phrase_id,"
    " reminded_at, window_end_at, currency, payable_minor, paid_at, paid_minor)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0)";
#define REDRESS_REMINDER_COLUMNS                                                       \
  "reminder_id, order_id, account_id, channel, phrase_id, reminded_at, window_end_at," \
  " currency, payable_minor, paid_at, paid_minor"
inline constexpr char kFindReminder[] = "SELECT shop_id, " REDRESS_REMINDER_COLUMNS
                                        " FROM payment_reminders"
                                        " WHERE shop_id = ? AND reminder_id = ?";
inline constexpr char kListReminders[] = "SELECT shop_id, " REDRESS_REMINDER_COLUMNS
                                         " FROM payment_reminders FORCE INDEX (PRIMARY)"
                                         " WHERE shop_id = ? AND reminder_id < ?"
                                         " ORDER BY reminder_id DESC LIMIT ?";
inline constexpr char kListRemindersOfAccount[] =
    "SELECT shop_id, " REDRESS_REMINDER_COLUMNS
    " FROM payment_reminders FORCE INDEX (by_account)"
    " WHERE shop_id = ? AND account_id = ? AND reminder_id < ? ORDER BY reminder_id DESC LIMIT ?";
inline constexpr char kCountRemindersOfOrder[] =
    "SELECT COUNT(1) FROM payment_reminders FORCE INDEX (by_order)"
    " WHERE shop_id = ? AND order_id = ?";
inline constexpr char kSumReminders[] =
    "SELECT account_id, currency, COUNT(1), CAST(SUM(paid_at <> 0) AS SIGNED),"
    " CAST(SUM(paid_minor) AS SIGNED) FROM payment_reminders FORCE INDEX (by_time)"
    " WHERE shop_id = ? AND reminded_at >= ? AND reminded_at < ?"
    " GROUP BY account_id, currency ORDER BY account_id, currency LIMIT 1000";

inline constexpr char kSelectRemindersOfOrders[] =
    "SELECT order_id, reminder_id, account_id, reminded_at, window_end_at"
    " FROM payment_reminders FORCE INDEX (by_order) WHERE (shop_id, order_id) IN (";
inline constexpr char kAttributePayment[] =
    "UPDATE payment_reminders SET paid_at = ?, paid_minor = ?"
    " WHERE shop_id = ? AND reminder_id = ?";

}  // namespace redress::order::sql
