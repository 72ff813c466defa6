// The statements of merging.
#pragma once

namespace redress::customer::sql {

inline constexpr char kTakeTurn[] =
    "INSERT INTO merge_turns (shop_id, turn) VALUES (?, 1) ON DUPLICATE KEY UPDATE turn = turn + 1";
inline constexpr char kLockCustomers[] =
    "SELECT customer_id, version, COALESCE(erased_at, 0) FROM customers FORCE INDEX (PRIMARY)"
    " WHERE (shop_id, customer_id) IN (";
inline constexpr char kLockCustomersTail[] = ") ORDER BY shop_id, customer_id FOR UPDATE";
inline constexpr char kHoldCustomer[] =
    "SELECT COALESCE(erased_at, 0) FROM customers FORCE INDEX (PRIMARY)"
    " WHERE shop_id = ? AND customer_id = ? LOCK IN SHARE MODE";
// Whoever looked at the person before sees by the version that it is another group now.
inline constexpr char kSetHead[] =
    "UPDATE customers SET head_id = ?, version = version + 1"
    " WHERE shop_id = ? AND customer_id = ?";
inline constexpr char kNextVersion[] =
    "UPDATE customers SET version = version + 1 WHERE shop_id = ? AND customer_id = ?";
inline constexpr char kInsertMember[] =
    "INSERT INTO customer_members (shop_id, head_id, customer_id) VALUES (?, ?, ?)";
inline constexpr char kDeleteMember[] =
    "DELETE FROM customer_members WHERE shop_id = ? AND head_id = ? AND customer_id = ?";

inline constexpr char kInsertMerge[] =
    "INSERT INTO customer_merges (shop_id, merge_id, customer_id, into_customer_id, merged_at,"
    " merger_id, sealed_reason, unmerged_at, unmerger_id, sealed_unmerge_reason)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0, '')";
inline constexpr char kSelectStandingMerge[] =
    "SELECT merge_id FROM customer_merges FORCE INDEX (merges_by_customer)"
    " WHERE shop_id = ? AND customer_id = ? AND unmerged_at = 0";
inline constexpr char kSelectEdgesInto[] =
    "SELECT customer_id, into_customer_id FROM customer_merges FORCE INDEX (merges_by_target)"
    " WHERE unmerged_at = 0 AND (shop_id, into_customer_id) IN (";
inline constexpr char kUndoMerge[] =
    "UPDATE customer_merges SET unmerged_at = ?, unmerger_id = ?, sealed_unmerge_reason = ?"
    " WHERE shop_id = ? AND merge_id = ?";
inline constexpr char kSelectMergesOf[] =
    "SELECT merge_id, customer_id, into_customer_id, merged_at, merger_id, sealed_reason,"
    " unmerged_at, unmerger_id, sealed_unmerge_reason FROM"
    " (SELECT merge_id, customer_id, into_customer_id, merged_at, merger_id, sealed_reason,"
    " unmerged_at, unmerger_id, sealed_unmerge_reason FROM customer_merges"
    " FORCE INDEX (merges_by_customer) WHERE shop_id = ? AND customer_id = ? UNION ALL"
    " SELECT merge_id, customer_id, into_customer_id, merged_at, merger_id, sealed_reason,"
    " unmerged_at, unmerger_id, sealed_unmerge_reason FROM customer_merges"
    " FORCE INDEX (merges_by_target) WHERE shop_id = ? AND into_customer_id = ?) merges"
    " WHERE merge_id < ? ORDER BY merge_id DESC LIMIT ?";

// ---- duplicates: a walk along an index, hash by hash --------------------------------------------

inline constexpr char kWalkPhones[] =
    "SELECT phone_hash, customer_id FROM customer_contacts FORCE INDEX (by_phone)"
    " WHERE shop_id = ? AND phone_hash > ? ORDER BY phone_hash, customer_id LIMIT ?";
inline constexpr char kWalkPlaces[] =
    "SELECT place_hash, customer_id FROM customer_contacts FORCE INDEX (by_place)"
    " WHERE shop_id = ? AND place_hash > ? ORDER BY place_hash, customer_id LIMIT ?";

// ---- other names --------------------------------------------------------------------------------

inline constexpr char kInsertIdentity[] =
    "INSERT INTO customer_identities (shop_id, kind, platform, name, customer_id, linked_at)"
    " VALUES (?, ?, ?, ?, ?, ?)";
inline constexpr char kSelectIdentity[] =
    "SELECT customer_id FROM customer_identities WHERE shop_id = ? AND kind = ? AND platform = ?"
    " AND name = ?";
inline constexpr char kLockIdentity[] =
    "SELECT customer_id FROM customer_identities WHERE shop_id = ? AND kind = ? AND platform = ?"
    " AND name = ? FOR UPDATE";
inline constexpr char kDeleteIdentity[] =
    "DELETE FROM customer_identities WHERE shop_id = ? AND kind = ? AND platform = ? AND name = ?";
inline constexpr char kCountIdentities[] =
    "SELECT COUNT(kind) FROM customer_identities FORCE INDEX (identities_by_customer)"
    " WHERE shop_id = ? AND customer_id = ?";
inline constexpr char kSelectIdentitiesOf[] =
    "SELECT kind, platform, name FROM customer_identities FORCE INDEX (identities_by_customer)"
    " WHERE shop_id = ? AND customer_id = ? ORDER BY kind, platform, name LIMIT ?";

}  // namespace redress::customer::sql
