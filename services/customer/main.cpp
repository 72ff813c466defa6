// The customer service: who the buyers of a shop are and how to reach them.

#include <memory>
#include <vector>

#include "services/customer/api/customer_api.h"
#include "services/customer/domain/customers.h"
#include "services/customer/event_wiring.h"
#include "services/customer/migrations/migrations.gen.h"
#include "services/customer/notes_and_search.h"
#include "services/customer/person_wiring.h"
#include "services/customer/privacy_wiring.h"
#include "services/customer/store/mysql_customer_store.h"
#include "services/customer/tag_wiring.h"
#include "services/platform/migrations/migrations.gen.h"
#include "services/platform/server/service_main.h"

namespace {

using namespace redress;

std::vector<platform::ConfigKey> ConfigKeys() {
  std::vector<platform::ConfigKey> keys = customer::TagConfigKeys();
  const std::vector<platform::ConfigKey> privacy = customer::PrivacyConfigKeys();
  keys.insert(keys.end(), privacy.begin(), privacy.end());
  return keys;
}

}  // namespace

int main(int argc, char** argv) {
  return platform::ServiceMain(
      argc, argv,
      {.name = "customer",
       .config_keys = ConfigKeys(),
       .migrations = {platform::PlatformMigrations(), customer::CustomerMigrations()},
       .build = [](platform::Parts& parts) {
         auto& store = parts.Make<customer::MysqlCustomerStore>(parts.pool, parts.sealer, parts.ids,
                                                                parts.clock);
         auto& customers = parts.Make<customer::Customers>(store, parts.ids, parts.clock,
                                                           customer::RevealLimitsOf(parts.config));
         parts.AddService(std::make_unique<customer::CustomerApi>(parts.guard, customers));
         const customer::CustomerEvents events = customer::AddEvents(parts);
         const auto people = customer::AddPeople(parts, store, events, &customer::TagsShown(parts));
         customer::AddTags(parts, people.facts, people.people);
         customer::AddPrivacy(parts, customers, events);
         customer::AddNotesAndSearch(parts, store, people);
       }});
}
