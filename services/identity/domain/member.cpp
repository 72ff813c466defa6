#include "services/identity/domain/member.h"

#include "services/platform/base/errors.h"

namespace redress::identity {

using platform::Code;
using platform::Refusal;
using platform::Role;

void CheckAccount(const NewMember& asked, bool account_exists) {
  if (account_exists && asked.account_details) {
    throw Refusal(Code::kFailedPrecondition, "ACCOUNT_EXISTS",
                  "the account " + asked.account.name +
                      " exists: leave password and display_name empty to give it a membership, "
                      "or choose another account_name")
        .With("account_name", asked.account.name);
  }
  if (account_exists) return;
  if (asked.account.password_hash.empty()) {
    throw platform::InvalidField("password",
                                 "the account is new: give it a first password of at least 12 "
                                 "characters");
  }
  if (asked.account.display_name.empty()) {
    throw platform::InvalidField("display_name", "the account is new: give it a name to show");
  }
}

Member DecideUpdate(const Member& current, const MemberChange& change, int other_admins) {
  if (change.seen_version != current.version) {
    throw platform::VersionConflict(change.seen_version, current.version);
  }
  const bool was_admin = current.roles.Has(Role::ROLE_ADMIN);
  if (was_admin && !change.roles.Has(Role::ROLE_ADMIN) && other_admins == 0) {
    throw Refusal(Code::kFailedPrecondition, "LAST_ADMIN",
                  current.account_name +
                      " is the shop's only admin: give somebody else the role admin first");
  }
  Member after = current;
  after.roles = change.roles;
  after.approval_limit_minor = change.approval_limit_minor;
  after.version = current.version + 1;
  return after;
}

}  // namespace redress::identity
