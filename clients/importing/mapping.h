#pragma once

#include <absl/time/time.h>
#include <google/protobuf/descriptor.h>

#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

namespace redress::importing {

// What a row of the file is.
enum class RowKind { kOrderLine, kRefund, kCorrection };

// What the rows of a file are.
enum class RowsAre {
  kLines,     // of orders, or refunds and corrections
  kOrders,    // each an order
  kCases,     // each a closed case
  kSteps,     // of closed cases
  kMessages,  // of conversations
  kProducts,  // of the shop: each a product, or what may be chosen of one
};

// Parts properties, `name:value`, as the contract has them.
inline constexpr char kBetweenProperties[] = ";";

// Where the value of one field comes from.
struct FieldRule {
  // The field, reached from the section's message; more than one for `receiver.name`.
  std::vector<const google::protobuf::FieldDescriptor*> path;
  std::string name;                           // as written in the mapping
  std::vector<std::string> columns;           // header names, the first filled one counts
  std::string constant;                       // used where there is no column, or it is empty
  std::map<std::string, std::string> values;  // translation of the column's texts; empty for none
  std::string strip_prefix;                   // taken off the column's text where it is there
  std::string join;                // all filled columns with this between them, not the first only
  std::vector<std::string> names;  // joined: what stands before each column's text, `name:text`
  std::string otherwise;    // what texts mean that are not among `values`; empty: they are wrong
  std::string only_column;  // it says something only in rows where this column
  std::string only_text;    // is so; empty: is filled
  bool negate = false;      // numbers change their sign
  bool keep = false;        // the column is kept beside the order as well: the field says less
  bool optional = false;    // the file may lack the columns
  bool shorten = false;     // a text that is too long is cut
  bool exact = false;       // a text keeps the spaces at its ends
  bool needed = false;      // every row has to fill it, though 0 would be a value

  // What errors call it.
  const std::string& where() const { return columns.empty() ? name : columns.front(); }
};

// Rows whose column begins with a prefix are of this kind; the first rule that fits decides.
struct RecordRule {
  RowKind kind = RowKind::kOrderLine;
  std::string column;
  std::string prefix;
};

// How the rows of a second file, given beside the orders, become the lines of these.
struct LinesFileRules {
  std::string order_number;  // the column that names the line's order; empty: takes no such file
  std::vector<FieldRule> line;
};

// Rows of another file that belong to a row by a key: their columns are this row's, under
// `name.column`. Of several rows with one key the first counts; amounts are added up, or the lowest
// of them counts.
struct JoinRules {
  std::string name;
  std::string column;            // of the file that is imported
  std::string key;               // of the other
  std::set<std::string> add_up;  // columns of decimals
  std::set<std::string> lowest;  // columns of decimals as well
};

// How a CSV file becomes orders and adjustments, closed cases, conversations or products; read from
// a TOML file. Its sections [order], [line], [refund] and [correction] set fields of OrderInput,
// OrderLineInput and AdjustmentInput by their proto names:
//
//   sku = "StockCode"                                  a column, by its trimmed header
//   platform = { constant = "direct" }                 the same for every row
//   quantity = { column = "Quantity", negate = true }  with the other sign
//   status = { column = "订单状态", values = { "交易成功" = "TRADE_FINISHED" } }
//   phone = { columns = ["手机", "电话"], optional = true }  the first filled one; may be missing
//   title = { column = "标题", shorten = true }        cut with … where it is too long
//   agent = { column = "speaker", exact = true }       with the spaces at its ends
//
// Rows are order lines by default: those that share `group_by` are one order. A line's number is
// its position in the group, an adjustment's the group and its position, unless the mapping sets
// them. Amounts in fields named `*_minor` are written as decimals in the file.
//
// With `rows = "orders"` each row is an order by itself: [line] is the one line made of it,
// [shipment] its parcel. Where a file of lines is given too, its rows, mapped by [lines_file], are
// the order's lines, and [postage] is a line of its own. What the source does not give is worked
// out and marked as derived: order_number, order_time and status may be optional.
//
// With `rows = "cases"` each row is a closed case: [case] sets fields of ImportedCase, and each
// [[steps]] is a step of it, taken where its time is filled. With `rows = "steps"` the rows that
// share `group_by` are the steps of a case, [step], and the first has its fields, [case].
// `details` names columns that are kept beside each step as they are: none that tells who somebody
// is. With `number_repeats = true` a row of cases whose source_number has been in the file before
// is a case of its own, numbered "…#2" and so on; without it, the same case told again. With `rows
// = "messages"` the rows that share `group_by`, or that answer each other by [thread], are a
// conversation: [conversation] is read from the first row of the customer. [agents] says who has
// which account: "name in the file" = "account id".
//
// With `rows = "products"` [product] sets fields of ProductInput, and each row is one. With [sku],
// fields of SkuInput, rows of one item_number are what may be chosen of it, wherever they stand:
// the first tells of the product, and what later ones leave empty is as it says. A row that names
// no SKU gives its price and stock to the product itself. Properties of several columns are `named
// = { "size" = "尺码" }`: `size:L`.
//
// [joins.NAME] describes a second file whose rows belong to rows of this one (see JoinRules).
struct Mapping {
  std::string path;
  std::string description;
  std::string encoding = "auto";
  char delimiter = ',';
  RowsAre rows = RowsAre::kLines;
  bool one_row_per_order = false;
  std::string group_by;                   // the column that lines of one order share
  std::vector<std::string> time_formats;  // the first that fits
  absl::TimeZone time_zone;               // of times in the file
  int minor_digits = 2;                   // decimals of the currency
  bool spreadsheet_cells = false;         // cells are cleaned first (cells.h)
  std::set<std::string> empty_texts;      // cells that say nothing
  std::vector<RecordRule> records;
  std::vector<FieldRule> order;
  std::vector<FieldRule> line;
  std::vector<FieldRule> shipment;
  std::vector<FieldRule> postage;
  std::vector<FieldRule> refund;
  std::vector<FieldRule> correction;
  LinesFileRules lines_file;
  // Columns that no field takes are kept beside the order, masked as personal unless listed here.
  bool keeps_raw = false;
  std::set<std::string> plain_columns;
  std::vector<JoinRules> joins;

  std::vector<FieldRule> past_case;
  std::vector<std::vector<FieldRule>> steps;
  std::vector<std::string> details;
  bool numbers_repeats = false;  // rows of cases: a number that comes again is another case's
  std::vector<FieldRule> conversation;
  std::vector<FieldRule> message;
  std::string thread_id;        // the column that names a message; empty: by `group_by`
  std::string thread_reply_to;  // the one that names the message it answers
  std::map<std::string, std::string> agents;  // account id by the name in the file

  std::vector<FieldRule> product;
  std::vector<FieldRule> sku;  // empty: each row is a product

  bool AreOrders() const { return rows == RowsAre::kLines || rows == RowsAre::kOrders; }
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
