#pragma once

#include <redress/order/v1/order.pb.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "clients/importing/csv_file.h"
#include "clients/importing/field_writer.h"
#include "clients/importing/items.h"
#include "clients/importing/lines_file.h"
#include "clients/importing/mapping.h"
#include "clients/importing/whole_order.h"

namespace redress::importing {

// A CSV file read through a mapping. It is read three times: counted (so that an order is handed
// out when its last line was seen, wherever in the file its lines stand), read for orders, read for
// adjustments. In memory are the open orders and one counter per order, never the file.
//
// Nothing goes in by half: an order with a bad row is held back with all its rows, and goes in once
// the row is mended. Where it is not known which order a row is missing from, or rows may have been
// misread, the file is refused before anything is sent.
class OrderFile {
 public:
  struct Options {
    std::string encoding;    // empty: as the mapping says
    std::string lines_path;  // a file of order lines; empty for none
    std::vector<std::shared_ptr<const JoinedFile>> joined = {};  // see CsvFile::Join
  };

  // Throws std::runtime_error when a file cannot be read, MappingError when its columns do not
  // fit the mapping. `mapping` has to outlive this.
  OrderFile(std::string path, const Mapping& mapping, const Options& options);
  OrderFile(std::string path, const Mapping& mapping)
      : OrderFile(std::move(path), mapping, Options{}) {}

  // Rows behind the headers, bad ones included.
  std::uint64_t rows() const { return rows_; }
  // The header as it stands in the file.
  const std::vector<std::string>& columns() const { return file_.header(); }
  // Columns that no field takes and that are kept beside the orders; complete once these are read.
  std::vector<std::string> KeptColumns() const;

  // Buyers of orders that ReadOrders has held back, each with the first bad line.
  const HeldBackBuyers& held_back_buyers() const { return held_back_buyers_; }

  // Each row is rejected in one of the two.

  void ReadOrders(const std::function<void(OrderItem)>& on_order,
                  const std::function<void(Reject)>& on_reject);
  void ReadAdjustments(const std::function<void(AdjustmentItem)>& on_adjustment,
                       const std::function<void(Reject)>& on_reject);

 private:
  struct OpenOrder {
    OrderItem item;
    std::vector<std::string> problems;  // per row of the item; empty for a good one
    std::string buyer;                  // as far as any row tells
    std::uint32_t seen = 0;
    std::uint64_t first_line = 0;
    std::uint64_t bad_line = 0;  // of the first bad row; 0: none is
  };
  struct Bound {
    std::size_t position;
    RowKind kind;
    std::string prefix;
  };

  void CountLines(const Header& header);
  void ReadWholeOrders(const std::function<void(OrderItem)>& on_order,
                       const std::function<void(Reject)>& on_reject);
  // Sets kind and group. Throws MappingError where the row does not tell them.
  void Classify(const CsvRecord& record, RowKind& kind, std::string& group) const;
  bool TellsItsOrder(const CsvRecord& record) const;
  std::string AddLine(const CsvRecord& record, FieldWriter& order_fields, FieldWriter& line_fields,
                      OpenOrder& open) const;
  void RejectAll(OpenOrder open, const std::function<void(Reject)>& on_reject);

  CsvFile file_;
  const Mapping& mapping_;
  std::unique_ptr<LinesFile> lines_file_;           // null for none
  std::unique_ptr<WholeOrderReader> whole_orders_;  // null where rows are lines
  std::size_t group_position_ = 0;
  std::vector<Bound> kinds_;
  std::uint64_t rows_ = 0;
  HeldBackBuyers held_back_buyers_;
  std::unordered_map<std::string, std::uint32_t> lines_of_;  // group → its order lines
};

}  // namespace redress::importing
