#include "services/platform/server/service_options.h"

#include <CLI/CLI.hpp>

#include <iostream>

namespace redress::platform {
namespace {

using enum KeyKind;

std::vector<ConfigKey> CommonKeys() {
  return {
      {"deployment.kind", kString, std::nullopt, "production, development or test"},
      {"deployment.state_directory", kString, "", "where a test deployment keeps its switches"},
      {"deployment.clock_offset_file", kString, "",
       "microseconds to add to the clock; only in a test deployment"},
      {"deployment.log_level", kString, "info", "debug, info, warning or error"},
      {"tls.ca_file", kString, std::nullopt, "the CA that signs every certificate here, PEM"},
      {"tls.certificate_directory", kString, std::nullopt,
       "has <service>.crt and <service>.key, PEM, used as server and as client"},
      {"database.socket", kString, "", "MariaDB's unix socket; without it host and port are used"},
      {"database.host", kString, "", "MariaDB's host"},
      {"database.port", kInteger, "3306", "MariaDB's port"},
      {"database.ca_file", kString, "", "the CA of MariaDB's certificate; for other machines"},
      {"database.connections", kInteger, "8", "most connections that one service opens"},
      {"database.password_directory", kString, "",
       "has redress_<service>.password; empty for no password"},
      {"nats.url", kString, std::nullopt, "the bus; several servers separated by commas"},
      {"nats.user", kString, "", "the bus's user; empty for none"},
      {"nats.password_file", kString, "", "the file with its password"},
      {"nats.relay_paused", kBoolean, "false",
       "nothing is published, to measure without it; only in a test deployment"},
      {"keys.directory", kString, std::nullopt, "has <service>.key, 32 bytes, the sealing key"},
      {"server.threads", kInteger, "16", "threads for calls that may block"},
      {"server.queue", kInteger, "1000", "calls that may wait for such a thread"},
      {"server.directory_poll_ms", kInteger, "2000",
       "pause between looks at who works where and which sessions have ended"},
      {"server.streams", kInteger, "128", "most open streams"},
      {"server.streams_per_shop", kInteger, "32", "most open streams of one shop"},
  };
}

}  // namespace

CommandLine ParseCommandLine(int argc, char** argv, const ServiceSpec& spec) {
  CommandLine line;
  bool help_config = false;
  bool describe = false;
  CLI::App app("The " + spec.name + " service of Redress.", "redress-" + spec.name);
  app.set_version_flag("--version", "redress-" + spec.name + " " REDRESS_VERSION);
  auto* config = app.add_option("--config", line.config_file, "the deployment's configuration");
  app.add_flag("--migrate", line.migrate, "bring the schema up to date and exit")->needs(config);
  app.add_flag("--help-config", help_config, "list the configuration's keys and exit");
  if (spec.describe) {
    app.add_flag("--describe", describe, "print what the program is made of as JSON and exit");
  }
  try {
    app.parse(argc, argv);
    if (help_config) {
      std::cout << Config::Help(KeysOf(spec));
      line.exit_code = 0;
    } else if (describe) {
      std::cout << spec.describe() << "\n";
      line.exit_code = 0;
    } else if (line.config_file.empty()) {
      throw CLI::RequiredError("--config");
    }
  } catch (const CLI::ParseError& error) {
    line.exit_code = app.exit(error) == 0 ? 0 : 2;
  }
  return line;
}

std::vector<ConfigKey> KeysOf(const ServiceSpec& spec) {
  auto keys = CommonKeys();
  keys.push_back({spec.name + ".address", kString, std::nullopt, "host:port to listen on"});
  keys.push_back({spec.name + ".metrics_port", kInteger, "0",
                  "port on 127.0.0.1 for Prometheus; 0 picks a free one"});
  keys.insert(keys.end(), spec.config_keys.begin(), spec.config_keys.end());
  return keys;
}

bool IsTestDeployment(const Config& config) { return config.String("deployment.kind") == "test"; }

void CheckDeployment(const Config& config) {
  const auto& kind = config.String("deployment.kind");
  if (kind != "production" && kind != "development" && kind != "test") {
    throw ConfigError("deployment.kind is \"" + kind +
                      "\"; it has to be production, development or test");
  }
  if (config.Has("deployment.clock_offset_file") && !IsTestDeployment(config)) {
    throw ConfigError("deployment.clock_offset_file is for deployments of kind test, this one is " +
                      kind + "; remove the key");
  }
  // Log-out and changes of roles are promised to take effect within five seconds.
  config.IntBetween("server.directory_poll_ms", 50, 4000);
  if (config.Bool("nats.relay_paused") && !IsTestDeployment(config)) {
    throw ConfigError("nats.relay_paused is for deployments of kind test, this one is " + kind +
                      "; remove the key");
  }
}

DatabaseConfig DatabaseConfigOf(const Config& config, const std::string& service) {
  if (!config.Has("database.socket") && !config.Has("database.host")) {
    throw ConfigError("give database.socket, or database.host and database.port");
  }
  DatabaseConfig database;
  if (config.Has("database.socket")) database.socket_path = config.Path("database.socket");
  database.host = config.String("database.host");
  database.port = static_cast<int>(config.Int("database.port"));
  if (config.Has("database.ca_file")) database.tls_ca_file = config.Path("database.ca_file");
  database.user = "redress_" + service;
  database.schema = database.user;
  if (config.Has("database.password_directory")) {
    database.password_file =
        config.Path("database.password_directory") / (database.user + ".password");
  }
  database.connections = static_cast<int>(config.Int("database.connections"));
  return database;
}

}  // namespace redress::platform
