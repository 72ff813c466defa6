#include "services/customer/domain/tags_of_person.h"

#include <map>
#include <string>

namespace redress::customer {

std::vector<PersonTag> TagsOfPerson::TagsOf(ShopId shop, const Person& person) {
  const std::vector<CustomerTag> tags = tags_.Of(shop, person.members, clock_.NowUs());
  if (tags.empty()) return {};
  std::map<std::string, std::string> names;
  for (const Tag& tag : tags_.List(shop, true)) names[tag.code] = tag.name_zh;
  std::vector<PersonTag> shown;
  for (const CustomerTag& tag : tags) {
    if (!tag.denied) shown.push_back({tag.tag, names[tag.tag], tag.since});
  }
  return shown;
}

}  // namespace redress::customer
