// The customer service: who the buyers of a shop are and how to reach them.

#include <memory>

#include "services/customer/api/customer_api.h"
#include "services/customer/domain/customers.h"
#include "services/customer/migrations/migrations.gen.h"
#include "services/customer/store/mysql_customer_store.h"
#include "services/platform/migrations/migrations.gen.h"
#include "services/platform/server/service_main.h"

int main(int argc, char** argv) {
  using namespace redress;
  return platform::ServiceMain(
      argc, argv,
      {.name = "customer",
       .config_keys = {},
       .migrations = {platform::PlatformMigrations(), customer::CustomerMigrations()},
       .build = [](platform::Parts& parts) {
         auto& store = parts.Make<customer::MysqlCustomerStore>(parts.pool, parts.sealer, parts.ids,
                                                                parts.clock);
         auto& customers = parts.Make<customer::Customers>(store, parts.ids, parts.clock);
         parts.AddService(std::make_unique<customer::CustomerApi>(parts.guard, customers));
       }});
}
