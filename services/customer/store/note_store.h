// NoteRepository in the service's MariaDB schema. Texts are sealed under the customer's key.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "services/customer/domain/note.h"
#include "services/customer/store/note_words.h"
#include "services/platform/base/ids.h"
#include "services/platform/database/pool.h"
#include "services/platform/sealing/sealer.h"

namespace redress::customer {

class SqlNoteRepository final : public NoteRepository {
 public:
  // All outlive the repository.
  SqlNoteRepository(platform::Pool& pool, platform::Sealer& sealer, platform::IdSource& ids)
      : pool_(pool), sealer_(sealer), ids_(ids), words_(sealer) {}

  Note Add(const NoteWrite& write, CustomerId customer, const NoteText& text, bool pinned) override;
  Note Edit(const NoteWrite& write, NoteId note, std::uint32_t version,
            const NoteText& text) override;
  Note Delete(const NoteWrite& write, NoteId note, std::uint32_t version) override;
  Note SetPinned(const NoteWrite& write, NoteId note, std::uint32_t version, bool pinned) override;
  std::optional<Note> Find(ShopId shop, NoteId note) override;
  std::vector<Note> List(ShopId shop, std::span<const CustomerId> customers, bool with_deleted,
                         const NoteKey& after, std::size_t limit) override;
  std::vector<NoteVersion> ListVersions(ShopId shop, NoteId note, std::uint32_t before,
                                        std::size_t limit) override;
  MentionPage ListMentions(ShopId shop, AccountId account, bool unread, NoteId before,
                           std::size_t size) override;
  void MarkRead(const NoteWrite& write, std::span<const NoteId> notes) override;
  NoteHits Search(ShopId shop, const std::vector<std::u32string>& words, NoteId before,
                  std::size_t limit) override;

 private:
  // Runs `body` once per request; answers the note that it changed, as it is now.
  Note Once(const NoteWrite& write, const platform::Digest& digest,
            const std::function<NoteId(platform::Connection&)>& body);
  // Joins the keyed hash of the text to what was asked.
  platform::Digest DigestWith(const NoteWrite& write, const std::string& text);
  Note Locked(platform::Connection& db, ShopId shop, NoteId id, std::uint32_t version);

  platform::Pool& pool_;
  platform::Sealer& sealer_;
  platform::IdSource& ids_;
  NoteWords words_;
};

}  // namespace redress::customer
