#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "clients/importing/csv_reader.h"
#include "clients/importing/joined_file.h"

namespace redress::importing {

// A CSV file with a header, read as often as asked.
class CsvFile {
 public:
  // `encoding` as TextSource knows it. Throws std::runtime_error when the file cannot be read,
  // MappingError when it has no readable header.
  CsvFile(std::string path, std::string encoding, char delimiter);

  // From now on every row has the columns of the joined file's row behind its own.
  void Join(std::shared_ptr<const JoinedFile> joined);

  const std::string& path() const { return path_; }
  // As it stands in the file; joined columns behind it.
  const std::vector<std::string>& header() const { return header_; }
  // Whether the row is as wide as the header: its fields stand in their columns.
  bool IsInColumns(const CsvRecord& record) const { return record.fields.size() == header_.size(); }

  // Every row behind the header. One that cannot be read, or has another number of fields than the
  // header, has a problem that names the column where there is one.
  void ForEachRow(const std::function<void(CsvRecord&)>& on_row) const;
  // The same until on_row answers false.
  void ForEachRowUntil(const std::function<bool(CsvRecord&)>& on_row) const;
  // The same; throws MappingError at the first row behind which rows may be misread. To be called
  // before anything of the file is sent.
  void ForEachRowInForm(const std::function<void(CsvRecord&)>& on_row) const;

 private:
  void Read(const std::function<bool(CsvRecord&)>& on_record) const;
  std::string ProblemOf(const CsvRecord& record) const;

  const std::string path_;
  const std::string encoding_;
  const char delimiter_;
  std::vector<std::string> header_;
  std::size_t own_columns_ = 0;
  struct Joined {
    std::size_t position;  // of the column that leads to the other file's row
    std::shared_ptr<const JoinedFile> file;
  };
  std::vector<Joined> joined_;
};

}  // namespace redress::importing
