#pragma once

// Statements over many rows. The number of rows in a statement is one, two, three, a multiple of
// four or, from 64 on, of 64, so that a few prepared statements serve every batch size, and hardly
// any batch needs more than three of them.
//
//   static const MultiRow kInsertLines("INSERT INTO order_lines (shop_id, …) VALUES ", 9);
//   kInsertLines.Execute(connection, values);          // 45 rows: 44 + 1
//   static const MultiRow kLockCases("SELECT … FROM cases FORCE INDEX (PRIMARY)"
//                                    " WHERE (shop_id, case_id) IN (", 2, ") FOR UPDATE");
//   kLockCases.Query(connection, keys, [&](Result& row) { … });  // 45 keys: one statement of 48

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "services/platform/database/connection.h"

namespace redress::platform {

// "(?,?),(?,?)" for 2 columns and 2 rows.
std::string Placeholders(std::size_t columns, std::size_t rows);

class MultiRow {
 public:
  // The statement is head + rows of placeholders + tail; at most max_rows (a multiple of four, from
  // 64 on of 64) at once, fewer where so many rows have more than some thousand columns together.
  MultiRow(std::string_view head, std::size_t columns, std::string_view tail = "",
           std::size_t max_rows = 128);

  // values holds whole rows, one after another; answers the rows matched, as Connection::Execute.
  std::uint64_t Execute(Connection& connection, std::span<const Value> values) const;

  // For key lists, where a repeated key changes nothing: the last one is repeated up to the next
  // size, so that up to max_rows keys cost one round trip. Calls on_row for each row.
  void Query(Connection& connection, std::span<const Value> keys,
             const std::function<void(Result&)>& on_row) const;

 private:
  const std::size_t columns_;
  const std::size_t max_rows_;
  std::vector<std::string> statements_;  // of 1, 2, 3, 4, 8, … 64, 128, … rows
};

}  // namespace redress::platform
