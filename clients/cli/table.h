#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace redress::cli {

// An aligned table for a terminal: columns as wide as their widest cell, numbers to the right.
class Table {
 public:
  explicit Table(std::vector<std::string> titles);

  void Add(std::vector<std::string> cells);
  bool empty() const { return rows_.empty(); }
  // With a line end behind every row.
  std::string Text() const;

 private:
  std::vector<std::string> titles_;
  std::vector<std::vector<std::string>> rows_;
};

// Cells that the text takes on a terminal: Chinese, Japanese and Korean characters take two.
std::size_t DisplayWidth(std::string_view text);

// Without control characters, which could steer the terminal that prints a stranger's text.
std::string Printable(std::string_view text);

}  // namespace redress::cli
