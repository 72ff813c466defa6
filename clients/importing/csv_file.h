#pragma once

#include <functional>
#include <string>
#include <vector>

#include "clients/importing/csv_reader.h"

namespace redress::importing {

// A CSV file with a header, read as often as asked.
class CsvFile {
 public:
  // `encoding` as TextSource knows it. Throws std::runtime_error when the file cannot be read,
  // MappingError when it has no readable header.
  CsvFile(std::string path, std::string encoding, char delimiter);

  const std::string& path() const { return path_; }
  // As it stands in the file.
  const std::vector<std::string>& header() const { return header_; }

  // Every row behind the header. One that cannot be read, or has another number of fields than the
  // header, has a problem that names the column where there is one.
  void ForEachRow(const std::function<void(CsvRecord&)>& on_row) const;

 private:
  void Read(const std::function<bool(CsvRecord&)>& on_record) const;
  std::string ProblemOf(const CsvRecord& record) const;

  const std::string path_;
  const std::string encoding_;
  const char delimiter_;
  std::vector<std::string> header_;
};

}  // namespace redress::importing
