#include "clients/importing/csv_reader.h"

#include <algorithm>
#include <cstring>

namespace redress::importing {
namespace {

constexpr std::size_t kChunkBytes = 65'536;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// Length of the UTF-8 sequence at `at`, 0 where it is malformed (overlong forms and surrogates
// included).
std::size_t SequenceLength(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
  const unsigned char first = byte(0);
  const std::size_t length = first < 0x80                     ? 1
                             : first >= 0xC2 && first <= 0xDF ? 2
                             : first >= 0xE0 && first <= 0xEF ? 3
                             : first >= 0xF0 && first <= 0xF4 ? 4
                                                              : 0;
  if (length == 0 || at + length > text.size()) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return 0;
  }
  if (first == 0xE0 && byte(1) < 0xA0) return 0;
  if (first == 0xED && byte(1) > 0x9F) return 0;
  if (first == 0xF0 && byte(1) < 0x90) return 0;
  if (first == 0xF4 && byte(1) > 0x8F) return 0;
  return length;
}

}  // namespace

bool IsUtf8(std::string_view text) {
  constexpr std::uint64_t kHighBits = 0x8080808080808080;
  for (std::size_t at = 0; at < text.size();) {
    // Most text is ASCII: eight bytes at a step.
    std::uint64_t word = 0;
    if (at + sizeof(word) <= text.size()) {
      std::memcpy(&word, text.data() + at, sizeof(word));
      if ((word & kHighBits) == 0) {
        at += sizeof(word);
        continue;
      }
    }
    const std::size_t length = SequenceLength(text, at);
    if (length == 0) return false;
    at += length;
  }
  return true;
}

std::string CsvField(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

CsvReader::CsvReader(ByteSource source, Options options)
    : source_(std::move(source)), options_(options) {}

bool CsvReader::Fill() {
  if (at_end_) return false;
  if (begin_ > 0) {
    buffer_.erase(0, begin_);
    begin_ = 0;
  }
  const std::size_t kept = buffer_.size();
  buffer_.resize(kept + kChunkBytes);
  const std::size_t read = source_(buffer_.data() + kept, kChunkBytes);
  buffer_.resize(kept + read);
  at_end_ = read == 0;
  return !at_end_;
}

bool CsvReader::Next(CsvRecord& record) {
  for (;;) {
    record.fields.clear();
    record.problem.clear();
    record.problem_field = 0;
    record.misleads = false;
    record.line = line_;
    Scan scan = ScanRecord(record);
    while (scan == Scan::kNeedsMore) {
      if (buffer_.size() - begin_ > options_.max_record_bytes) {
        record.problem = "the record is longer than " + std::to_string(options_.max_record_bytes) +
                         " bytes: is a quotation mark never closed?";
        scan = Scan::kBad;
        break;
      }
      Fill();
      record.fields.clear();
      scan = ScanRecord(record);
    }
    if (begin_ >= buffer_.size() && at_end_) return false;
    if (scan == Scan::kBad) {
      record.misleads = true;
      GiveUpLine(record);
      return true;
    }
    std::string_view raw(buffer_.data() + begin_, end_ - begin_);
    line_ += static_cast<std::uint64_t>(std::count(raw.begin(), raw.end(), '\n'));
    begin_ = end_;
    if (raw.ends_with('\n')) raw.remove_suffix(1);
    if (raw.ends_with('\r')) raw.remove_suffix(1);
    if (raw.empty()) continue;
    record.raw = raw;
    if (raw.find('\0') != std::string_view::npos) {
      record.problem = "the row holds a NUL byte";
      record.misleads = true;
    } else if (raw.starts_with(kByteOrderMark)) {
      record.problem =
          "the row begins with a byte order mark: another file was joined on here; take it out";
      record.misleads = true;
    } else if (!IsUtf8(raw)) {
      record.problem = "the row is not valid in the file's encoding";
      const auto bad = std::find_if_not(record.fields.begin(), record.fields.end(), IsUtf8);
      if (bad != record.fields.end()) {
        record.problem_field = static_cast<std::size_t>(bad - record.fields.begin()) + 1;
      }
    }
    return true;
  }
}

// Splits the record at begin_ into fields; sets end_ behind it.
CsvReader::Scan CsvReader::ScanRecord(CsvRecord& record) {
  std::size_t at = begin_;
  const char stops[] = {options_.delimiter, '\n', '\0'};
  for (;;) {
    if (at < buffer_.size() && buffer_[at] == '"') {
      const Scan scan = ScanQuoted(record, at);
      if (scan != Scan::kRecord) return scan;
    } else {
      const std::size_t stop = std::min(buffer_.find_first_of(stops, at), buffer_.size());
      if (stop == buffer_.size() && !at_end_) return Scan::kNeedsMore;
      std::size_t length = stop - at;
      const bool line_ends = stop == buffer_.size() || buffer_[stop] == '\n';
      if (line_ends && length > 0 && buffer_[stop - 1] == '\r') --length;
      record.fields.emplace_back(buffer_, at, length);
      at = stop;
    }
    if (at >= buffer_.size() || buffer_[at] == '\n') {
      end_ = std::min(at + 1, buffer_.size());
      return Scan::kRecord;
    }
    ++at;  // the delimiter
  }
}

// Reads the quoted field that begins at `at`; leaves `at` on the delimiter or line end behind it.
CsvReader::Scan CsvReader::ScanQuoted(CsvRecord& record, std::size_t& at) {
  std::string field;
  std::size_t from = at + 1;
  for (;;) {
    const std::size_t quote = buffer_.find('"', from);
    if (quote == std::string::npos) {
      if (!at_end_) return Scan::kNeedsMore;
      record.problem = "a quotation mark is never closed";
      record.problem_field = record.fields.size() + 1;
      return Scan::kBad;
    }
    field.append(buffer_, from, quote - from);
    if (quote + 1 >= buffer_.size() && !at_end_) return Scan::kNeedsMore;
    if (quote + 1 < buffer_.size() && buffer_[quote + 1] == '"') {
      field += '"';
      from = quote + 2;
      continue;
    }
    at = quote + 1;
    break;
  }
  if (at < buffer_.size() && buffer_[at] == '\r') {
    if (at + 1 >= buffer_.size() && !at_end_) return Scan::kNeedsMore;
    if (at + 1 >= buffer_.size() || buffer_[at + 1] == '\n') ++at;
  }
  if (at < buffer_.size() && buffer_[at] != '\n' && buffer_[at] != options_.delimiter) {
    record.problem = "there is text after the closing quotation mark of field " +
                     std::to_string(record.fields.size() + 1);
    record.problem_field = record.fields.size() + 1;
    return Scan::kBad;
  }
  record.fields.push_back(std::move(field));
  return Scan::kRecord;
}

// The record's first physical line is lost; the next one begins a record again.
void CsvReader::GiveUpLine(CsvRecord& record) {
  constexpr std::size_t kKeptBytes = 4096;
  record.fields.clear();
  const std::size_t stop = std::min(buffer_.find('\n', begin_), buffer_.size());
  record.raw.assign(buffer_, begin_, std::min(stop - begin_, kKeptBytes));
  if (record.raw.ends_with('\r')) record.raw.pop_back();
  begin_ = stop;
  SkipRestOfLine();
}

void CsvReader::SkipRestOfLine() {
  for (;;) {
    const std::size_t stop = buffer_.find('\n', begin_);
    if (stop != std::string::npos) {
      begin_ = stop + 1;
      ++line_;
      return;
    }
    begin_ = buffer_.size();
    if (!Fill()) return;
  }
}

}  // namespace redress::importing
