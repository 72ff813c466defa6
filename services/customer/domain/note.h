// What agents write down about a customer for each other. A text is never edited in place: an edit
// is the note's next version.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "services/customer/domain/customer.h"
#include "services/platform/base/ids.h"
#include "services/platform/base/text.h"

namespace redress::customer {

using platform::NoteId;

struct Note {
  NoteId id = {};
  CustomerId customer = {};
  std::string text = {};  // empty where it was deleted or the customer erased
  bool pinned = false;
  bool deleted = false;
  std::uint32_t version = 0;       // of the note; any change counts
  std::uint32_t text_version = 0;  // of its text
  AccountId author = {};
  AccountId editor = {};
  std::int64_t created_at = 0;
  std::int64_t changed_at = 0;
  std::vector<AccountId> mentions = {};
};

struct NoteVersion {
  std::uint32_t version = 0;
  std::string text = {};
  AccountId editor = {};
  std::int64_t edited_at = 0;
};

struct Mention {
  Note note;
  bool read = false;
};

struct MentionPage {
  std::vector<Mention> mentions;  // without those of deleted notes
  std::optional<NoteId> next;     // absent on the last page
};

// Who writes, and under which request: a repeat of it is answered with the note as it is now.
struct NoteWrite {
  ShopId shop = {};
  std::string request_id = {};
  // Of the actor and all that was asked but for the text, whose keyed hash joins in the store: a
  // plain digest of a short text could be guessed.
  platform::Digest digest{};
  AccountId account = {};
  bool supervises = false;  // may change what others wrote
  std::int64_t now_us = 0;
};

struct NoteText {
  std::string text = {};
  std::vector<AccountId> mentions = {};  // distinct
};

// A note that is not deleted and has all words.
struct NoteHit {
  NoteId note = {};
  CustomerId customer = {};
  std::string text = {};
};

struct NoteHits {
  std::vector<NoteHit> hits;     // newest first
  std::optional<NoteId> resume;  // where looking goes on; absent when all has been looked at
};

// Where the last page ended.
struct NoteKey {
  bool pinned = true;
  std::uint64_t id = ~std::uint64_t{0};
};

// Thread-safe. A note or customer that is none of the shop's is NOT_FOUND.
class NoteRepository {
 public:
  virtual ~NoteRepository() = default;

  virtual Note Add(const NoteWrite& write, CustomerId customer, const NoteText& text,
                   bool pinned) = 0;
  // ABORTED unless `version` is the present one; PERMISSION_DENIED for somebody else's note unless
  // the writer supervises; FAILED_PRECONDITION for a deleted one.
  virtual Note Edit(const NoteWrite& write, NoteId note, std::uint32_t version,
                    const NoteText& text) = 0;
  virtual Note Delete(const NoteWrite& write, NoteId note, std::uint32_t version) = 0;
  virtual Note SetPinned(const NoteWrite& write, NoteId note, std::uint32_t version,
                         bool pinned) = 0;

  virtual std::optional<Note> Find(ShopId shop, NoteId note) = 0;
  // Of all these customers together: pinned ones first, then newest first.
  virtual std::vector<Note> List(ShopId shop, std::span<const CustomerId> customers,
                                 bool with_deleted, const NoteKey& after, std::size_t limit) = 0;
  // Newest first, below `before` where it is not 0.
  virtual std::vector<NoteVersion> ListVersions(ShopId shop, NoteId note, std::uint32_t before,
                                                std::size_t limit) = 0;

  // Newest first, below `before`.
  virtual MentionPage ListMentions(ShopId shop, AccountId account, bool unread, NoteId before,
                                   std::size_t size) = 0;
  virtual void MarkRead(const NoteWrite& write, std::span<const NoteId> notes) = 0;

  // At most `limit` hits below `before`, after looking at a bounded number of notes. Needs a word
  // of two characters at least.
  virtual NoteHits Search(ShopId shop, const std::vector<std::u32string>& words, NoteId before,
                          std::size_t limit) = 0;
};

}  // namespace redress::customer
