// One person in one look: profile, figures, scores, risk, tags and what happened.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "services/customer/domain/customer_store.h"
#include "services/customer/domain/person.h"
#include "services/customer/domain/risk.h"
#include "services/customer/domain/timeline.h"

namespace redress::customer {

struct TimelineQuery {
  CustomerId customer;  // none: by platform and nick
  std::string platform;
  std::string nick;
  std::vector<EntryKind> kinds;
  std::optional<TimelineCursor> after;  // a later page, which shows entries only
  std::size_t size = 0;
};

struct TimelineView {
  std::vector<CustomerView> customers;  // the head first; empty on later pages
  PersonSummary summary;
  Risk risk;
  std::vector<PersonTag> tags;
  TimelinePage page;
};

// Thread-safe; all of its parts outlive it. Refusal NOT_FOUND for nobody of the shop's.
class PersonTimeline {
 public:
  struct Uses {
    CustomerStore& customers;
    People& people;
    TimelineReader& reader;
    PersonTags* tags = nullptr;  // where there are any
  };

  explicit PersonTimeline(const Uses& uses) : uses_(uses) {}

  TimelineView Read(ShopId shop, const TimelineQuery& query);

 private:
  Uses uses_;
};

}  // namespace redress::customer
