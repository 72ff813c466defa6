#pragma once

// Fires deadlines that are due, and warns supervisors at half time. Each is an ordinary command
// under a request_id of its own, so that firing twice, from two processes or beside a person,
// takes effect once at most.

#include <cstddef>
#include <functional>
#include <memory>

#include "services/aftersales/domain/case_engine.h"
#include "services/aftersales/domain/deadline_repository.h"
#include "services/platform/base/clock.h"

namespace redress::aftersales {

class DeadlineTimer {
 public:
  struct Options {
    std::size_t at_once = 256;  // commands under way: more than that would crowd out people
    std::function<void(const std::exception&)> on_failure;
  };

  DeadlineTimer(Options options, DeadlineRepository& deadlines, CaseEngine& engine,
                const platform::Clock& clock);

  // One round: fires what is due, waits for the answers. True when there may be more.
  bool Round();

 private:
  std::unique_ptr<Command> CommandFor(const DueTimer& due, std::int64_t now_us) const;

  const Options options_;
  DeadlineRepository& deadlines_;
  CaseEngine& engine_;
  const platform::Clock& clock_;
};

}  // namespace redress::aftersales
