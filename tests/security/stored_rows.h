#pragma once

// What the services have stored, as one checksum per table, so that a refused call can be seen to
// have changed nothing.

#include <map>
#include <string>
#include <vector>

#include "tests/e2e/stack.h"

namespace redress::security {

class StoredRows {
 public:
  using Checksums = std::map<std::string, std::string>;  // table → checksum

  explicit StoredRows(e2e::Stack& stack);

  // Without scoring's tables, which follow the events a moment later.
  Checksums Now();
  // Scoring's tables, once they have taken in all that was published.
  Checksums FiguresNow();

  // The tables that differ, in words.
  static std::string Difference(const Checksums& before, const Checksums& after);

 private:
  Checksums Sums(const std::vector<std::string>& tables);

  e2e::Stack& stack_;
  std::vector<std::string> tables_, figure_tables_;
};

}  // namespace redress::security
