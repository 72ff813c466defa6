// Notes read from their tables, opened.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "services/customer/domain/note.h"
#include "services/platform/database/connection.h"
#include "services/platform/sealing/sealer.h"

namespace redress::customer {

// In the order of the ids; those that do not exist are left out. Two round trips for up to 256.
std::vector<Note> ReadNotes(platform::Connection& db, platform::Sealer& sealer, ShopId shop,
                            std::span<const NoteId> ids);

// Locked until the transaction ends.
std::optional<Note> LockNote(platform::Connection& db, platform::Sealer& sealer, ShopId shop,
                             NoteId id);

// A new note, or one that is locked, with its newest text where that changed.
void InsertNote(platform::Connection& db, platform::Sealer& sealer, ShopId shop, const Note& note);
void UpdateNote(platform::Connection& db, ShopId shop, const Note& note);
void InsertNoteVersion(platform::Connection& db, platform::Sealer& sealer, ShopId shop,
                       const Note& note);

// Who is new has an unread mention; who is no longer mentioned has none.
void WriteMentions(platform::Connection& db, ShopId shop, NoteId note,
                   std::span<const AccountId> before, std::span<const AccountId> after);

}  // namespace redress::customer
