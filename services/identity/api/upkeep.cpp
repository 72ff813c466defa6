#include "services/identity/api/upkeep.h"

#include <chrono>
#include <exception>

#include "services/platform/telemetry/log.h"

namespace redress::identity {
namespace {

constexpr std::uint64_t kKeysEvery = 10;   // seconds
constexpr std::uint64_t kPurgeEvery = 60;  // seconds

template <class Work>
void Attempt(const char* what, Work work) {
  try {
    work();
  } catch (const std::exception& error) {
    platform::LogWarning("a round of upkeep failed; it is tried again",
                         {{"what", what}, {"cause", error.what()}});
  }
}

}  // namespace

Upkeep::Upkeep(DirectoryFeed& feed, Sessions& sessions, DirectoryRepository& directory,
               const platform::Clock& clock, std::int64_t keep_ended_us)
    : feed_(feed),
      sessions_(sessions),
      directory_(directory),
      clock_(clock),
      keep_ended_us_(keep_ended_us),
      thread_([this] { Run(); }) {}

Upkeep::~Upkeep() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void Upkeep::Run() {
  std::unique_lock lock(mutex_);
  for (std::uint64_t second = 1; !stop_; ++second) {
    wake_.wait_for(lock, std::chrono::seconds(1), [this] { return stop_; });
    if (stop_) return;
    lock.unlock();
    Round(second);
    lock.lock();
  }
}

void Upkeep::Round(std::uint64_t second) {
  Attempt("directory", [this] { feed_.CatchUp(); });
  if (second % kKeysEvery == 0) Attempt("signing keys", [this] { feed_.RefreshKeys(); });
  if (second % kPurgeEvery == 0) Attempt("purge", [this] { Purge(); });
}

void Upkeep::Purge() {
  sessions_.Purge();
  directory_.PurgeEndedSessions(clock_.NowUs() - keep_ended_us_);
}

}  // namespace redress::identity
