#include "clients/importing/result_pieces.h"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "clients/importing/csv_reader.h"

namespace redress::importing {
namespace {

constexpr std::uint32_t kLinesAtOnce = 500;
constexpr std::size_t kBytesAtOnce = 200'000;
constexpr std::size_t kLongestLine = 8'192;
constexpr std::size_t kReadAtOnce = 16'384;
constexpr char kReplacement[] = "\xEF\xBF\xBD";

// Byte by byte, so that what is good around a bad sequence stays.
std::string Readable(const std::string& line) {
  if (IsUtf8(line)) return line;
  std::string readable;
  std::size_t at = 0;
  while (at < line.size()) {
    std::size_t length = 1;
    while (length <= 4 && !IsUtf8(line.substr(at, length))) ++length;
    if (length > 4) {
      readable += kReplacement;
      ++at;
    } else {
      readable += line.substr(at, length);
      at += std::min(length, line.size() - at);
    }
  }
  return readable;
}

}  // namespace

ResultPieces::ResultPieces(const std::string& path, const std::string& encoding)
    : path_(path), source_(path, encoding) {
  const auto header = NextLine();
  if (!header) throw std::runtime_error(path + " is empty; give the bank's file of results");
  header_ = *header + "\n";
}

std::optional<std::string> ResultPieces::NextLine() {
  while (true) {
    const auto end = buffered_.find('\n', at_);
    if (end != std::string::npos || (at_end_ && at_ < buffered_.size())) {
      std::string line = buffered_.substr(at_, end == std::string::npos ? end : end - at_);
      at_ = end == std::string::npos ? buffered_.size() : end + 1;
      ++line_;
      return Readable(line);
    }
    if (at_end_) return std::nullopt;
    buffered_.erase(0, at_);
    at_ = 0;
    if (buffered_.size() > kLongestLine) {
      throw std::runtime_error("line " + std::to_string(line_ + 1) + " of " + path_ +
                               " is too long for a result; is it the bank's file?");
    }
    std::array<char, kReadAtOnce> read;
    const std::size_t size = source_.Read(read.data(), read.size());
    buffered_.append(read.data(), size);
    at_end_ = size == 0;
  }
}

std::optional<ResultPieces::Piece> ResultPieces::Next() {
  Piece piece{header_, line_ + 1};
  std::uint32_t lines = 0;
  while (lines < kLinesAtOnce && piece.text.size() < kBytesAtOnce) {
    const auto line = NextLine();
    if (!line) break;
    piece.text += *line + "\n";
    ++lines;
  }
  if (lines == 0 && began_) return std::nullopt;
  began_ = true;
  return piece;
}

}  // namespace redress::importing
