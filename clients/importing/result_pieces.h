#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "clients/importing/text_source.h"

namespace redress::importing {

// A bank's file of results, cut into pieces of whole lines that one call takes; the file itself may
// be of any size. Each piece begins with the file's header line. A line that is not of the file's
// encoding keeps its place, with the bad bytes replaced, so that the service names it.
class ResultPieces {
 public:
  struct Piece {
    std::string text;              // the header and at most 500 lines
    std::uint32_t first_line = 0;  // number of the first line behind the header, from 1
  };

  // `encoding` as TextSource knows it. Throws std::runtime_error for a file that cannot be read, is
  // empty, or has a line of more than 8 KiB.
  ResultPieces(const std::string& path, const std::string& encoding);

  // Nothing at the end. A file of a header alone has one piece.
  std::optional<Piece> Next();

 private:
  std::optional<std::string> NextLine();

  const std::string path_;
  TextSource source_;
  std::string buffered_;
  std::size_t at_ = 0;
  bool at_end_ = false;
  std::string header_;
  std::uint32_t line_ = 0;  // lines read
  bool began_ = false;
};

}  // namespace redress::importing
