// A constant of a header has one meaning in its area: two headers that give one name two values
// would leave it to the linker which of them every statement says.

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

fs::path Root() {
  const char* root = std::getenv("REDRESS_SOURCE_DIR");
  return root != nullptr ? fs::path(root) : fs::current_path();
}

// By namespace and name, the headers that define it.
std::map<std::string, std::set<std::string>> ConstantsOfHeaders() {
  static const std::regex opens(R"re(^namespace ([\w:]+) \{)re");
  static const std::regex closes(R"re(^\}  // namespace)re");
  static const std::regex constant(R"re(^inline constexpr .*?\b(k[A-Z]\w*)(?:\[\])?(?: ?=|\{))re");
  std::map<std::string, std::set<std::string>> found;
  for (const auto& entry : fs::recursive_directory_iterator(Root() / "services")) {
    if (entry.path().extension() != ".h") continue;
    std::vector<std::string> inside;
    std::ifstream file(entry.path());
    for (std::string line; std::getline(file, line);) {
      std::smatch match;
      if (std::regex_search(line, match, opens)) inside.push_back(match[1]);
      if (std::regex_search(line, closes) && !inside.empty()) inside.pop_back();
      if (!std::regex_search(line, match, constant)) continue;
      std::string name;
      for (const std::string& space : inside) name += space + "::";
      found[name + match[1].str()].insert(fs::relative(entry.path(), Root()).string());
    }
  }
  return found;
}

TEST(ConstantsOfHeaders, HaveOneMeaning) {
  const auto constants = ConstantsOfHeaders();
  EXPECT_GT(constants.size(), 100u) << "the search finds nothing";
  for (const auto& [name, headers] : constants) {
    std::string where;
    for (const std::string& header : headers) where += " " + header;
    EXPECT_EQ(headers.size(), 1u) << name << " is defined in" << where;
  }
}

}  // namespace
