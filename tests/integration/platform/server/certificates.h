#pragma once

#include <memory>
#include <string>

#include "services/platform/server/channel.h"

struct evp_pkey_st;

namespace redress::test {

// A certificate authority for the length of a test. Certificates are for localhost and 127.0.0.1,
// and their common name is the service's.
class CertificateAuthority {
 public:
  CertificateAuthority();

  platform::TlsIdentity Issue(const std::string& common_name) const;
  const std::string& pem() const { return pem_; }

 private:
  std::shared_ptr<evp_pkey_st> key_;
  std::string pem_;
};

}  // namespace redress::test
