// The unwrapped keys of the shops in use: bounded, least recently used out first, wiped when the
// last user lets go. Thread-safe. Internal to sealing.
#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "services/platform/base/ids.h"
#include "services/platform/sealing/key_store.h"
#include "services/platform/sealing/master_key.h"

namespace redress::platform {

// One shop's keys. New subject keys are wrapped with the newest generation.
struct ShopKeys {
  struct Generation {
    std::uint8_t number;
    SecretKey key;
  };
  std::vector<Generation> generations;  // oldest first, never empty
  SecretKey hash_key;                   // the same in all generations, so that hashes stay findable

  const Generation& newest() const { return generations.back(); }
  bool Has(std::uint8_t number) const;
  // Throws SealBroken for a generation that the shop does not have.
  const SecretKey& Find(std::uint8_t number) const;
};

class ShopKeyring {
 public:
  ShopKeyring(KeyStore& store, const MasterKeys& master, std::size_t max_shops);

  // Makes the shop's first key where it has none.
  std::shared_ptr<const ShopKeys> Get(ShopId shop);
  // As they are in the database now: a rotation may have added or destroyed a generation.
  std::shared_ptr<const ShopKeys> Refresh(ShopId shop);
  // The generation after the newest, with a fresh key and the same hash key; not stored.
  WrappedShopKey MakeNext(ShopId shop, const ShopKeys& keys) const;
  bool IsCurrent(const WrappedShopKey& key) const { return master_.IsCurrent(key.wrapped); }

 private:
  using Entry = std::pair<std::uint32_t, std::shared_ptr<const ShopKeys>>;

  std::shared_ptr<const ShopKeys> Cached(ShopId shop);
  std::shared_ptr<const ShopKeys> Load(ShopId shop);
  void Forget(ShopId shop);

  KeyStore& store_;
  const MasterKeys& master_;
  const std::size_t max_shops_;
  std::mutex mutex_;
  std::list<Entry> entries_;  // most recently used first
  std::unordered_map<std::uint32_t, std::list<Entry>::iterator> by_shop_;
};

}  // namespace redress::platform
