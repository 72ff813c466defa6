#include "services/platform/sealing/shop_keyring.h"

#include <sodium.h>

#include <algorithm>

#include "services/platform/sealing/aead.h"
#include "services/platform/sealing/seal_broken.h"

namespace redress::platform {
namespace {

std::string Context(ShopId shop, std::uint8_t generation) {
  std::string context = "shop key";
  AppendNumber(context, shop.value, 4);
  AppendNumber(context, generation, 1);
  return context;
}

WrappedShopKey MakeFirstKey(const MasterKeys& master, ShopId shop) {
  constexpr std::uint8_t kFirst = 1;
  std::string secret(SecretKey::Random().view());
  secret += SecretKey::Random().view();
  WrappedShopKey key{kFirst, master.Wrap(Context(shop, kFirst), secret)};
  sodium_memzero(secret.data(), secret.size());
  return key;
}

}  // namespace

bool ShopKeys::Has(std::uint8_t number) const {
  return std::any_of(generations.begin(), generations.end(),
                     [&](const Generation& g) { return g.number == number; });
}

const SecretKey& ShopKeys::Find(std::uint8_t number) const {
  const auto found = std::find_if(generations.begin(), generations.end(),
                                  [&](const Generation& g) { return g.number == number; });
  if (found == generations.end()) {
    throw SealBroken("the shop has no key of generation " + std::to_string(number));
  }
  return found->key;
}

ShopKeyring::ShopKeyring(KeyStore& store, const MasterKeys& master, std::size_t max_shops)
    : store_(store), master_(master), max_shops_(std::max<std::size_t>(max_shops, 1)) {}

std::shared_ptr<const ShopKeys> ShopKeyring::Get(ShopId shop) {
  if (auto keys = Cached(shop)) return keys;
  // Several threads may load one shop at once: they read the same rows, so the last one to store
  // its copy changes nothing, and no lock is held across the database.
  auto keys = Load(shop);
  const std::lock_guard lock(mutex_);
  if (const auto found = by_shop_.find(shop.value); found != by_shop_.end()) {
    return found->second->second;
  }
  entries_.emplace_front(shop.value, keys);
  by_shop_[shop.value] = entries_.begin();
  if (entries_.size() > max_shops_) {
    by_shop_.erase(entries_.back().first);
    entries_.pop_back();
  }
  return keys;
}

std::shared_ptr<const ShopKeys> ShopKeyring::Refresh(ShopId shop) {
  Forget(shop);
  return Get(shop);
}

void ShopKeyring::Forget(ShopId shop) {
  const std::lock_guard lock(mutex_);
  const auto found = by_shop_.find(shop.value);
  if (found == by_shop_.end()) return;
  entries_.erase(found->second);
  by_shop_.erase(found);
}

WrappedShopKey ShopKeyring::MakeNext(ShopId shop, const ShopKeys& keys) const {
  const auto number = static_cast<std::uint8_t>(keys.newest().number + 1);
  std::string secret(SecretKey::Random().view());
  secret += keys.hash_key.view();
  WrappedShopKey key{number, master_.Wrap(Context(shop, number), secret)};
  sodium_memzero(secret.data(), secret.size());
  return key;
}

std::shared_ptr<const ShopKeys> ShopKeyring::Cached(ShopId shop) {
  const std::lock_guard lock(mutex_);
  const auto found = by_shop_.find(shop.value);
  if (found == by_shop_.end()) return nullptr;
  entries_.splice(entries_.begin(), entries_, found->second);
  return found->second->second;
}

std::shared_ptr<const ShopKeys> ShopKeyring::Load(ShopId shop) {
  std::vector<WrappedShopKey> rows = store_.ShopKeys(shop);
  if (rows.empty()) {
    store_.AddShopKey(shop, MakeFirstKey(master_, shop));
    rows = store_.ShopKeys(shop);  // what was stored, by us or by somebody faster
  }
  auto keys = std::make_shared<ShopKeys>();
  for (const WrappedShopKey& row : rows) {
    std::string secret = master_.Unwrap(Context(shop, row.generation), row.wrapped);
    if (secret.size() != 2 * SecretKey::kSize) throw SealBroken("a shop key has a wrong size");
    const std::string_view view = secret;
    keys->generations.push_back({row.generation, SecretKey(view.substr(0, SecretKey::kSize))});
    keys->hash_key = SecretKey(view.substr(SecretKey::kSize));
    if (!master_.IsCurrent(row.wrapped)) {
      store_.RewrapShopKey(
          shop, {row.generation, master_.Wrap(Context(shop, row.generation), secret)}, row.wrapped);
    }
    sodium_memzero(secret.data(), secret.size());
  }
  return keys;
}

}  // namespace redress::platform
