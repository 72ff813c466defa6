#include "services/platform/access/keys.h"

#include <openssl/bio.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/obj_mac.h>
#include <openssl/pem.h>

#include <stdexcept>

namespace redress::platform {
namespace {

template <class T, void (*Free)(T*)>
struct Freed {
  void operator()(T* object) const { Free(object); }
};
struct FreeBio {
  void operator()(BIO* bio) const { BIO_free(bio); }
};
using BioPtr = std::unique_ptr<BIO, FreeBio>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX, EVP_MD_CTX_free>>;
using SignaturePtr = std::unique_ptr<ECDSA_SIG, Freed<ECDSA_SIG, ECDSA_SIG_free>>;

KeyHandle OnlyP256(EVP_PKEY* raw) {
  if (raw == nullptr) return nullptr;
  KeyHandle key(raw, EVP_PKEY_free);
  char group[32] = {};
  std::size_t length = 0;
  if (EVP_PKEY_get_base_id(raw) != EVP_PKEY_EC ||
      EVP_PKEY_get_group_name(raw, group, sizeof group, &length) != 1 ||
      std::string_view(group, length) != "prime256v1") {
    return nullptr;
  }
  return key;
}

BioPtr ToBio(std::string_view text) {
  return BioPtr(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

KeyHandle ParsePublicKey(std::string_view pem) {
  return OnlyP256(PEM_read_bio_PUBKEY(ToBio(pem).get(), nullptr, nullptr, nullptr));
}

KeyHandle ParsePrivateKey(std::string_view pem) {
  return OnlyP256(PEM_read_bio_PrivateKey(ToBio(pem).get(), nullptr, nullptr, nullptr));
}

bool VerifyEs256(EVP_PKEY* key, std::string_view signed_text, std::string_view signature) {
  if (signature.size() != kSignatureBytes) return false;
  // JWT has the two numbers side by side, OpenSSL wants them as ASN.1.
  SignaturePtr parts(ECDSA_SIG_new());
  BIGNUM* r = BN_bin2bn(Bytes(signature), 32, nullptr);
  BIGNUM* s = BN_bin2bn(Bytes(signature) + 32, 32, nullptr);
  if (parts == nullptr || ECDSA_SIG_set0(parts.get(), r, s) != 1) {
    BN_free(r);
    BN_free(s);
    return false;
  }
  unsigned char der[80];
  unsigned char* end = der;
  const int length = i2d_ECDSA_SIG(parts.get(), &end);
  const DigestContext context(EVP_MD_CTX_new());
  return length > 0 && context != nullptr &&
         EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key) == 1 &&
         EVP_DigestVerify(context.get(), der, static_cast<std::size_t>(length), Bytes(signed_text),
                          signed_text.size()) == 1;
}

std::string SignEs256(EVP_PKEY* key, std::string_view text) {
  const DigestContext context(EVP_MD_CTX_new());
  unsigned char der[80];
  std::size_t length = sizeof der;
  if (context == nullptr ||
      EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key) != 1 ||
      EVP_DigestSign(context.get(), der, &length, Bytes(text), text.size()) != 1) {
    throw std::runtime_error("OpenSSL could not sign a token");
  }
  const unsigned char* begin = der;
  const SignaturePtr parts(d2i_ECDSA_SIG(nullptr, &begin, static_cast<long>(length)));
  std::string signature(kSignatureBytes, '\0');
  auto* out = reinterpret_cast<unsigned char*>(signature.data());
  if (parts == nullptr || BN_bn2binpad(ECDSA_SIG_get0_r(parts.get()), out, 32) != 32 ||
      BN_bn2binpad(ECDSA_SIG_get0_s(parts.get()), out + 32, 32) != 32) {
    throw std::runtime_error("OpenSSL made an unreadable signature");
  }
  return signature;
}

}  // namespace redress::platform
