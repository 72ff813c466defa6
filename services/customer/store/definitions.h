#pragma once

// A shop's definitions as they hang together: rules, segments and care name each other's tags and
// segments, so each change is made under the shop's lock and checked against all of them.

#include <cstdint>
#include <string>
#include <vector>

#include "services/customer/domain/care.h"
#include "services/customer/domain/judge.h"
#include "services/customer/domain/segment.h"
#include "services/customer/domain/tag.h"
#include "services/customer/domain/tag_rule.h"
#include "services/platform/database/connection.h"

namespace redress::customer {

// Locks the shop's definitions until the transaction ends.
void LockDefinitions(platform::Connection& db, ShopId shop);
// Definitions that judge have changed: everybody is judged again, in the background.
void TouchDefinitions(platform::Connection& db, ShopId shop);
std::uint64_t DefinitionsVersion(platform::Connection& db, ShopId shop);

std::vector<TagRule> ReadTagRules(platform::Connection& db, ShopId shop);
std::vector<Segment> ReadSegments(platform::Connection& db, ShopId shop);
std::vector<CareRule> ReadCareRules(platform::Connection& db, ShopId shop);

// What judges now: rules that are on, segments in use, care rules that are enabled.
Definitions ReadDefinitions(platform::Connection& db, ShopId shop);

// Throws INVALID_ARGUMENT for a condition that cannot be read, names a tag or segment that the shop
// does not use, or, as the rule of `subject`, closes a circle with the rules in force.
void CheckCondition(platform::Connection& db, ShopId shop, const rules::Subject& subject,
                    const std::string& condition);
// The same for a condition that decides nothing.
void CheckCondition(platform::Connection& db, ShopId shop, const std::string& condition);

// Throws FAILED_PRECONDITION where a condition names the subject: of drafts too, which may come
// into force.
void CheckUnused(platform::Connection& db, ShopId shop, const rules::Subject& subject);

}  // namespace redress::customer
