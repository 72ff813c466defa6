// A session: what a log-in starts and a log-out, or a refresh token used twice, ends.
//
// A refresh token is 32 random bytes in base64url, good for one exchange; only its SHA-256 is
// stored. Access tokens are not stored at all.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/identity/domain/account.h"
#include "services/identity/domain/log_in_throttle.h"
#include "services/identity/domain/member.h"
#include "services/platform/base/text.h"

namespace redress::identity {

struct RefreshToken {
  std::string text;         // for the client, once
  platform::Digest digest;  // for the database
};
RefreshToken MakeRefreshToken();
platform::Digest DigestOfRefreshToken(std::string_view text);

struct NewSession {
  SessionId id;
  AccountId account;
  platform::Digest refresh_digest;
  std::int64_t started_at = 0;
  std::int64_t refresh_expires_at = 0;
  std::string client;
};

// What became of a refresh token.
struct Rotation {
  enum class Outcome { kRotated, kUnknown, kExpired, kEnded, kReused };
  Outcome outcome = Outcome::kUnknown;
  SessionId session;
  AccountId account;
};

class SessionRepository {
 public:
  virtual ~SessionRepository() = default;

  virtual std::optional<Account> FindAccount(const std::string& name) = 0;
  virtual std::optional<Account> FindAccount(AccountId id) = 0;
  virtual std::vector<Workplace> Workplaces(AccountId account, std::int64_t now_us) = 0;
  // Unless it was changed meanwhile.
  virtual void ReplacePasswordHash(AccountId account, const std::string& old_hash,
                                   const std::string& new_hash) = 0;

  virtual void Start(const NewSession& session) = 0;
  // Spends one token and stores its successor; a token that was spent before ends its session.
  virtual Rotation Rotate(const platform::Digest& spent, const platform::Digest& successor,
                          std::int64_t successor_expires_at, std::int64_t now_us) = 0;
  // Ending an ended session changes nothing.
  virtual void End(SessionId session, std::int64_t now_us) = 0;
  // Removes tokens that expired, and sessions that have none left, before that moment.
  virtual void Purge(std::int64_t before_us) = 0;
};

class LogInFailureRepository {
 public:
  virtual ~LogInFailureRepository() = default;

  virtual LogInFailures Find(const std::string& account_name) = 0;
  virtual void RecordFailure(const std::string& account_name, std::int64_t now_us) = 0;
  virtual void Forget(const std::string& account_name) = 0;
  // Removes what is forgotten by now, and the oldest above a bound.
  virtual void Purge(std::int64_t now_us) = 0;
};

}  // namespace redress::identity
