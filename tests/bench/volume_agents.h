#pragma once

// Agents who read: each thinks, asks, and waits for the answer.

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace redress::bench {

// What an agent does once; `n` chooses what is asked.
struct Reading {
  std::string name;
  unsigned share = 1;  // of all readings
  std::function<void(std::uint64_t n)> read;
};

struct Latencies {
  std::vector<double> ms;  // sorted
  double Percentile(double p) const;
};

struct ReadingResult {
  std::vector<std::pair<std::string, Latencies>> of;  // in the order of the readings
  double per_s = 0;
};

// Open loop: together `per_s` readings a second come due, at even intervals, each agent's in turn.
// A reading's time counts from when it was due, so that waiting behind a slow one is not forgotten.
ReadingResult ReadPaced(const std::vector<Reading>& readings, int agents, double per_s,
                        std::chrono::seconds length);
// Closed loop: each agent asks again at once.
ReadingResult ReadAsFastAsItGoes(const std::vector<Reading>& readings, int agents,
                                 std::chrono::seconds length);

}  // namespace redress::bench
