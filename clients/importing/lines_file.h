#pragma once

#include <redress/order/v1/order.pb.h>

#include <cstdint>
#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

#include "clients/importing/csv_file.h"
#include "clients/importing/field_writer.h"
#include "clients/importing/items.h"
#include "clients/importing/mapping.h"
#include "clients/importing/raw_columns.h"

namespace redress::importing {

// The lines of one order as the lines file has them.
struct FileLines {
  std::vector<redress::order::v1::OrderLineInput> lines;
  redress::order::v1::OrderInput raw;  // only its raw fields
  std::vector<Row> rows;
  std::string problem;  // of a line; the order cannot go in without it
};

// A file of order lines that is joined to the orders of another by their number. Held in memory, at
// most 2,000,000 lines.
class LinesFile {
 public:
  // Throws MappingError when the columns do not fit, or a row does not tell which order it is of:
  // joined without it, some order would be incomplete and nobody would know which.
  LinesFile(const std::string& path, const std::string& encoding, const Mapping& mapping);

  std::uint64_t rows() const { return rows_; }
  std::vector<std::string> KeptColumns() const { return raw_.Kept(); }

  // Moves the lines of an order out; empty where it has none.
  FileLines Take(const std::string& order_number);
  // Hands out the rows that nobody took.
  void RejectRest(const std::function<void(Reject)>& on_reject);

 private:
  void Add(const CsvRecord& record, FieldWriter& fields, std::size_t number_position);

  const CsvFile file_;
  const Mapping& mapping_;
  const std::string name_;  // for messages
  RawColumns raw_;
  std::uint64_t rows_ = 0;
  std::unordered_map<std::string, FileLines> by_order_;
};

}  // namespace redress::importing
