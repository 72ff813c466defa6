#pragma once

// The prepared statements of one session, by their text; the least recently used goes first. Both
// the server and the driver keep some hundred bytes for each parameter of each of them, so that the
// parameters are bounded as well.

#include <cppconn/prepared_statement.h>

#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

namespace redress::platform {

// Kept alive by the results that are still read from it.
struct Statement {
  std::string sql;
  std::unique_ptr<sql::PreparedStatement> prepared;
  std::size_t parameters = 0;
};

class StatementCache {
 public:
  static constexpr std::size_t kCapacity = 512;
  static constexpr std::size_t kMostParameters = 128 * 1024;

  // Null when it is not there, or when somebody still reads an earlier result of it: running it
  // again would pull the rows away.
  std::shared_ptr<Statement> Find(std::string_view sql);
  void Keep(std::shared_ptr<Statement> statement);
  void Forget(std::string_view sql);
  std::size_t size() const { return recent_.size(); }
  std::size_t parameters() const { return parameters_; }

 private:
  using Recent = std::list<std::shared_ptr<Statement>>;

  std::size_t parameters_ = 0;
  Recent recent_;                                                   // most recently used first
  std::unordered_map<std::string_view, Recent::iterator> by_text_;  // keys live in Statement::sql
};

}  // namespace redress::platform
