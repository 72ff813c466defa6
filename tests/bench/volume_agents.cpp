#include "tests/bench/volume_agents.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>

namespace redress::bench {
namespace {

using Clock = std::chrono::steady_clock;

// The reading of the n-th turn; shares are dealt out like cards.
std::size_t Chosen(const std::vector<Reading>& readings, std::uint64_t n) {
  std::uint64_t all = 0;
  for (const Reading& each : readings) all += each.share;
  // A step without a common factor with the few shares there are visits all in turn.
  std::uint64_t card = n * 7919 % all;
  std::size_t at = 0;
  while (card >= readings[at].share) card -= readings[at++].share;
  return at;
}

// Runs `agents` threads of `turn(agent, note)`; note(reading, begin) records one reading.
using Note = std::function<void(std::size_t reading, Clock::time_point begin)>;

ReadingResult Run(const std::vector<Reading>& readings, int agents,
                  const std::function<void(int agent, const Note& note)>& turns) {
  std::vector<Latencies> all(readings.size());
  std::mutex mutex;
  std::exception_ptr problem;
  const auto begin = Clock::now();
  std::vector<std::thread> threads;
  for (int agent = 0; agent < agents; ++agent) {
    threads.emplace_back([&, agent] {
      std::vector<Latencies> own(readings.size());
      try {
        turns(agent, [&](std::size_t reading, Clock::time_point from) {
          own[reading].ms.push_back(
              std::chrono::duration<double, std::milli>(Clock::now() - from).count());
        });
      } catch (...) {
        const std::lock_guard lock(mutex);
        problem = std::current_exception();
      }
      const std::lock_guard lock(mutex);
      for (std::size_t i = 0; i < own.size(); ++i) {
        all[i].ms.insert(all[i].ms.end(), own[i].ms.begin(), own[i].ms.end());
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  if (problem) std::rethrow_exception(problem);
  ReadingResult result;
  std::size_t count = 0;
  for (std::size_t i = 0; i < readings.size(); ++i) {
    std::sort(all[i].ms.begin(), all[i].ms.end());
    count += all[i].ms.size();
    result.of.emplace_back(readings[i].name, std::move(all[i]));
  }
  result.per_s =
      static_cast<double>(count) / std::chrono::duration<double>(Clock::now() - begin).count();
  return result;
}

}  // namespace

double Latencies::Percentile(double p) const {
  if (ms.empty()) return 0;
  return ms[static_cast<std::size_t>(p / 100 * static_cast<double>(ms.size() - 1))];
}

ReadingResult ReadPaced(const std::vector<Reading>& readings, int agents, double per_s,
                        std::chrono::seconds length) {
  const auto begin = Clock::now();
  const auto count = static_cast<std::uint64_t>(per_s * static_cast<double>(length.count()));
  return Run(readings, agents, [&](int agent, const Note& note) {
    for (auto n = static_cast<std::uint64_t>(agent); n < count;
         n += static_cast<std::uint64_t>(agents)) {
      const auto due = begin + std::chrono::microseconds(
                                   static_cast<std::int64_t>(1e6 * static_cast<double>(n) / per_s));
      std::this_thread::sleep_until(due);
      const std::size_t reading = Chosen(readings, n);
      readings[reading].read(n);
      note(reading, due);
    }
  });
}

ReadingResult ReadAsFastAsItGoes(const std::vector<Reading>& readings, int agents,
                                 std::chrono::seconds length) {
  const auto end = Clock::now() + length;
  std::atomic<std::uint64_t> next = 0;
  return Run(readings, agents, [&](int, const Note& note) {
    while (Clock::now() < end) {
      const std::uint64_t n = next++;
      const std::size_t reading = Chosen(readings, n);
      const auto from = Clock::now();
      readings[reading].read(n);
      note(reading, from);
    }
  });
}

}  // namespace redress::bench
