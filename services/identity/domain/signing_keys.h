// The keys that sign access tokens, and their rotation.
//
// A new key is published for `publish_lead_us` before it signs, so that every service knows it by
// then; an old one stays published until the last token that it signed has expired. Private keys
// are stored sealed. Several identity processes rotate the same keys: the repository lets one of
// them at a time.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <shared_mutex>
#include <span>
#include <string>
#include <vector>

#include "services/identity/domain/account.h"
#include "services/platform/access/token_issuer.h"
#include "services/platform/base/clock.h"

namespace redress::identity {

struct KeyPolicy {
  std::int64_t rotate_after_us = 30 * platform::kDayUs;
  std::int64_t publish_lead_us = platform::kMinuteUs;
  std::int64_t keep_us = 15 * platform::kMinuteUs;  // a token's life and a margin
};

struct SigningKey {
  platform::SigningKeyPair pair;
  std::int64_t signs_from = 0;
};

// When a key signs, without its secrets.
struct KeyDates {
  std::string key_id;
  std::int64_t signs_from = 0;
};

struct KeyPlan {
  bool make_new = false;
  std::int64_t signs_from = 0;    // of the new key
  std::vector<std::string> drop;  // key ids that no token in use names
};

// `keys` by signs_from, oldest first.
KeyPlan PlanKeys(std::span<const KeyDates> keys, const KeyPolicy& policy, std::int64_t now_us);

class SigningKeyRepository {
 public:
  virtual ~SigningKeyRepository() = default;

  // Applies the plan over the stored keys under a lock and answers all that remain, oldest first.
  // `make` is called once at most.
  virtual std::vector<SigningKey> Rotate(
      const std::function<KeyPlan(std::span<const KeyDates>)>& plan,
      const std::function<platform::SigningKeyPair()>& make) = 0;
};

// Thread-safe. Refresh() has to have run once.
class SigningKeys {
 public:
  SigningKeys(KeyPolicy policy, SigningKeyRepository& repository, const platform::Clock& clock)
      : policy_(policy), repository_(repository), clock_(clock) {}

  // Rotates where it is time, and takes over what other processes did.
  void Refresh();

  std::string IssueAccessToken(AccountId account, SessionId session, std::int64_t issued_at_us,
                               std::int64_t expires_at_us) const;

  struct Published {
    std::string key_id;
    std::string public_key_pem;
  };
  std::vector<Published> PublishedKeys() const;  // newest first

 private:
  struct Held {
    std::string key_id;
    std::string public_key_pem;
    std::int64_t signs_from;
    std::shared_ptr<const platform::TokenIssuer> issuer;
  };

  const KeyPolicy policy_;
  SigningKeyRepository& repository_;
  const platform::Clock& clock_;
  mutable std::shared_mutex mutex_;
  std::vector<Held> held_;  // oldest first
};

}  // namespace redress::identity
