#pragma once

#include <vector>

#include "services/customer/domain/customer_facts.h"
#include "services/customer/domain/person.h"
#include "services/customer/domain/timeline.h"
#include "services/platform/config/config.h"
#include "services/platform/server/parts.h"

namespace redress::customer {

std::vector<platform::ConfigKey> TagConfigKeys();

// Tags as they are shown beside a person's history.
PersonTags& TagsShown(platform::Parts& parts);

// Tags, their rules, segments and care: the services and the threads that judge people.
void AddTags(platform::Parts& parts, CustomerFactsReader& facts, People& people);

}  // namespace redress::customer
