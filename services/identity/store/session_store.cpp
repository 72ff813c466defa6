#include "services/identity/store/session_store.h"

#include <string_view>

#include "services/identity/store/account_rows.h"
#include "services/identity/store/directory_store.h"
#include "services/platform/database/transact.h"

namespace redress::identity {
namespace {

using platform::AsBytes;
using platform::Connection;
using platform::Digest;

constexpr std::string_view kSelectWorkplaces =
    "SELECT m.shop_id, s.shop_name, m.roles, m.approval_limit_minor, COALESCE((SELECT "
    "t.setting_value FROM shop_settings t WHERE t.shop_id = m.shop_id AND t.setting_name = "
    "'time_zone' AND t.effective_at <= ? ORDER BY t.effective_at DESC LIMIT 1), s.time_zone), "
    "s.currency_code FROM memberships m JOIN shops s ON s.shop_id = m.shop_id "
    "WHERE m.account_id = ? AND m.roles <> 0 ORDER BY m.shop_id";
constexpr std::string_view kReplacePasswordHash =
    "UPDATE accounts SET password_hash = ? WHERE account_id = ? AND password_hash = ?";
// A repeat after a lost answer finds its own rows.
constexpr std::string_view kInsertSession =
    "INSERT IGNORE INTO sessions (session_id, account_id, client, started_at, expires_at) "
    "VALUES (?, ?, ?, ?, ?)";
constexpr std::string_view kInsertToken =
    "INSERT IGNORE INTO refresh_tokens (token_digest, session_id, issued_at, expires_at) "
    "VALUES (?, ?, ?, ?)";
constexpr std::string_view kLockToken =
    "SELECT session_id, expires_at, replaced_by FROM refresh_tokens WHERE token_digest = ? "
    "FOR UPDATE";
constexpr std::string_view kLockSession =
    "SELECT account_id, ended_at FROM sessions WHERE session_id = ? FOR UPDATE";
constexpr std::string_view kSpendToken =
    "UPDATE refresh_tokens SET replaced_by = ? WHERE token_digest = ?";
constexpr std::string_view kProlongSession =
    "UPDATE sessions SET expires_at = ? WHERE session_id = ?";
constexpr std::string_view kEndSession =
    "UPDATE sessions SET ended_at = ? WHERE session_id = ? AND ended_at IS NULL";
constexpr std::string_view kPurgeTokens =
    "DELETE FROM refresh_tokens WHERE expires_at < ? ORDER BY expires_at LIMIT 1000";
constexpr std::string_view kPurgeSessions =
    "DELETE FROM sessions WHERE expires_at < ? ORDER BY expires_at LIMIT 1000";

// Ends it where it has not ended, and tells everybody.
void EndWithin(Connection& connection, SessionId session, std::int64_t now_us) {
  auto row = connection.Query(kLockSession, {session});
  if (!row.Next() || !row.IsNull(1)) return;
  connection.Execute(kEndSession, {now_us, session});
  AppendToDirectory(connection, DirectoryEndedSession{session}, now_us);
}

}  // namespace

std::optional<Account> SessionStore::FindAccount(const std::string& name) {
  return platform::Read(pool_,
                        [&](Connection& connection) { return ReadAccount(connection, name); });
}

std::optional<Account> SessionStore::FindAccount(AccountId id) {
  return platform::Read(pool_, [&](Connection& connection) { return ReadAccount(connection, id); });
}

std::vector<Workplace> SessionStore::Workplaces(AccountId account, std::int64_t now_us) {
  return platform::Read(pool_, [&](Connection& connection) {
    auto rows = connection.Query(kSelectWorkplaces, {now_us, account});
    std::vector<Workplace> places;
    while (rows.Next()) {
      places.push_back({rows.Shop(0), rows.String(1),
                        RoleSet::FromBits(static_cast<std::uint32_t>(rows.Uint64(2))),
                        rows.OptInt64(3), rows.String(4), rows.String(5)});
    }
    return places;
  });
}

void SessionStore::ReplacePasswordHash(AccountId account, const std::string& old_hash,
                                       const std::string& new_hash) {
  platform::Transact(pool_, [&](Connection& connection) {
    connection.Execute(kReplacePasswordHash, {new_hash, account, old_hash});
  });
}

void SessionStore::Start(const NewSession& session) {
  platform::Transact(pool_, [&](Connection& connection) {
    connection.Execute(kInsertSession, {session.id, session.account, session.client,
                                        session.started_at, session.refresh_expires_at});
    connection.Execute(kInsertToken, {session.refresh_digest, session.id, session.started_at,
                                      session.refresh_expires_at});
  });
}

Rotation SessionStore::Rotate(const Digest& spent, const Digest& successor,
                              std::int64_t successor_expires_at, std::int64_t now_us) {
  return platform::Transact(pool_, [&](Connection& connection) -> Rotation {
    auto token = connection.Query(kLockToken, {spent});
    if (!token.Next()) return {Rotation::Outcome::kUnknown, {}, {}};
    const SessionId id = token.Id<SessionId>(0);
    const std::int64_t expires_at = token.Int64(1);
    const auto replaced_by = token.OptString(2);

    auto session = connection.Query(kLockSession, {id});
    if (!session.Next() || !session.IsNull(1)) return {Rotation::Outcome::kEnded, id, {}};
    const AccountId account = session.Id<AccountId>(0);
    // Replaced by this very successor: this transaction has committed before, its answer was lost.
    if (replaced_by == AsBytes(successor)) return {Rotation::Outcome::kRotated, id, account};
    if (replaced_by) {
      EndWithin(connection, id, now_us);
      return {Rotation::Outcome::kReused, id, account};
    }
    if (expires_at <= now_us) return {Rotation::Outcome::kExpired, id, account};
    connection.Execute(kSpendToken, {successor, spent});
    connection.Execute(kInsertToken, {successor, id, now_us, successor_expires_at});
    connection.Execute(kProlongSession, {successor_expires_at, id});
    return {Rotation::Outcome::kRotated, id, account};
  });
}

void SessionStore::End(SessionId session, std::int64_t now_us) {
  platform::Transact(pool_,
                     [&](Connection& connection) { EndWithin(connection, session, now_us); });
}

void SessionStore::Purge(std::int64_t before_us) {
  for (const std::string_view statement : {kPurgeTokens, kPurgeSessions}) {
    std::uint64_t removed = 1;
    while (removed != 0) {
      removed = platform::Transact(pool_, [&](Connection& connection) {
        return connection.Execute(statement, {before_us});
      });
    }
  }
}

}  // namespace redress::identity
