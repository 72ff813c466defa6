#pragma once

// Fires deadlines that are due, and warns supervisors at half time. Each is an ordinary command
// under a request_id of its own, so that firing twice, from two processes or beside a person,
// takes effect once at most. Many due at once (a service that was down, a holiday's end) are worked
// off behind what people ask for: in the engine's background lane, a bounded number at a time, and
// with a pause after each while people are at work.

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "services/aftersales/domain/case_engine.h"
#include "services/aftersales/domain/deadline_repository.h"
#include "services/platform/base/clock.h"

namespace redress::aftersales {

class DeadlineTimer {
 public:
  struct Options {
    std::size_t at_once = 64;  // commands under way
    // While people are at work, the part of the time that is spent on deadlines: a quarter.
    int pauses_per_round = 3;
    std::chrono::milliseconds longest_pause{200};
    std::function<void(const std::exception&)> on_failure = {};
  };

  DeadlineTimer(Options options, DeadlineRepository& deadlines, CaseEngine& engine,
                const platform::Clock& clock);

  // One round: fires what is due, waits for the answers. True when there may be more.
  bool Round();

 private:
  std::unique_ptr<Command> CommandFor(const DueTimer& due, std::int64_t now_us) const;
  void FireAll(const std::vector<DueTimer>& due, std::int64_t now_us,
               std::atomic<std::size_t>& applied);
  // Leaves the machine to the people who have asked for something since the last round.
  void GiveWay(std::chrono::steady_clock::duration round);

  const Options options_;
  DeadlineRepository& deadlines_;
  CaseEngine& engine_;
  const platform::Clock& clock_;
  std::uint64_t awaited_ = 0;  // by the last round
};

}  // namespace redress::aftersales
