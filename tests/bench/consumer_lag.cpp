#include "tests/bench/consumer_lag.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace redress::bench {
namespace {

// As deploy/lib/state.sh gives ports: a service's behind the base, its metrics' behind that.
constexpr int kMetricsBehindService = 30;
constexpr std::array<std::pair<const char*, int>, 4> kConsumers = {
    {{"customer", 2}, {"aftersales", 4}, {"scoring", 5}, {"desk", 6}}};

}  // namespace

std::uint64_t ConsumerLag(const e2e::Stack& stack, const std::string& source) {
  int base = 0;
  std::ifstream(stack.state() / "port_base") >> base;
  const std::string of_source = "source=\"" + source + "\"} ";
  std::uint64_t most = 0;
  bool found = false;
  for (const auto& [name, offset] : kConsumers) {
    const std::string port = std::to_string(base + offset + kMetricsBehindService);
    const e2e::Finished page = e2e::Run({"curl", "--silent", "--max-time", "5", "--noproxy", "*",
                                         "http://127.0.0.1:" + port + "/metrics"});
    std::istringstream lines(page.output);
    for (std::string line; std::getline(lines, line);) {
      const std::size_t labels = line.find(of_source);
      if (!line.starts_with("redress_consumer_lag_events{") || labels == line.npos) continue;
      found = true;
      most = std::max(
          most, static_cast<std::uint64_t>(std::stod(line.substr(labels + of_source.size()))));
    }
  }
  if (!found) throw std::runtime_error("no service tells how far it is with " + source);
  return most;
}

}  // namespace redress::bench
