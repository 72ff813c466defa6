// Seals contact data at rest, so that neither a dump of the tables nor a copied row tells a name.
//
// Each field is XChaCha20-Poly1305 under its subject's key; the subject's key is wrapped by the
// shop's, the shop's by the service's master key (a file). A sealed field opens only for the shop
// and subject that it was sealed for.
//
// Failures: a sealed field that was altered, or belongs to another shop or subject, throws
// SealBroken (an INTERNAL to the caller: data was damaged). Sealing for a subject whose key was
// destroyed is a Refusal FAILED_PRECONDITION, reason SUBJECT_ERASED. DatabaseError passes through.
//
//   std::string sealed = sealer.Seal(connection, shop, SubjectKind::kCustomer, id.value,
//   "13800138000"); std::optional<std::string> clear = sealer.Open(connection, shop,
//   SubjectKind::kCustomer, id.value, sealed); if (!clear) … the person was erased
//
// A blob is 42 bytes longer than the clear text. Thread-safe. Keys of new subjects are written in
// the caller's transaction: roll it back and they never existed.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "services/platform/base/ids.h"
#include "services/platform/sealing/seal_broken.h"
#include "services/platform/sealing/subject.h"

namespace redress::platform {

class Connection;
class KeyRotation;
class KeyStore;
class MasterKeys;
class ShopKeyring;

// The views are read during the call only.
struct SealItem {
  Subject subject;
  std::string_view clear;
};
struct OpenItem {
  Subject subject;
  std::string_view sealed;
};

class Sealer {
 public:
  // Bytes that sealing adds to a field; for the width of VARBINARY columns.
  static constexpr std::size_t kOverhead = 42;

  // Both outlive the sealer. Shop keys are kept unwrapped in memory, at most max_cached_shops.
  Sealer(KeyStore& store, const MasterKeys& master, std::size_t max_cached_shops = 1024);
  ~Sealer();

  std::string Seal(Connection& connection, ShopId shop, SubjectKind kind, std::uint64_t subject,
                   std::string_view clear);
  // Nothing when the subject's key was destroyed. An empty blob opens as an empty text.
  std::optional<std::string> Open(Connection& connection, ShopId shop, SubjectKind kind,
                                  std::uint64_t subject, std::string_view sealed);

  // Bulk: one read for the keys of all subjects and one insert for the new ones, whatever the
  // number of items (in chunks of 512 subjects). Answers are in the order of the items.
  std::vector<std::string> SealMany(Connection& connection, ShopId shop,
                                    std::span<const SealItem> items);
  // As SealMany, but of a person who was erased nothing is kept: an empty text in place of a blob.
  // For what arrives on its own, as imports do, and must not be stopped by it.
  std::vector<std::string> SealUnlessErased(Connection& connection, ShopId shop,
                                            std::span<const SealItem> items);
  std::vector<std::optional<std::string>> OpenMany(Connection& connection, ShopId shop,
                                                   std::span<const OpenItem> items);

  // 32 bytes by which a sealed field is found again. The same text hashes differently in another
  // shop, for another purpose and in another service. Normalise first (masking.h: NormalisePhone).
  std::string KeyedHash(ShopId shop, std::string_view purpose, std::string_view normalised);

  // Makes every field of the subject unreadable for good, in the caller's transaction.
  void DestroySubject(Connection& connection, ShopId shop, SubjectKind kind, std::uint64_t subject);

 private:
  friend class KeyRotation;

  KeyStore& store_;
  std::unique_ptr<ShopKeyring> shops_;
};

}  // namespace redress::platform
