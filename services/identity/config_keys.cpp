#include "services/identity/config_keys.h"

#include <string>

namespace redress::identity {
namespace {

using platform::Config;
using platform::ConfigKey;
using platform::KeyKind;

constexpr char kAccessToken[] = "identity.access_token_s";
constexpr char kRefreshToken[] = "identity.refresh_token_days";
constexpr char kSigningKey[] = "identity.signing_key_days";
constexpr char kSigningKeyLead[] = "identity.signing_key_lead_s";
constexpr char kPasswordPasses[] = "identity.password_passes";
constexpr char kPasswordMemory[] = "identity.password_memory_mib";
constexpr char kPasswordsAtOnce[] = "identity.passwords_at_once";
constexpr char kLogInQueue[] = "identity.log_in_queue";
constexpr char kPeerFailures[] = "identity.peer_failures_per_minute";

ConfigKey Number(const char* name, const char* standard, const char* help) {
  return {name, KeyKind::kInteger, standard, help};
}

}  // namespace

std::vector<ConfigKey> IdentityConfigKeys() {
  return {
      Number(kAccessToken, "600", "seconds that an access token works"),
      Number(kRefreshToken, "14", "days that a session lasts without being refreshed"),
      Number(kSigningKey, "30", "days that a key signs access tokens before the next one does"),
      Number(kSigningKeyLead, "60", "seconds that a new key is published before it signs"),
      Number(kPasswordPasses, "3", "passes of Argon2id over its memory"),
      Number(kPasswordMemory, "64", "MiB of memory for one password"),
      Number(kPasswordsAtOnce, "2", "passwords that are checked at the same time"),
      Number(kLogInQueue, "200", "log-ins that may wait for their turn; more are refused"),
      Number(kPeerFailures, "30", "failed log-ins of one address, at once and a minute"),
  };
}

PasswordHasher::Cost PasswordCostFrom(const Config& config) {
  return {.passes = static_cast<unsigned long long>(config.IntBetween(kPasswordPasses, 1, 20)),
          .memory_bytes = static_cast<std::size_t>(config.IntBetween(kPasswordMemory, 8, 4096))
                          << 20U,
          .at_once = static_cast<int>(config.IntBetween(kPasswordsAtOnce, 1, 64))};
}

KeyPolicy KeyPolicyFrom(const Config& config) {
  constexpr std::int64_t kMarginUs = 5 * platform::kMinuteUs;
  return {.rotate_after_us = config.IntBetween(kSigningKey, 1, 3650) * platform::kDayUs,
          .publish_lead_us = config.IntBetween(kSigningKeyLead, 15, 86'400) * platform::kSecondUs,
          .keep_us = SessionOptionsFrom(config).access_life_us + kMarginUs};
}

Sessions::Options SessionOptionsFrom(const Config& config) {
  Sessions::Options options;
  options.access_life_us = config.IntBetween(kAccessToken, 30, 3600) * platform::kSecondUs;
  options.refresh_life_us = config.IntBetween(kRefreshToken, 1, 365) * platform::kDayUs;
  const auto failures = static_cast<std::uint32_t>(config.IntBetween(kPeerFailures, 1, 1'000'000));
  options.peers.burst = failures;
  options.peers.failures_per_minute = failures;
  return options;
}

platform::Executor::Options LogInExecutorFrom(const Config& config) {
  // One thread more than passwords are checked at once: it reads and writes meanwhile.
  return {.threads = static_cast<std::size_t>(config.IntBetween(kPasswordsAtOnce, 1, 64)) + 1,
          .queue = static_cast<std::size_t>(config.IntBetween(kLogInQueue, 1, 100'000))};
}

}  // namespace redress::identity
