#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "services/platform/access/role_set.h"
#include "services/platform/base/ids.h"

namespace redress::platform {

// Who makes a call, as the guard established it.
//
// A person (or an integration's account): `account` and `session` are set; where the call names a
// shop, `roles` and the limit are those of the membership there. A service acting for a person has
// `service` as well. A service acting as itself has only `service` and, where given, `shop`.
struct Caller {
  AccountId account = {};
  std::uint64_t session = 0;
  ShopId shop = {};
  RoleSet roles = {};
  std::optional<std::int64_t> approval_limit_minor = {};  // absent: no limit
  std::string service = {};  // the common name of the mTLS certificate; "" without one
  std::string client = {};   // the user agent, e.g. "redress-cli/0.1"; at most 100 characters

  bool has(Role role) const { return roles.Has(role); }
  // Whether no person stands behind the call.
  bool is_service() const { return !account && !service.empty(); }
};

}  // namespace redress::platform
