#pragma once

#include <redress/order/v1/order.pb.h>

#include <cstdint>
#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

#include "clients/importing/csv_reader.h"
#include "clients/importing/field_writer.h"
#include "clients/importing/mapping.h"

namespace redress::importing {

// A row of the file, kept as long as it may still be rejected.
struct Row {
  std::uint64_t line = 0;
  std::string raw;
};

// An order and the rows that its lines came from, in the order of the lines.
struct OrderItem {
  redress::order::v1::OrderInput order;
  std::vector<Row> rows;
};

// A refund or correction and its row.
struct AdjustmentItem {
  redress::order::v1::AdjustmentInput adjustment;
  Row row;
};

// A row that does not go in, and why.
struct Reject {
  Row row;
  std::string reason;
};

// A CSV file read through a mapping. It is read three times: counted (so that an order is handed
// out when its last line was seen, wherever in the file its lines stand), read for orders, read for
// adjustments. In memory are the open orders and one counter per order, never the file.
//
// A bad row is rejected alone: the order's other lines go in, under the numbers they would have had
// anyway.
class OrderFile {
 public:
  // Throws std::runtime_error when the file cannot be read, MappingError when its columns do not
  // fit the mapping. `mapping` has to outlive this.
  OrderFile(std::string path, const Mapping& mapping);

  // Rows behind the header, bad ones included.
  std::uint64_t rows() const { return rows_; }

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

  void ForEachRow(const std::function<void(CsvRecord&)>& on_row) const;
  // "" where the row can be told apart, else why it cannot; sets kind and group.
  std::string Classify(const CsvRecord& record, RowKind& kind, std::string& group) const;
  std::string AddLine(const CsvRecord& record, FieldWriter& order_fields, FieldWriter& line_fields,
                      OpenOrder& open) const;

  const std::string path_;
  const Mapping& mapping_;
  std::vector<std::string> header_names_;
  std::size_t group_position_ = 0;
  std::vector<Bound> kinds_;
  std::uint64_t rows_ = 0;
  std::unordered_map<std::string, std::uint32_t> lines_of_;  // group → its order lines
};

}  // namespace redress::importing
