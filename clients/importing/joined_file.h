#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "clients/importing/mapping.h"

namespace redress::importing {

// A file whose rows belong to rows of another by a key (see JoinRules). It is held in memory, up to
// a million rows.
class JoinedFile {
 public:
  // Throws std::runtime_error when the file cannot be read, MappingError that names line and column
  // for a row that cannot be read: what belongs to it would be imported without.
  JoinedFile(const std::string& path, const std::string& encoding, const Mapping& mapping,
             const JoinRules& rules);

  // The column of the other file that leads here.
  const std::string& column() const { return column_; }
  // "NAME.column", in the order of the file.
  const std::vector<std::string>& columns() const { return columns_; }
  // Empty cells where there is none.
  const std::vector<std::string>& RowOf(const std::string& key) const;

 private:
  const std::string column_;
  std::vector<std::string> columns_;
  std::vector<std::string> none_;
  std::unordered_map<std::string, std::vector<std::string>> rows_;
};

}  // namespace redress::importing
