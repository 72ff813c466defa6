#pragma once

#include <chrono>
#include <cstdint>
#include <iosfwd>
#include <string>

namespace redress::cli {

// "  35000 of 71645 rows, 12345 rows/s" on the error stream, at most once a second: redrawn on a
// terminal, else line after line.
class Progress {
 public:
  // `total` 0: nobody knows how many there are.
  Progress(std::ostream& err, std::string unit, std::uint64_t total = 0);

  void Report(std::uint64_t handled);
  void End();

 private:
  using Clock = std::chrono::steady_clock;

  std::ostream& err_;
  const std::string unit_;
  const std::uint64_t total_;
  const Clock::time_point start_ = Clock::now();
  Clock::time_point last_ = start_;
  bool drawn_ = false;
};

}  // namespace redress::cli
