#pragma once

#include <memory>
#include <string>
#include <string_view>

struct evp_pkey_st;

namespace redress::platform {

// P-256 keys and ES256 signatures over OpenSSL.
using KeyHandle = std::shared_ptr<evp_pkey_st>;

// Null when the text is no PEM of a P-256 key of that kind.
KeyHandle ParsePublicKey(std::string_view pem);
KeyHandle ParsePrivateKey(std::string_view pem);

// The signature as a JWT carries it: r and s, 32 bytes each.
inline constexpr std::size_t kSignatureBytes = 64;
bool VerifyEs256(evp_pkey_st* key, std::string_view signed_text, std::string_view signature);
// Throws std::runtime_error when OpenSSL fails.
std::string SignEs256(evp_pkey_st* key, std::string_view text);

}  // namespace redress::platform
