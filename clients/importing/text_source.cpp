#include "clients/importing/text_source.h"

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <stdexcept>
#include <string_view>

#include "clients/importing/csv_reader.h"

namespace redress::importing {
namespace {

constexpr std::size_t kRawBytes = 65'536;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr char kNotUtf8 = '\xFF';

bool IsAscii(char c) { return static_cast<unsigned char>(c) < 0x80; }

// Whether what is beyond ASCII is UTF-8, but for single damaged places: text in another encoding
// forms its sequences by chance now and then, never most of the time.
bool LooksLikeUtf8(std::string_view sample) {
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(sample[i]); };
  std::size_t valid = 0;
  std::size_t damaged = 0;
  for (std::size_t i = 0; i < sample.size();) {
    const unsigned char first = at(i);
    const std::size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (length == 1) {
      ++i;
    } else if (i + length > sample.size()) {
      break;  // the sample ends within a sequence
    } else if (IsUtf8(sample.substr(i, length))) {
      ++valid;
      i += length;
    } else {
      ++damaged;
      ++i;
    }
  }
  return damaged == 0 || valid > damaged;
}

// A header that is not only ASCII is hardly ever valid UTF-8 by chance.
bool HasUtf8Header(std::string_view sample) {
  const std::string_view line = sample.substr(0, sample.find('\n'));
  return !std::all_of(line.begin(), line.end(), IsAscii) && LooksLikeUtf8(line);
}

// Whether UTF-8 would have a Chinese character or a full-width sign in it.
bool HasChinese(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto lead = static_cast<unsigned char>(c);
    return (lead >= 0xE3 && lead <= 0xE9) || lead == 0xEF;
  });
}

// Spoils the cells that are Chinese UTF-8: in GBK a whole cell is that by chance hardly ever. What
// parts cells is never a part of a character, in neither encoding.
void SpoilUtf8Cells(char* begin, char* end) {
  constexpr std::string_view kParts = ",;\t\"\r\n";
  while (begin != end) {
    char* const cell_end = std::find_first_of(begin, end, kParts.begin(), kParts.end());
    const std::string_view cell(begin, static_cast<std::size_t>(cell_end - begin));
    if (HasChinese(cell) && IsUtf8(cell)) {
      std::replace_if(
          begin, cell_end, [](char c) { return !IsAscii(c); }, kNotUtf8);
    }
    begin = cell_end == end ? end : cell_end + 1;
  }
}

// A pipe would be waited for without end, and cannot be read twice.
std::FILE* OpenFile(const std::string& path) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status)) {
    throw std::runtime_error(path +
                             " is no file but a folder, a pipe or a device: give a CSV file");
  }
  std::FILE* const file = std::fopen(path.c_str(), "rb");
  if (file == nullptr)
    throw std::runtime_error("cannot read " + path + ": " + std::strerror(errno));
  return file;
}

void RefuseWhatIsNoText(const std::string& path, std::string_view sample) {
  if (sample.starts_with("PK\x03\x04") || sample.starts_with("\xD0\xCF\x11\xE0")) {
    throw std::runtime_error(path + " is a spreadsheet, not CSV: save it as CSV first");
  }
  if (sample.starts_with("\xFF\xFE") || sample.starts_with("\xFE\xFF")) {
    throw std::runtime_error(path + " is UTF-16: save it as CSV in UTF-8 first");
  }
}

}  // namespace

TextSource::TextSource(const std::string& path, const std::string& encoding)
    : path_(path), file_(OpenFile(path)), raw_(kRawBytes) {
  if (encoding != "utf-8" && encoding != "gbk" && encoding != "auto") {
    throw std::runtime_error("the encoding `" + encoding + "` is not known: utf-8, gbk or auto");
  }
  ReadRaw();
  const std::string_view sample(raw_.data(), raw_end_);
  RefuseWhatIsNoText(path, sample);
  const bool marked = sample.starts_with(kByteOrderMark);
  if (marked) raw_begin_ = kByteOrderMark.size();
  const bool gbk =
      encoding == "gbk" || (encoding == "auto" && !LooksLikeUtf8(sample) && !HasUtf8Header(sample));
  if (gbk && !marked) {
    suspects_utf8_ = encoding == "auto";
    converter_ = iconv_open("UTF-8", "GB18030");
    // POSIX: a descriptor of -1 says that it cannot.
    if (reinterpret_cast<std::intptr_t>(converter_) == -1) {
      converter_ = nullptr;
      throw std::runtime_error("this system cannot convert GB18030 to UTF-8");
    }
  }
}

TextSource::~TextSource() {
  if (converter_ != nullptr) iconv_close(converter_);
}

// Reads behind what is left; answers how many bytes came.
std::size_t TextSource::ReadRaw() {
  std::memmove(raw_.data(), raw_.data() + raw_begin_, raw_end_ - raw_begin_);
  raw_end_ -= raw_begin_;
  raw_begin_ = 0;
  const std::size_t read =
      std::fread(raw_.data() + raw_end_, 1, raw_.size() - raw_end_, file_.get());
  if (read == 0 && std::ferror(file_.get()) != 0) {
    throw std::runtime_error("cannot read " + path_ +
                             " (is it a folder?): " + std::strerror(errno));
  }
  raw_end_ += read;
  at_end_ = read == 0;
  return read;
}

std::size_t TextSource::Read(char* buffer, std::size_t size) {
  return converter_ == nullptr ? Copy(buffer, size) : Convert(buffer, size);
}

std::size_t TextSource::Copy(char* buffer, std::size_t size) {
  if (raw_begin_ == raw_end_ && !at_end_) ReadRaw();
  const std::size_t count = std::min(size, raw_end_ - raw_begin_);
  std::memcpy(buffer, raw_.data() + raw_begin_, count);
  raw_begin_ += count;
  return count;
}

// Makes whole lines ready to be converted, or what there is of one that is longer than the buffer.
// Answers false at the end.
bool TextSource::ReadLines() {
  const bool has_room = raw_begin_ > 0 || raw_end_ < raw_.size();
  if (!at_end_ && has_room) ReadRaw();
  if (raw_begin_ == raw_end_) return false;
  char* const begin = raw_.data() + raw_begin_;
  char* end = raw_.data() + raw_end_;
  const std::string_view read(begin, static_cast<std::size_t>(end - begin));
  const std::size_t last = read.rfind('\n');
  if (!at_end_ && last != std::string_view::npos) end = begin + last + 1;
  if (suspects_utf8_) SpoilUtf8Cells(begin, end);
  lines_end_ = static_cast<std::size_t>(end - raw_.data());
  return true;
}

std::size_t TextSource::Convert(char* buffer, std::size_t size) {
  char* out = buffer;
  std::size_t room = size;
  while (out == buffer) {
    if (raw_begin_ >= lines_end_ && !ReadLines()) return 0;
    char* in = raw_.data() + raw_begin_;
    std::size_t left = lines_end_ - raw_begin_;
    const std::size_t result = iconv(converter_, &in, &left, &out, &room);
    const int error = result == static_cast<std::size_t>(-1) ? errno : 0;
    raw_begin_ = lines_end_ - left;
    const bool cut_off = error == EINVAL;  // the sequence goes on behind what was read
    if (cut_off && out == buffer && !at_end_ && ReadLines()) continue;
    if ((error == EILSEQ || (cut_off && at_end_)) && room > 0) {
      *out++ = kNotUtf8;
      --room;
      ++raw_begin_;
      iconv(converter_, nullptr, nullptr, nullptr, nullptr);
    }
  }
  return static_cast<std::size_t>(out - buffer);
}

}  // namespace redress::importing
