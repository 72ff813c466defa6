#include "clients/importing/mapping.h"

#include <algorithm>
#include <filesystem>

#include "clients/cpp/json.h"
#include "clients/cpp/text.h"
#include "clients/importing/mapping_parser.h"

namespace redress::importing {
namespace {

// Where the program's mappings are: beside bin/, in the build tree and in an installation alike.
std::filesystem::path ShippedFolder() {
  std::error_code error;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
  return program.parent_path().parent_path() / "share" / "redress" / "mappings";
}

}  // namespace

std::vector<std::string> ShippedMappings() {
  std::vector<std::string> names;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(ShippedFolder(), error)) {
    if (entry.path().extension() == ".toml") names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

Mapping LoadMapping(const std::string& name) {
  std::string path = name;
  if (name.find('/') == std::string::npos && !name.ends_with(".toml")) {
    path = (ShippedFolder() / (name + ".toml")).string();
    if (!std::filesystem::exists(path)) {
      const std::vector<std::string> known = ShippedMappings();
      throw MappingError(
          "there is no shipped mapping `" + name + "`" + client::DidYouMean(name, known) +
          "; shipped are: " + client::Join(known, ", ") + "; or give the path of a .toml file");
    }
  }
  try {
    return ParseMapping(client::ReadFile(path), path);
  } catch (const MappingError&) {
    throw;
  } catch (const std::runtime_error& error) {
    throw MappingError(error.what());
  }
}

Mapping ParseMapping(const std::string& toml, const std::string& path) {
  return MappingParser(toml, path).Parse();
}

}  // namespace redress::importing
