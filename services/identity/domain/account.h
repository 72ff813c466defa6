// A person or a machine that can log in. Accounts belong to the installation, not to a shop: one
// agent may work in several shops.
#pragma once

#include <string>

#include "services/platform/base/ids.h"

namespace redress::identity {

using platform::AccountId;
using platform::SessionId;
using platform::ShopId;

struct Account {
  AccountId id;
  std::string name;           // unique in the installation; what is typed at log-in
  std::string display_name;   // what colleagues see
  std::string password_hash;  // Argon2id with its parameters
};

// An account to be made.
struct NewAccount {
  AccountId id;
  std::string name;
  std::string display_name;
  std::string password_hash;
};

}  // namespace redress::identity
