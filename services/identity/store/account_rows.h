// Rows of accounts, for every store that needs one inside its own transaction.
#pragma once

#include <optional>
#include <string>

#include "services/identity/domain/account.h"
#include "services/platform/database/connection.h"

namespace redress::identity {

// False when the name is taken; the row that has it is committed by then.
bool InsertAccount(platform::Connection& connection, const NewAccount& account,
                   std::int64_t now_us);
std::optional<Account> ReadAccount(platform::Connection& connection, const std::string& name);
std::optional<Account> ReadAccount(platform::Connection& connection, AccountId id);

}  // namespace redress::identity
