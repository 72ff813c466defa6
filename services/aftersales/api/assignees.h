#pragma once

#include <string>

#include "services/platform/access/directory.h"
#include "services/platform/base/ids.h"

namespace redress::aftersales {

// Whether the account works cases in the shop: as one of its agents or supervisors.
bool WorksCases(const platform::Directory& directory, platform::ShopId shop,
                platform::AccountId account);

// Cases are worked by the shop's agents and supervisors. Throws INVALID_ARGUMENT, naming the field,
// for anybody else; nobody (no id) is fine.
void CheckAssignee(const platform::Directory& directory, platform::ShopId shop,
                   platform::AccountId assignee, const std::string& field);

}  // namespace redress::aftersales
