// Feeds identity's own Directory from its own database, so that its guard knows what it tells the
// other services: after each write of this process at once, after another's within a second.
// Thread-safe.
#pragma once

#include <mutex>

#include "services/identity/domain/directory.h"
#include "services/identity/domain/signing_keys.h"
#include "services/platform/access/directory.h"

namespace redress::identity {

class DirectoryFeed {
 public:
  // All of them outlive the feed.
  DirectoryFeed(platform::Directory& directory, DirectoryRepository& repository, SigningKeys& keys)
      : directory_(directory), repository_(repository), keys_(keys) {
    directory_.ExpectFirstCopy();
  }

  // Takes over what changed since the last time.
  void CatchUp();
  // Rotates keys where it is time and publishes them to the directory.
  void RefreshKeys();

 private:
  platform::Directory& directory_;
  DirectoryRepository& repository_;
  SigningKeys& keys_;
  std::mutex mutex_;
};

}  // namespace redress::identity
