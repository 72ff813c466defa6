#pragma once

#include "services/customer/domain/tag.h"
#include "services/customer/domain/timeline.h"
#include "services/platform/base/clock.h"

namespace redress::customer {

// A person's tags as they are shown beside the history. Both outlive it.
class TagsOfPerson final : public PersonTags {
 public:
  TagsOfPerson(TagRepository& tags, const platform::Clock& clock) : tags_(tags), clock_(clock) {}

  std::vector<PersonTag> TagsOf(ShopId shop, const Person& person) override;

 private:
  TagRepository& tags_;
  const platform::Clock& clock_;
};

}  // namespace redress::customer
