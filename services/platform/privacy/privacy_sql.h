#pragma once

// The statements over what a service remembers of erasures and of retention.

namespace redress::platform {

inline constexpr char kFindKnownCustomerEvent[] =
    "SELECT sequence FROM known_customer_events WHERE shop_id = ? AND customer_id = ?"
    " AND sequence = ?";
inline constexpr char kInsertKnownCustomerEvents[] =
    "INSERT INTO known_customer_events (shop_id, customer_id, sequence, taken_at) VALUES ";
inline constexpr char kKeepKnownCustomerEvents[] =
    " ON DUPLICATE KEY UPDATE shop_id = VALUES(shop_id)";
inline constexpr char kSelectKnownExtents[] =
    "SELECT shop_id, customer_id, COUNT(*), MAX(sequence) FROM known_customer_events"
    " FORCE INDEX (PRIMARY) WHERE (shop_id, customer_id) IN (";
inline constexpr char kByKnownCustomer[] = ") GROUP BY shop_id, customer_id";

inline constexpr char kAddRetentionRun[] =
    "INSERT INTO retention_runs (shop_id, run_id, setting, older_than, destroyed_count, ran_at)"
    " VALUES (?, ?, ?, ?, ?, ?)"
    " ON DUPLICATE KEY UPDATE destroyed_count = destroyed_count + VALUES(destroyed_count)";
inline constexpr char kListRetentionRuns[] =
    "SELECT run_id, setting, older_than, destroyed_count, ran_at FROM retention_runs"
    " FORCE INDEX (PRIMARY) WHERE shop_id = ? AND run_id < ? ORDER BY run_id DESC LIMIT ?";

}  // namespace redress::platform
