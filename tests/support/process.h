#pragma once

// A program that a test started, ended by its process id.

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

namespace redress::test {

class Process {
 public:
  Process() = default;
  // Starts argv with its output in log_file. It dies with the thread that started it: start it
  // from the test's main thread.
  Process(std::vector<std::string> argv, const std::filesystem::path& log_file);
  Process(Process&& other) noexcept;
  Process& operator=(Process&& other) noexcept;
  ~Process();  // SIGTERM, SIGKILL after ten seconds

  pid_t pid() const { return pid_; }
  bool Running();
  // Sends the signal and waits for the end; answers the wait status.
  int End(int signal, std::chrono::milliseconds patience = std::chrono::seconds(10));

 private:
  pid_t pid_ = -1;
  int status_ = 0;
};

// A directory of its own under the system's, removed when destroyed.
class TemporaryDirectory {
 public:
  TemporaryDirectory();
  ~TemporaryDirectory();
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

// A TCP port of the loopback address that nobody listens on.
int FreePort();

// The whole of a file; empty when there is none.
std::string ReadFile(const std::filesystem::path& file);

}  // namespace redress::test
