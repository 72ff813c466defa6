#pragma once

// How cases of one kind move through their machine over a period, from the facts of their steps:
// what entered each state and took each edge, how long stays lasted that ended, how many cases are
// where now. Whatever a machine calls its states and events: the names are those of the facts.
// Times are UTC microseconds.

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "services/scoring/domain/facts.h"

namespace redress::scoring {

// The steps that count.
struct FunnelSpan {
  ShopId shop = {};
  std::string kind = {};
  std::uint32_t workflow_version = 0;  // 0: all
  std::int64_t from_us = 0;
  std::int64_t before_us = 0;
};

// `from_state` is empty for a case's opening.
struct Edge {
  std::string from_state = {};
  std::string event = {};
  std::string to_state = {};

  auto operator<=>(const Edge&) const = default;
};

struct Passage {
  std::uint64_t times = 0;
  std::uint64_t cases = 0;  // different ones

  bool operator==(const Passage&) const = default;
};

// What is counted.
struct FunnelCounts {
  std::map<Edge, Passage> edges;
  std::map<std::string, Passage> entered;                  // by state, coming from another
  std::map<std::string, std::vector<std::int64_t>> stays;  // by state left
  std::map<std::string, std::uint64_t> unknown_stays;  // likewise, of which nobody knows how long
  std::map<std::string, std::uint64_t> now;
  std::map<std::string, bool> final;  // of the states that steps led to
  std::map<std::uint32_t, std::uint64_t> steps_of_version;
  std::uint64_t unknown_steps = 0;  // of which nobody knows from which state they led
};

// One step as it is counted. Facts that were written before edges were kept have no state before,
// though they opened no case; a rebuild brings them up to date.
struct FunnelStep {
  std::uint64_t case_id = 0;
  std::uint32_t sequence = 0;  // 1 opens the case
  std::int64_t at_us = 0;
  std::uint32_t workflow_version = 0;
  Edge edge = {};
  bool is_final = false;
  // Where the step leaves a state: the last one before it that is known to have led from one state
  // to another; sequence 0 for none.
  struct Entry {
    std::uint32_t sequence = 0;
    std::int64_t at_us = 0;
    std::string from_state = {};
    std::string to_state = {};
    std::uint32_t known_between = 0;  // steps between the two
  };
  Entry entry = {};
};

// Counts the steps of a period one by one, each once, in any order.
class FunnelTally {
 public:
  explicit FunnelTally(std::uint32_t workflow_version) : workflow_version_(workflow_version) {}

  void Add(const FunnelStep& step);
  FunnelCounts Take() &&;

 private:
  const std::uint32_t workflow_version_;
  FunnelCounts counts_;
  std::map<Edge, std::set<std::uint64_t>> takers_;
  std::map<std::string, std::set<std::uint64_t>> enterers_;
};

struct FunnelState {
  std::string state = {};
  bool final = false;
  Passage entered = {};
  std::uint64_t left = 0;
  std::uint64_t unknown_stays = 0;  // of those left; the times are of the others
  std::int64_t mean_us = 0;
  std::int64_t median_us = 0;
  std::int64_t p90_us = 0;
  std::uint64_t now = 0;

  bool operator==(const FunnelState&) const = default;
};

// Every state that anything is known of; those entered most come first. `ends` are the states that
// cases end in, as the machine describes itself; those of earlier versions are known by their
// steps.
std::vector<FunnelState> StatesOf(FunnelCounts counts, const std::set<std::string>& ends = {});

// ---- the cases behind a count -------------------------------------------------------------------

struct FunnelCase {
  std::uint64_t case_id = 0;
  OrderId order = {};
  AccountId agent = {};
  std::uint32_t sequence = 0;
  std::int64_t step_at_us = 0;
};

// The last case of the page before.
struct FunnelPosition {
  std::int64_t step_at_us = 0;
  std::uint64_t case_id = 0;
  std::uint32_t sequence = 0;
};

// Where the counts are read. Thread-safe.
class FunnelReader {
 public:
  virtual ~FunnelReader() = default;

  // Throws Refusal FAILED_PRECONDITION for a span of more steps than are counted at once.
  virtual FunnelCounts Count(const FunnelSpan& span) = 0;
  // Ascending by step, after a position.
  virtual std::vector<FunnelCase> Entering(const FunnelSpan& span, const std::string& state,
                                           const FunnelPosition& after, std::size_t limit) = 0;
  virtual std::vector<FunnelCase> Taking(const FunnelSpan& span, const Edge& edge,
                                         const FunnelPosition& after, std::size_t limit) = 0;
  // Ascending by id, whatever the period.
  virtual std::vector<FunnelCase> StandingIn(const FunnelSpan& span, const std::string& state,
                                             std::uint64_t after_case, std::size_t limit) = 0;
};

}  // namespace redress::scoring
