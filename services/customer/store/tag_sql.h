#pragma once

// The statements of tags, their rules, segments and of judging people.

namespace redress::customer::sql {

// ---- definitions --------------------------------------------------------------------------------

inline constexpr char kMakeJudgedShop[] =
    "INSERT INTO judged_shops (shop_id, version, swept_to) VALUES (?, 0, NULL)"
    " ON DUPLICATE KEY UPDATE shop_id = VALUES(shop_id)";
inline constexpr char kLockJudgedShop[] =
    "SELECT version FROM judged_shops WHERE shop_id = ? FOR UPDATE";
inline constexpr char kTouchJudgedShop[] =
    "UPDATE judged_shops SET version = version + 1, swept_to = 0 WHERE shop_id = ?";
inline constexpr char kJudgedShopVersion[] = "SELECT version FROM judged_shops WHERE shop_id = ?";
inline constexpr char kSweptTo[] = "SELECT swept_to FROM judged_shops WHERE shop_id = ?";
inline constexpr char kLockSweep[] =
    "SELECT swept_to FROM judged_shops WHERE shop_id = ? AND swept_to IS NOT NULL"
    " FOR UPDATE SKIP LOCKED";
inline constexpr char kSetSwept[] = "UPDATE judged_shops SET swept_to = ? WHERE shop_id = ?";
inline constexpr char kNextJudgedShops[] =
    "SELECT shop_id FROM judged_shops WHERE shop_id > ? ORDER BY shop_id LIMIT ?";
inline constexpr char kNextCustomers[] =
    "SELECT customer_id FROM customers FORCE INDEX (PRIMARY) WHERE shop_id = ? AND customer_id > ?"
    " ORDER BY customer_id LIMIT ?";
inline constexpr char kNextHeads[] =
    "SELECT customer_id, head_id FROM customers FORCE INDEX (PRIMARY)"
    " WHERE shop_id = ? AND customer_id > ? ORDER BY customer_id LIMIT ?";

#define REDRESS_TAG_COLUMNS                                                             \
  "tag_code, tag_group, colour, name_zh, name_en, meaning_zh, meaning_en, expiry_days," \
  " by_hand, archived, version"

inline constexpr char kListTags[] = "SELECT shop_id, " REDRESS_TAG_COLUMNS
                                    " FROM tags WHERE shop_id = ? ORDER BY tag_group, tag_code"
                                    " LIMIT ?";
inline constexpr char kWriteTag[] =
    "INSERT INTO tags (shop_id, " REDRESS_TAG_COLUMNS
    ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    " ON DUPLICATE KEY UPDATE tag_group = VALUES(tag_group), colour = VALUES(colour),"
    " name_zh = VALUES(name_zh), name_en = VALUES(name_en), meaning_zh = VALUES(meaning_zh),"
    " meaning_en = VALUES(meaning_en), expiry_days = VALUES(expiry_days),"
    " by_hand = VALUES(by_hand), archived = VALUES(archived), version = VALUES(version)";

// ---- who has which ------------------------------------------------------------------------------

inline constexpr char kCustomersThatAre[] =
    "SELECT customer_id FROM customers FORCE INDEX (PRIMARY) WHERE (shop_id, customer_id) IN (";
inline constexpr char kLockDecisions[] =
    "SELECT customer_id, denied, expires_at FROM tag_decisions FORCE INDEX (PRIMARY)"
    " WHERE (shop_id, customer_id, tag_code) IN (";
inline constexpr char kLockDecisionsEnd[] = ") FOR UPDATE";
inline constexpr char kPutDecisions[] =
    "INSERT INTO tag_decisions (shop_id, customer_id, tag_code, denied, account_id, decided_at,"
    " expires_at) VALUES ";
inline constexpr char kPutDecisionsTail[] =
    " ON DUPLICATE KEY UPDATE shop_id = VALUES(shop_id), denied = VALUES(denied),"
    " account_id = VALUES(account_id), decided_at = VALUES(decided_at),"
    " expires_at = VALUES(expires_at)";
inline constexpr char kDropDecisions[] =
    "DELETE FROM tag_decisions WHERE (shop_id, customer_id, tag_code) IN (";
inline constexpr char kSelectDecisions[] =
    "SELECT customer_id, tag_code, denied, account_id, decided_at, expires_at"
    " FROM tag_decisions FORCE INDEX (PRIMARY) WHERE (shop_id, customer_id) IN (";
inline constexpr char kSelectCustomerTags[] =
    "SELECT customer_id, tag_code, origin, rule_version, why, since_at"
    " FROM customer_tags FORCE INDEX (PRIMARY) WHERE (shop_id, customer_id) IN (";
inline constexpr char kPutCustomerTags[] =
    "INSERT INTO customer_tags (shop_id, customer_id, tag_code, origin, rule_version, why, "
    "since_at)"
    " VALUES ";
inline constexpr char kPutCustomerTagsTail[] =
    " ON DUPLICATE KEY UPDATE shop_id = VALUES(shop_id), origin = VALUES(origin),"
    " rule_version = VALUES(rule_version), why = VALUES(why), since_at = VALUES(since_at)";
inline constexpr char kDropCustomerTags[] =
    "DELETE FROM customer_tags WHERE (shop_id, customer_id, tag_code) IN (";
inline constexpr char kTaggedCustomers[] =
    "SELECT customer_id, origin, rule_version, since_at"
    " FROM customer_tags FORCE INDEX (customers_of_tag)"
    " WHERE shop_id = ? AND tag_code = ? AND customer_id > ? ORDER BY customer_id LIMIT ?";
inline constexpr char kAddTagChanges[] =
    "INSERT INTO tag_changes (shop_id, customer_id, change_id, tag_code, action, origin,"
    " account_id, rule_version, why, changed_at, expires_at) VALUES ";
inline constexpr char kListTagChanges[] =
    "SELECT change_id, tag_code, action, origin, account_id, rule_version, why, changed_at,"
    " expires_at FROM tag_changes FORCE INDEX (PRIMARY)"
    " WHERE shop_id = ? AND customer_id = ? AND change_id < ? ORDER BY change_id DESC LIMIT ?";

// ---- rules --------------------------------------------------------------------------------------

inline constexpr char kListTagRules[] =
    "SELECT r.tag_code, r.version, v.expression, r.state, r.on_version, COALESCE(o.expression, ''),"
    " v.account_id, v.written_at, r.changed_at FROM tag_rules r"
    " JOIN tag_rule_versions v ON v.shop_id = r.shop_id AND v.tag_code = r.tag_code"
    " AND v.version = r.version"
    " LEFT JOIN tag_rule_versions o ON o.shop_id = r.shop_id AND o.tag_code = r.tag_code"
    " AND o.version = r.on_version"
    " WHERE r.shop_id = ? ORDER BY r.tag_code LIMIT ?";
inline constexpr char kWriteTagRule[] =
    "INSERT INTO tag_rules (shop_id, tag_code, version, state, on_version, changed_at)"
    " VALUES (?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE version = VALUES(version),"
    " state = VALUES(state), on_version = VALUES(on_version), changed_at = VALUES(changed_at)";
inline constexpr char kAddTagRuleVersion[] =
    "INSERT INTO tag_rule_versions (shop_id, tag_code, version, expression, account_id, written_at)"
    " VALUES (?, ?, ?, ?, ?, ?)";
inline constexpr char kListTagRuleVersions[] =
    "SELECT version, expression, account_id, written_at FROM tag_rule_versions"
    " FORCE INDEX (PRIMARY) WHERE shop_id = ? AND tag_code = ? AND version < ?"
    " ORDER BY version DESC LIMIT ?";

// ---- segments -----------------------------------------------------------------------------------

#define REDRESS_SEGMENT_COLUMNS \
  "segment_code, name_zh, name_en, expression, archived, version, members, counted_at"

inline constexpr char kListSegments[] = "SELECT shop_id, " REDRESS_SEGMENT_COLUMNS
                                        " FROM segments WHERE shop_id = ? ORDER BY segment_code"
                                        " LIMIT ?";
inline constexpr char kWriteSegment[] =
    "INSERT INTO segments (shop_id, " REDRESS_SEGMENT_COLUMNS
    ") VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0) ON DUPLICATE KEY UPDATE name_zh = VALUES(name_zh),"
    " name_en = VALUES(name_en), expression = VALUES(expression), archived = VALUES(archived),"
    " version = VALUES(version)";
// An index-only count; kept for as long as the caller says.
inline constexpr char kCountMembers[] =
    "SELECT COUNT(1) FROM segment_members FORCE INDEX (members_of_segment)"
    " WHERE shop_id = ? AND segment_code = ?";
inline constexpr char kKeepCount[] =
    "UPDATE segments SET members = ?, counted_at = ? WHERE shop_id = ? AND segment_code = ?";
inline constexpr char kListMembers[] =
    "SELECT m.customer_id, c.platform, c.nick, m.joined_at FROM segment_members m"
    " FORCE INDEX (members_of_segment) JOIN customers c ON c.shop_id = m.shop_id"
    " AND c.customer_id = m.customer_id WHERE m.shop_id = ? AND m.segment_code = ?"
    " AND m.customer_id > ? ORDER BY m.customer_id LIMIT ?";
inline constexpr char kSelectMemberships[] =
    "SELECT customer_id, segment_code FROM segment_members FORCE INDEX (PRIMARY)"
    " WHERE (shop_id, customer_id) IN (";
inline constexpr char kPutMemberships[] =
    "INSERT INTO segment_members (shop_id, customer_id, segment_code, joined_at) VALUES ";
inline constexpr char kPutMembershipsTail[] = " ON DUPLICATE KEY UPDATE shop_id = VALUES(shop_id)";
inline constexpr char kDropMemberships[] =
    "DELETE FROM segment_members WHERE (shop_id, customer_id, segment_code) IN (";

// ---- judging ------------------------------------------------------------------------------------

// Rows that somebody else holds are that one's: they come back changed or not at all.
inline constexpr char kTakeDue[] =
    "SELECT customer_id FROM customer_due FORCE INDEX (due_of_shop)"
    " WHERE shop_id = ? AND due_at <= ? ORDER BY due_at, customer_id LIMIT ?"
    " FOR UPDATE SKIP LOCKED";
inline constexpr char kAnyDue[] =
    "SELECT customer_id FROM customer_due FORCE INDEX (due_of_shop)"
    " WHERE shop_id = ? AND due_at <= ? LIMIT 1";
inline constexpr char kDropDue[] = "DELETE FROM customer_due WHERE (shop_id, customer_id) IN (";
inline constexpr char kSetDue[] = "INSERT INTO customer_due (shop_id, customer_id, due_at) VALUES ";
inline constexpr char kSetDueTail[] =
    " ON DUPLICATE KEY UPDATE shop_id = VALUES(shop_id), due_at = VALUES(due_at)";
// Whoever merges these customers waits until the judgement is written.
inline constexpr char kHoldHeads[] =
    "SELECT customer_id, head_id FROM customers FORCE INDEX (PRIMARY)"
    " WHERE (shop_id, customer_id) IN (";
inline constexpr char kShared[] = ") LOCK IN SHARE MODE";

}  // namespace redress::customer::sql
