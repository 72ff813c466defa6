#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "services/platform/config/config.h"
#include "services/platform/database/database_config.h"
#include "services/platform/server/service_main.h"

namespace redress::platform {

// What the command line asks for.
struct CommandLine {
  std::filesystem::path config_file;
  bool migrate = false;
  // Set when the program is done already (--help, --version, --help-config, wrong flags).
  std::optional<int> exit_code;
};
CommandLine ParseCommandLine(int argc, char** argv, const ServiceSpec& spec);

// The keys of every service, and the service's own.
std::vector<ConfigKey> KeysOf(const ServiceSpec& spec);

// Refuses what no key can refuse alone: an unknown kind of deployment, a test clock outside of a
// test. Throws ConfigError.
void CheckDeployment(const Config& config);
bool IsTestDeployment(const Config& config);

// Schema and user are redress_<service>; the password is in <password_directory>/<user>.password.
DatabaseConfig DatabaseConfigOf(const Config& config, const std::string& service);

}  // namespace redress::platform
