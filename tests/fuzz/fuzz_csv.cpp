// The CSV reader: whatever the bytes are, it comes to the end, holds one bounded record at a time,
// and counts lines forwards; a record that it takes is UTF-8 without NUL.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>

#include "clients/importing/cells.h"
#include "clients/importing/csv_reader.h"

using namespace redress::importing;

namespace {

constexpr std::size_t kMostBytes = 4096;

void Check(bool holds) {
  if (!holds) std::abort();
}

void Read(const std::uint8_t* data, std::size_t size, char delimiter, std::size_t piece) {
  std::size_t at = 0;
  CsvReader reader(
      [&](char* buffer, std::size_t room) {
        const std::size_t count = std::min({room, size - at, piece});
        std::memcpy(buffer, data + at, count);
        at += count;
        return count;
      },
      {.delimiter = delimiter, .max_record_bytes = kMostBytes});
  CsvRecord record;
  std::uint64_t line = 0;
  while (reader.Next(record)) {
    Check(record.line > line);
    line = record.line;
    if (!record.problem.empty()) continue;
    Check(!record.fields.empty());
    Check(IsUtf8(record.raw) && record.raw.find('\0') == std::string::npos);
    for (const std::string& field : record.fields) {
      CleanCell(field);
      PlainNumber(field);
      IsRoundedNumber(field);
      // What is written of a field is read as the same field.
      const std::string written = CsvField(field);
      Check(written.size() >= field.size());
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // The reader makes room for a whole chunk whenever it asks for more.
  constexpr std::size_t kLittle = 64;
  if (size <= kLittle) Read(data, size, ',', 1);
  for (const std::size_t piece : {size / 3 + 1, std::size_t{65'536}}) Read(data, size, ',', piece);
  Read(data, size, ';', kMostBytes);
  return 0;
}
