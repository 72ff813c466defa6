#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "services/platform/config/config.h"
#include "services/platform/migrations/migrations.h"
#include "services/platform/server/parts.h"

namespace redress::platform {

// What makes one service different from the others.
struct ServiceSpec {
  std::string name = {};  // "order": config section, certificate, schema redress_order
  std::vector<ConfigKey> config_keys = {};  // in section [<name>], besides address and metrics_port
  std::vector<std::span<const Migration>> migrations = {};  // in order
  std::function<void(Parts&)> build = {};
  // identity fills the directory itself; everybody else polls it.
  bool polls_directory = true;
  // What --describe prints: JSON about the program itself. Without it there is no such flag.
  std::function<std::string()> describe = {};
};

// The main function of every service. Flags: --config FILE, --migrate (bring the schema up to date
// and exit), --help-config, --describe, --version. Starts what Parts lists, builds the service,
// serves until SIGTERM or SIGINT, then stops gracefully: health says NOT_SERVING, calls under way
// are finished (at most 10 s). Exit code 0 after a graceful stop, 1 when the start failed (the
// reason is the last line on stderr), 2 for wrong flags.
//
//   int main(int argc, char** argv) {
//     return redress::platform::ServiceMain(argc, argv, {
//         .name = "order",
//         .migrations = {PlatformMigrations(), OrderMigrations()},
//         .build = [](Parts& parts) {
//           auto& orders = parts.Make<OrderRepository>(parts.pool, parts.sealer);
//           parts.AddService(std::make_unique<OrderApi>(parts.guard, orders));
//         }});
//   }
int ServiceMain(int argc, char** argv, const ServiceSpec& spec);

}  // namespace redress::platform
