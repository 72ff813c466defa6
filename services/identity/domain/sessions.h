// Logging in, staying logged in, logging out. Thread-safe.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "services/identity/domain/password_hasher.h"
#include "services/identity/domain/session.h"
#include "services/identity/domain/signing_keys.h"

namespace redress::identity {

struct SessionTokens {
  std::string access_token;
  std::int64_t access_expires_at = 0;
  std::string refresh_token;
  std::int64_t refresh_expires_at = 0;
};

struct LogInAttempt {
  std::string account_name;
  std::string password;
  std::string peer;    // the address that tries, without its port
  std::string client;  // the user agent
};

struct SignedIn {
  SessionTokens tokens;
  Account account;
  std::vector<Workplace> workplaces;
};

struct Me {
  Account account;
  std::vector<Workplace> workplaces;
};

class Sessions {
 public:
  struct Options {
    std::int64_t access_life_us = 10 * platform::kMinuteUs;
    std::int64_t refresh_life_us = 14 * platform::kDayUs;
    PeerThrottle::Options peers;
  };

  // All of them outlive this object.
  Sessions(Options options, SessionRepository& sessions, LogInFailureRepository& failures,
           PasswordHasher& passwords, SigningKeys& keys, platform::IdSource& ids,
           const platform::Clock& clock);

  // UNAUTHENTICATED, LOG_IN_REFUSED, for a wrong name and a wrong password alike;
  // RESOURCE_EXHAUSTED, LOG_IN_THROTTLED, with the time to wait after too many failures.
  SignedIn LogIn(const LogInAttempt& attempt);
  // UNAUTHENTICATED: REFRESH_TOKEN_INVALID, REFRESH_TOKEN_EXPIRED, REFRESH_TOKEN_REUSED (which
  // has ended the session), SESSION_ENDED.
  SessionTokens Refresh(const std::string& refresh_token);
  void LogOut(SessionId session);
  Me WhoIs(AccountId account);
  // Removes what nobody can use any more; for a timer.
  void Purge();

 private:
  void CheckThrottle(const LogInAttempt& attempt);
  SessionTokens Issue(AccountId account, SessionId session, const RefreshToken& refresh,
                      std::int64_t refresh_expires_at, std::int64_t now_us);

  const Options options_;
  SessionRepository& sessions_;
  LogInFailureRepository& failures_;
  PasswordHasher& passwords_;
  SigningKeys& keys_;
  platform::IdSource& ids_;
  const platform::Clock& clock_;
  PeerThrottle peers_;
};

}  // namespace redress::identity
