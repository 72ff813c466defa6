// The statements about reveals, erasures, exports and retention. Heads end where rows of
// placeholders follow.
#pragma once

namespace redress::customer::sql {

#define REDRESS_REVEAL_COLUMNS \
  "reveal_id, kind, customer_id, order_id, account_id, client, revealed_at, sealed_reason"

inline constexpr char kListReveals[] =
    "SELECT shop_id, " REDRESS_REVEAL_COLUMNS
    " FROM contact_reveals FORCE INDEX (by_time)"
    " WHERE shop_id = ? AND revealed_at <= ? AND (revealed_at < ? OR reveal_id < ?)"
    " ORDER BY revealed_at DESC, reveal_id DESC LIMIT ?";
inline constexpr char kListRevealsOfAccount[] =
    "SELECT shop_id, " REDRESS_REVEAL_COLUMNS
    " FROM contact_reveals FORCE INDEX (by_account)"
    " WHERE shop_id = ? AND account_id = ? AND revealed_at <= ?"
    " AND (revealed_at < ? OR reveal_id < ?) ORDER BY revealed_at DESC, reveal_id DESC LIMIT ?";
// Ids grow with time, but for reveals of one moment by several processes: the id alone decides.
inline constexpr char kListRevealsOfCustomer[] =
    "SELECT shop_id, " REDRESS_REVEAL_COLUMNS
    " FROM contact_reveals FORCE INDEX (by_customer)"
    " WHERE shop_id = ? AND customer_id = ? AND reveal_id < ? ORDER BY reveal_id DESC LIMIT ?";

// What the shop wrote of a person, every version of it.
inline constexpr char kListNotesOfPerson[] =
    "SELECT v.note_id, v.text_version, v.edited_at, v.sealed"
    " FROM customer_notes AS n FORCE INDEX (by_customer)"
    " STRAIGHT_JOIN customer_note_versions AS v FORCE INDEX (PRIMARY)"
    " ON v.shop_id = n.shop_id AND v.note_id = n.note_id"
    " WHERE n.shop_id = ? AND n.customer_id = ?"
    " AND (v.note_id > ? OR (v.note_id = ? AND v.text_version > ?))"
    " ORDER BY v.note_id, v.text_version LIMIT ?";
// What the shop made of a customer, for exports.
inline constexpr char kExportTagChanges[] =
    "SELECT change_id, tag_code, action, origin, why, changed_at"
    " FROM tag_changes FORCE INDEX (PRIMARY)"
    " WHERE shop_id = ? AND customer_id = ? AND change_id > ? ORDER BY change_id LIMIT ?";
inline constexpr char kExportCoupons[] =
    "SELECT case_id, compensation_number, currency, amount_minor, given_at"
    " FROM customer_coupons FORCE INDEX (customer_coupons_by_customer)"
    " WHERE shop_id = ? AND customer_id = ?"
    " AND (case_id > ? OR (case_id = ? AND compensation_number > ?))"
    " ORDER BY case_id, compensation_number LIMIT ?";
inline constexpr char kExportCareTasks[] =
    "SELECT task_id, rule_code, state, due_at, result, coupon_code, finished_at"
    " FROM care_tasks FORCE INDEX (tasks_of_customer)"
    " WHERE shop_id = ? AND customer_id = ? AND task_id > ? ORDER BY task_id LIMIT ?";
// Ids grow with time: what was written later is not looked at.
inline constexpr char kFindOldNotes[] =
    "SELECT note_id FROM customer_notes FORCE INDEX (PRIMARY)"
    " WHERE shop_id = ? AND note_id > ? AND note_id < ? AND changed_at < ? ORDER BY note_id LIMIT "
    "?";
// Whoever writes a note locks it first.
inline constexpr char kLockOldNotes[] =
    "SELECT note_id FROM customer_notes FORCE INDEX (PRIMARY)"
    " WHERE shop_id = ? AND note_id > ? AND note_id < ? AND changed_at < ? ORDER BY note_id LIMIT ?"
    " FOR UPDATE";
// Also the words by which they are found and whom they mention.
inline constexpr const char* kForgetNotes[] = {
    "DELETE FROM note_words WHERE (shop_id, note_id) IN (",
    "DELETE FROM note_mentions WHERE (shop_id, note_id) IN (",
    "DELETE FROM customer_note_versions WHERE (shop_id, note_id) IN (",
    "DELETE FROM customer_notes WHERE (shop_id, note_id) IN (",
};

inline constexpr char kCountOldReveals[] =
    "SELECT COUNT(*) FROM (SELECT reveal_id FROM contact_reveals FORCE INDEX (by_time)"
    " WHERE shop_id = ? AND revealed_at < ? LIMIT ?) AS counted";
inline constexpr char kDeleteOldReveals[] =
    "DELETE FROM contact_reveals WHERE shop_id = ? AND revealed_at < ?"
    " ORDER BY revealed_at, reveal_id LIMIT ?";

// Everybody locks the customers of a group by id.
inline constexpr char kLockErased[] =
    "SELECT customer_id, erased_at FROM customers FORCE INDEX (PRIMARY)"
    " WHERE (shop_id, customer_id) IN (";
inline constexpr char kInIdOrder[] = ") ORDER BY customer_id FOR UPDATE";
inline constexpr char kSelectNickOfErased[] =
    "SELECT platform, nick FROM customers WHERE shop_id = ? AND customer_id = ?";
inline constexpr char kKeepErasedNick[] =
    "INSERT INTO erased_nicks (shop_id, nick_hash, erased_at) VALUES (?, ?, ?)"
    " ON DUPLICATE KEY UPDATE shop_id = VALUES(shop_id), erased_at = VALUES(erased_at)";
inline constexpr char kEraseCustomer[] =
    "UPDATE customers SET nick = ?, erased_at = ?, erased_with = ?, version = version + 1"
    " WHERE shop_id = ? AND customer_id = ?";
// What a person is searched by, and what is of no use without their key, table by table.
inline constexpr const char* kForgetCustomer[] = {
    "DELETE FROM customer_contacts WHERE shop_id = ? AND customer_id = ?",
    "DELETE FROM customer_identities WHERE shop_id = ? AND customer_id = ?",
    // Nobody turns to one who was erased.
    "INSERT INTO care_wishes (shop_id, customer_id, sealed_birthday, no_contact, version)"
    " VALUES (?, ?, '', 1, 1) ON DUPLICATE KEY UPDATE sealed_birthday = '', no_contact = 1,"
    " version = version + 1",
};
inline constexpr char kForgetRevealedContacts[] =
    "UPDATE contact_reveals SET sealed_contact = '' WHERE shop_id = ? AND customer_id = ?";

inline constexpr char kInsertErasure[] =
    "INSERT INTO erasures (shop_id, customer_id, erasure_id, customer_ids, account_id,"
    " sealed_reason, erased_at) VALUES (?, ?, ?, ?, ?, ?, ?)";
inline constexpr char kInsertConfirmation[] =
    "INSERT INTO erasure_confirmations (shop_id, customer_id, service, confirmed_at)"
    " VALUES (?, ?, ?, NULL)";
// A member was erased under the one that was named.
inline constexpr char kFindErasure[] =
    "SELECT e.customer_id, e.erasure_id, e.customer_ids, e.account_id, e.erased_at,"
    " e.sealed_reason FROM customers c JOIN erasures e ON e.shop_id = c.shop_id"
    " AND e.customer_id = c.erased_with WHERE c.shop_id = ? AND c.customer_id = ?";
inline constexpr char kListErasures[] =
    "SELECT customer_id, erasure_id, customer_ids, account_id, erased_at, sealed_reason"
    " FROM erasures FORCE INDEX (by_id) WHERE shop_id = ? AND erasure_id < ?"
    " ORDER BY erasure_id DESC LIMIT ?";
inline constexpr char kListConfirmations[] =
    "SELECT service, confirmed_at FROM erasure_confirmations FORCE INDEX (PRIMARY)"
    " WHERE shop_id = ? AND customer_id = ? ORDER BY service";
inline constexpr char kLockConfirmation[] =
    "SELECT confirmed_at FROM erasure_confirmations"
    " WHERE shop_id = ? AND customer_id = ? AND service = ? FOR UPDATE";
inline constexpr char kConfirm[] =
    "UPDATE erasure_confirmations SET confirmed_at = ?"
    " WHERE shop_id = ? AND customer_id = ? AND service = ? AND confirmed_at IS NULL";

}  // namespace redress::customer::sql
