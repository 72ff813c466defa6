#include "tests/security/tokens.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <stdexcept>

#include "services/platform/access/keys.h"
#include "services/platform/access/token_issuer.h"
#include "services/platform/base/text.h"

namespace redress::security::tokens {
namespace {

struct Parts {
  std::string header, claims, signature;
};

Parts Split(const std::string& token) {
  const auto first = token.find('.');
  const auto second = token.find('.', first + 1);
  if (second == std::string::npos) throw std::invalid_argument("no JWT: " + token);
  return {token.substr(0, first), token.substr(first + 1, second - first - 1),
          token.substr(second + 1)};
}

std::string SignedBy(const std::string& text) {
  static const platform::KeyHandle key =
      platform::ParsePrivateKey(platform::GenerateSigningKey().private_key_pem);
  return text + "." + platform::Base64Url(platform::SignEs256(key.get(), text));
}

}  // namespace

std::string SignedWithAnotherKey(const std::string& genuine) {
  const Parts parts = Split(genuine);
  return SignedBy(parts.header + "." + parts.claims);
}

std::string SignedWithAnUnknownKey(const std::string& genuine) {
  const std::string header =
      platform::Base64Url(R"({"alg":"ES256","typ":"JWT","kid":"0000000000000000"})");
  return SignedBy(header + "." + Split(genuine).claims);
}

std::string Unsigned(const std::string& genuine) {
  return platform::Base64Url(R"({"alg":"none","typ":"JWT"})") + "." + Split(genuine).claims + ".";
}

std::string SignedWithThePublicKey(const std::string& genuine, const std::string& public_key_pem) {
  const Parts parts = Split(genuine);
  // The key id stays, so that only the algorithm is another one.
  std::string header = platform::UnBase64Url(parts.header).value();
  header.replace(header.find("ES256"), 5, "HS256");
  const std::string text = platform::Base64Url(header) + "." + parts.claims;
  unsigned char mac[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  HMAC(EVP_sha256(), public_key_pem.data(), static_cast<int>(public_key_pem.size()),
       reinterpret_cast<const unsigned char*>(text.data()), text.size(), mac, &size);
  return text + "." + platform::Base64Url({reinterpret_cast<const char*>(mac), size});
}

std::string WithClaimsOf(const std::string& genuine, const std::string& other) {
  const Parts parts = Split(genuine);
  return parts.header + "." + Split(other).claims + "." + parts.signature;
}

std::string Stripped(const std::string& genuine) {
  const Parts parts = Split(genuine);
  return parts.header + "." + parts.claims + ".";
}

}  // namespace redress::security::tokens
