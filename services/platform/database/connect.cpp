#include <mysql_driver.h>

#include <array>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "services/platform/database/driver.h"

namespace redress::platform {

namespace {

constexpr auto kSessionSettings = std::to_array<const char*>({
    "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED",
    "SET SESSION innodb_lock_wait_timeout = 2,"
    " sql_mode = 'STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'",
});

std::string ReadPassword(const std::string& file_name) {
  if (file_name.empty()) return {};
  std::ifstream file(file_name);
  if (!file) throw std::runtime_error("cannot read the password file " + file_name);
  std::string password((std::istreambuf_iterator<char>(file)), {});
  while (!password.empty() && (password.back() == '\n' || password.back() == '\r')) {
    password.pop_back();
  }
  return password;
}

bool IsLoopback(const std::string& host) {
  return host == "localhost" || host == "::1" || host.starts_with("127.");
}

void Address(const DatabaseConfig& config, sql::ConnectOptionsMap& options) {
  if (!config.socket_path.empty()) {
    options["hostName"] = "unix://" + config.socket_path;
    return;
  }
  options["hostName"] = "tcp://" + config.host;
  options["port"] = config.port;
  if (!config.tls_ca_file.empty()) {
    options["sslCA"] = config.tls_ca_file;
    options["sslVerify"] = true;
    options["sslEnforce"] = true;
  } else if (!IsLoopback(config.host)) {
    throw std::runtime_error("the database at " + config.host +
                             " is not on this machine: give the file of its TLS authority");
  }
}

}  // namespace

std::unique_ptr<sql::Connection> OpenSession(const DatabaseConfig& config) {
  static sql::mysql::MySQL_Driver* const driver = sql::mysql::get_mysql_driver_instance();
  sql::ConnectOptionsMap options;
  Address(config, options);
  options["userName"] = config.user;
  options["password"] = ReadPassword(config.password_file);
  options["schema"] = config.schema;
  options["OPT_CHARSET_NAME"] = sql::SQLString("utf8mb4");
  options["OPT_CONNECT_TIMEOUT"] = config.connect_timeout_s;
  options["OPT_READ_TIMEOUT"] = config.read_timeout_s;
  options["OPT_WRITE_TIMEOUT"] = config.read_timeout_s;
  options["CLIENT_FOUND_ROWS"] = true;
  std::unique_ptr<sql::Connection> session(driver->connect(options));
  std::unique_ptr<sql::Statement> statement(session->createStatement());
  for (const char* setting : kSessionSettings) statement->execute(setting);
  return session;
}

}  // namespace redress::platform
