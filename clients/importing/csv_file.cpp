#include "clients/importing/csv_file.h"

#include "clients/importing/field_writer.h"
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
    if (record.raw.find('\r') != std::string::npos) {
      throw MappingError("line 1 of " + path_ +
                         " has carriage returns in it: does the file end its lines with CR alone? "
                         "Save it with line feeds (LF or CRLF)");
    }
    header_ = record.fields;
    found = true;
    return false;
  });
  if (!found) throw MappingError(path_ + " is empty: not even a header");
  own_columns_ = header_.size();
}

void CsvFile::Join(std::shared_ptr<const JoinedFile> joined) {
  const std::size_t position = Header(header_).PositionOf(joined->column(), "joins.column");
  for (const std::string& column : joined->columns()) header_.push_back(column);
  joined_.push_back({position, std::move(joined)});
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
  if (record.fields.size() == own_columns_) return {};
  return "the row has " + std::to_string(record.fields.size()) + " fields, the header has " +
         std::to_string(own_columns_);
}

void CsvFile::ForEachRow(const std::function<void(CsvRecord&)>& on_row) const {
  ForEachRowUntil([&](CsvRecord& record) {
    on_row(record);
    return true;
  });
}

void CsvFile::ForEachRowUntil(const std::function<bool(CsvRecord&)>& on_row) const {
  bool in_header = true;
  Read([&](CsvRecord& record) {
    if (std::exchange(in_header, false)) return true;
    record.problem = ProblemOf(record);
    if (record.problem.empty()) {
      for (const Joined& joined : joined_) {
        const auto& more = joined.file->RowOf(record.fields[joined.position]);
        record.fields.insert(record.fields.end(), more.begin(), more.end());
      }
    }
    return on_row(record);
  });
}

void CsvFile::ForEachRowInForm(const std::function<void(CsvRecord&)>& on_row) const {
  ForEachRow([&](CsvRecord& record) {
    if (record.misleads) {
      throw MappingError("line " + std::to_string(record.line) + " of " + path_ + ": " +
                         record.problem +
                         "; nothing is imported, since what follows may be misread");
    }
    on_row(record);
  });
}

}  // namespace redress::importing
