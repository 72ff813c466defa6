#include "services/platform/config/config.h"

#include <toml++/toml.h>
#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstdlib>
#include <set>

#include "services/platform/base/text.h"

namespace redress::platform {
namespace {

constexpr char kAddress[] = ".address";

// "order" of "order.address"; a key outside of every section has none.
std::string_view SectionOf(std::string_view key) {
  const auto dot = key.rfind('.');
  return dot == std::string_view::npos ? std::string_view() : key.substr(0, dot);
}

const char* KindName(KeyKind kind) {
  switch (kind) {
    case KeyKind::kString:
      return "text";
    case KeyKind::kInteger:
      return "a whole number";
    case KeyKind::kBoolean:
      return "true or false";
  }
  return "";
}

struct Value {
  std::string text;
  std::int64_t number = 0;
};

// Texts come from the environment and from defaults.
std::optional<Value> ParseText(KeyKind kind, std::string_view text) {
  Value value{std::string(text), 0};
  switch (kind) {
    case KeyKind::kString:
      return value;
    case KeyKind::kBoolean:
      if (text != "true" && text != "false") return std::nullopt;
      value.number = text == "true";
      return value;
    case KeyKind::kInteger: {
      const auto* end = text.data() + text.size();
      const auto [stop, error] = std::from_chars(text.data(), end, value.number);
      if (error != std::errc() || stop != end) return std::nullopt;
      return value;
    }
  }
  return std::nullopt;
}

std::optional<Value> FromNode(KeyKind kind, const toml::node& node) {
  if (kind == KeyKind::kString && node.is_string()) {
    return Value{**node.as_string(), 0};
  }
  if (kind == KeyKind::kInteger && node.is_integer()) {
    return Value{std::to_string(**node.as_integer()), **node.as_integer()};
  }
  if (kind == KeyKind::kBoolean && node.is_boolean()) {
    return Value{**node.as_boolean() ? "true" : "false", **node.as_boolean()};
  }
  return std::nullopt;
}

// The file's values by dotted key.
using NodesByKey = std::map<std::string, const toml::node*, std::less<>>;

void Flatten(const toml::table& table, const std::string& prefix, NodesByKey& out) {
  for (const auto& [name, node] : table) {
    const std::string key =
        prefix.empty() ? std::string(name.str()) : prefix + "." + std::string(name.str());
    if (const auto* inner = node.as_table()) {
      Flatten(*inner, key, out);
    } else {
      out.emplace(key, &node);
    }
  }
}

std::string Position(const std::filesystem::path& file, const toml::node& node) {
  return file.string() + ":" + std::to_string(node.source().begin.line);
}

toml::table ParseFile(const std::filesystem::path& file) {
  try {
    return toml::parse_file(file.string());
  } catch (const toml::parse_error& error) {
    const auto line = error.source().begin.line;
    throw ConfigError(file.string() + (line > 0 ? ":" + std::to_string(line) : "") + ": " +
                      std::string(error.description()));
  }
}

void RefuseUnknown(const std::filesystem::path& file, const NodesByKey& given,
                   std::span<const ConfigKey> keys) {
  std::set<std::string, std::less<>> names;
  std::set<std::string, std::less<>> sections;
  for (const auto& key : keys) {
    names.insert(key.name);
    sections.emplace(SectionOf(key.name));
  }
  for (const auto& [key, node] : given) {
    const std::string section(SectionOf(key));
    const bool foreign = !sections.contains(section) && given.contains(section + kAddress);
    if (names.contains(key) || foreign) continue;
    const auto nearest = NearestName(key, std::vector<std::string>(names.begin(), names.end()));
    throw ConfigError(Position(file, *node) + ": unknown key \"" + key + "\"" +
                      (nearest ? "; the nearest known one is \"" + *nearest + "\"" : "") +
                      " (--help-config lists all)");
  }
}

Value ReadValue(const std::filesystem::path& file, const NodesByKey& given, const ConfigKey& key,
                const Config::Environment& environment) {
  const std::string variable = Config::VariableOf(key.name);
  std::optional<Value> value;
  std::string where;
  if (const auto text = environment(variable)) {
    where = "environment variable " + variable;
    value = ParseText(key.kind, *text);
  } else if (const auto in_file = given.find(key.name); in_file != given.end()) {
    where = Position(file, *in_file->second);
    value = FromNode(key.kind, *in_file->second);
  } else if (key.default_value) {
    where = "the default";
    value = ParseText(key.kind, *key.default_value);
  } else {
    throw ConfigError(file.string() + ": the key \"" + key.name + "\" is missing: " + key.help +
                      " (or set " + variable + ")");
  }
  if (!value) {
    throw ConfigError(where + ": \"" + key.name + "\" has to be " + KindName(key.kind));
  }
  return *std::move(value);
}

}  // namespace

Config::Environment Config::ProcessEnvironment() {
  return [](const std::string& variable) -> std::optional<std::string> {
    const char* value = std::getenv(variable.c_str());
    if (value == nullptr) return std::nullopt;
    return value;
  };
}

std::string Config::VariableOf(std::string_view key) {
  std::string variable = "REDRESS_";
  for (const char c : key) {
    variable += c == '.' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  return variable;
}

Config Config::Load(const std::filesystem::path& file, std::span<const ConfigKey> keys,
                    const Environment& environment) {
  const toml::table parsed = ParseFile(file);
  NodesByKey given;
  Flatten(parsed, "", given);
  RefuseUnknown(file, given, keys);

  Config config;
  config.folder_ = std::filesystem::absolute(file).parent_path();
  for (const auto& key : keys) {
    auto value = ReadValue(file, given, key, environment);
    config.entries_[key.name] = {key.kind, std::move(value.text), value.number};
  }
  for (const auto& [key, node] : given) {
    if (!key.ends_with(kAddress)) continue;
    const auto text = environment(VariableOf(key));
    config.addresses_[std::string(SectionOf(key))] = text ? *text : node->value_or(std::string());
  }
  return config;
}

std::string Config::Help(std::span<const ConfigKey> keys) {
  std::vector<ConfigKey> sorted(keys.begin(), keys.end());
  std::ranges::stable_sort(sorted, {},
                           [](const ConfigKey& key) { return std::string(SectionOf(key.name)); });
  std::string help;
  std::string_view section;
  for (const auto& key : sorted) {
    if (SectionOf(key.name) != section) {
      section = SectionOf(key.name);
      help += (help.empty() ? "[" : "\n[") + std::string(section) + "]\n";
    }
    help += key.name.substr(section.size() + 1) + "  (" + KindName(key.kind) + ", ";
    help += key.default_value ? "default \"" + *key.default_value + "\"" : "required";
    help += ", " + VariableOf(key.name) + ")\n    " + key.help + "\n";
  }
  return help;
}

const Config::Entry& Config::Find(std::string_view key, KeyKind kind) const {
  const auto found = entries_.find(key);
  if (found == entries_.end() || found->second.kind != kind) {
    throw std::logic_error("the program asks for the configuration key \"" + std::string(key) +
                           "\" (" + KindName(kind) + ") that it did not declare");
  }
  return found->second;
}

const std::string& Config::String(std::string_view key) const {
  return Find(key, KeyKind::kString).text;
}
std::int64_t Config::Int(std::string_view key) const { return Find(key, KeyKind::kInteger).number; }
std::int64_t Config::IntBetween(std::string_view key, std::int64_t least, std::int64_t most) const {
  const std::int64_t value = Int(key);
  if (value < least || value > most) {
    throw ConfigError(std::string(key) + " is " + std::to_string(value) + ", but has to be from " +
                      std::to_string(least) + " to " + std::to_string(most));
  }
  return value;
}

bool Config::Bool(std::string_view key) const { return Find(key, KeyKind::kBoolean).number != 0; }

std::filesystem::path Config::Path(std::string_view key) const { return folder_ / String(key); }
bool Config::Has(std::string_view key) const { return !String(key).empty(); }

}  // namespace redress::platform
