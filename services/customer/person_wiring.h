#pragma once

#include "services/customer/domain/customer_store.h"
#include "services/customer/event_wiring.h"
#include "services/customer/store/mysql_timeline.h"
#include "services/platform/server/parts.h"

namespace redress::customer {

// What those need that show people or judge them.
struct PersonParts {
  People& people;
  MysqlTimeline& timeline;  // other kinds of entry join it
  CustomerFactsReader& facts;
};

// The consumer of what other services tell of customers, their figures and scores, who belongs
// together, and the services that show it. `tags` may be none.
PersonParts AddPeople(platform::Parts& parts, CustomerStore& customers,
                      const CustomerEvents& events, PersonTags* tags);

}  // namespace redress::customer
