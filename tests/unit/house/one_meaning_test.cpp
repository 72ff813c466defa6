// A name of a header has one meaning in its area: of two constants, or of two types with their
// constructors and destructors, the linker would choose one for everybody.

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

// By namespace and name, the headers with a line of that form, whose first group is the name.
std::map<std::string, std::set<std::string>> InHeaders(const std::regex& form) {
  static const std::regex opens(R"re(^namespace ([\w:]+) \{)re");
  static const std::regex closes(R"re(^\}  // namespace)re");
  std::map<std::string, std::set<std::string>> found;
  for (const char* room :
       {"clients/cli", "clients/cpp", "clients/importing", "services", "workflows"}) {
    for (const auto& entry : fs::recursive_directory_iterator(Root() / room)) {
      if (entry.path().extension() != ".h") continue;
      std::vector<std::string> inside;
      std::ifstream file(entry.path());
      for (std::string line; std::getline(file, line);) {
        std::smatch match;
        if (std::regex_search(line, match, opens)) inside.push_back(match[1]);
        if (std::regex_search(line, closes) && !inside.empty()) inside.pop_back();
        if (!std::regex_search(line, match, form)) continue;
        std::string name;
        for (const std::string& space : inside) name += space + "::";
        found[name + match[1].str()].insert(fs::relative(entry.path(), Root()).string());
      }
    }
  }
  return found;
}

void ExpectOneMeaning(const std::map<std::string, std::set<std::string>>& names) {
  EXPECT_GT(names.size(), 100u) << "the search finds nothing";
  for (const auto& [name, headers] : names) {
    std::string where;
    for (const std::string& header : headers) where += " " + header;
    EXPECT_EQ(headers.size(), 1u) << name << " is defined in" << where;
  }
}

TEST(ConstantsOfHeaders, HaveOneMeaning) {
  ExpectOneMeaning(
      InHeaders(std::regex(R"re(^inline constexpr .*?\b(k[A-Z]\w*)(?:\[\])?(?: ?=|\{))re")));
}

TEST(TypesOfHeaders, HaveOneMeaning) {
  ExpectOneMeaning(
      InHeaders(std::regex(R"re(^(?:struct|class|enum class) (\w+)(?: final)?(?: :| \{))re")));
}

}  // namespace
