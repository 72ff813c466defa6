#include "services/identity/domain/sessions.h"

#include <algorithm>

#include "services/platform/base/crash_point.h"
#include "services/platform/base/errors.h"

namespace redress::identity {

using platform::Code;
using platform::Refusal;

namespace {

Refusal Throttled(std::int64_t wait_us) {
  const std::int64_t seconds = (wait_us + platform::kSecondUs - 1) / platform::kSecondUs;
  return Refusal(Code::kResourceExhausted, "LOG_IN_THROTTLED",
                 "too many failed log-ins: wait " + std::to_string(seconds) + " s and try again")
      .RetryAfter(wait_us);
}

Refusal Unauthenticated(std::string reason, std::string message) {
  return Refusal(Code::kUnauthenticated, std::move(reason), std::move(message));
}

}  // namespace

Sessions::Sessions(Options options, SessionRepository& sessions, LogInFailureRepository& failures,
                   PasswordHasher& passwords, SigningKeys& keys, platform::IdSource& ids,
                   const platform::Clock& clock)
    : options_(options),
      sessions_(sessions),
      failures_(failures),
      passwords_(passwords),
      keys_(keys),
      ids_(ids),
      clock_(clock),
      peers_(options.peers) {}

void Sessions::CheckThrottle(const LogInAttempt& attempt) {
  const std::int64_t now = clock_.NowUs();
  const std::int64_t wait =
      std::max(peers_.WaitUs(attempt.peer, now), WaitUs(failures_.Find(attempt.account_name), now));
  if (wait > 0) throw Throttled(wait);
}

SignedIn Sessions::LogIn(const LogInAttempt& attempt) {
  CheckThrottle(attempt);
  const std::optional<Account> account = sessions_.FindAccount(attempt.account_name);
  const std::string hash = account ? account->password_hash : std::string();
  const bool right = passwords_.Verify(attempt.password, hash);
  const std::int64_t now = clock_.NowUs();
  if (!account || !right) {
    peers_.Failed(attempt.peer, now);
    failures_.RecordFailure(attempt.account_name, now);
    throw Unauthenticated("LOG_IN_REFUSED",
                          "account name or password is wrong: check both, or ask the shop's admin");
  }
  failures_.Forget(attempt.account_name);
  if (passwords_.Outdated(hash)) {
    sessions_.ReplacePasswordHash(account->id, hash, passwords_.Hash(attempt.password));
  }
  const RefreshToken refresh = MakeRefreshToken();
  const NewSession session{ids_.New<SessionId>(),          account->id,   refresh.digest, now,
                           now + options_.refresh_life_us, attempt.client};
  sessions_.Start(session);
  return {Issue(account->id, session.id, refresh, session.refresh_expires_at, now), *account,
          sessions_.Workplaces(account->id, now)};
}

SessionTokens Sessions::Issue(AccountId account, SessionId session, const RefreshToken& refresh,
                              std::int64_t refresh_expires_at, std::int64_t now_us) {
  const std::int64_t expires = now_us + options_.access_life_us;
  return {keys_.IssueAccessToken(account, session, now_us, expires), expires, refresh.text,
          refresh_expires_at};
}

SessionTokens Sessions::Refresh(const std::string& refresh_token) {
  const std::int64_t now = clock_.NowUs();
  const RefreshToken successor = MakeRefreshToken();
  const std::int64_t expires = now + options_.refresh_life_us;
  const Rotation rotation =
      sessions_.Rotate(DigestOfRefreshToken(refresh_token), successor.digest, expires, now);
  switch (rotation.outcome) {
    case Rotation::Outcome::kRotated:
      platform::CrashPoint(platform::kAfterRotationBeforeAnswer);
      return Issue(rotation.account, rotation.session, successor, expires, now);
    case Rotation::Outcome::kUnknown:
      throw Unauthenticated("REFRESH_TOKEN_INVALID", "this is no refresh token: log in again");
    case Rotation::Outcome::kExpired:
      throw Unauthenticated("REFRESH_TOKEN_EXPIRED", "the refresh token has expired: log in again");
    case Rotation::Outcome::kEnded:
      throw Unauthenticated("SESSION_ENDED", "the session has ended: log in again");
    case Rotation::Outcome::kReused:
      break;
  }
  throw Unauthenticated("REFRESH_TOKEN_REUSED",
                        "this refresh token was used before, so somebody may have copied it; the "
                        "session was ended: log in again");
}

void Sessions::LogOut(SessionId session) { sessions_.End(session, clock_.NowUs()); }

Me Sessions::WhoIs(AccountId account) {
  auto found = sessions_.FindAccount(account);
  if (!found) throw platform::NotFound("account", platform::ToString(account));
  return {std::move(*found), sessions_.Workplaces(account, clock_.NowUs())};
}

void Sessions::Purge() {
  const std::int64_t now = clock_.NowUs();
  failures_.Purge(now);
  // Spent tokens are kept until they would have expired, so that using one again is noticed.
  sessions_.Purge(now - options_.access_life_us);
}

}  // namespace redress::identity
