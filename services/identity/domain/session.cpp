#include "services/identity/domain/session.h"

#include <sodium.h>

#include <stdexcept>

namespace redress::identity {

RefreshToken MakeRefreshToken() {
  constexpr std::size_t kRandomBytes = 32;
  if (sodium_init() < 0) throw std::runtime_error("libsodium could not start");
  std::string bytes(kRandomBytes, '\0');
  randombytes_buf(bytes.data(), bytes.size());
  std::string text = platform::Base64Url(bytes);
  const platform::Digest digest = DigestOfRefreshToken(text);
  return {std::move(text), digest};
}

platform::Digest DigestOfRefreshToken(std::string_view text) { return platform::Sha256(text); }

}  // namespace redress::identity
