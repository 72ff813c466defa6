#pragma once

#include <absl/time/time.h>
#include <google/protobuf/descriptor.h>

#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace redress::importing {

// What a row of the file is.
enum class RowKind { kOrderLine, kRefund, kCorrection };

// Where the value of one field comes from.
struct FieldRule {
  // The field, reached from the section's message; more than one for `receiver.name`.
  std::vector<const google::protobuf::FieldDescriptor*> path;
  std::string name;                           // as written in the mapping
  std::string column;                         // header name; empty for a constant
  std::string constant;                       // used where there is no column, or it is empty
  std::map<std::string, std::string> values;  // translation of the column's texts; empty for none
  bool negate = false;                        // numbers change their sign
};

// Rows whose column begins with a prefix are of this kind; the first rule that fits decides.
struct RecordRule {
  RowKind kind = RowKind::kOrderLine;
  std::string column;
  std::string prefix;
};

// How a CSV file becomes orders and adjustments; read from a TOML file. Its sections [order],
// [line], [refund] and [correction] set fields of OrderInput, OrderLineInput and AdjustmentInput by
// their proto names:
//
//   sku = "StockCode"                                  a column, by its trimmed header
//   platform = { constant = "direct" }                 the same for every row
//   quantity = { column = "Quantity", negate = true }  with the other sign
//   status = { column = "订单状态", values = { "交易成功" = "TRADE_FINISHED" } }
//
// A line's number is its position in the group, an adjustment's the group and its position, unless
// the mapping sets them. Amounts in fields named `*_minor` are written as decimals in the file.
struct Mapping {
  std::string path;
  std::string description;
  std::string encoding = "auto";
  char delimiter = ',';
  std::string group_by;  // the column that lines of one order share
  std::string time_format;
  absl::TimeZone time_zone;  // of times in the file
  int minor_digits = 2;      // decimals of the currency
  std::vector<RecordRule> records;
  std::vector<FieldRule> order;
  std::vector<FieldRule> line;
  std::vector<FieldRule> refund;
  std::vector<FieldRule> correction;
};

// What is wrong with a mapping or does not fit between it and a file; names the key or column.
class MappingError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// `name` is a path (it has a slash or ends in .toml) or the name of a shipped mapping. Throws
// MappingError.
Mapping LoadMapping(const std::string& name);

// Parses a mapping; `path` names it in errors.
Mapping ParseMapping(const std::string& toml, const std::string& path);

// Names of the mappings that came with the program, sorted.
std::vector<std::string> ShippedMappings();

}  // namespace redress::importing
