// Changes a shop's key while its data is read and written.
//
// A rotation adds a generation. From then on new subject keys are wrapped with it; those that exist
// are wrapped anew in batches, each one transaction that also records how far it is, so that a
// killed process goes on where it was. When nothing uses the older generations, they are destroyed:
// whoever has an old copy of the shop's key opens nothing that the database holds from then on.
// The subjects' own keys and the fields that they seal stay as they are, and so does the hash key:
// hashes stay findable.
#pragma once

#include <atomic>
#include <cstdint>
#include <string_view>

#include "services/platform/base/clock.h"
#include "services/platform/base/ids.h"
#include "services/platform/base/text.h"
#include "services/platform/database/pool.h"
#include "services/platform/sealing/sealer.h"

namespace redress::platform {

struct KeyState {
  std::uint32_t generation = 0;  // 0: the shop has no key here
  std::uint32_t oldest_generation = 0;
  bool master_key_current = true;
  std::uint64_t subject_count = 0;
  std::uint64_t rewrapped_count = 0;
  std::int64_t started_at = 0;   // 0: there was no rotation
  std::int64_t finished_at = 0;  // 0: under way
};

// Thread-safe; several processes may run the same rotation.
class KeyRotation {
 public:
  // All outlive it.
  KeyRotation(Pool& pool, Sealer& sealer, Clock& clock)
      : pool_(pool), sealer_(sealer), clock_(clock) {}

  // Safe to repeat by request_id. FAILED_PRECONDITION while a rotation of the shop is under way.
  void Begin(ShopId shop, std::string_view request_id, const Digest& digest);
  // Wraps the shop's keys with the current master key.
  void RewrapWithMaster(ShopId shop);
  KeyState State(ShopId shop);

  // One batch of one rotation. Whether there is more to do. One that fails throws, and keeps no
  // other shop's waiting.
  bool RunSome();

 private:
  bool Advance(Connection& connection, ShopId shop);
  bool Rewrap(Connection& connection, ShopId shop, std::uint32_t generation);
  bool DestroyOld(Connection& connection, ShopId shop, std::uint32_t generation);

  Pool& pool_;
  Sealer& sealer_;
  Clock& clock_;
  std::atomic<ShopId> failed_{ShopId{}};  // behind which the next batch is looked for
};

}  // namespace redress::platform
