#pragma once

#include <redress/order/v1/order.pb.h>

#include <cstdint>
#include <string>
#include <unordered_map>
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
  bool whole = false;     // the rows make the order together, none is one line's
};

// Why a good row of an order does not go in.
inline std::string HeldBack(std::uint64_t bad_line) {
  return "goes in with its whole order or not at all, and line " + std::to_string(bad_line) +
         " is wrong; mend it and import again";
}

// By the buyer's nick, the line for which an order of theirs was held back. A refund finds its
// order when it comes in and never again: those of such a buyer wait.
using HeldBackBuyers = std::unordered_map<std::string, std::uint64_t>;

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
