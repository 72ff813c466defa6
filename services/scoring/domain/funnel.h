#pragma once

// How cases of one kind move through their machine over a period, from the facts of their steps:
// what entered each state and took each edge, how long stays lasted that ended, how many cases are
// where now. Whatever a machine calls its states and events: the names are those of the facts.
// Times are UTC microseconds.

#include <cstdint>
#include <map>
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

// What is counted where the facts are.
struct FunnelCounts {
  std::map<Edge, Passage> edges;
  std::map<std::string, Passage> entered;                  // by state, coming from another
  std::map<std::string, std::vector<std::int64_t>> stays;  // by state left
  std::map<std::string, std::uint64_t> now;
  std::map<std::string, bool> final;  // of the states that steps led to
  std::map<std::uint32_t, std::uint64_t> steps_of_version;
};

struct FunnelState {
  std::string state = {};
  bool final = false;
  Passage entered = {};
  std::uint64_t left = 0;
  std::int64_t mean_us = 0;
  std::int64_t median_us = 0;
  std::int64_t p90_us = 0;
  std::uint64_t now = 0;

  bool operator==(const FunnelState&) const = default;
};

// Every state that anything is known of; those entered most come first.
std::vector<FunnelState> StatesOf(FunnelCounts counts);

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
