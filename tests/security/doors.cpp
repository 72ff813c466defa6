#include "tests/security/doors.h"

#include <algorithm>
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
  if (!event.empty()) name += "_" + event;
  std::replace(name.begin(), name.end(), '.', '_');
  return name;
}

void PrintTo(const Door& door, std::ostream* out) { *out << door.Name(); }

std::vector<Door> AllDoors() {
  std::vector<Door> all;
  for (auto* part : {&IdentityDoors, &CustomerDoors,      &PeopleDoors,       &OrderDoors,
                     &CaseDoors,     &QueueDoors,         &AgentDoors,        &CompensationDoors,
                     &DeadlineDoors, &GoodsAndMoneyDoors, &BankRunDoors,      &PlatformDoors,
                     &WebhookDoors,  &RefundEventDoors,   &DisputeEventDoors, &ReviewEventDoors,
                     &DeskDoors,     &FigureDoors,        &EventDoors,        &CustomerTagDoors,
                     &PrivacyDoors,  &PastDoors,          &NoteDoors,         &SearchDoors,
                     &OrderWorkDoors}) {
    for (Door& door : part()) all.push_back(std::move(door));
  }
  return all;
}

}  // namespace redress::security
