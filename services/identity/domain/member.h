// An account's place in one shop: what it does there and how much it may approve alone.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "services/identity/domain/account.h"
#include "services/platform/access/role_set.h"

namespace redress::identity {

using platform::RoleSet;

struct Member {
  AccountId account;
  std::string account_name;
  std::string display_name;
  RoleSet roles;                                     // empty: the membership has ended
  std::optional<std::int64_t> approval_limit_minor;  // absent: no limit
  std::uint32_t version = 1;                         // the etag
};

// A membership to be made, and the account with it where the name is new.
struct NewMember {
  NewAccount account;            // without a password hash: an account that exists already
  bool account_details = false;  // a password or a name to show was given
  RoleSet roles;
  std::optional<std::int64_t> approval_limit_minor;
};

struct MemberChange {
  AccountId account;
  std::uint32_t seen_version = 0;
  RoleSet roles;
  std::optional<std::int64_t> approval_limit_minor;
};

// Where an account works, for its own eyes.
struct Workplace {
  ShopId shop;
  std::string shop_name;
  RoleSet roles;
  std::optional<std::int64_t> approval_limit_minor;
  std::string time_zone;
  std::string currency_code;
};

// Refuses a new member whose account exists and was given details all the same (nobody resets a
// colleague's password by accident), or does not exist and got none.
void CheckAccount(const NewMember& asked, bool account_exists);

// The member after the change. ABORTED when another version was seen; FAILED_PRECONDITION,
// LAST_ADMIN, when nobody could let people in afterwards.
Member DecideUpdate(const Member& current, const MemberChange& change, int other_admins);

}  // namespace redress::identity
