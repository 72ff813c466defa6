// The rooms of the house may use each other in one direction only; every include is checked.

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <regex>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

struct Include {
  std::string from;  // path of the including file, from the root
  std::string to;    // what it includes
};

fs::path Root() {
  const char* root = std::getenv("REDRESS_SOURCE_DIR");
  return root != nullptr ? fs::path(root) : fs::current_path();
}

bool IsSource(const fs::path& path) {
  return path.extension() == ".h" || path.extension() == ".cpp";
}

std::vector<Include> IncludesUnder(const std::string& room) {
  static const std::regex line_of_include(R"re(^\s*#\s*include\s*[<"]([^>"]+)[>"])re");
  std::vector<Include> found;
  if (!fs::exists(Root() / room)) return found;
  for (const auto& entry : fs::recursive_directory_iterator(Root() / room)) {
    if (!entry.is_regular_file() || !IsSource(entry.path())) continue;
    std::ifstream file(entry.path());
    const std::string from = fs::relative(entry.path(), Root()).string();
    for (std::string line; std::getline(file, line);) {
      std::smatch match;
      if (std::regex_search(line, match, line_of_include)) found.push_back({from, match[1]});
    }
  }
  return found;
}

bool StartsWith(const std::string& text, const std::string& prefix) {
  return text.rfind(prefix, 0) == 0;
}

bool IsProtobufOrSql(const std::string& header) {
  return StartsWith(header, "redress/") || StartsWith(header, "google/") ||
         StartsWith(header, "grpc") || StartsWith(header, "cppconn/") ||
         header.find(".pb.h") != std::string::npos;
}

const std::vector<std::string>& Areas() {
  static const std::vector<std::string> areas = [] {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(Root() / "services")) {
      const std::string name = entry.path().filename();
      if (entry.is_directory() && name != "platform") names.push_back(name);
    }
    return names;
  }();
  return areas;
}

TEST(IncludeDirection, FindsTheSources) {
  EXPECT_GT(IncludesUnder("services").size(), 100u);
  EXPECT_GT(IncludesUnder("workflows").size(), 10u);
}

TEST(IncludeDirection, WorkflowsUseOnlyThemselvesTheStandardLibraryAndBoost) {
  for (const auto& [from, to] : IncludesUnder("workflows")) {
    EXPECT_FALSE(StartsWith(to, "services/") || StartsWith(to, "clients/") || IsProtobufOrSql(to) ||
                 StartsWith(to, "spdlog") || to == "thread" || to == "chrono" || to == "fstream")
        << from << " includes " << to;
    const bool sees_msm =
        from.find("/machine/") != std::string::npos || from.find(".cpp") != std::string::npos;
    if (StartsWith(to, "boost/")) {
      EXPECT_TRUE(sees_msm) << from << " includes " << to;
    }
  }
}

TEST(IncludeDirection, PlatformKnowsNoService) {
  for (const auto& [from, to] : IncludesUnder("services/platform")) {
    for (const std::string& area : Areas()) {
      EXPECT_FALSE(StartsWith(to, "services/" + area + "/")) << from << " includes " << to;
    }
    EXPECT_FALSE(StartsWith(to, "workflows/")) << from << " includes " << to;
  }
}

TEST(IncludeDirection, AServiceSeesNoOtherService) {
  for (const std::string& area : Areas()) {
    for (const auto& [from, to] : IncludesUnder("services/" + area)) {
      for (const std::string& other : Areas()) {
        if (other != area) {
          EXPECT_FALSE(StartsWith(to, "services/" + other + "/")) << from << " includes " << to;
        }
      }
      if (area != "aftersales") {
        EXPECT_FALSE(StartsWith(to, "workflows/")) << from << " includes " << to;
      }
      EXPECT_FALSE(StartsWith(to, "clients/")) << from << " includes " << to;
    }
  }
}

TEST(IncludeDirection, DomainSeesNeitherProtobufNorSqlNorItsEdges) {
  for (const std::string& area : Areas()) {
    for (const auto& [from, to] : IncludesUnder("services/" + area + "/domain")) {
      EXPECT_FALSE(IsProtobufOrSql(to)) << from << " includes " << to;
      EXPECT_FALSE(StartsWith(to, "services/platform/database/")) << from << " includes " << to;
      EXPECT_FALSE(StartsWith(to, "services/" + area + "/store/")) << from << " includes " << to;
      EXPECT_FALSE(StartsWith(to, "services/" + area + "/api/")) << from << " includes " << to;
    }
  }
}

TEST(IncludeDirection, ApiSeesNoSqlAndStoreSeesNoApi) {
  for (const std::string& area : Areas()) {
    for (const auto& [from, to] : IncludesUnder("services/" + area + "/api")) {
      EXPECT_FALSE(StartsWith(to, "services/" + area + "/store/")) << from << " includes " << to;
      EXPECT_FALSE(StartsWith(to, "services/platform/database/connection"))
          << from << " includes " << to;
    }
    for (const auto& [from, to] : IncludesUnder("services/" + area + "/store")) {
      EXPECT_FALSE(StartsWith(to, "services/" + area + "/api/")) << from << " includes " << to;
    }
  }
}

TEST(IncludeDirection, ClientsSeeOnlyProtos) {
  for (const auto& [from, to] : IncludesUnder("clients")) {
    EXPECT_FALSE(StartsWith(to, "services/") || StartsWith(to, "workflows/"))
        << from << " includes " << to;
  }
}

}  // namespace
