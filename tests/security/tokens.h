#pragma once

// Tokens that nobody may be believed for, made from a genuine one.

#include <string>

namespace redress::security::tokens {

// The same claims under the same key id, signed with a key of the forger's own.
std::string SignedWithAnotherKey(const std::string& genuine);
// The same, under a key id that identity has never given out.
std::string SignedWithAnUnknownKey(const std::string& genuine);
// alg none and no signature.
std::string Unsigned(const std::string& genuine);
// HS256 under the public key, as if that were a shared secret.
std::string SignedWithThePublicKey(const std::string& genuine, const std::string& public_key_pem);
// Another account's claims under this token's header and signature.
std::string WithClaimsOf(const std::string& genuine, const std::string& other);
// Without its signature, the header still saying ES256.
std::string Stripped(const std::string& genuine);

}  // namespace redress::security::tokens
