#include "tests/bench/server_cpu.h"

#include <unistd.h>

#include <fstream>
#include <sstream>
#include <stdexcept>

namespace redress::bench {

CpuSeconds operator-(const CpuSeconds& after, const CpuSeconds& before) {
  CpuSeconds spent;
  for (const auto& [name, seconds] : after) spent[name] = seconds - before.at(name);
  return spent;
}

double Sum(const CpuSeconds& seconds) {
  double sum = 0;
  for (const auto& [name, of_one] : seconds) sum += of_one;
  return sum;
}

// User and system time of a process so far.
double CpuOf(int process) {
  std::ifstream file("/proc/" + std::to_string(process) + "/stat");
  std::string text;
  std::getline(file, text);
  const auto name_end = text.rfind(')');
  if (name_end == std::string::npos) throw std::runtime_error("a server process has ended");
  std::istringstream fields(text.substr(name_end + 2));
  std::string skipped;
  for (int i = 0; i < 11; ++i) fields >> skipped;
  double user = 0, system = 0;
  fields >> user >> system;
  return (user + system) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

ServerCpu::ServerCpu(const e2e::Stack& stack) {
  const e2e::Finished status =
      e2e::Run({"supervisorctl", "-c", stack.state() / "supervisord.conf", "status"});
  std::istringstream lines(status.output);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string name, state, word;
    int process = 0;
    if (words >> name >> state >> word >> process && state == "RUNNING") {
      processes_[name] = process;
    }
  }
  if (!processes_.contains("aftersales")) throw std::runtime_error("no process: " + status.output);
}

CpuSeconds ServerCpu::Now() const {
  CpuSeconds spent;
  for (const auto& [name, process] : processes_) spent[name] = CpuOf(process);
  return spent;
}

}  // namespace redress::bench
