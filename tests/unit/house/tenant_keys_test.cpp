// Every table's primary key begins with shop_id and every statement names it, so that no shop can
// see another's rows and a shop can move to another cell. What is exempt, and why, is listed in
// services/platform/migrations/installation_tables.txt.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

fs::path Root() {
  const char* root = std::getenv("REDRESS_SOURCE_DIR");
  return root != nullptr ? fs::path(root) : fs::current_path();
}

std::string ReadAll(const fs::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

// Lines are `table NAME reason…` or `statement kConstant reason…`; # begins a comment.
struct Exemptions {
  std::set<std::string> tables;
  std::set<std::string> statements;
};

Exemptions ReadExemptions() {
  Exemptions exempt;
  std::ifstream file(Root() / "services/platform/migrations/installation_tables.txt");
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::istringstream words(line);
    std::string kind, name, reason;
    words >> kind >> name >> reason;
    EXPECT_FALSE(reason.empty()) << "no reason given: " << line;
    EXPECT_TRUE(kind == "table" || kind == "statement") << line;
    (kind == "table" ? exempt.tables : exempt.statements).insert(name);
  }
  return exempt;
}

std::vector<fs::path> FilesUnder(const fs::path& folder, const std::set<std::string>& extensions) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file() && extensions.count(entry.path().extension().string()) != 0) {
      files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

struct Statement {
  std::string constant;  // the name before it, when there is one
  std::string sql;
  fs::path file;
};

// The SQL statements among a source's string literals; adjacent literals are joined.
std::vector<Statement> StatementsIn(const fs::path& file) {
  static const std::regex literal(
      R"re((?:([A-Za-z_]\w*)(?:\[\])?\s*=\s*)?((?:R"(\w*)\(([\s\S]*?)\)\3"|"(?:[^"\\\n]|\\.)*")(?:\s*"(?:[^"\\\n]|\\.)*")*))re");
  static const std::regex is_sql(R"re(^[\s("A-Za-z]*?(SELECT|INSERT|UPDATE|DELETE|REPLACE)\s)re");
  static const std::regex comment(R"re(//[^\n]*)re");
  std::vector<Statement> found;
  const std::string text = std::regex_replace(ReadAll(file), comment, "");
  for (auto it = std::sregex_iterator(text.begin(), text.end(), literal);
       it != std::sregex_iterator(); ++it) {
    const std::string sql = (*it)[2];
    if (std::regex_search(sql.substr(0, 60), is_sql)) found.push_back({(*it)[1], sql, file});
  }
  return found;
}

std::set<std::string> TablesIn(const std::string& sql) {
  static const std::regex upsert("ON DUPLICATE KEY UPDATE");
  static const std::regex table(
      R"re((?:FROM|JOIN|INTO|UPDATE)[\s"]+(?:IGNORE\s+)?([a-z][a-z_0-9]*))re");
  const std::string plain = std::regex_replace(sql, upsert, "");
  std::set<std::string> tables;
  for (auto it = std::sregex_iterator(plain.begin(), plain.end(), table);
       it != std::sregex_iterator(); ++it) {
    tables.insert((*it)[1]);
  }
  return tables;
}

TEST(TenantKeys, EveryTablesPrimaryKeyBeginsWithShopId) {
  static const std::regex create(R"re(CREATE TABLE\s+(?:IF NOT EXISTS\s+)?`?(\w+)`?)re");
  static const std::regex primary_key(R"re(PRIMARY KEY\s*\(\s*`?shop_id`?)re");
  const Exemptions exempt = ReadExemptions();
  int tables = 0;
  for (const fs::path& file : FilesUnder(Root() / "services", {".sql"})) {
    const std::string sql = ReadAll(file);
    std::smatch match;
    if (!std::regex_search(sql, match, create)) continue;
    ++tables;
    EXPECT_EQ(sql.find("AUTO_INCREMENT"), std::string::npos) << file;
    if (exempt.tables.count(match[1]) != 0) continue;
    EXPECT_TRUE(std::regex_search(sql, primary_key)) << match[1] << " in " << file;
  }
  EXPECT_GT(tables, 20);
}

TEST(TenantKeys, EveryStatementNamesShopId) {
  const Exemptions exempt = ReadExemptions();
  int statements = 0;
  for (const fs::path& file : FilesUnder(Root() / "services", {".h", ".cpp"})) {
    for (const Statement& statement : StatementsIn(file)) {
      ++statements;
      if (statement.sql.find("shop_id") != std::string::npos) continue;
      if (exempt.statements.count(statement.constant) != 0) continue;
      const auto tables = TablesIn(statement.sql);
      const bool installation =
          !tables.empty() && std::all_of(tables.begin(), tables.end(), [&](const auto& table) {
            return exempt.tables.count(table) != 0;
          });
      EXPECT_TRUE(installation) << statement.file << ": " << statement.constant << ": "
                                << statement.sql;
    }
  }
  EXPECT_GT(statements, 60);
}

TEST(TenantKeys, NoStatementUsesTheDatabasesClockOffsetsOrStars) {
  static const std::regex forbidden(
      R"re(\bNOW\(|\bCURRENT_TIMESTAMP\b|\bSYSDATE\(|\bOFFSET\b|SELECT\s+\*|\bGET_LOCK\b)re");
  for (const fs::path& file : FilesUnder(Root() / "services", {".h", ".cpp", ".sql"})) {
    if (file.extension() == ".sql") {
      EXPECT_FALSE(std::regex_search(ReadAll(file), forbidden)) << file;
      continue;
    }
    for (const Statement& statement : StatementsIn(file)) {
      EXPECT_FALSE(std::regex_search(statement.sql, forbidden)) << file << ": " << statement.sql;
    }
  }
}

}  // namespace
