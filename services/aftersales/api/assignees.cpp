#include "services/aftersales/api/assignees.h"

#include "services/platform/base/errors.h"

namespace redress::aftersales {

void CheckAssignee(const platform::Directory& directory, platform::ShopId shop,
                   platform::AccountId assignee, const std::string& field) {
  if (!assignee) return;
  const auto member = directory.Find(assignee, shop);
  if (member && (member->roles.Has(common::v1::ROLE_AGENT) ||
                 member->roles.Has(common::v1::ROLE_SUPERVISOR))) {
    return;
  }
  throw platform::InvalidField(field, "is no agent of this shop; name one of its agents");
}

}  // namespace redress::aftersales
