#include "tests/security/doors.h"

#include <iterator>
#include <sstream>

namespace redress::security {

std::vector<std::string> Words(const std::string& text) {
  std::istringstream stream(text);
  return {std::istream_iterator<std::string>(stream), {}};
}

std::string Door::Name() const {
  std::string name = method->service()->name() + "_" + method->name();
  if (program != client::ServiceOf(*method)) name += "_" + program;
  return event.empty() ? name : name + "_" + event;
}

void PrintTo(const Door& door, std::ostream* out) { *out << door.Name(); }

std::vector<Door> AllDoors() {
  std::vector<Door> all;
  for (auto* part : {&IdentityDoors, &CustomerDoors, &OrderDoors, &CaseDoors, &QueueDoors,
                     &GoodsAndMoneyDoors, &RefundEventDoors, &FigureDoors, &EventDoors}) {
    for (Door& door : part()) all.push_back(std::move(door));
  }
  return all;
}

}  // namespace redress::security
