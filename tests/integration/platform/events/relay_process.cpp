// A relay in a process of its own, for tests that kill it: relays until it is killed.
//   relay_process SOCKET SCHEMA PASSWORD_FILE NATS_URL CRASH_POINT_FILE

#include <unistd.h>

#include "services/platform/base/crash_point.h"
#include "services/platform/events/event_source.h"
#include "services/platform/events/nats_connection.h"
#include "services/platform/events/relay.h"
#include "tests/support/wait_for.h"

int main(int argc, char** argv) {
  using namespace redress;
  if (argc != 6) return 2;
  const platform::CrashPointWatch watch("relay", argv[5]);
  if (!test::WaitFor([] { return platform::internal::crash_point_armed.load(); })) return 3;
  platform::DatabaseConfig config;
  config.socket_path = argv[1];
  config.user = config.schema = argv[2];
  config.password_file = argv[3];
  platform::Pool pool(config);
  platform::SystemClock clock;
  platform::EventsTableSource source;
  platform::NatsConnection nats(
      {.url = argv[4], .name = "relay-process", .user = "", .password_file = ""});
  platform::RelayOptions options;
  options.service = "order";
  platform::Relay relay(pool, source, nats, clock, options);
  relay.Start();
  pause();
  return 0;
}
