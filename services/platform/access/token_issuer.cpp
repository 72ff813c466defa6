#include "services/platform/access/token_issuer.h"

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <stdexcept>

#include "services/platform/access/keys.h"
#include "services/platform/base/text.h"

namespace redress::platform {
namespace {

std::string PemOf(EVP_PKEY* key, bool with_private_part) {
  const std::unique_ptr<BIO, int (*)(BIO*)> bio(BIO_new(BIO_s_mem()), BIO_free);
  const int written = with_private_part ? PEM_write_bio_PKCS8PrivateKey(
                                              bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr)
                                        : PEM_write_bio_PUBKEY(bio.get(), key);
  char* data = nullptr;
  const long length = BIO_get_mem_data(bio.get(), &data);
  if (written != 1 || length <= 0) throw std::runtime_error("OpenSSL could not write a key");
  return std::string(data, static_cast<std::size_t>(length));
}

}  // namespace

SigningKeyPair GenerateSigningKey() {
  const KeyHandle key(EVP_EC_gen("P-256"), EVP_PKEY_free);
  if (key == nullptr) throw std::runtime_error("OpenSSL could not make a key");
  return {RandomHex(8), PemOf(key.get(), true), PemOf(key.get(), false)};
}

TokenIssuer::TokenIssuer(const std::string& key_id, const std::string& private_key_pem)
    : header_(Base64Url(R"({"alg":"ES256","typ":"JWT","kid":")" + key_id + "\"}")),
      key_(ParsePrivateKey(private_key_pem)) {
  if (key_ == nullptr) throw std::invalid_argument("a token issuer needs a P-256 private key");
}

std::string TokenIssuer::Issue(AccountId account, std::uint64_t session, std::int64_t issued_at_us,
                               std::int64_t expires_at_us) const {
  // JWT times are whole seconds; a token never lives longer than asked for.
  const std::string claims = R"({"sub":")" + std::to_string(account.value) + R"(","sid":")" +
                             std::to_string(session) + R"(","iat":)" +
                             std::to_string(issued_at_us / 1'000'000) + R"(,"exp":)" +
                             std::to_string(expires_at_us / 1'000'000) + "}";
  std::string text = header_ + "." + Base64Url(claims);
  const std::string signature = Base64Url(SignEs256(key_.get(), text));
  return std::move(text) + "." + signature;
}

}  // namespace redress::platform
