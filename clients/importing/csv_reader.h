#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace redress::importing {

// One record of a CSV file.
struct CsvRecord {
  std::uint64_t line = 0;  // physical line on which it begins, from 1
  std::vector<std::string> fields;
  std::string raw;                // as it stands in the file, without the line's end
  std::string problem;            // not empty: the record cannot be read, and why
  std::size_t problem_field = 0;  // the field at fault, from 1; 0 where it is not one
  bool misleads = false;          // where records begin and end is in doubt from here on
};

// Fills a buffer and answers how many bytes; 0 at the end.
using ByteSource = std::function<std::size_t(char* buffer, std::size_t size)>;

// Reads RFC 4180 records: quoted fields with commas, doubled quotes and line breaks; LF or CRLF; a
// last line without an end. Empty lines are skipped. A quote inside an unquoted field is text.
// Holds one record at a time, never the file.
//
// A record that cannot be read (text after a closing quote, a quote that is never closed, longer
// than `max_record_bytes`, a NUL byte, invalid UTF-8) has a problem; its first physical line is
// given up and reading goes on with the next line. All but invalid UTF-8 mislead: what follows may
// be read as something that it is not.
class CsvReader {
 public:
  struct Options {
    char delimiter = ',';
    std::size_t max_record_bytes = 262'144;
  };

  CsvReader(ByteSource source, Options options);

  // False at the end of the file.
  bool Next(CsvRecord& record);

 private:
  enum class Scan { kRecord, kNeedsMore, kBad };
  Scan ScanRecord(CsvRecord& record);
  Scan ScanQuoted(CsvRecord& record, std::size_t& at);
  bool Fill();
  void GiveUpLine(CsvRecord& record);
  void SkipRestOfLine();

  const ByteSource source_;
  const Options options_;
  std::string buffer_;
  std::size_t begin_ = 0;  // of the record in buffer_
  std::size_t end_ = 0;    // behind its line end, once scanned
  std::uint64_t line_ = 1;
  bool at_end_ = false;
};

// Whether the bytes are well-formed UTF-8.
bool IsUtf8(std::string_view text);

// Puts a field into CSV: quoted where it has to be.
std::string CsvField(std::string_view text);

}  // namespace redress::importing
