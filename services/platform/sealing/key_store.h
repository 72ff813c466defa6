// Wrapped keys in the service's own schema: tables shop_keys and subject_keys.
//
// Shop keys are created in a transaction of their own, so that everybody agrees on the first one;
// subject keys in the caller's transaction. Only wrapped keys pass through here.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "services/platform/base/clock.h"
#include "services/platform/base/ids.h"
#include "services/platform/sealing/subject.h"

namespace redress::platform {

class Connection;
class Pool;

struct WrappedShopKey {
  std::uint8_t generation = 0;
  std::string wrapped;
};

struct WrappedSubjectKey {
  Subject subject;
  std::uint8_t generation = 0;       // bound into every blob that it sealed
  std::uint8_t shop_generation = 0;  // the shop key that wraps it
  std::string wrapped;               // empty: destroyed
};

class KeyStore {
 public:
  // Only the pool's address and log-in are used: shop keys are read over one connection of the
  // store's own, since whoever seals usually holds one of the pool's. The clock outlives the store.
  KeyStore(const Pool& pool, const Clock& clock);
  ~KeyStore();

  // All generations of a shop's key, oldest first; empty for a shop without one.
  std::vector<WrappedShopKey> ShopKeys(ShopId shop);
  // Stores the first key unless another thread or process was faster.
  void AddShopKey(ShopId shop, const WrappedShopKey& key);
  // Replaces the wrapping after the master key changed.
  void RewrapShopKey(ShopId shop, const WrappedShopKey& key, std::string_view old_wrapped);

  // Keeps a generation of the shop's key from being destroyed until the caller's transaction ends;
  // false where it is gone already. Whoever wraps a subject's new key with it holds it first.
  bool HoldShopKey(Connection& connection, ShopId shop, std::uint8_t generation);

  // Every generation of the subjects' keys. Subjects are sorted and distinct. Held keys cannot be
  // destroyed until the caller's transaction ends: nothing is sealed for a person who is erased
  // at the same moment without the erasure seeing it.
  enum class Hold { kNo, kYes };
  std::vector<WrappedSubjectKey> SubjectKeys(Connection& connection, ShopId shop,
                                             std::span<const Subject> subjects, Hold hold);
  // Inserts those that do not exist yet; true when all were new. The keys are sorted by subject,
  // so that two transactions wait for each other instead of deadlocking.
  bool AddSubjectKeys(Connection& connection, ShopId shop, std::span<const WrappedSubjectKey> keys);
  void DestroySubjectKeys(Connection& connection, ShopId shop, Subject subject);

 private:
  const std::unique_ptr<Pool> own_pool_;
  const Clock& clock_;
};

}  // namespace redress::platform
