#include "services/platform/sealing/sealer.h"

#include <sodium.h>

#include <algorithm>
#include <iterator>
#include <map>

#include "services/platform/base/errors.h"
#include "services/platform/sealing/aead.h"
#include "services/platform/sealing/key_store.h"
#include "services/platform/sealing/master_key.h"
#include "services/platform/sealing/shop_keyring.h"
#include "services/platform/sealing/subject_key.h"

namespace redress::platform {
namespace {

// A sealed field is: format, generation of the subject's key, nonce, cipher text, tag.
constexpr char kFormat = 1;
constexpr std::size_t kPrefixSize = 2;
constexpr std::uint8_t kFirstGeneration = 1;
constexpr std::size_t kSubjectsPerRead = 512;
static_assert(Sealer::kOverhead == kPrefixSize + kAeadOverhead);

std::string FieldContext(ShopId shop, Subject subject) { return BoundTo("field", shop, subject); }

WrappedSubjectKey MakeSubjectKey(const ShopKeys& shop_keys, ShopId shop, Subject subject) {
  return WrapSubjectKey(shop_keys.newest(), shop, subject, kFirstGeneration,
                        SecretKey::Random().view());
}

// The keys of some subjects, unwrapped for the length of one call.
class SubjectKeyMap {
 public:
  SubjectKeyMap(const ShopKeys& shop_keys, ShopId shop,
                const std::vector<WrappedSubjectKey>& rows) {
    for (const WrappedSubjectKey& row : rows) {
      auto& generations = keys_[row.subject];
      if (row.wrapped.empty()) continue;  // destroyed: known, but without a key
      generations.emplace(row.generation, UnwrapSubjectKey(shop_keys, shop, row));
    }
  }

  bool Known(Subject subject) const { return keys_.contains(subject); }

  // The newest generation; null when destroyed or unknown.
  const std::pair<const std::uint8_t, SecretKey>* Newest(Subject subject) const {
    const auto found = keys_.find(subject);
    return found == keys_.end() || found->second.empty() ? nullptr : &*found->second.rbegin();
  }

  const SecretKey* Find(Subject subject, std::uint8_t generation) const {
    const auto found = keys_.find(subject);
    if (found == keys_.end()) return nullptr;
    const auto key = found->second.find(generation);
    return key == found->second.end() ? nullptr : &key->second;
  }

 private:
  std::map<Subject, std::map<std::uint8_t, SecretKey>> keys_;
};

template <class Item>
std::vector<Subject> DistinctSubjects(std::span<const Item> items) {
  std::vector<Subject> subjects;
  subjects.reserve(items.size());
  for (const Item& item : items) subjects.push_back(item.subject);
  std::sort(subjects.begin(), subjects.end());
  subjects.erase(std::unique(subjects.begin(), subjects.end()), subjects.end());
  return subjects;
}

std::vector<WrappedSubjectKey> ReadKeys(KeyStore& store, Connection& connection, ShopId shop,
                                        std::span<const Subject> subjects, KeyStore::Hold hold) {
  std::vector<WrappedSubjectKey> rows;
  for (std::size_t from = 0; from < subjects.size(); from += kSubjectsPerRead) {
    const auto chunk = subjects.subspan(from, std::min(kSubjectsPerRead, subjects.size() - from));
    auto part = store.SubjectKeys(connection, shop, chunk, hold);
    rows.insert(rows.end(), std::make_move_iterator(part.begin()),
                std::make_move_iterator(part.end()));
  }
  return rows;
}

// Those that can unwrap all of `rows`: a rotation may have wrapped some with a generation that is
// newer than what is kept in memory.
std::shared_ptr<const ShopKeys> KeysFor(std::shared_ptr<const ShopKeys> keys, ShopKeyring& ring,
                                        ShopId shop, std::span<const WrappedSubjectKey> rows) {
  const bool all = std::all_of(rows.begin(), rows.end(), [&](const WrappedSubjectKey& row) {
    return row.wrapped.empty() || keys->Has(row.shop_generation);
  });
  return all ? keys : ring.Refresh(shop);
}

// The newest generation of the shop's key, held so that it stays until the transaction ends.
std::shared_ptr<const ShopKeys> HeldKeys(KeyStore& store, ShopKeyring& ring, Connection& connection,
                                         ShopId shop) {
  constexpr int kMostRefreshes = 3;
  auto keys = ring.Get(shop);
  for (int refreshed = 0; !store.HoldShopKey(connection, shop, keys->newest().number);
       ++refreshed) {
    if (refreshed == kMostRefreshes) throw SealBroken("the shop's newest key keeps disappearing");
    keys = ring.Refresh(shop);
  }
  return keys;
}

// Reads the subjects' keys and makes the missing ones.
SubjectKeyMap FetchOrMake(KeyStore& store, ShopKeyring& ring, Connection& connection, ShopId shop,
                          std::span<const Subject> subjects) {
  std::vector<WrappedSubjectKey> rows =
      ReadKeys(store, connection, shop, subjects, KeyStore::Hold::kYes);
  std::vector<Subject> known;
  known.reserve(rows.size());
  for (const WrappedSubjectKey& row : rows) known.push_back(row.subject);
  std::sort(known.begin(), known.end());
  std::vector<Subject> missing;
  std::set_difference(subjects.begin(), subjects.end(), known.begin(), known.end(),
                      std::back_inserter(missing));
  if (!missing.empty()) {
    const auto held = HeldKeys(store, ring, connection, shop);
    std::vector<WrappedSubjectKey> made;
    for (const Subject& subject : missing) made.push_back(MakeSubjectKey(*held, shop, subject));
    if (store.AddSubjectKeys(connection, shop, made)) {
      rows.insert(rows.end(), made.begin(), made.end());
    } else {
      // Another transaction made some of them first; it has committed, since our insert waited.
      rows = ReadKeys(store, connection, shop, subjects, KeyStore::Hold::kYes);
    }
  }
  return SubjectKeyMap(*KeysFor(ring.Get(shop), ring, shop, rows), shop, rows);
}

}  // namespace

Sealer::Sealer(KeyStore& store, const MasterKeys& master, std::size_t max_cached_shops)
    : store_(store), shops_(std::make_unique<ShopKeyring>(store, master, max_cached_shops)) {}

Sealer::~Sealer() = default;

std::string Sealer::Seal(Connection& connection, ShopId shop, SubjectKind kind,
                         std::uint64_t subject, std::string_view clear) {
  const SealItem item{{kind, subject}, clear};
  return std::move(SealMany(connection, shop, {&item, 1}).front());
}

std::optional<std::string> Sealer::Open(Connection& connection, ShopId shop, SubjectKind kind,
                                        std::uint64_t subject, std::string_view sealed) {
  const OpenItem item{{kind, subject}, sealed};
  return std::move(OpenMany(connection, shop, {&item, 1}).front());
}

std::vector<std::string> Sealer::SealMany(Connection& connection, ShopId shop,
                                          std::span<const SealItem> items) {
  std::vector<std::string> sealed = SealUnlessErased(connection, shop, items);
  for (const std::string& one : sealed) {
    if (!one.empty()) continue;
    throw Refusal(Code::kFailedPrecondition, "SUBJECT_ERASED",
                  "this person's data was erased and can take no new contact data: create a "
                  "new record instead");
  }
  return sealed;
}

std::vector<std::string> Sealer::SealUnlessErased(Connection& connection, ShopId shop,
                                                  std::span<const SealItem> items) {
  if (items.empty()) return {};
  const auto keys = FetchOrMake(store_, *shops_, connection, shop, DistinctSubjects(items));
  std::vector<std::string> sealed;
  sealed.reserve(items.size());
  for (const SealItem& item : items) {
    const auto* key = keys.Newest(item.subject);
    if (key == nullptr) {
      sealed.emplace_back();
      continue;
    }
    const char prefix[kPrefixSize] = {kFormat, static_cast<char>(key->first)};
    sealed.push_back(
        AeadSeal(key->second, {prefix, kPrefixSize}, FieldContext(shop, item.subject), item.clear));
  }
  return sealed;
}

std::vector<std::optional<std::string>> Sealer::OpenMany(Connection& connection, ShopId shop,
                                                         std::span<const OpenItem> items) {
  if (items.empty()) return {};
  // Before the rows are read, and kept: a rotation that ends meanwhile destroys what some of them
  // are wrapped with. What is newer is found anew.
  const auto known = shops_->Get(shop);
  const auto rows =
      ReadKeys(store_, connection, shop, DistinctSubjects(items), KeyStore::Hold::kNo);
  const SubjectKeyMap keys(*KeysFor(known, *shops_, shop, rows), shop, rows);
  std::vector<std::optional<std::string>> clear;
  clear.reserve(items.size());
  for (const OpenItem& item : items) {
    if (item.sealed.empty()) {
      clear.emplace_back(std::string());
      continue;
    }
    if (item.sealed.size() < kOverhead || item.sealed[0] != kFormat) {
      throw SealBroken("a sealed field has an unknown form");
    }
    if (!keys.Known(item.subject)) throw SealBroken("a sealed field's subject never had a key");
    if (keys.Newest(item.subject) == nullptr) {
      clear.emplace_back(std::nullopt);
      continue;
    }
    const SecretKey* key = keys.Find(item.subject, static_cast<std::uint8_t>(item.sealed[1]));
    if (key == nullptr) throw SealBroken("a sealed field names a key that never was");
    auto text = AeadOpen(*key, kPrefixSize, FieldContext(shop, item.subject), item.sealed);
    if (!text) throw SealBroken("a sealed field was altered or moved");
    clear.push_back(std::move(text));
  }
  return clear;
}

std::string Sealer::KeyedHash(ShopId shop, std::string_view purpose, std::string_view normalised) {
  const auto shop_keys = shops_->Get(shop);
  std::string message;
  AppendNumber(message, purpose.size(), 4);  // ("ab", "c") is not ("a", "bc")
  message.append(purpose).append(normalised);
  std::string hash(crypto_generichash_BYTES, '\0');
  crypto_generichash(reinterpret_cast<unsigned char*>(hash.data()), hash.size(),
                     reinterpret_cast<const unsigned char*>(message.data()), message.size(),
                     shop_keys->hash_key.data(), SecretKey::kSize);
  return hash;
}

void Sealer::DestroySubject(Connection& connection, ShopId shop, SubjectKind kind,
                            std::uint64_t subject) {
  store_.DestroySubjectKeys(connection, shop, {kind, subject});
}

}  // namespace redress::platform
