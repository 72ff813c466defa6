#pragma once

#include <iconv.h>

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

namespace redress::importing {

// A text file as UTF-8 without a byte order mark. Encodings: `utf-8`; `gbk` (read as its superset
// GB18030); `auto` takes UTF-8 when the file has its byte order mark, or its first 64 KiB are valid
// UTF-8, or its first line is and has more than ASCII (then some row behind it is damaged), else
// GBK. A byte sequence that the encoding does not know becomes 0xFF, which is not UTF-8
// either: the row that holds it is found to be bad, the others are read. So does every byte beyond
// ASCII of a cell that is Chinese UTF-8 in a file that `auto` took for GBK: read as GBK it would be
// other characters, and nobody would notice.
class TextSource {
 public:
  // Throws std::runtime_error when the file cannot be opened, is no text (a spreadsheet, UTF-16),
  // or the encoding is unknown.
  TextSource(const std::string& path, const std::string& encoding);
  ~TextSource();
  TextSource(const TextSource&) = delete;
  TextSource& operator=(const TextSource&) = delete;

  // Fills the buffer; answers 0 at the end. Throws std::runtime_error when reading fails.
  std::size_t Read(char* buffer, std::size_t size);

 private:
  struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  std::size_t ReadRaw();
  bool ReadLines();
  std::size_t Copy(char* buffer, std::size_t size);
  std::size_t Convert(char* buffer, std::size_t size);

  const std::string path_;
  std::unique_ptr<std::FILE, CloseFile> file_;
  std::vector<char> raw_;  // bytes read and not yet handed out: [raw_begin_, raw_end_)
  std::size_t raw_begin_ = 0;
  std::size_t raw_end_ = 0;
  std::size_t lines_end_ = 0;  // of those bytes, the ones that may be converted: whole lines
  bool at_end_ = false;
  bool suspects_utf8_ = false;   // whether a line may be in the other encoding
  iconv_t converter_ = nullptr;  // null for UTF-8
};

}  // namespace redress::importing
