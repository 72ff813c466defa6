// The directory's log in MySQL.
#pragma once

#include <span>

#include "services/identity/domain/directory.h"
#include "services/platform/database/connection.h"
#include "services/platform/database/pool.h"

namespace redress::identity {

// Appends a change inside the caller's transaction, as its last statement: from here to COMMIT the
// version counter is locked for everybody.
void AppendToDirectory(platform::Connection& connection, const DirectoryEntry& entry,
                       std::int64_t now_us);

// The same for several, with consecutive versions.
void AppendToDirectory(platform::Connection& connection, std::span<const DirectoryEntry> entries,
                       std::int64_t now_us);

class DirectoryStore final : public DirectoryRepository {
 public:
  explicit DirectoryStore(platform::Pool& pool) : pool_(pool) {}

  std::vector<DirectoryChange> ChangesSince(std::uint64_t version, std::size_t limit) override;
  void PurgeEndedSessions(std::int64_t before_us) override;

 private:
  platform::Pool& pool_;
};

}  // namespace redress::identity
