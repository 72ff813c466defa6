#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace redress::platform {

enum class KeyKind { kString, kInteger, kBoolean };

// A key that a program knows. Names are "section.key"; a key without default has to be given.
// Example: {"scoring.batch_size", KeyKind::kInteger, "500", "events taken from the bus at once"}.
struct ConfigKey {
  std::string name = {};
  KeyKind kind = KeyKind::kString;
  std::optional<std::string> default_value = {};
  std::string help = {};
};

// What is wrong with the configuration and what to do about it; ends the start of the program.
class ConfigError : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

// The configuration of a deployment: one TOML file shared by all its programs, overridden by
// environment variables (database.socket is REDRESS_DATABASE_SOCKET). Checked at once when loaded:
// an unknown key is refused with the nearest known one, a missing or ill-typed one by name.
// Immutable afterwards, hence safe to read from every thread.
class Config {
 public:
  using Environment = std::function<std::optional<std::string>(const std::string& variable)>;

  // A section with a key `address`, none of whose keys is known here, is another service's: of it
  // only the address is read, the rest is checked by the service that owns it.
  static Config Load(const std::filesystem::path& file, std::span<const ConfigKey> keys,
                     const Environment& environment = ProcessEnvironment());

  // The text of --help-config: every key with its kind, default, variable and meaning.
  static std::string Help(std::span<const ConfigKey> keys);

  static Environment ProcessEnvironment();
  static std::string VariableOf(std::string_view key);

  // Values by key. A key that was not among the known ones is a programming error:
  // std::logic_error.
  const std::string& String(std::string_view key) const;
  std::int64_t Int(std::string_view key) const;
  // Throws ConfigError for a number outside of what makes sense.
  std::int64_t IntBetween(std::string_view key, std::int64_t least, std::int64_t most) const;
  bool Bool(std::string_view key) const;
  // The value as a path; a relative one starts at the configuration file's folder.
  std::filesystem::path Path(std::string_view key) const;
  // "host:port" by section, of every section that has a key `address`: the deployment's services.
  const std::map<std::string, std::string>& Addresses() const { return addresses_; }
  // Whether the value is other than the empty string.
  bool Has(std::string_view key) const;

 private:
  struct Entry {
    KeyKind kind = KeyKind::kString;
    std::string text;
    std::int64_t number = 0;
  };

  const Entry& Find(std::string_view key, KeyKind kind) const;

  std::filesystem::path folder_;
  std::map<std::string, std::string> addresses_;
  std::map<std::string, Entry, std::less<>> entries_;
};

}  // namespace redress::platform
