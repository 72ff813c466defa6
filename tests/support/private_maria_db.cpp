#include "tests/support/private_maria_db.h"

#include <signal.h>

#include <chrono>
#include <fstream>
#include <stdexcept>
#include <utility>
#include <vector>

#include "services/platform/base/text.h"
#include "services/platform/database/connection.h"
#include "tests/support/wait_for.h"

namespace redress::test {

namespace {

constexpr std::chrono::seconds kPatience(60);

}  // namespace

PrivateMariaDb& PrivateMariaDb::Instance() {
  static PrivateMariaDb instance;
  return instance;
}

PrivateMariaDb::PrivateMariaDb(std::vector<std::string> networking)
    : networking_(std::move(networking)), socket_(directory_.path() / "mysql.sock") {
  Initialise();
  Start();
}

PrivateMariaDb::~PrivateMariaDb() { Kill(); }

void PrivateMariaDb::Initialise() {
  const std::filesystem::path log = directory_.path() / "install.log";
  // A starting server deletes what it takes for leftovers of an earlier one from its temporary
  // folder, another server's live tables among them: each has a folder of its own.
  const std::filesystem::path temporary = directory_.path() / "tmp";
  std::filesystem::create_directory(temporary);
  Process install(
      {"env", "TMPDIR=" + temporary.string(), "mariadb-install-db", "--no-defaults", "--user=root",
       "--datadir=" + (directory_.path() / "data").string(),
       "--auth-root-authentication-method=normal", "--skip-test-db", "--skip-name-resolve"},
      log);
  if (!WaitFor([&] { return !install.Running(); }, kPatience) || install.End(SIGKILL) != 0) {
    throw std::runtime_error("mariadb-install-db failed: " + ReadFile(log));
  }
}

void PrivateMariaDb::Start() {
  const std::filesystem::path log = directory_.path() / "server.log";
  const std::string data = (directory_.path() / "data").string();
  std::vector<std::string> arguments = {"mariadbd",
                                        "--no-defaults",
                                        "--user=root",
                                        "--datadir=" + data,
                                        "--tmpdir=" + (directory_.path() / "tmp").string(),
                                        "--socket=" + socket_.string(),
                                        "--pid-file=" + (directory_.path() / "server.pid").string(),
                                        "--tmpdir=" + directory_.path().string(),
                                        "--server-id=1",
                                        "--log-bin=" + data + "/binlog",
                                        "--binlog-format=ROW",
                                        "--binlog-annotate-row-events=OFF",
                                        "--transaction-isolation=READ-COMMITTED",
                                        "--innodb-autoinc-lock-mode=2",
                                        "--innodb-buffer-pool-size=256M",
                                        "--innodb-log-file-size=128M",
                                        "--innodb-flush-log-at-trx-commit=1",
                                        "--sync-binlog=1",
                                        "--character-set-server=utf8mb4",
                                        "--max-connections=400",
                                        "--max-prepared-stmt-count=200000",
                                        "--performance-schema=OFF"};
  arguments.insert(arguments.end(), networking_.begin(), networking_.end());
  server_ = Process(std::move(arguments), log);
  const auto answers = [this] {
    try {
      platform::Connection connection(RootConfig());
      return true;
    } catch (const platform::DatabaseError&) {
      return false;
    }
  };
  const bool up = WaitFor([&] { return !server_.Running() || answers(); }, kPatience);
  if (!up || !server_.Running()) {
    throw std::runtime_error("mariadbd does not start: " + ReadFile(log));
  }
}

void PrivateMariaDb::Kill() { server_.End(SIGKILL); }

platform::DatabaseConfig PrivateMariaDb::RootConfig() const {
  platform::DatabaseConfig config;
  config.socket_path = socket_;
  config.user = "root";
  return config;
}

platform::DatabaseConfig PrivateMariaDb::CreateSchema(const std::string& name) {
  const std::string schema = name + "_" + std::to_string(++schemas_);
  const std::string password = platform::RandomHex(16);
  platform::DatabaseConfig config = RootConfig();
  platform::Connection root(config);
  root.Run("CREATE DATABASE " + schema + " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin");
  root.Run("CREATE USER " + schema + "@localhost IDENTIFIED BY '" + password + "'");
  root.Run("GRANT ALL ON " + schema + ".* TO " + schema + "@localhost");
  config.user = schema;
  config.schema = schema;
  // Many threads share a small pool on a small machine; how long a call waits is tested elsewhere.
  config.acquire_timeout_us = platform::kMinuteUs;
  config.password_file = directory_.path() / (schema + ".password");
  std::ofstream(config.password_file) << password << '\n';
  return config;
}

platform::FaultPlan* InjectedFaults() {
  static const std::unique_ptr<platform::FaultPlan> plan = platform::FaultPlan::FromEnvironment();
  return plan.get();
}

}  // namespace redress::test
