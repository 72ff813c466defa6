#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "services/platform/base/ids.h"

struct evp_pkey_st;

namespace redress::platform {

// A P-256 key pair that signs access tokens.
struct SigningKeyPair {
  std::string key_id;
  std::string private_key_pem;  // PKCS #8; a secret
  std::string public_key_pem;
};
SigningKeyPair GenerateSigningKey();

// Issues access tokens: ES256 JWTs with claims sub (the account's id as a string), sid, iat, exp.
// Safe from every thread.
class TokenIssuer {
 public:
  // Throws std::invalid_argument when the key is no P-256 private key.
  TokenIssuer(const std::string& key_id, const std::string& private_key_pem);

  std::string Issue(AccountId account, std::uint64_t session, std::int64_t issued_at_us,
                    std::int64_t expires_at_us) const;

 private:
  std::string header_;  // encoded
  std::shared_ptr<evp_pkey_st> key_;
};

}  // namespace redress::platform
