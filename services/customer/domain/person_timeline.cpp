#include "services/customer/domain/person_timeline.h"

#include "services/platform/base/errors.h"

namespace redress::customer {

TimelineView PersonTimeline::Read(ShopId shop, const TimelineQuery& query) {
  CustomerId customer = query.customer;
  if (!customer) {
    customer = uses_.customers.FindByNick(shop, query.platform, query.nick);
    if (!customer) throw platform::NotFound("customer", query.nick);
  }
  const Person person = uses_.people.PersonOf(shop, customer);
  TimelineView view;
  view.page = uses_.reader.Entries(shop, person, query.after.value_or(TimelineCursor{}),
                                   query.kinds, query.size);
  if (query.after) return view;
  view.customers = uses_.customers.Read(shop, person.members);
  view.summary = uses_.reader.Summary(shop, person);
  view.risk = RiskOf(view.summary.figures);
  if (uses_.tags != nullptr) view.tags = uses_.tags->TagsOf(shop, person);
  return view;
}

}  // namespace redress::customer
