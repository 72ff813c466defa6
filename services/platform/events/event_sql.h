#pragma once

// The statements over the event log, the outbox, the relay's leases, and what consumers remember of
// their sources.

namespace redress::platform {

// ---- the event log ------------------------------------------------------------------------------

inline constexpr char kInsertEvents[] =
    "INSERT INTO events (shop_id, aggregate_id, sequence, event_type, schema_version, occurred_at,"
    " recorded_at, payload) VALUES ";

inline constexpr char kLoadEventsHead[] =
    "SELECT shop_id, aggregate_id, sequence, schema_version, occurred_at, payload"
    " FROM events FORCE INDEX (PRIMARY) WHERE (shop_id, aggregate_id, sequence) IN (";

// Pages continue after a key. The alternatives are written out, since a comparison of rows would
// read the index from its beginning.
inline constexpr char kReadEventsOfAll[] =
    "SELECT shop_id, aggregate_id, sequence, schema_version, occurred_at, payload"
    " FROM events FORCE INDEX (PRIMARY) WHERE shop_id > ?"
    " OR (shop_id = ? AND aggregate_id > ?)"
    " OR (shop_id = ? AND aggregate_id = ? AND sequence > ?)"
    " ORDER BY shop_id, aggregate_id, sequence LIMIT ?";
inline constexpr char kReadEventsOfShop[] =
    "SELECT shop_id, aggregate_id, sequence, schema_version, occurred_at, payload"
    " FROM events FORCE INDEX (PRIMARY) WHERE (shop_id = ? AND aggregate_id > ?)"
    " OR (shop_id = ? AND aggregate_id = ? AND sequence > ?)"
    " ORDER BY shop_id, aggregate_id, sequence LIMIT ?";
inline constexpr char kReadEventsOfAggregate[] =
    "SELECT shop_id, aggregate_id, sequence, schema_version, occurred_at, payload"
    " FROM events FORCE INDEX (PRIMARY) WHERE shop_id = ? AND aggregate_id = ? AND sequence > ?"
    " ORDER BY sequence LIMIT ?";

inline constexpr char kReadHeads[] =
    "SELECT recorded_at, shop_id, aggregate_id, sequence FROM events FORCE INDEX"
    " (events_by_recording) WHERE recorded_at > ?"
    " OR (recorded_at = ? AND shop_id > ?)"
    " OR (recorded_at = ? AND shop_id = ? AND aggregate_id > ?)"
    " OR (recorded_at = ? AND shop_id = ? AND aggregate_id = ? AND sequence > ?)"
    " ORDER BY recorded_at, shop_id, aggregate_id, sequence LIMIT ?";

// ---- the outbox and its shards ------------------------------------------------------------------

inline constexpr char kInsertOutboxRow[] =
    "INSERT INTO outbox (shard, transaction_id, recorded_at, refs) VALUES (?, ?, ?, ?)";
inline constexpr char kAnyOutboxRow[] = "SELECT 1 FROM outbox LIMIT 1";
inline constexpr char kOldestOfShard[] =
    "(SELECT shard, transaction_id, recorded_at, refs FROM outbox WHERE shard = ?"
    " ORDER BY transaction_id LIMIT 32)";
inline constexpr char kDeleteOutboxRows[] = "DELETE FROM outbox WHERE (shard, transaction_id) IN (";
inline constexpr char kCountOutboxRows[] = "SELECT COUNT(*) FROM outbox";

inline constexpr char kAddLease[] =
    "INSERT IGNORE INTO relay_leases (shard, owner, expires_at) VALUES (?, '', 0)";
inline constexpr char kTakeLeases[] =
    "UPDATE relay_leases SET owner = ?, expires_at = ? WHERE owner = ? OR expires_at < ?";
inline constexpr char kHeldLeases[] = "SELECT shard FROM relay_leases WHERE owner = ?";
inline constexpr char kGiveLeasesBack[] =
    "UPDATE relay_leases SET owner = '', expires_at = 0 WHERE owner = ?";

// ---- how far a consumer has compared itself with a source ---------------------------------------

inline constexpr char kFindReconciliation[] =
    "SELECT reconciled_at FROM event_reconciliations WHERE consumer = ? AND source = ?";
inline constexpr char kRecordReconciliation[] =
    "INSERT INTO event_reconciliations (consumer, source, reconciled_at) VALUES (?, ?, ?)"
    " ON DUPLICATE KEY UPDATE reconciled_at = VALUES(reconciled_at)";

// ---- what a consumer could not take -------------------------------------------------------------

inline constexpr char kListSetAside[] =
    "SELECT shop_id, aggregate_id, failed_at FROM set_aside_aggregates"
    " WHERE consumer = ? AND source = ? ORDER BY failed_at LIMIT ?";
inline constexpr char kAddSetAside[] =
    "INSERT INTO set_aside_aggregates (shop_id, consumer, source, aggregate_id, failed_at) VALUES ";
inline constexpr char kAddSetAsideTail[] = " ON DUPLICATE KEY UPDATE failed_at = VALUES(failed_at)";
inline constexpr char kRemoveSetAside[] =
    "DELETE FROM set_aside_aggregates WHERE shop_id = ? AND consumer = ? AND source = ?"
    " AND aggregate_id = ? AND failed_at = ?";

}  // namespace redress::platform
