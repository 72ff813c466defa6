#include "clients/importing/lines_file.h"

#include <algorithm>
#include <filesystem>

#include "clients/importing/cells.h"
#include "clients/importing/field_writer.h"

namespace redress::importing {
namespace {

constexpr std::uint64_t kMaxRows = 2'000'000;

}  // namespace

LinesFile::LinesFile(const std::string& path, const std::string& encoding, const Mapping& mapping)
    : file_(path, encoding, mapping.delimiter),
      mapping_(mapping),
      name_(std::filesystem::path(path).filename().string()),
      raw_(file_.header(), mapping) {
  if (mapping.lines_file.order_number.empty()) {
    throw MappingError("the mapping takes no file of order lines: it has no [lines_file]");
  }
  const Header header(file_.header());
  const std::size_t number_position =
      header.PositionOf(mapping.lines_file.order_number, "lines_file.order_number");
  FieldWriter fields(mapping.lines_file.line, header, mapping);
  file_.ForEachRow([&](CsvRecord& record) {
    if (++rows_ > kMaxRows) {
      throw MappingError(name_ + " has more than " + std::to_string(kMaxRows) +
                         " rows; import it in parts, each with the orders it belongs to");
    }
    Add(record, fields, number_position);
  });
}

void LinesFile::Add(const CsvRecord& record, FieldWriter& fields, std::size_t number_position) {
  const std::string where = name_ + " line " + std::to_string(record.line) + ": ";
  // A row with a bad cell elsewhere still tells its order.
  std::string number;
  if (!record.misleads && file_.IsInColumns(record) && IsUtf8(record.fields[number_position])) {
    number = CleanCell(record.fields[number_position]);
  }
  if (number.empty()) {
    throw MappingError(
        where +
        (record.problem.empty() ? mapping_.lines_file.order_number + " is empty" : record.problem) +
        "; nothing is imported, since it is not known which order misses the line");
  }
  FileLines& lines = by_order_[number];
  lines.rows.push_back({record.line, record.raw, name_});
  std::string problem = record.problem;
  std::vector<bool> taken(record.fields.size(), false);
  taken[number_position] = true;
  redress::order::v1::OrderLineInput line;
  const std::string line_number = std::to_string(lines.rows.size());
  if (problem.empty()) problem = fields.Write(record.fields, line, &taken);
  if (line.line_number().empty()) line.set_line_number(line_number);
  if (problem.empty()) problem = raw_.Keep(record.fields, taken, line.line_number(), lines.raw);
  if (!problem.empty() && lines.problem.empty()) lines.problem = where + problem;
  lines.lines.push_back(std::move(line));
}

FileLines LinesFile::Take(const std::string& order_number) {
  const auto found = by_order_.find(order_number);
  if (found == by_order_.end()) return {};
  FileLines lines = std::move(found->second);
  by_order_.erase(found);
  return lines;
}

void LinesFile::RejectRest(const std::function<void(Reject)>& on_reject) {
  std::vector<Row> rest;
  for (auto& [number, lines] : by_order_) {
    std::move(lines.rows.begin(), lines.rows.end(), std::back_inserter(rest));
  }
  by_order_.clear();
  std::sort(rest.begin(), rest.end(), [](const Row& a, const Row& b) { return a.line < b.line; });
  for (Row& row : rest) {
    on_reject({std::move(row),
               "its order is not in the file of orders, or did not go in; import the "
               "two together"});
  }
}

}  // namespace redress::importing
