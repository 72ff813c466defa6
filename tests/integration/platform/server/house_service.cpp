// A service with nothing of its own, to see what every service gets from ServiceMain.
#include "services/platform/server/service_main.h"

#include "services/platform/migrations/migrations.gen.h"
#include "tests/integration/platform/server/house_services.h"

int main(int argc, char** argv) {
  using namespace redress;
  return platform::ServiceMain(
      argc, argv,
      {.name = "house",
       .config_keys = {{"house.rooms", platform::KeyKind::kInteger, "3", "how many rooms"}},
       .migrations = {platform::PlatformMigrations()},
       .build =
           [](platform::Parts& parts) {
             parts.AddService(std::make_unique<test::Sessions>(parts.guard));
             parts.OnStop([&parts] { parts.pool.Acquire()->Run("DELETE FROM requests"); });
           },
       .polls_directory = false});
}
