#include "clients/importing/csv_file.h"

#include "clients/importing/mapping.h"
#include "clients/importing/text_source.h"

namespace redress::importing {

CsvFile::CsvFile(std::string path, std::string encoding, char delimiter)
    : path_(std::move(path)), encoding_(std::move(encoding)), delimiter_(delimiter) {
  bool found = false;
  Read([&](CsvRecord& record) {
    if (!record.problem.empty()) {
      const std::string where =
          record.problem_field == 0 ? "" : ", column " + std::to_string(record.problem_field);
      throw MappingError("the header of " + path_ + " (line " + std::to_string(record.line) +
                         where + ") cannot be read: " + record.problem);
    }
    header_ = record.fields;
    found = true;
    return false;
  });
  if (!found) throw MappingError(path_ + " is empty: not even a header");
}

void CsvFile::Read(const std::function<bool(CsvRecord&)>& on_record) const {
  TextSource source(path_, encoding_);
  CsvReader reader([&](char* buffer, std::size_t size) { return source.Read(buffer, size); },
                   {.delimiter = delimiter_});
  CsvRecord record;
  while (reader.Next(record) && on_record(record)) {
  }
}

std::string CsvFile::ProblemOf(const CsvRecord& record) const {
  if (!record.problem.empty()) {
    if (record.problem_field == 0) return record.problem;
    std::string where = "column " + std::to_string(record.problem_field);
    if (record.problem_field <= header_.size()) where = header_[record.problem_field - 1];
    return where + ": " + record.problem;
  }
  if (record.fields.size() == header_.size()) return {};
  return "the row has " + std::to_string(record.fields.size()) + " fields, the header has " +
         std::to_string(header_.size());
}

void CsvFile::ForEachRow(const std::function<void(CsvRecord&)>& on_row) const {
  bool in_header = true;
  Read([&](CsvRecord& record) {
    if (std::exchange(in_header, false)) return true;
    record.problem = ProblemOf(record);
    on_row(record);
    return true;
  });
}

}  // namespace redress::importing
