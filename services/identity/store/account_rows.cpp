#include "services/identity/store/account_rows.h"

#include <string_view>

namespace redress::identity {
namespace {

using platform::Connection;
using platform::Result;

constexpr std::string_view kInsertAccount =
    "INSERT INTO accounts (account_id, account_name, display_name, password_hash, created_at) "
    "VALUES (?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE account_id = account_id";
constexpr std::string_view kSelectByName =
    "SELECT account_id, account_name, display_name, password_hash FROM accounts "
    "WHERE account_name = CONVERT(? USING ascii)";
constexpr std::string_view kSelectById =
    "SELECT account_id, account_name, display_name, password_hash FROM accounts "
    "WHERE account_id = ?";

std::optional<Account> FirstOf(Result rows) {
  if (!rows.Next()) return std::nullopt;
  return Account{rows.Id<AccountId>(0), rows.String(1), rows.String(2), rows.String(3)};
}

}  // namespace

bool InsertAccount(Connection& connection, const NewAccount& account, std::int64_t now_us) {
  connection.Execute(kInsertAccount, {account.id, account.name, account.display_name,
                                      account.password_hash, now_us});
  const auto stored = ReadAccount(connection, account.name);
  return stored && stored->id == account.id;
}

std::optional<Account> ReadAccount(Connection& connection, const std::string& name) {
  auto account = FirstOf(connection.Query(kSelectByName, {name}));
  // The server ignores blanks at the end when it compares; then each spelling of a name would have
  // failures of its own to throttle.
  if (account && account->name != name) return std::nullopt;
  return account;
}

std::optional<Account> ReadAccount(Connection& connection, AccountId id) {
  return FirstOf(connection.Query(kSelectById, {id}));
}

}  // namespace redress::identity
