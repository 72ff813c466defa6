#include "services/aftersales/api/assignees.h"

#include "services/platform/base/errors.h"

namespace redress::aftersales {

bool WorksCases(const platform::Directory& directory, platform::ShopId shop,
                platform::AccountId account) {
  const auto member = directory.Find(account, shop);
  return member && (member->roles.Has(common::v1::ROLE_AGENT) ||
                    member->roles.Has(common::v1::ROLE_SUPERVISOR));
}

void CheckAssignee(const platform::Directory& directory, platform::ShopId shop,
                   platform::AccountId assignee, const std::string& field) {
  if (!assignee || WorksCases(directory, shop, assignee)) return;
  throw platform::InvalidField(field, "is no agent of this shop; name one of its agents");
}

}  // namespace redress::aftersales
