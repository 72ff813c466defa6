#pragma once

// The statements of the desk service.

namespace redress::desk::sql {

// ---- phrases ------------------------------------------------------------------------------------

inline constexpr char kFindPhrase[] =
    "SELECT p.language, p.name, p.version, p.archived, p.created_at, v.text, v.account_id,"
    " v.revised_at FROM phrases p JOIN phrase_versions v ON v.shop_id = p.shop_id"
    " AND v.phrase_id = p.phrase_id AND v.version = p.version"
    " WHERE p.shop_id = ? AND p.phrase_id = ?";
inline constexpr char kLockPhrase[] =
    "SELECT version FROM phrases WHERE shop_id = ? AND phrase_id = ? FOR UPDATE";
inline constexpr char kFindPhraseByName[] =
    "SELECT phrase_id FROM phrases WHERE shop_id = ? AND language = ? AND name = ? FOR UPDATE";
inline constexpr char kInsertPhrase[] =
    "INSERT INTO phrases (shop_id, phrase_id, language, name, version, archived, created_at)"
    " VALUES (?, ?, ?, ?, 1, 0, ?)";
inline constexpr char kInsertPhraseVersion[] =
    "INSERT INTO phrase_versions (shop_id, phrase_id, version, text, account_id, revised_at)"
    " VALUES (?, ?, ?, ?, ?, ?)";
inline constexpr char kSetPhraseVersion[] =
    "UPDATE phrases SET version = ? WHERE shop_id = ? AND phrase_id = ?";
inline constexpr char kArchivePhrase[] =
    "UPDATE phrases SET archived = ? WHERE shop_id = ? AND phrase_id = ?";
inline constexpr char kListPhrases[] =
    "SELECT phrase_id FROM phrases FORCE INDEX (PRIMARY) WHERE shop_id = ? AND phrase_id < ?"
    " AND (? = '' OR language = ?) AND (archived = 0 OR ? = 1) ORDER BY phrase_id DESC LIMIT ?";
inline constexpr char kListPhraseVersions[] =
    "SELECT version, text, account_id, revised_at FROM phrase_versions FORCE INDEX (PRIMARY)"
    " WHERE shop_id = ? AND phrase_id = ? AND version < ? ORDER BY version DESC LIMIT ?";

// ---- rules --------------------------------------------------------------------------------------

#define REDRESS_RULE_COLUMNS                                                               \
  "rule_code, case_kind, event, state, outcome, phrase_id, channel, delay_us, quiet_days," \
  " minimum_score, invites_review, version, enabled_at"

inline constexpr char kLockRule[] = "SELECT shop_id, " REDRESS_RULE_COLUMNS
                                    " FROM notification_rules WHERE shop_id = ? AND rule_code = ?"
                                    " FOR UPDATE";
inline constexpr char kFindRule[] = "SELECT shop_id, " REDRESS_RULE_COLUMNS
                                    " FROM notification_rules WHERE shop_id = ? AND rule_code = ?";
// The strictest one, also when it is off.
inline constexpr char kFindInvitingRule[] =
    "SELECT shop_id, " REDRESS_RULE_COLUMNS
    " FROM notification_rules FORCE INDEX (rules_by_phrase)"
    " WHERE shop_id = ? AND phrase_id = ? AND invites_review = 1"
    " ORDER BY quiet_days DESC, rule_code LIMIT 1";
inline constexpr char kListRules[] = "SELECT shop_id, " REDRESS_RULE_COLUMNS
                                     " FROM notification_rules FORCE INDEX (PRIMARY)"
                                     " WHERE shop_id = ? AND rule_code > ?"
                                     " ORDER BY rule_code LIMIT ?";
inline constexpr char kListRulesThatAreOn[] = "SELECT shop_id, " REDRESS_RULE_COLUMNS
                                              " FROM notification_rules FORCE INDEX (PRIMARY)"
                                              " WHERE shop_id = ? AND enabled_at IS NOT NULL"
                                              " ORDER BY rule_code LIMIT ?";
inline constexpr char kFindRuleOfPhrase[] =
    "SELECT rule_code FROM notification_rules WHERE shop_id = ? AND phrase_id = ?"
    " AND enabled_at IS NOT NULL AND invites_review >= ? LIMIT 1";
inline constexpr char kInsertRule[] =
    "INSERT INTO notification_rules (case_kind, event, state, outcome, phrase_id, channel,"
    " delay_us, quiet_days, minimum_score, invites_review, version, enabled_at, shop_id, rule_code)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
inline constexpr char kUpdateRule[] =
    "UPDATE notification_rules SET case_kind = ?, event = ?, state = ?, outcome = ?,"
    " phrase_id = ?, channel = ?, delay_us = ?, quiet_days = ?, minimum_score = ?,"
    " invites_review = ?, version = ?, enabled_at = ? WHERE shop_id = ? AND rule_code = ?";

// ---- messages -----------------------------------------------------------------------------------

#define REDRESS_MESSAGE_COLUMNS                                                        \
  "message_id, case_id, case_number, order_id, customer_id, rule_code, occasion,"      \
  " phrase_id, phrase_version, channel, state, reason, sending, attempts, version,"    \
  " created_at, asked_at, due_at, sent_at, sender_id, updated_at, lease, order_claim," \
  " sealed_content, contact_at"

// A message that is there already stays as it is.
inline constexpr char kInsertMessages[] =
    "INSERT INTO messages (shop_id, message_id, case_id, case_number, order_id, customer_id,"
    " rule_code, occasion, phrase_id, phrase_version, channel, state, reason, sending, attempts,"
    " version, created_at, asked_at, due_at, sender_id, updated_at) VALUES ";
inline constexpr char kKeepMessagesTail[] = " ON DUPLICATE KEY UPDATE shop_id = VALUES(shop_id)";
inline constexpr char kFindMessage[] = "SELECT shop_id, " REDRESS_MESSAGE_COLUMNS
                                       " FROM messages WHERE shop_id = ? AND message_id = ?";
inline constexpr char kLockMessage[] = "SELECT shop_id, " REDRESS_MESSAGE_COLUMNS
                                       " FROM messages WHERE shop_id = ? AND message_id = ?"
                                       " FOR UPDATE";
inline constexpr char kListMessages[] = "SELECT shop_id, " REDRESS_MESSAGE_COLUMNS
                                        " FROM messages FORCE INDEX (PRIMARY)"
                                        " WHERE shop_id = ? AND message_id < ?"
                                        " ORDER BY message_id DESC LIMIT ?";
inline constexpr char kListMessagesOfCase[] =
    "SELECT shop_id, " REDRESS_MESSAGE_COLUMNS
    " FROM messages FORCE INDEX (unique_message_occasion)"
    " WHERE shop_id = ? AND case_id = ? AND message_id < ? AND (? = 0 OR state = ?)"
    " ORDER BY message_id DESC LIMIT ?";
inline constexpr char kListMessagesInState[] = "SELECT shop_id, " REDRESS_MESSAGE_COLUMNS
                                               " FROM messages FORCE INDEX (messages_by_state)"
                                               " WHERE shop_id = ? AND state = ? AND message_id > ?"
                                               " ORDER BY message_id LIMIT ?";
inline constexpr char kChangeMessage[] =
    "UPDATE messages SET state = ?, reason = ?, sending = ?, attempts = ?, version = ?,"
    " asked_at = ?, due_at = ?, sent_at = ?, sender_id = ?, updated_at = ?, lease = NULL,"
    " phrase_version = ?, filled_at = IF(? = 1, filled_at, NULL),"
    " sealed_content = IF(? = 1, sealed_content, NULL),"
    " order_claim = IF(? = 1, order_claim, NULL),"
    " invited_order_id = IF(? = 1, invited_order_id, NULL) WHERE shop_id = ? AND message_id = ?";

inline constexpr char kFindDueShops[] =
    "SELECT shop_id FROM (SELECT shop_id, MIN(due_at) AS first_at FROM messages"
    " FORCE INDEX (messages_queued) WHERE state = 1 GROUP BY state, shop_id) AS queued"
    " WHERE first_at <= ? ORDER BY shop_id LIMIT ?";
inline constexpr char kFindDue[] =
    "SELECT message_id FROM messages FORCE INDEX (messages_queued)"
    " WHERE shop_id = ? AND state = 1 AND due_at <= ? ORDER BY due_at LIMIT ?";
// The time until which it is claimed is when it is due again. The attempt counts from here on, so
// that one that kills its process is given up as well.
inline constexpr char kClaimMessage[] =
    "UPDATE messages SET lease = ?, due_at = ?, attempts = attempts + 1"
    " WHERE shop_id = ? AND message_id = ? AND state = 1 AND due_at <= ?";
inline constexpr char kLockClaimed[] =
    "SELECT customer_id, order_id FROM messages WHERE shop_id = ? AND message_id = ?"
    " AND lease = ? AND state = 1 FOR UPDATE";
inline constexpr char kLockToldCustomer[] =
    "INSERT INTO told_customers (shop_id, customer_id) VALUES (?, ?)"
    " ON DUPLICATE KEY UPDATE shop_id = VALUES(shop_id)";
inline constexpr char kFindTold[] =
    "SELECT message_id FROM messages FORCE INDEX (messages_by_customer)"
    " WHERE shop_id = ? AND customer_id = ? AND rule_code IN (?, '') AND filled_at > ?"
    " AND message_id <> ? AND (rule_code = ? OR phrase_id = ?) AND state IN (1, 2, 3, 4) LIMIT 1";
inline constexpr char kStoreContent[] =
    "UPDATE messages SET phrase_version = ?, sealed_content = ?, filled_at = ?, order_claim = ?,"
    " invited_order_id = ? WHERE shop_id = ? AND message_id = ?";
inline constexpr char kFinishMessage[] =
    "UPDATE messages SET state = ?, reason = ?, version = version + 1,"
    " due_at = ?, sent_at = ?, updated_at = ?, contact_at = ?, lease = NULL,"
    " order_claim = IF(? = 1, order_claim, NULL),"
    " invited_order_id = IF(? = 1, invited_order_id, NULL)"
    " WHERE shop_id = ? AND message_id = ? AND lease = ? AND state = 1";
inline constexpr char kFindLastContact[] =
    "SELECT COALESCE(MAX(contact_at), 0) FROM messages FORCE INDEX (unique_message_occasion)"
    " WHERE shop_id = ? AND case_id = ?";
// 1 is queued, 2 waits for a person, 6 is suppressed. What is with the shop's sender at this moment
// is looked at before it goes there; nothing holds back what is on its way.
inline constexpr char kSuppressWaiting[] =
    "UPDATE messages FORCE INDEX (messages_by_customer) SET state = 6, reason = ?, due_at = NULL,"
    " lease = NULL, version = version + 1, updated_at = ?, order_claim = NULL,"
    " invited_order_id = NULL WHERE shop_id = ? AND customer_id = ? AND (state = 2 OR (state = 1"
    " AND (channel = 1 OR lease IS NULL OR due_at <= ?)))";
inline constexpr char kCountInState[] =
    "SELECT COUNT(*) FROM (SELECT shop_id FROM messages FORCE INDEX (messages_due)"
    " WHERE state = ? LIMIT ?) AS counted";

// ---- what is kept of a person -------------------------------------------------------------------

inline constexpr char kListMessagesOfPerson[] =
    "SELECT shop_id, " REDRESS_MESSAGE_COLUMNS
    " FROM messages FORCE INDEX (messages_by_customer)"
    " WHERE shop_id = ? AND customer_id = ? AND message_id > ? ORDER BY message_id LIMIT ?";
inline constexpr char kCancelMessagesOfPerson[] =
    "UPDATE messages SET state = ?, reason = ?, due_at = NULL, lease = NULL,"
    " version = version + 1, updated_at = ? WHERE shop_id = ? AND customer_id = ?"
    " AND state IN (?, ?) LIMIT ?";
// Ids grow with time. Those from `state` on are done with.
inline constexpr char kCountOldContents[] =
    "SELECT COUNT(*) FROM (SELECT message_id FROM messages FORCE INDEX (PRIMARY)"
    " WHERE shop_id = ? AND message_id < ? AND state >= ? AND sealed_content IS NOT NULL"
    " LIMIT ?) AS counted";
inline constexpr char kFindOldContents[] =
    "SELECT message_id FROM messages FORCE INDEX (PRIMARY) WHERE shop_id = ? AND message_id > ?"
    " AND message_id < ? AND state >= ? AND sealed_content IS NOT NULL ORDER BY message_id LIMIT ?";
inline constexpr char kForgetContents[] =
    "UPDATE messages SET sealed_content = NULL WHERE (shop_id, message_id) IN (";

// ---- steps that are known -----------------------------------------------------------------------

inline constexpr char kLockKnownCases[] = "INSERT INTO known_cases (shop_id, case_id) VALUES ";
inline constexpr char kLockKnownCasesTail[] = " ON DUPLICATE KEY UPDATE shop_id = VALUES(shop_id)";
inline constexpr char kSelectKnownSteps[] =
    "SELECT shop_id, case_id, sequence FROM known_steps WHERE (shop_id, case_id, sequence) IN (";
inline constexpr char kInsertKnownSteps[] =
    "INSERT INTO known_steps (shop_id, case_id, sequence) VALUES ";
inline constexpr char kKeepKnownStepsTail[] = " ON DUPLICATE KEY UPDATE shop_id = VALUES(shop_id)";
inline constexpr char kSelectExtents[] =
    "SELECT shop_id, case_id, COUNT(*), MAX(sequence) FROM known_steps FORCE INDEX (PRIMARY)"
    " WHERE (shop_id, case_id) IN (";
inline constexpr char kByCase[] = ") GROUP BY shop_id, case_id";
inline constexpr char kSetGaps[] = "INSERT INTO known_cases (shop_id, case_id, gap_since) VALUES ";
inline constexpr char kSetGapsTail[] =
    " ON DUPLICATE KEY UPDATE shop_id = VALUES(shop_id),"
    " gap_since = IF(VALUES(gap_since) IS NULL, NULL, COALESCE(gap_since, VALUES(gap_since)))";
inline constexpr char kSelectGaps[] =
    "SELECT shop_id, case_id FROM known_cases FORCE INDEX (known_cases_gaps)"
    " WHERE gap_since IS NOT NULL AND gap_since < ? ORDER BY gap_since LIMIT ?";
inline constexpr char kForgetGap[] =
    "UPDATE known_cases SET gap_since = NULL WHERE shop_id = ? AND case_id = ?";
inline constexpr char kSelectShopsWithRules[] =
    "SELECT DISTINCT shop_id FROM notification_rules WHERE enabled_at IS NOT NULL"
    " AND shop_id IN (";

// ---- the shop's own sender ----------------------------------------------------------------------

inline constexpr char kFindHttpChannel[] =
    "SELECT version, url, sealed_secret, updated_at FROM http_channels FORCE INDEX (PRIMARY)"
    " WHERE shop_id = ? ORDER BY version DESC LIMIT 1";
inline constexpr char kLockHttpChannel[] =
    "SELECT version, url, sealed_secret, updated_at FROM http_channels FORCE INDEX (PRIMARY)"
    " WHERE shop_id = ? ORDER BY version DESC LIMIT 1 FOR UPDATE";
inline constexpr char kFindHttpChannelVersion[] =
    "SELECT version, url, sealed_secret, updated_at FROM http_channels"
    " WHERE shop_id = ? AND version = ?";
inline constexpr char kInsertHttpChannel[] =
    "INSERT INTO http_channels (shop_id, version, url, sealed_secret, updated_at)"
    " VALUES (?, ?, ?, ?, ?)";

}  // namespace redress::desk::sql
