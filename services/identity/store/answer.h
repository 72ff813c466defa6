// The remembered answers of writes: the fields of what was answered, each with its length in
// front, so that no text needs escaping.
#pragma once

#include <string>
#include <string_view>

#include "services/identity/domain/member.h"
#include "services/identity/domain/shop.h"
#include "services/identity/domain/shop_repository.h"

namespace redress::identity {

std::string ToAnswer(const CreatedShop& created);
std::string ToAnswer(const ShopSetting& setting);
std::string ToAnswer(const Member& member);

// Throw std::runtime_error for what ToAnswer did not write.
CreatedShop CreatedShopOf(std::string_view answer);
ShopSetting SettingOf(std::string_view answer);
Member MemberOf(std::string_view answer);

}  // namespace redress::identity
