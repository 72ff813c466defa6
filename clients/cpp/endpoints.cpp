#include "clients/cpp/endpoints.h"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <stdexcept>

#include "clients/cpp/json.h"

namespace redress::client {
namespace {

constexpr const char* kDefaultState = "var";

std::string Environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

void Override(std::string& target, const char* name) {
  if (std::string value = Environment(name); !value.empty()) target = std::move(value);
}

// REDRESS_<SERVICE>_ADDRESS names any service, also ones that this client was built without.
void ApplyEnvironment(Endpoints& endpoints) {
  constexpr std::string_view kPrefix = "REDRESS_";
  constexpr std::string_view kSuffix = "_ADDRESS";
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const std::size_t equals = text.find('=');
    const std::string_view name = text.substr(0, equals);
    if (!name.starts_with(kPrefix) || !name.ends_with(kSuffix)) continue;
    if (name.size() <= kPrefix.size() + kSuffix.size() || equals + 1 >= text.size()) continue;
    std::string service(name.substr(kPrefix.size(), name.size() - kPrefix.size() - kSuffix.size()));
    for (char& letter : service) letter = static_cast<char>(std::tolower(letter));
    endpoints.services[service] = std::string(text.substr(equals + 1));
  }
  Override(endpoints.ca_file, "REDRESS_CA_FILE");
  Override(endpoints.operator_certificate, "REDRESS_OPERATOR_CERTIFICATE");
  Override(endpoints.operator_key, "REDRESS_OPERATOR_KEY");
}

Endpoints ReadState(const std::string& directory) {
  const std::string path = directory + "/endpoints.json";
  if (!std::filesystem::exists(path)) {
    throw std::runtime_error("there is no " + path + ": start Redress with deploy/up --state " +
                             directory +
                             ", or name the state folder with --state or REDRESS_STATE");
  }
  Endpoints endpoints = ParseEndpoints(ReadFile(path), path);
  endpoints.state_directory = std::filesystem::absolute(directory).lexically_normal().string();
  return endpoints;
}

[[noreturn]] void ThrowNoAddress(const std::string& what, const std::string& service) {
  throw std::runtime_error(what + ": services." + service + " has to be \"host:port\"");
}

}  // namespace

const std::string& Endpoints::AddressOf(const std::string& service) const {
  const auto found = services.find(service);
  if (found != services.end()) return found->second;
  std::string variable = "REDRESS_" + service + "_ADDRESS";
  for (char& letter : variable) letter = static_cast<char>(std::toupper(letter));
  throw std::runtime_error("no address is known for the service `" + service +
                           "`: name the state folder with --state, or set " + variable);
}

Endpoints FindEndpoints(const std::optional<std::string>& state_directory) {
  const std::string from_environment = Environment("REDRESS_STATE");
  Endpoints endpoints;
  if (state_directory) {
    endpoints = ReadState(*state_directory);
  } else if (!from_environment.empty()) {
    endpoints = ReadState(from_environment);
  } else if (Environment("REDRESS_IDENTITY_ADDRESS").empty()) {
    endpoints = ReadState(kDefaultState);
  }
  ApplyEnvironment(endpoints);
  if (endpoints.ca_file.empty()) {
    throw std::runtime_error("no certificate authority is known: set REDRESS_CA_FILE");
  }
  return endpoints;
}

Endpoints ParseEndpoints(const std::string& text, const std::string& what) {
  const google::protobuf::Struct document = ParseJsonObject(text, what);
  Endpoints endpoints;
  for (const auto& [name, value] : ObjectAt(document, "services").fields()) {
    if (value.string_value().empty()) ThrowNoAddress(what, name);
    endpoints.services[name] = value.string_value();
  }
  if (endpoints.services.empty()) throw std::runtime_error(what + " names no services");
  endpoints.ca_file = StringAt(document, "ca_file");
  endpoints.operator_certificate = StringAt(ObjectAt(document, "operator"), "certificate");
  endpoints.operator_key = StringAt(ObjectAt(document, "operator"), "key");
  endpoints.shop_id = StringAt(ObjectAt(document, "shop"), "shop_id");
  const auto log_ins = document.fields().find("log_ins");
  if (log_ins != document.fields().end()) {
    for (const auto& entry : log_ins->second.list_value().values()) {
      const google::protobuf::Struct& log_in = entry.struct_value();
      endpoints.log_ins.push_back({.role = StringAt(log_in, "role"),
                                   .account_name = StringAt(log_in, "account_name"),
                                   .password = StringAt(log_in, "password")});
    }
  }
  return endpoints;
}

}  // namespace redress::client
