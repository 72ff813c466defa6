#pragma once

// A real database server of the test binary's own: a fresh data directory, a unix socket, no TCP
// port, row binlog, READ COMMITTED, as in production. Started at first use (about a second), ended
// with the process.
//
//   static const DatabaseConfig config = PrivateMariaDb::Instance().CreateSchema("orders");
//   Pool pool(config);

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "services/platform/database/database_config.h"
#include "services/platform/database/fault_plan.h"
#include "tests/support/process.h"

namespace redress::test {

class PrivateMariaDb {
 public:
  static PrivateMariaDb& Instance();

  // networking: arguments that open a TCP port; without them there is none.
  explicit PrivateMariaDb(std::vector<std::string> networking = {"--skip-networking"});
  ~PrivateMariaDb();
  PrivateMariaDb(const PrivateMariaDb&) = delete;
  PrivateMariaDb& operator=(const PrivateMariaDb&) = delete;

  // A new, empty schema with a user and a password file of its own. Its name is name and a number,
  // so that each test has a fresh one.
  platform::DatabaseConfig CreateSchema(const std::string& name);
  // The server's own root, without a schema.
  platform::DatabaseConfig RootConfig() const;

  // SIGKILL, as a crash; Start brings it up again on the same data.
  void Kill();
  void Start();

  const std::filesystem::path& directory() const { return directory_.path(); }

 private:
  void Initialise();

  const std::vector<std::string> networking_;
  TemporaryDirectory directory_;
  const std::filesystem::path socket_;
  Process server_;
  int schemas_ = 0;
};

// The faults that this run of the suite injects (REDRESS_FAULTS); null when none. Lives as long as
// the process.
platform::FaultPlan* InjectedFaults();

}  // namespace redress::test
