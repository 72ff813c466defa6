#pragma once

// What the services have stored, as one checksum per table, so that a refused call can be seen to
// have changed nothing.

#include <map>
#include <string>
#include <vector>

#include "tests/e2e/stack.h"
#include "tests/security/bus.h"

namespace redress::security {

class StoredRows {
 public:
  using Checksums = std::map<std::string, std::string>;  // table → checksum

  explicit StoredRows(e2e::Stack& stack);

  // What a call to this program could change. A program that follows the others' events (scoring,
  // customer) is waited for until it has taken in all that was published; for any other program,
  // those tables are left out.
  Checksums Of(const std::string& program);

  // The tables that differ, in words.
  static std::string Difference(const Checksums& before, const Checksums& after);

 private:
  Checksums Now();
  Checksums AtRest(const std::string& program);
  Checksums Sums(const std::vector<std::string>& tables);

  e2e::Stack& stack_;
  Bus bus_;
  std::vector<std::string> tables_;
  std::map<std::string, std::vector<std::string>> followed_;  // program → tables
};

}  // namespace redress::security
