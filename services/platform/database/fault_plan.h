#pragma once

// Faults at COMMIT for tests: every writing suite also runs with them. A deployment of kind `test`
// reads them from REDRESS_FAULTS, per mille of commits:
//   commit_conflict=50  the server rolled back and answered 1213
//   cut=10              the socket is really cut, half before and half after COMMIT took effect
//   kill=10             the server kills the session before COMMIT, at the word of another session

#include <atomic>
#include <cstdint>
#include <memory>
#include <string_view>

namespace redress::platform {

class FaultPlan {
 public:
  enum class Fault { kNone, kConflict, kCutBefore, kCutAfter, kKill };

  int conflict_on_commit_permille = 0;
  int cut_permille = 0;
  int kill_permille = 0;

  FaultPlan() = default;
  FaultPlan(int conflict, int cut, int kill)
      : conflict_on_commit_permille(conflict), cut_permille(cut), kill_permille(kill) {}

  // Throws std::invalid_argument for an unknown name or a number outside 0…1000.
  static std::unique_ptr<FaultPlan> Parse(std::string_view text);
  // Null when REDRESS_FAULTS is unset or empty.
  static std::unique_ptr<FaultPlan> FromEnvironment();

  // The fault of this commit.
  Fault Next();
  // Makes the next commits meet this fault, whatever the rates, count times.
  void Force(Fault fault, int count = 1);
  // Faults that struck.
  std::uint64_t struck() const { return struck_; }

 private:
  std::atomic<std::uint64_t> struck_{0};
  std::atomic<Fault> forced_{Fault::kNone};
  std::atomic<int> forced_left_{0};
};

}  // namespace redress::platform
