#include "services/platform/sealing/aead.h"

#include <sodium.h>

#include <stdexcept>

namespace redress::platform {
namespace {

constexpr std::size_t kNonceSize = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTagSize = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(kAeadOverhead == kNonceSize + kTagSize);
static_assert(SecretKey::kSize == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);

const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string Join(std::string_view prefix, std::string_view bound) {
  std::string joined;
  joined.reserve(prefix.size() + bound.size());
  joined.append(prefix).append(bound);
  return joined;
}

}  // namespace

void EnsureSodium() {
  static const int result = sodium_init();
  if (result < 0) throw std::runtime_error("libsodium could not start: no source of randomness");
}

std::string AeadSeal(const SecretKey& key, std::string_view prefix, std::string_view bound,
                     std::string_view clear) {
  EnsureSodium();
  const std::string data = Join(prefix, bound);
  std::string out(prefix.size() + kNonceSize + clear.size() + kTagSize, '\0');
  prefix.copy(out.data(), prefix.size());
  auto* nonce = reinterpret_cast<unsigned char*>(out.data() + prefix.size());
  randombytes_buf(nonce, kNonceSize);
  crypto_aead_xchacha20poly1305_ietf_encrypt(nonce + kNonceSize, nullptr, Bytes(clear),
                                             clear.size(), Bytes(data), data.size(), nullptr, nonce,
                                             key.data());
  return out;
}

std::optional<std::string> AeadOpen(const SecretKey& key, std::size_t prefix_size,
                                    std::string_view bound, std::string_view sealed) {
  EnsureSodium();
  if (sealed.size() < prefix_size + kNonceSize + kTagSize) return std::nullopt;
  const std::string data = Join(sealed.substr(0, prefix_size), bound);
  const std::string_view nonce = sealed.substr(prefix_size, kNonceSize);
  const std::string_view cipher = sealed.substr(prefix_size + kNonceSize);
  std::string clear(cipher.size() - kTagSize, '\0');
  const int failed = crypto_aead_xchacha20poly1305_ietf_decrypt(
      reinterpret_cast<unsigned char*>(clear.data()), nullptr, nullptr, Bytes(cipher),
      cipher.size(), Bytes(data), data.size(), Bytes(nonce), key.data());
  if (failed != 0) return std::nullopt;
  return clear;
}

void AppendNumber(std::string& out, std::uint64_t value, int bytes) {
  for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8) {
    out.push_back(static_cast<char>((value >> shift) & 0xff));
  }
}

}  // namespace redress::platform
