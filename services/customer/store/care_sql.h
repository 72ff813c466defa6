#pragma once

// The statements of care.

namespace redress::customer::sql {

#define REDRESS_CARE_RULE_COLUMNS                                                            \
  "rule_code, name_zh, name_en, expression, occasion, days, days_ahead, quiet_days, coupon," \
  " enabled, version"

inline constexpr char kListCareRules[] = "SELECT shop_id, " REDRESS_CARE_RULE_COLUMNS
                                         " FROM care_rules WHERE shop_id = ? ORDER BY rule_code"
                                         " LIMIT ?";
inline constexpr char kWriteCareRule[] =
    "INSERT INTO care_rules (shop_id, " REDRESS_CARE_RULE_COLUMNS
    ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE"
    " name_zh = VALUES(name_zh), name_en = VALUES(name_en), expression = VALUES(expression),"
    " occasion = VALUES(occasion), days = VALUES(days), days_ahead = VALUES(days_ahead),"
    " quiet_days = VALUES(quiet_days), coupon = VALUES(coupon), enabled = VALUES(enabled),"
    " version = VALUES(version)";

// A row that is not there cannot be locked: it is made with nothing said, then locked.
inline constexpr char kEnsureWishes[] =
    "INSERT INTO care_wishes (shop_id, customer_id, sealed_birthday, no_contact, version)"
    " VALUES (?, ?, '', 0, 0) ON DUPLICATE KEY UPDATE shop_id = VALUES(shop_id)";
inline constexpr char kLockWishes[] =
    "SELECT sealed_birthday, no_contact, version FROM care_wishes"
    " WHERE shop_id = ? AND customer_id = ? FOR UPDATE";
inline constexpr char kFindWishes[] =
    "SELECT sealed_birthday, no_contact, version FROM care_wishes"
    " WHERE shop_id = ? AND customer_id = ?";
inline constexpr char kWriteWishes[] =
    "UPDATE care_wishes SET sealed_birthday = ?, no_contact = ?, version = ?"
    " WHERE shop_id = ? AND customer_id = ?";
inline constexpr char kRefuseContact[] =
    "INSERT INTO care_wishes (shop_id, customer_id, sealed_birthday, no_contact, version) VALUES ";
inline constexpr char kRefuseContactTail[] =
    " ON DUPLICATE KEY UPDATE shop_id = VALUES(shop_id),"
    " version = version + IF(no_contact = 0, 1, 0), no_contact = 1";
inline constexpr char kSelectUnwanted[] =
    "SELECT c.erased_at IS NOT NULL OR COALESCE(w.no_contact, 0) <> 0"
    " FROM customers AS c FORCE INDEX (PRIMARY) LEFT JOIN care_wishes AS w"
    " ON w.shop_id = c.shop_id AND w.customer_id = c.customer_id"
    " WHERE (c.shop_id, c.customer_id) IN (";
inline constexpr char kFindNoContact[] =
    "SELECT customer_id FROM care_wishes FORCE INDEX (PRIMARY)"
    " WHERE no_contact = 1 AND (shop_id, customer_id) IN (";
inline constexpr char kSelectWishes[] =
    "SELECT customer_id, sealed_birthday, no_contact FROM care_wishes FORCE INDEX (PRIMARY)"
    " WHERE (shop_id, customer_id) IN (";

inline constexpr char kSelectCareMatches[] =
    "SELECT customer_id, rule_code FROM care_matches FORCE INDEX (PRIMARY)"
    " WHERE (shop_id, customer_id) IN (";
inline constexpr char kPutCareMatches[] =
    "INSERT INTO care_matches (shop_id, customer_id, rule_code, since_at) VALUES ";
inline constexpr char kPutCareMatchesTail[] = " ON DUPLICATE KEY UPDATE shop_id = VALUES(shop_id)";
inline constexpr char kDropCareMatches[] =
    "DELETE FROM care_matches WHERE (shop_id, customer_id, rule_code) IN (";

#define REDRESS_CARE_TASK_COLUMNS                                                      \
  "task_id, rule_code, customer_id, occasion, occasion_day, state, due_at, worker_id," \
  " result, coupon_code, finished_at, version"

// A task that was made for the occasion already stays as it is.
inline constexpr char kAddCareTasks[] =
    "INSERT INTO care_tasks (shop_id, " REDRESS_CARE_TASK_COLUMNS ") VALUES ";
inline constexpr char kAddCareTasksTail[] = " ON DUPLICATE KEY UPDATE shop_id = VALUES(shop_id)";
inline constexpr char kLockCareTask[] = "SELECT shop_id, " REDRESS_CARE_TASK_COLUMNS
                                        " FROM care_tasks WHERE shop_id = ? AND task_id = ?"
                                        " FOR UPDATE";
inline constexpr char kFindCareTask[] = "SELECT shop_id, " REDRESS_CARE_TASK_COLUMNS
                                        " FROM care_tasks WHERE shop_id = ? AND task_id = ?";
inline constexpr char kListCareTasks[] =
    "SELECT shop_id, " REDRESS_CARE_TASK_COLUMNS
    " FROM care_tasks FORCE INDEX (tasks_by_state) WHERE shop_id = ? AND state = ?"
    " AND (due_at > ? OR (due_at = ? AND task_id > ?)) ORDER BY due_at, task_id LIMIT ?";
// What was done, for the timeline.
inline constexpr char kSelectCareOf[] =
    "SELECT shop_id, " REDRESS_CARE_TASK_COLUMNS
    " FROM care_tasks FORCE INDEX (tasks_of_customer) WHERE shop_id = ? AND customer_id = ?"
    " AND state = 3 AND finished_at <= ? AND (finished_at < ? OR task_id < ?)"
    " ORDER BY finished_at DESC, task_id DESC LIMIT ?";
inline constexpr char kChangeCareTask[] =
    "UPDATE care_tasks SET state = ?, worker_id = ?, result = ?, coupon_code = ?,"
    " finished_at = ?, version = ? WHERE shop_id = ? AND task_id = ?";

inline constexpr char kMakeContacts[] =
    "INSERT INTO care_contacts (shop_id, customer_id, task_id, contacted_at) VALUES ";
inline constexpr char kMakeContactsTail[] = " ON DUPLICATE KEY UPDATE shop_id = VALUES(shop_id)";
inline constexpr char kRecordContactsTail[] =
    " ON DUPLICATE KEY UPDATE shop_id = VALUES(shop_id), contacted_at = VALUES(contacted_at)";
inline constexpr char kLockContacts[] =
    "SELECT customer_id, task_id, contacted_at FROM care_contacts FORCE INDEX (PRIMARY)"
    " WHERE (shop_id, customer_id) IN (";
inline constexpr char kInOrder[] = ") ORDER BY shop_id, customer_id FOR UPDATE";
inline constexpr char kSelectContactTimes[] =
    "SELECT customer_id, contacted_at FROM care_contacts FORCE INDEX (PRIMARY)"
    " WHERE (shop_id, customer_id) IN (";
inline constexpr char kReserveContact[] =
    "UPDATE care_contacts SET task_id = ? WHERE shop_id = ? AND customer_id = ?";
inline constexpr char kRecordContact[] =
    "UPDATE care_contacts SET task_id = NULL, contacted_at = ?"
    " WHERE shop_id = ? AND customer_id = ?";
inline constexpr char kFreeContact[] =
    "UPDATE care_contacts SET task_id = NULL WHERE shop_id = ? AND customer_id = ?"
    " AND task_id = ?";

}  // namespace redress::customer::sql
