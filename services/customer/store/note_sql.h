// The statements of notes. Heads end where rows of placeholders follow.
#pragma once

namespace redress::customer::sql {

inline constexpr char kInsertNote[] =
    "INSERT INTO customer_notes (shop_id, note_id, customer_id, pinned, version, text_version,"
    " author_id, editor_id, created_at, changed_at, deleted_at)"
    " VALUES (?, ?, ?, ?, 1, 1, ?, ?, ?, ?, 0)";
inline constexpr char kInsertNoteVersion[] =
    "INSERT INTO customer_note_versions (shop_id, note_id, text_version, sealed, editor_id,"
    " edited_at) VALUES (?, ?, ?, ?, ?, ?)";
inline constexpr char kUpdateNote[] =
    "UPDATE customer_notes SET pinned = ?, version = ?, text_version = ?, editor_id = ?,"
    " changed_at = ?, deleted_at = ? WHERE shop_id = ? AND note_id = ?";
inline constexpr char kLockNote[] =
    "SELECT note_id FROM customer_notes WHERE shop_id = ? AND note_id = ? FOR UPDATE";

inline constexpr char kSelectNotes[] =
    "SELECT n.note_id, n.customer_id, n.pinned, n.version, n.text_version, n.author_id,"
    " n.editor_id, n.created_at, n.changed_at, n.deleted_at, v.sealed"
    " FROM customer_notes AS n FORCE INDEX (PRIMARY)"
    " STRAIGHT_JOIN customer_note_versions AS v FORCE INDEX (PRIMARY)"
    " ON v.shop_id = n.shop_id AND v.note_id = n.note_id AND v.text_version = n.text_version"
    " WHERE (n.shop_id, n.note_id) IN (";
inline constexpr char kSelectMentionsOfNotes[] =
    "SELECT note_id, account_id FROM note_mentions FORCE INDEX (by_note)"
    " WHERE (shop_id, note_id) IN (";

// Pinned notes lie in front; the two parts of the condition are two ranges of the index.
inline constexpr char kListNotes[] =
    "SELECT note_id, pinned FROM customer_notes FORCE INDEX (by_customer)"
    " WHERE shop_id = ? AND customer_id = ? AND pinned = ? AND note_id < ?"
    " AND (deleted_at = 0 OR ? = 1) ORDER BY note_id DESC LIMIT ?";
inline constexpr char kSelectNotesByTime[] =
    "SELECT note_id, created_at FROM customer_notes FORCE INDEX (by_time)"
    " WHERE shop_id = ? AND customer_id = ? AND deleted_at = 0 AND created_at <= ?"
    " AND (created_at < ? OR note_id < ?) ORDER BY created_at DESC, note_id DESC LIMIT ?";
inline constexpr char kListNoteVersions[] =
    "SELECT text_version, sealed, editor_id, edited_at FROM customer_note_versions"
    " WHERE shop_id = ? AND note_id = ? AND text_version < ? ORDER BY text_version DESC LIMIT ?";

inline constexpr int kMentionColumns = 4;
inline constexpr char kInsertMentions[] =
    "INSERT INTO note_mentions (shop_id, account_id, note_id, read_at) VALUES ";
inline constexpr char kDeleteMentions[] =
    "DELETE FROM note_mentions WHERE (shop_id, account_id, note_id) IN (";
inline constexpr char kListMentions[] =
    "SELECT note_id, read_at FROM note_mentions FORCE INDEX (PRIMARY)"
    " WHERE shop_id = ? AND account_id = ? AND note_id < ? ORDER BY note_id DESC LIMIT ?";
inline constexpr char kListUnreadMentions[] =
    "SELECT note_id, read_at FROM note_mentions FORCE INDEX (by_reading)"
    " WHERE shop_id = ? AND account_id = ? AND read_at = 0 AND note_id < ?"
    " ORDER BY note_id DESC LIMIT ?";
inline constexpr char kMarkMentionRead[] =
    "UPDATE note_mentions SET read_at = ?"
    " WHERE shop_id = ? AND account_id = ? AND note_id = ? AND read_at = 0";

inline constexpr int kNoteWordColumns = 3;
inline constexpr char kInsertNoteWords[] =
    "INSERT INTO note_words (shop_id, word, note_id) VALUES ";
inline constexpr char kDeleteNoteWords[] =
    "DELETE FROM note_words WHERE shop_id = ? AND note_id = ?";
// How many notes have a word, as far as it matters for choosing the rarest.
inline constexpr char kCountNotesOfWord[] =
    "SELECT COUNT(*) FROM (SELECT note_id FROM note_words FORCE INDEX (PRIMARY)"
    " WHERE shop_id = ? AND word = ? LIMIT ?) AS counted";
inline constexpr char kSelectNotesOfWord[] =
    "SELECT note_id FROM note_words FORCE INDEX (PRIMARY)"
    " WHERE shop_id = ? AND word = ? AND note_id < ? ORDER BY note_id DESC LIMIT ?";
inline constexpr char kSelectNotesWithWord[] =
    "SELECT note_id FROM note_words FORCE INDEX (PRIMARY) WHERE (shop_id, word, note_id) IN (";

// For whoever erases a person: what would find their notes by words.
inline constexpr char kListNoteIdsOfCustomer[] =
    "SELECT note_id FROM customer_notes FORCE INDEX (by_customer)"
    " WHERE shop_id = ? AND customer_id = ?";

}  // namespace redress::customer::sql
