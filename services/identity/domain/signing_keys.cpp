#include "services/identity/domain/signing_keys.h"

#include <algorithm>
#include <mutex>
#include <stdexcept>

namespace redress::identity {

KeyPlan PlanKeys(std::span<const KeyDates> keys, const KeyPolicy& policy, std::int64_t now_us) {
  KeyPlan plan;
  if (keys.empty()) {
    // Nobody has verified anything yet: the very first key may sign at once.
    plan.make_new = true;
    plan.signs_from = now_us;
    return plan;
  }
  const std::int64_t newest = keys.back().signs_from;
  if (now_us + policy.publish_lead_us >= newest + policy.rotate_after_us) {
    plan.make_new = true;
    plan.signs_from = std::max(now_us + policy.publish_lead_us, newest + 1);
  }
  for (std::size_t i = 0; i + 1 < keys.size(); ++i) {
    const std::int64_t last_signature = keys[i + 1].signs_from;
    if (now_us >= last_signature + policy.keep_us) plan.drop.push_back(keys[i].key_id);
  }
  return plan;
}

void SigningKeys::Refresh() {
  const std::int64_t now = clock_.NowUs();
  const std::vector<SigningKey> keys = repository_.Rotate(
      [&](std::span<const KeyDates> dates) { return PlanKeys(dates, policy_, now); },
      [] { return platform::GenerateSigningKey(); });
  std::vector<Held> held;
  held.reserve(keys.size());
  for (const SigningKey& key : keys) {
    held.push_back(
        {key.pair.key_id, key.pair.public_key_pem, key.signs_from,
         std::make_shared<platform::TokenIssuer>(key.pair.key_id, key.pair.private_key_pem)});
  }
  const std::unique_lock lock(mutex_);
  held_ = std::move(held);
}

std::string SigningKeys::IssueAccessToken(AccountId account, SessionId session,
                                          std::int64_t issued_at_us,
                                          std::int64_t expires_at_us) const {
  std::shared_ptr<const platform::TokenIssuer> issuer;
  {
    const std::shared_lock lock(mutex_);
    if (held_.empty()) throw std::logic_error("no signing key was loaded");
    // The newest that signs already; the oldest where a clock was set back before all of them.
    const auto signing = std::find_if(held_.rbegin(), held_.rend(), [&](const Held& key) {
      return key.signs_from <= issued_at_us;
    });
    issuer = signing == held_.rend() ? held_.front().issuer : signing->issuer;
  }
  return issuer->Issue(account, session.value, issued_at_us, expires_at_us);
}

std::vector<SigningKeys::Published> SigningKeys::PublishedKeys() const {
  const std::shared_lock lock(mutex_);
  std::vector<Published> keys;
  for (auto key = held_.rbegin(); key != held_.rend(); ++key) {
    keys.push_back({key->key_id, key->public_key_pem});
  }
  return keys;
}

}  // namespace redress::identity
