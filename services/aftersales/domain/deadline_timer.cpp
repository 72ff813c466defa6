#include "services/aftersales/domain/deadline_timer.h"

#include <algorithm>
#include <latch>
#include <string>
#include <thread>

#include "services/platform/base/crash_point.h"

namespace redress::aftersales {

DeadlineTimer::DeadlineTimer(Options options, DeadlineRepository& deadlines, CaseEngine& engine,
                             const platform::Clock& clock)
    : options_(std::move(options)), deadlines_(deadlines), engine_(engine), clock_(clock) {}

bool DeadlineTimer::Round() {
  const auto begin = std::chrono::steady_clock::now();
  const std::int64_t now_us = clock_.NowUs();
  const std::vector<DueTimer> due = deadlines_.Due(now_us, options_.at_once);
  if (due.empty()) return false;
  std::atomic<std::size_t> applied = 0;
  FireAll(due, now_us, applied);
  // What failed stays due: without any progress the round's pause is taken.
  const bool more = due.size() == options_.at_once && applied > 0;
  if (more) GiveWay(std::chrono::steady_clock::now() - begin);
  return more;
}

void DeadlineTimer::FireAll(const std::vector<DueTimer>& due, std::int64_t now_us,
                            std::atomic<std::size_t>& applied) {
  std::latch answered(static_cast<std::ptrdiff_t>(due.size()));
  for (const DueTimer& timer : due) {
    auto command = CommandFor(timer, now_us);
    command->done = [&](Command& done) {
      try {
        AnswerOf(done);
        ++applied;
      } catch (const std::exception& error) {
        if (options_.on_failure) options_.on_failure(error);
      }
      answered.count_down();
    };
    try {
      engine_.Submit(std::move(command));
    } catch (const std::exception& error) {
      // The queue is full of people's commands: this one is due in the next round, too.
      if (options_.on_failure) options_.on_failure(error);
      answered.count_down();
    }
  }
  platform::CrashPoint(platform::kWithTimersQueued);
  answered.wait();
}

void DeadlineTimer::GiveWay(std::chrono::steady_clock::duration round) {
  const std::uint64_t awaited = engine_.Awaited();
  const bool at_work = awaited != awaited_;
  awaited_ = awaited;
  if (!at_work) return;
  std::this_thread::sleep_for(std::min<std::chrono::steady_clock::duration>(
      round * options_.pauses_per_round, options_.longest_pause));
}

std::unique_ptr<Command> DeadlineTimer::CommandFor(const DueTimer& due, std::int64_t now_us) const {
  auto command = std::make_unique<Command>();
  command->shop = due.shop;
  command->case_id = due.case_id;
  command->origin = Origin::kTimer;
  command->can_wait = true;
  command->sender.kind = workflows::ActorKind::kTimeout;
  command->sender.client = "redress-aftersales";
  const std::string which = platform::ToString(due.case_id) + ":" + std::to_string(due.number);
  if (due.due_at <= now_us) {
    command->request_id = "deadline:" + which;
    command->body = ReachDeadline{due.number};
  } else {
    command->request_id = "warning:" + which;
    command->body = WarnSupervisor{due.number};
  }
  return command;
}

}  // namespace redress::aftersales
