#pragma once

// What was found not to hold, each with its evidence. Thread-safe.

#include <atomic>
#include <cstdint>
#include <cstdio>
#include <map>
#include <mutex>
#include <string>

namespace redress::chaos {

class Violations {
 public:
  // Prints the first of each rule; all are counted.
  void Add(const std::string& rule, const std::string& evidence) {
    const std::lock_guard lock(mutex_);
    ++count_;
    if (++by_rule_[rule] > kPrintedOfEachRule) return;
    std::printf("violation: %s: %s\n", rule.c_str(), evidence.c_str());
    std::fflush(stdout);
  }
  std::uint64_t count() const { return count_; }
  // Rules with their counts, one a line.
  std::string Summary() const {
    const std::lock_guard lock(mutex_);
    std::string text;
    for (const auto& [rule, count] : by_rule_) text += rule + ": " + std::to_string(count) + '\n';
    return text;
  }

 private:
  static constexpr std::uint64_t kPrintedOfEachRule = 10;

  mutable std::mutex mutex_;
  std::map<std::string, std::uint64_t> by_rule_;
  std::atomic<std::uint64_t> count_{0};
};

}  // namespace redress::chaos
