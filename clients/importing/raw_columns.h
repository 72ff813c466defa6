#pragma once

#include <redress/order/v1/order.pb.h>

#include <string>
#include <vector>

#include "clients/importing/mapping.h"

namespace redress::importing {

// Keeps what no field takes of a row beside the order: nothing of a file is dropped. Remembers
// which columns had something to keep.
class RawColumns {
 public:
  // `header` as it stands in the file. The mapping outlives this.
  RawColumns(const std::vector<std::string>& header, const Mapping& mapping);

  // Adds the filled cells of `row` that are not `taken`; `line_number` is empty for the order
  // itself. Answers "" or what is wrong with which column.
  std::string Keep(const std::vector<std::string>& row, const std::vector<bool>& taken,
                   const std::string& line_number, redress::order::v1::OrderInput& order);

  // Names of the columns that were kept, in the order of the file.
  std::vector<std::string> Kept() const;

 private:
  struct Column {
    std::string name;
    bool personal = true;
    bool kept = false;
  };
  const Mapping& mapping_;
  std::vector<Column> columns_;
};

}  // namespace redress::importing
