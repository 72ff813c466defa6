#include "services/platform/sealing/master_key.h"

#include <sodium.h>
#include <sys/stat.h>

#include <fstream>
#include <iterator>
#include <stdexcept>
#include <utility>

#include "services/platform/sealing/aead.h"
#include "services/platform/sealing/seal_broken.h"

namespace redress::platform {
namespace {

// Wrapped secrets begin with a format byte and the id of the master key that wrapped them.
constexpr char kFormat = 1;
constexpr std::size_t kPrefixSize = 1 + 8;
constexpr std::string_view kIdContext = "redress master key id";

SecretKey ReadKeyFile(const std::filesystem::path& file) {
  struct stat info {};
  if (::stat(file.c_str(), &info) != 0) {
    throw std::runtime_error("master key " + file.string() +
                             " is missing: deploy/up makes it; restore it from its backup where "
                             "data was sealed with it");
  }
  if ((info.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    throw std::runtime_error("master key " + file.string() +
                             " can be read by others: chmod 600 it, and change the key if it may "
                             "have been seen");
  }
  std::ifstream in(file, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (!in || bytes.size() != SecretKey::kSize) {
    throw std::runtime_error("master key " + file.string() + " has to be exactly 32 bytes, but " +
                             std::to_string(bytes.size()) + " were read");
  }
  SecretKey key(bytes);
  sodium_memzero(bytes.data(), bytes.size());
  return key;
}

std::uint64_t IdIn(std::string_view wrapped) {
  std::uint64_t id = 0;
  for (std::size_t i = 1; i < kPrefixSize; ++i) {
    id = (id << 8) | static_cast<unsigned char>(wrapped[i]);
  }
  return id;
}

}  // namespace

SecretKey::SecretKey(std::string_view bytes) {
  if (bytes.size() != kSize) throw std::invalid_argument("a key has 32 bytes");
  std::copy(bytes.begin(), bytes.end(), bytes_.begin());
}

SecretKey::~SecretKey() { sodium_memzero(bytes_.data(), bytes_.size()); }

SecretKey SecretKey::Random() {
  EnsureSodium();
  SecretKey key;
  randombytes_buf(key.bytes_.data(), kSize);
  return key;
}

MasterKeys MasterKeys::Load(const std::filesystem::path& file) {
  std::vector<Entry> entries{MakeEntry(ReadKeyFile(file))};
  std::filesystem::path previous = file;
  previous += ".previous";
  if (std::filesystem::exists(previous)) entries.push_back(MakeEntry(ReadKeyFile(previous)));
  return MasterKeys(std::move(entries));
}

MasterKeys::MasterKeys(const SecretKey& current) : entries_{MakeEntry(current)} {}

MasterKeys::Entry MasterKeys::MakeEntry(const SecretKey& key) {
  EnsureSodium();
  unsigned char digest[crypto_generichash_BYTES_MIN];
  crypto_generichash(digest, sizeof digest,
                     reinterpret_cast<const unsigned char*>(kIdContext.data()), kIdContext.size(),
                     key.data(), SecretKey::kSize);
  std::uint64_t id = 0;
  for (int i = 0; i < 8; ++i) id = (id << 8) | digest[i];
  return {id, key};
}

std::string MasterKeys::Wrap(std::string_view context, std::string_view secret) const {
  std::string prefix(1, kFormat);
  AppendNumber(prefix, entries_.front().id, 8);
  return AeadSeal(entries_.front().key, prefix, context, secret);
}

std::string MasterKeys::Unwrap(std::string_view context, std::string_view wrapped) const {
  if (wrapped.size() < kPrefixSize + kAeadOverhead || wrapped[0] != kFormat) {
    throw SealBroken("a wrapped key (" + std::string(context) + ") has an unknown form");
  }
  const std::uint64_t id = IdIn(wrapped);
  for (const Entry& entry : entries_) {
    if (entry.id != id) continue;
    if (auto secret = AeadOpen(entry.key, kPrefixSize, context, wrapped)) return *secret;
    throw SealBroken("a wrapped key (" + std::string(context) + ") was altered");
  }
  throw SealBroken("a wrapped key (" + std::string(context) +
                   ") belongs to a master key that this service does not have: put the old file "
                   "back as FILE.previous");
}

bool MasterKeys::IsCurrent(std::string_view wrapped) const {
  return wrapped.size() >= kPrefixSize && IdIn(wrapped) == entries_.front().id;
}

}  // namespace redress::platform
