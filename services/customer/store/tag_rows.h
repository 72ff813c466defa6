#pragma once

// Between rows of tags and the domain.

#include <string>
#include <vector>

#include "services/customer/domain/tag.h"
#include "services/platform/database/connection.h"
#include "services/platform/database/rows.h"

namespace redress::customer {

// The most that is kept of why a rule decided; what is beyond is left out.
inline constexpr std::size_t kMostWhyBytes = 7000;

std::string EncodeWhy(const std::vector<rules::Reason>& why);
std::vector<rules::Reason> DecodeWhy(const std::string& stored);

// All of the shop, archived ones too.
std::vector<Tag> ReadTags(platform::Connection& db, ShopId shop);
void WriteTag(platform::Connection& db, ShopId shop, const Tag& tag);

// Of all these customer rows.
std::vector<CustomerTag> ReadDecisions(platform::Connection& db, ShopId shop,
                                       std::span<const CustomerId> customers);
std::vector<CustomerTag> ReadCustomerTags(platform::Connection& db, ShopId shop,
                                          std::span<const CustomerId> customers);

void AddTagChanges(platform::Connection& db, platform::IdSource& ids, ShopId shop,
                   std::span<const TagChange> changes);

}  // namespace redress::customer
