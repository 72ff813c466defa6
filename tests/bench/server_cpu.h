#pragma once

// The CPU that the server processes of a deployment have used.

#include <map>
#include <string>

#include "tests/e2e/stack.h"

namespace redress::bench {

// Seconds of CPU by process: mariadb, nats, identity, …
using CpuSeconds = std::map<std::string, double>;
CpuSeconds operator-(const CpuSeconds& after, const CpuSeconds& before);
double Sum(const CpuSeconds& seconds);

// User and system time of a process so far. Throws std::runtime_error when it has ended.
double CpuOf(int process);

class ServerCpu {
 public:
  // Finds the processes of the deployment that run now.
  explicit ServerCpu(const e2e::Stack& stack);

  CpuSeconds Now() const;
  // It is stopped, and no longer asked for.
  void Forget(const std::string& program) { processes_.erase(program); }

 private:
  std::map<std::string, int> processes_;
};

}  // namespace redress::bench
