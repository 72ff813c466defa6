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
// A bad row is rejected alone: the order's other lines go in, under the numbers they would have had
// anyway. Where each row is an order by itself, it goes in with all its lines or not at all.
class OrderFile {
 public:
  struct Options {
    std::string encoding;    // empty: as the mapping says
    std::string lines_path;  // a file of order lines; empty for none
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

  // Each row is rejected in one of the two.

  void ReadOrders(const std::function<void(OrderItem)>& on_order,
                  const std::function<void(Reject)>& on_reject);
  void ReadAdjustments(const std::function<void(AdjustmentItem)>& on_adjustment,
                       const std::function<void(Reject)>& on_reject);

 private:
  struct OpenOrder {
    OrderItem item;
    std::uint32_t seen = 0;
    std::uint64_t first_line = 0;
  };
  struct Bound {
    std::size_t position;
    RowKind kind;
    std::string prefix;
  };

  void CountLines(const Header& header);
  void RefuseAnotherHeader(const Header& header) const;
  void ReadWholeOrders(const std::function<void(OrderItem)>& on_order,
                       const std::function<void(Reject)>& on_reject);
  // "" where the row can be told apart, else why it cannot; sets kind and group.
  std::string Classify(const CsvRecord& record, RowKind& kind, std::string& group) const;
  std::string AddLine(const CsvRecord& record, FieldWriter& order_fields, FieldWriter& line_fields,
                      OpenOrder& open) const;

  const CsvFile file_;
  const Mapping& mapping_;
  std::unique_ptr<LinesFile> lines_file_;           // null for none
  std::unique_ptr<WholeOrderReader> whole_orders_;  // null where rows are lines
  std::size_t group_position_ = 0;
  std::vector<Bound> kinds_;
  std::uint64_t rows_ = 0;
  std::unordered_map<std::string, std::uint32_t> lines_of_;  // group → its order lines
};

}  // namespace redress::importing
