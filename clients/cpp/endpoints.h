#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace redress::client {

// A log-in of the sample shop that deploy/up made.
struct SampleLogIn {
  std::string role;
  std::string account_name;
  std::string password;
};

// Where the services are and how to trust them.
struct Endpoints {
  std::map<std::string, std::string> services;  // service name → host:port
  std::string ca_file;
  std::string operator_certificate;  // empty where this machine is not the operator's
  std::string operator_key;
  std::string shop_id;  // the sample shop; empty for none
  std::vector<SampleLogIn> log_ins;
  std::string state_directory;  // empty when found through the environment

  // The address of a service; throws std::runtime_error that says how to name one.
  const std::string& AddressOf(const std::string& service) const;
};

// Finds the endpoints, in this order:
//   1. `state_directory` (the --state flag), else REDRESS_STATE: DIR/endpoints.json;
//   2. REDRESS_IDENTITY_ADDRESS, REDRESS_ORDER_ADDRESS, … with REDRESS_CA_FILE and, for operators,
//      REDRESS_OPERATOR_CERTIFICATE and REDRESS_OPERATOR_KEY;
//   3. var/endpoints.json.
// Single addresses of the environment also override those of a file. Throws std::runtime_error.
Endpoints FindEndpoints(const std::optional<std::string>& state_directory);

// Reads an endpoints.json; throws std::runtime_error that names the key at fault.
Endpoints ParseEndpoints(const std::string& text, const std::string& what);

}  // namespace redress::client
