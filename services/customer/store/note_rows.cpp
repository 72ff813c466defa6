#include "services/customer/store/note_rows.h"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>

#include "services/customer/store/note_sql.h"
#include "services/platform/database/rows.h"

namespace redress::customer {
namespace {

using platform::Connection;
using platform::MultiRow;
using platform::Result;
using platform::Sealer;
using platform::SubjectKind;
using platform::Value;

std::vector<Value> KeysOf(ShopId shop, std::span<const NoteId> ids) {
  std::vector<Value> keys;
  keys.reserve(ids.size() * 2);
  for (const NoteId id : ids) keys.insert(keys.end(), {shop, id});
  return keys;
}

Note ReadNote(const Result& row) {
  Note note;
  note.id = row.Id<NoteId>(0);
  note.customer = row.Id<CustomerId>(1);
  note.pinned = row.Uint64(2) != 0;
  note.version = static_cast<std::uint32_t>(row.Uint64(3));
  note.text_version = static_cast<std::uint32_t>(row.Uint64(4));
  note.author = row.Id<AccountId>(5);
  note.editor = row.Id<AccountId>(6);
  note.created_at = row.Int64(7);
  note.changed_at = row.Int64(8);
  note.deleted = row.Int64(9) != 0;
  return note;
}

void OpenTexts(Connection& db, Sealer& sealer, ShopId shop, std::vector<Note>& notes,
               const std::vector<std::string>& sealed) {
  std::vector<platform::OpenItem> items;
  for (std::size_t i = 0; i < notes.size(); ++i) {
    items.push_back({{SubjectKind::kCustomer, notes[i].customer.value}, sealed[i]});
  }
  std::vector<std::optional<std::string>> clear = sealer.OpenMany(db, shop, items);
  for (std::size_t i = 0; i < notes.size(); ++i) {
    if (!notes[i].deleted) notes[i].text = std::move(clear[i]).value_or(std::string());
  }
}

}  // namespace

std::vector<Note> ReadNotes(Connection& db, Sealer& sealer, ShopId shop,
                            std::span<const NoteId> ids) {
  static const MultiRow select(sql::kSelectNotes, 2, ")", 256);
  static const MultiRow select_mentions(sql::kSelectMentionsOfNotes, 2, ")", 256);
  if (ids.empty()) return {};
  const std::vector<Value> keys = KeysOf(shop, ids);
  std::vector<Note> found;
  std::vector<std::string> sealed;
  select.Query(db, keys, [&](Result& row) {
    found.push_back(ReadNote(row));
    sealed.push_back(row.String(10));
  });
  OpenTexts(db, sealer, shop, found, sealed);
  std::unordered_map<NoteId, Note> by_id;
  for (Note& note : found) by_id.emplace(note.id, std::move(note));
  select_mentions.Query(db, keys, [&](Result& row) {
    const auto note = by_id.find(row.Id<NoteId>(0));
    if (note != by_id.end()) note->second.mentions.push_back(row.Id<AccountId>(1));
  });
  std::vector<Note> notes;
  for (const NoteId id : ids) {
    const auto note = by_id.find(id);
    if (note != by_id.end()) notes.push_back(note->second);
  }
  return notes;
}

std::optional<Note> LockNote(Connection& db, Sealer& sealer, ShopId shop, NoteId id) {
  if (!db.Query(sql::kLockNote, {shop, id}).Next()) return std::nullopt;
  std::vector<Note> notes = ReadNotes(db, sealer, shop, {&id, 1});
  if (notes.empty()) return std::nullopt;
  return std::move(notes.front());
}

void InsertNote(Connection& db, Sealer& sealer, ShopId shop, const Note& note) {
  db.Execute(sql::kInsertNote, {shop, note.id, note.customer, unsigned{note.pinned}, note.author,
                                note.editor, note.created_at, note.changed_at});
  InsertNoteVersion(db, sealer, shop, note);
}

void UpdateNote(Connection& db, ShopId shop, const Note& note) {
  db.Execute(sql::kUpdateNote,
             {unsigned{note.pinned}, note.version, note.text_version, note.editor, note.changed_at,
              note.deleted ? note.changed_at : 0, shop, note.id});
}

void InsertNoteVersion(Connection& db, Sealer& sealer, ShopId shop, const Note& note) {
  const std::string sealed =
      sealer.Seal(db, shop, SubjectKind::kCustomer, note.customer.value, note.text);
  db.Execute(sql::kInsertNoteVersion,
             {shop, note.id, note.text_version, sealed, note.editor, note.changed_at});
}

void WriteMentions(Connection& db, ShopId shop, NoteId note, std::span<const AccountId> before,
                   std::span<const AccountId> after) {
  static const MultiRow insert(sql::kInsertMentions, sql::kMentionColumns);
  static const MultiRow remove(sql::kDeleteMentions, 3, ")");
  const auto among = [](std::span<const AccountId> list, AccountId account) {
    return std::find(list.begin(), list.end(), account) != list.end();
  };
  std::vector<Value> added;
  std::vector<Value> removed;
  for (const AccountId account : after) {
    if (!among(before, account)) added.insert(added.end(), {shop, account, note, 0});
  }
  for (const AccountId account : before) {
    if (!among(after, account)) removed.insert(removed.end(), {shop, account, note});
  }
  if (!removed.empty()) remove.Execute(db, removed);
  if (!added.empty()) insert.Execute(db, added);
}

}  // namespace redress::customer
