#pragma once

// A text template of a shop. Its text is never edited in place: a revision is the next version.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "services/desk/domain/write.h"

namespace redress::desk {

struct Phrase {
  ShopId shop = {};
  PhraseId id = {};
  std::string name = {};
  std::string language = {};  // zh or en
  std::string text = {};      // of the version
  std::uint32_t version = 0;
  bool archived = false;
  std::int64_t created_at = 0;
  std::int64_t revised_at = 0;
  AccountId reviser = {};
};

struct PhraseQuery {
  ShopId shop = {};
  std::string language = {};  // empty: of all
  bool with_archived = false;
  std::optional<PhraseId> before = {};
  std::size_t limit = 50;
};

class PhraseRepository {
 public:
  virtual ~PhraseRepository() = default;

  // ALREADY_EXISTS where the shop has a phrase of that name in that language.
  virtual Phrase Create(const Write& write, const Phrase& phrase) = 0;
  // ABORTED unless `version` is the present one.
  virtual Phrase Revise(const Write& write, PhraseId id, std::uint32_t version,
                        const std::string& text) = 0;
  // FAILED_PRECONDITION while a rule that is on uses it.
  virtual Phrase SetArchived(const Write& write, PhraseId id, std::uint32_t version,
                             bool archived) = 0;

  virtual std::optional<Phrase> Find(ShopId shop, PhraseId id) = 0;
  // Newest first.
  virtual std::vector<Phrase> List(const PhraseQuery& query) = 0;
  // Newest first, below `before` where it is not 0.
  virtual std::vector<Phrase> ListVersions(ShopId shop, PhraseId id, std::uint32_t before,
                                           std::size_t limit) = 0;
};

}  // namespace redress::desk
