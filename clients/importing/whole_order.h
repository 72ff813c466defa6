#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "clients/importing/csv_file.h"
#include "clients/importing/field_writer.h"
#include "clients/importing/items.h"
#include "clients/importing/lines_file.h"
#include "clients/importing/mapping.h"
#include "clients/importing/order_identity.h"
#include "clients/importing/raw_columns.h"

namespace redress::importing {

// Makes an order of one row of a file whose rows are orders, and of the lines that a lines file has
// for it. What the source does not give is worked out and marked as derived:
//
// * the lines: without a lines file one line of everything, named like the order;
// * the time of the order: that of its payment;
// * the status: by the times, as far as they tell; a closed order was refunded if it was paid, else
//   closed before payment;
// * the number: OrderIdentity.
//
// With a lines file what was paid is shared out by price and quantity, postage apart, and so is
// what was refunded elsewhere: no line may be refunded beyond what was paid for it.
class WholeOrderReader {
 public:
  // All outlive this; `lines` is null where there is no such file. Throws MappingError where the
  // columns do not fit.
  WholeOrderReader(const CsvFile& file, const Mapping& mapping, LinesFile* lines);

  // Answers "" or why the row does not go in; the item's rows are set either way.
  std::string Read(const CsvRecord& record, OrderItem& item);

  std::vector<std::string> KeptColumns() const { return raw_.Kept(); }

 private:
  std::string ReadLines(const CsvRecord& record, std::vector<bool>& taken, OrderItem& item);
  std::string TakeFileLines(const CsvRecord& record, FileLines found, std::vector<bool>& taken,
                            redress::order::v1::OrderInput& order);
  std::string ReadShipment(const CsvRecord& record, std::vector<bool>& taken,
                           redress::order::v1::OrderInput& order);

  LinesFile* const lines_;
  FieldWriter order_fields_;
  FieldWriter line_fields_;
  FieldWriter shipment_fields_;
  FieldWriter postage_fields_;
  const bool has_shipments_;
  const bool has_postage_;
  RawColumns raw_;
  OrderIdentity identity_;
  std::unordered_map<std::string, std::uint64_t> joined_;  // order numbers, and where they stand
};

}  // namespace redress::importing
