#include "services/platform/database/rows.h"

#include <algorithm>
#include <stdexcept>

namespace redress::platform {

namespace {

constexpr std::size_t kStride = 4;
constexpr std::size_t kWideStride = 64;  // between sizes from here on
constexpr std::size_t kWideFrom = kStride - 2 + kWideStride / kStride;  // the index of the first
// Both ends of a connection keep memory for each parameter of each statement.
constexpr std::size_t kMostParameters = 4096;

std::size_t StrideAt(std::size_t rows) {
  if (rows < kStride) return 1;
  return rows < kWideStride ? kStride : kWideStride;
}
std::size_t SizeWithin(std::size_t rows) { return rows - rows % StrideAt(rows); }
std::size_t SizeAround(std::size_t rows) {
  const std::size_t stride = StrideAt(rows);
  return (rows + stride - 1) / stride * stride;
}
std::size_t IndexOf(std::size_t size) {
  if (size < kStride) return size - 1;
  if (size < kWideStride) return kStride - 2 + size / kStride;
  return kWideFrom - 1 + size / kWideStride;
}
std::size_t RowsWithin(std::size_t max_rows, std::size_t columns) {
  return std::min(max_rows, std::max<std::size_t>(1, SizeWithin(kMostParameters / columns)));
}

}  // namespace

std::string Placeholders(std::size_t columns, std::size_t rows) {
  std::string row = "(";
  for (std::size_t i = 0; i < columns; ++i) row += i == 0 ? "?" : ",?";
  row += ')';
  std::string text;
  text.reserve((row.size() + 1) * rows);
  for (std::size_t i = 0; i < rows; ++i) {
    if (i > 0) text += ',';
    text += row;
  }
  return text;
}

MultiRow::MultiRow(std::string_view head, std::size_t columns, std::string_view tail,
                   std::size_t max_rows)
    : columns_(columns), max_rows_(columns == 0 ? 0 : RowsWithin(max_rows, columns)) {
  if (columns == 0 || max_rows < kStride || SizeWithin(max_rows) != max_rows ||
      columns > kMostParameters) {
    throw std::invalid_argument("a multi-row statement of " + std::to_string(columns) +
                                " columns and " + std::to_string(max_rows) + " rows");
  }
  for (std::size_t rows = 1; rows <= max_rows_; rows += StrideAt(rows)) {
    std::string& sql = statements_.emplace_back(head);
    sql += Placeholders(columns, rows);
    sql += tail;
  }
}

std::uint64_t MultiRow::Execute(Connection& connection, std::span<const Value> values) const {
  if (values.size() % columns_ != 0) throw std::logic_error("values are not whole rows");
  std::uint64_t matched = 0;
  while (!values.empty()) {
    const std::size_t rows = SizeWithin(std::min(values.size() / columns_, max_rows_));
    matched += connection.Execute(statements_[IndexOf(rows)], values.first(rows * columns_));
    values = values.subspan(rows * columns_);
  }
  return matched;
}

void MultiRow::Query(Connection& connection, std::span<const Value> keys,
                     const std::function<void(Result&)>& on_row) const {
  if (keys.size() % columns_ != 0) throw std::logic_error("keys are not whole rows");
  std::vector<Value> padded;
  while (!keys.empty()) {
    const std::size_t rows = std::min(keys.size() / columns_, max_rows_);
    const std::size_t room = SizeAround(rows);
    std::span<const Value> asked = keys.first(rows * columns_);
    keys = keys.subspan(rows * columns_);
    if (room != rows) {
      padded.assign(asked.begin(), asked.end());
      const std::span<const Value> last = asked.last(columns_);
      for (std::size_t i = rows; i < room; ++i) {
        padded.insert(padded.end(), last.begin(), last.end());
      }
      asked = padded;
    }
    Result result = connection.Query(statements_[IndexOf(room)], asked);
    while (result.Next()) on_row(result);
  }
}

}  // namespace redress::platform
