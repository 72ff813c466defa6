#include "tests/integration/platform/server/certificates.h"

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <stdexcept>

namespace redress::test {
namespace {

using KeyPtr = std::shared_ptr<EVP_PKEY>;
using CertificatePtr = std::unique_ptr<X509, void (*)(X509*)>;

KeyPtr MakeKey() { return KeyPtr(EVP_EC_gen("P-256"), EVP_PKEY_free); }

template <class Write>
std::string ToPem(Write write) {
  const std::unique_ptr<BIO, int (*)(BIO*)> bio(BIO_new(BIO_s_mem()), BIO_free);
  if (write(bio.get()) != 1) throw std::runtime_error("cannot write PEM");
  char* data = nullptr;
  const long length = BIO_get_mem_data(bio.get(), &data);
  return std::string(data, static_cast<std::size_t>(length));
}

X509_NAME* NameOf(X509* certificate, const std::string& common_name) {
  auto* name = X509_get_subject_name(certificate);
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>(common_name.c_str()), -1, -1,
                             0);
  return name;
}

void Extend(X509* certificate, int kind, const std::string& value) {
  auto* extension = X509V3_EXT_conf_nid(nullptr, nullptr, kind, value.c_str());
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

CertificatePtr Blank(EVP_PKEY* key) {
  CertificatePtr certificate(X509_new(), X509_free);
  X509_set_version(certificate.get(), 2);
  std::uint32_t serial = 0;
  RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial);
  ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate.get()), serial);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -3600);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 24 * 3600);
  X509_set_pubkey(certificate.get(), key);
  return certificate;
}

std::string PemOf(X509* certificate) {
  return ToPem([&](BIO* bio) { return PEM_write_bio_X509(bio, certificate); });
}

constexpr char kAuthorityName[] = "Redress test CA";

}  // namespace

CertificateAuthority::CertificateAuthority() : key_(MakeKey()) {
  const auto certificate = Blank(key_.get());
  X509_set_issuer_name(certificate.get(), NameOf(certificate.get(), kAuthorityName));
  Extend(certificate.get(), NID_basic_constraints, "critical,CA:TRUE");
  X509_sign(certificate.get(), key_.get(), EVP_sha256());
  pem_ = PemOf(certificate.get());
}

platform::TlsIdentity CertificateAuthority::Issue(const std::string& common_name) const {
  const KeyPtr key = MakeKey();
  const auto certificate = Blank(key.get());
  NameOf(certificate.get(), common_name);
  X509_NAME* issuer = X509_NAME_new();
  X509_NAME_add_entry_by_txt(issuer, "CN", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>(kAuthorityName), -1, -1, 0);
  X509_set_issuer_name(certificate.get(), issuer);
  X509_NAME_free(issuer);
  Extend(certificate.get(), NID_subject_alt_name,
         "DNS:localhost,DNS:" + common_name + ",IP:127.0.0.1");
  X509_sign(certificate.get(), key_.get(), EVP_sha256());
  const auto key_pem = ToPem([&](BIO* bio) {
    return PEM_write_bio_PKCS8PrivateKey(bio, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  });
  return {pem_, PemOf(certificate.get()), key_pem};
}

}  // namespace redress::test
