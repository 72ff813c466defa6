// Signing keys in MySQL, their private halves wrapped by the service's master key.
#pragma once

#include "services/identity/domain/signing_keys.h"
#include "services/platform/database/pool.h"
#include "services/platform/sealing/master_key.h"

namespace redress::identity {

class SigningKeyStore final : public SigningKeyRepository {
 public:
  SigningKeyStore(platform::Pool& pool, const platform::MasterKeys& master,
                  const platform::Clock& clock)
      : pool_(pool), master_(master), clock_(clock) {}

  std::vector<SigningKey> Rotate(const std::function<KeyPlan(std::span<const KeyDates>)>& plan,
                                 const std::function<platform::SigningKeyPair()>& make) override;

 private:
  std::vector<SigningKey> ReadAll(platform::Connection& connection);

  platform::Pool& pool_;
  const platform::MasterKeys& master_;
  const platform::Clock& clock_;
};

}  // namespace redress::identity
