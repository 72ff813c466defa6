#pragma once

#include "services/desk/domain/phrase.h"
#include "services/platform/base/ids.h"
#include "services/platform/database/pool.h"

namespace redress::desk {

class SqlPhraseRepository final : public PhraseRepository {
 public:
  SqlPhraseRepository(platform::Pool& pool, platform::IdSource& ids) : pool_(pool), ids_(ids) {}

  Phrase Create(const Write& write, const Phrase& phrase) override;
  Phrase Revise(const Write& write, PhraseId id, std::uint32_t version,
                const std::string& text) override;
  Phrase SetArchived(const Write& write, PhraseId id, std::uint32_t version,
                     bool archived) override;
  std::optional<Phrase> Find(ShopId shop, PhraseId id) override;
  std::vector<Phrase> List(const PhraseQuery& query) override;
  std::vector<Phrase> ListVersions(ShopId shop, PhraseId id, std::uint32_t before,
                                   std::size_t limit) override;

 private:
  platform::Pool& pool_;
  platform::IdSource& ids_;
};

}  // namespace redress::desk
