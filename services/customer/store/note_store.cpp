#include "services/customer/store/note_store.h"

#include <algorithm>
#include <functional>
#include <stdexcept>
#include <tuple>
#include <utility>

#include "services/customer/store/note_rows.h"
#include "services/customer/store/note_sql.h"
#include "services/customer/store/person_locks.h"
#include "services/platform/base/errors.h"
#include "services/platform/database/requests.h"
#include "services/platform/database/transact.h"
#include "services/platform/search/search_text.h"

namespace redress::customer {
namespace {

using platform::Code;
using platform::Connection;
using platform::Refusal;
using platform::Result;
using platform::SubjectKind;

void RequireOwn(const NoteWrite& write, const Note& note) {
  if (write.supervises || note.author == write.account) return;
  throw Refusal(Code::kPermissionDenied, "NOTE_NOT_YOURS",
                "The note was written by somebody else; its author or a supervisor can change it, "
                "or write a note of your own.");
}

void RequireShown(const Note& note) {
  if (!note.deleted) return;
  throw Refusal(Code::kFailedPrecondition, "NOTE_DELETED",
                "The note was deleted and stays as it is; write a new one.");
}

// A change of the note by this writer.
void Touch(const NoteWrite& write, Note& note) {
  ++note.version;
  note.editor = write.account;
  note.changed_at = std::max(write.now_us, note.changed_at + 1);
}

// Up to `limit` notes of one customer behind the key, as (pinned, id).
void AddKeys(Connection& db, ShopId shop, CustomerId customer, bool with_deleted,
             const NoteKey& after, std::size_t limit, std::vector<std::pair<bool, NoteId>>& keys) {
  const unsigned all = with_deleted ? 1 : 0;
  for (const bool pinned : {true, false}) {
    if (pinned && !after.pinned) continue;
    const std::uint64_t before = pinned == after.pinned ? after.id : ~std::uint64_t{0};
    Result rows = db.Query(sql::kListNotes, {shop, customer, unsigned{pinned}, before, all, limit});
    while (rows.Next()) keys.emplace_back(pinned, rows.Id<NoteId>(0));
  }
}

}  // namespace

platform::Digest SqlNoteRepository::DigestWith(const NoteWrite& write, const std::string& text) {
  return platform::Sha256(std::string(platform::AsBytes(write.digest)) +
                          sealer_.KeyedHash(write.shop, "note", text));
}

Note SqlNoteRepository::Once(const NoteWrite& write, const platform::Digest& digest,
                             const std::function<NoteId(Connection&)>& body) {
  return platform::Transact(pool_, [&](Connection& db) {
    auto answer =
        platform::FindAnswer(db, write.shop, platform::kClientOrigin, write.request_id, digest);
    if (!answer) {
      answer = platform::ToString(body(db));
      platform::RememberAnswer(db, write.shop, platform::kClientOrigin, write.request_id, digest,
                               *answer, write.now_us);
    }
    const NoteId id{std::stoull(*answer)};
    std::vector<Note> notes = ReadNotes(db, sealer_, write.shop, {&id, 1});
    if (notes.empty()) throw std::logic_error("a note that was stored is gone");
    return std::move(notes.front());
  });
}

Note SqlNoteRepository::Locked(Connection& db, ShopId shop, NoteId id, std::uint32_t version) {
  auto note = LockNote(db, sealer_, shop, id);
  if (!note) throw platform::NotFound("note", platform::ToString(id));
  if (note->version != version) throw platform::VersionConflict(version, note->version);
  RequireShown(*note);
  return *std::move(note);
}

Note SqlNoteRepository::Add(const NoteWrite& write, CustomerId customer, const NoteText& text,
                            bool pinned) {
  return Once(write, DigestWith(write, text.text), [&](Connection& db) {
    HoldCustomer(db, write.shop, customer);
    Note note;
    note.id = ids_.New<NoteId>();
    note.customer = customer;
    note.text = text.text;
    note.pinned = pinned;
    note.text_version = 1;
    note.author = note.editor = write.account;
    note.created_at = note.changed_at = write.now_us;
    InsertNote(db, sealer_, write.shop, note);
    WriteMentions(db, write.shop, note.id, {}, text.mentions);
    words_.Write(db, write.shop, note.id, note.text);
    return note.id;
  });
}

Note SqlNoteRepository::Edit(const NoteWrite& write, NoteId id, std::uint32_t version,
                             const NoteText& text) {
  return Once(write, DigestWith(write, text.text), [&](Connection& db) {
    Note note = Locked(db, write.shop, id, version);
    RequireOwn(write, note);
    WriteMentions(db, write.shop, id, note.mentions, text.mentions);
    Touch(write, note);
    ++note.text_version;
    note.text = text.text;
    UpdateNote(db, write.shop, note);
    InsertNoteVersion(db, sealer_, write.shop, note);
    words_.Write(db, write.shop, id, note.text);
    return id;
  });
}

Note SqlNoteRepository::Delete(const NoteWrite& write, NoteId id, std::uint32_t version) {
  return Once(write, write.digest, [&](Connection& db) {
    Note note = Locked(db, write.shop, id, version);
    RequireOwn(write, note);
    Touch(write, note);
    note.deleted = true;
    note.pinned = false;
    UpdateNote(db, write.shop, note);
    NoteWords::Delete(db, write.shop, id);
    return id;
  });
}

Note SqlNoteRepository::SetPinned(const NoteWrite& write, NoteId id, std::uint32_t version,
                                  bool pinned) {
  return Once(write, write.digest, [&](Connection& db) {
    Note note = Locked(db, write.shop, id, version);
    if (note.pinned == pinned) return id;
    Touch(write, note);
    note.pinned = pinned;
    UpdateNote(db, write.shop, note);
    return id;
  });
}

std::optional<Note> SqlNoteRepository::Find(ShopId shop, NoteId id) {
  return platform::Read(pool_, [&](Connection& db) -> std::optional<Note> {
    std::vector<Note> notes = ReadNotes(db, sealer_, shop, {&id, 1});
    if (notes.empty()) return std::nullopt;
    return std::move(notes.front());
  });
}

std::vector<Note> SqlNoteRepository::List(ShopId shop, std::span<const CustomerId> customers,
                                          bool with_deleted, const NoteKey& after,
                                          std::size_t limit) {
  return platform::Read(pool_, [&](Connection& db) {
    std::vector<std::pair<bool, NoteId>> keys;
    for (const CustomerId customer : customers) {
      AddKeys(db, shop, customer, with_deleted, after, limit, keys);
    }
    std::sort(keys.begin(), keys.end(), std::greater<>());
    if (keys.size() > limit) keys.resize(limit);
    std::vector<NoteId> ids;
    for (const auto& [pinned, id] : keys) ids.push_back(id);
    return ReadNotes(db, sealer_, shop, ids);
  });
}

std::vector<NoteVersion> SqlNoteRepository::ListVersions(ShopId shop, NoteId id,
                                                         std::uint32_t before, std::size_t limit) {
  return platform::Read(pool_, [&](Connection& db) {
    const std::vector<Note> notes = ReadNotes(db, sealer_, shop, {&id, 1});
    if (notes.empty()) throw platform::NotFound("note", platform::ToString(id));
    std::vector<NoteVersion> versions;
    std::vector<std::string> sealed;
    Result rows = db.Query(sql::kListNoteVersions,
                           {shop, id, before == 0 ? ~std::uint32_t{0} : before, limit});
    while (rows.Next()) {
      versions.push_back({.version = static_cast<std::uint32_t>(rows.Uint64(0)),
                          .text = {},
                          .editor = rows.Id<AccountId>(2),
                          .edited_at = rows.Int64(3)});
      sealed.push_back(rows.String(1));
    }
    std::vector<platform::OpenItem> items;
    for (const std::string& each : sealed) {
      items.push_back({{SubjectKind::kCustomer, notes.front().customer.value}, each});
    }
    auto clear = sealer_.OpenMany(db, shop, items);
    for (std::size_t i = 0; i < versions.size(); ++i) {
      versions[i].text = std::move(clear[i]).value_or(std::string());
    }
    return versions;
  });
}

MentionPage SqlNoteRepository::ListMentions(ShopId shop, AccountId account, bool unread,
                                            NoteId before, std::size_t size) {
  return platform::Read(pool_, [&](Connection& db) {
    std::vector<NoteId> ids;
    std::vector<bool> read;
    Result rows = db.Query(unread ? sql::kListUnreadMentions : sql::kListMentions,
                           {shop, account, before, size + 1});
    while (rows.Next()) {
      ids.push_back(rows.Id<NoteId>(0));
      read.push_back(rows.Int64(1) != 0);
    }
    MentionPage page;
    if (ids.size() > size) {
      ids.pop_back();
      page.next = ids.back();
    }
    std::size_t at = 0;
    for (Note& note : ReadNotes(db, sealer_, shop, ids)) {
      while (ids[at] != note.id) ++at;
      if (!note.deleted) page.mentions.push_back({std::move(note), read[at]});
    }
    return page;
  });
}

void SqlNoteRepository::MarkRead(const NoteWrite& write, std::span<const NoteId> notes) {
  std::vector<NoteId> sorted(notes.begin(), notes.end());
  std::sort(sorted.begin(), sorted.end());
  platform::Transact(pool_, [&](Connection& db) {
    if (platform::FindAnswer(db, write.shop, platform::kClientOrigin, write.request_id,
                             write.digest)) {
      return;
    }
    for (const NoteId note : sorted) {
      db.Execute(sql::kMarkMentionRead, {write.now_us, write.shop, write.account, note});
    }
    platform::RememberAnswer(db, write.shop, platform::kClientOrigin, write.request_id,
                             write.digest, "read", write.now_us);
  });
}

NoteHits SqlNoteRepository::Search(ShopId shop, const std::vector<std::u32string>& words,
                                   NoteId before, std::size_t limit) {
  return platform::Read(pool_, [&](Connection& db) {
    const NoteWords::Candidates candidates = words_.Find(db, shop, words, before);
    NoteHits found;
    if (candidates.last) found.resume = candidates.last;
    for (Note& note : ReadNotes(db, sealer_, shop, candidates.notes)) {
      if (note.deleted || !platform::ContainsAll(platform::Fold(note.text), words)) continue;
      if (found.hits.size() == limit) {
        found.resume = found.hits.back().note;
        break;
      }
      found.hits.push_back({note.id, note.customer, std::move(note.text)});
    }
    return found;
  });
}

}  // namespace redress::customer
