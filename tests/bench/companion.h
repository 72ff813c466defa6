#pragma once

// A program that a benchmark runs beside itself and talks to in lines.

#include <sys/types.h>

#include <cstdio>
#include <string>
#include <vector>

namespace redress::bench {

class Companion {
 public:
  // A program of this suite, by its name. It ends with its standard input, or with this process.
  explicit Companion(const std::string& program);
  ~Companion();
  Companion(const Companion&) = delete;
  Companion& operator=(const Companion&) = delete;

  pid_t pid() const { return pid_; }

  void Tell(const std::string& line);
  // Waits for the next line; throws std::runtime_error when the program has ended.
  std::string Hear();
  // Words of the answer to a line.
  std::vector<std::string> Ask(const std::string& line);

 private:
  const std::string program_;
  pid_t pid_ = -1;
  std::FILE* to_ = nullptr;
  std::FILE* from_ = nullptr;
};

// What a run of the load client (load_client.cpp) came to.
struct LoadResult {
  double steps_per_s = 0;
  std::uint64_t all = 0;  // every step that was applied, the warm-up's too
  std::int64_t p50_us = 0;
  std::int64_t p99_us = 0;
};

// Calls `server` for so long with so many callers; `rate` limits the calls a second, 0 does not.
// Throws when a call failed: a benchmark of refusals is none.
LoadResult RunLoad(Companion& load, const std::string& server, int callers, int milliseconds,
                   double rate = 0);

}  // namespace redress::bench
