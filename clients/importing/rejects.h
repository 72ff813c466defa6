#pragma once

#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "clients/importing/items.h"

namespace redress::importing {

// The rows that did not go in, as CSV: line, reason, row (as it stood in the file). The file comes
// into being with the first of them; it holds what the input held, so only its owner may read it.
class RejectsFile {
 public:
  // An older file of that name is removed. Throws std::runtime_error where it is one of the files
  // that are read.
  RejectsFile(std::string path, const std::vector<std::string>& read);

  // Throws std::runtime_error when it cannot be written.
  void Add(const Reject& reject);

  std::uint64_t count() const { return count_; }
  const std::string& path() const { return path_; }
  // The first few, for a summary on the screen.
  const std::vector<std::string>& first() const { return first_; }

 private:
  struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  const std::string path_;
  std::unique_ptr<std::FILE, CloseFile> file_;
  std::uint64_t count_ = 0;
  std::vector<std::string> first_;
};

}  // namespace redress::importing
