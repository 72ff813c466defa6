// What the other services have to know of identity, as a log of entities in their latest form.
//
// Every change gets the next version, in the transaction that makes the change and under one row
// lock, so versions become visible in their order: whoever has read up to a version has missed
// nothing before it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "services/identity/domain/member.h"
#include "services/identity/domain/shop.h"

namespace redress::identity {

struct DirectoryMembership {
  AccountId account;
  ShopId shop;
  RoleSet roles;
  std::optional<std::int64_t> approval_limit_minor;
};
struct DirectoryShop {
  ShopId shop;
  std::string time_zone;
  std::string currency_code;
};
struct DirectorySetting {
  ShopId shop;
  ShopSetting setting;
};
struct DirectoryEndedSession {
  SessionId session;
};
using DirectoryEntry =
    std::variant<DirectoryMembership, DirectoryShop, DirectorySetting, DirectoryEndedSession>;

struct DirectoryChange {
  std::uint64_t version = 0;
  DirectoryEntry entry;
};

class DirectoryRepository {
 public:
  virtual ~DirectoryRepository() = default;

  // Oldest first; an entity that changed again since appears once, at its last change.
  virtual std::vector<DirectoryChange> ChangesSince(std::uint64_t version, std::size_t limit) = 0;
  // Removes ended sessions whose last token expired before that moment.
  virtual void PurgeEndedSessions(std::int64_t before_us) = 0;
};

}  // namespace redress::identity
