#pragma once

#include <redress/order/v1/order.pb.h>

#include <cstdint>
#include <string>
#include <vector>

namespace redress::importing {

// A row of a file, kept as long as it may still be rejected.
struct Row {
  std::uint64_t line = 0;
  std::string raw;
  std::string file;  // name of the file it is from; empty for the one that is imported
};

// An order and the rows that it came from.
struct OrderItem {
  redress::order::v1::OrderInput order;
  std::vector<Row> rows;  // one per line, in the order of the lines, unless `whole`
  bool whole = false;     // the rows make the order together: it goes in or not
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

}  // namespace redress::importing
