#include "services/platform/base/crash_point.h"

#include <signal.h>
#include <unistd.h>

#include <charconv>
#include <chrono>
#include <condition_variable>
#include <fstream>
#include <mutex>
#include <string_view>
#include <thread>
#include <utility>

namespace redress::platform {

namespace internal {
std::atomic<bool> crash_point_armed{false};
}

namespace {

constexpr std::chrono::milliseconds kLookEvery(20);

struct Armed {
  std::mutex mutex;
  std::string name;
  int passings_left = 0;
  std::string file;
};

Armed& TheArmed() {
  static Armed armed;
  return armed;
}

// "process:name[:n]" for this process; anything else arms nothing.
void Arm(std::string_view line, std::string_view process, const std::string& file) {
  while (!line.empty() && (line.back() == '\n' || line.back() == ' ')) line.remove_suffix(1);
  const std::size_t first = line.find(':');
  std::string_view name;
  int passings = 1;
  if (first != std::string_view::npos && line.substr(0, first) == process) {
    name = line.substr(first + 1);
    if (const std::size_t second = name.find(':'); second != std::string_view::npos) {
      const std::string_view count = name.substr(second + 1);
      std::from_chars(count.data(), count.data() + count.size(), passings);
      name = name.substr(0, second);
    }
  }
  Armed& armed = TheArmed();
  const std::lock_guard lock(armed.mutex);
  // Looking at an unchanged file again must not start the countdown again.
  if (armed.name == name && armed.passings_left > 0) return;
  armed.name = name;
  armed.passings_left = name.empty() ? 0 : passings;
  armed.file = file;
  internal::crash_point_armed.store(armed.passings_left > 0, std::memory_order_relaxed);
}

}  // namespace

namespace internal {

void PassArmedCrashPoint(const char* name) {
  Armed& armed = TheArmed();
  const std::lock_guard lock(armed.mutex);
  if (armed.passings_left == 0 || armed.name != name) return;
  if (--armed.passings_left > 0) return;
  unlink(armed.file.c_str());
  kill(getpid(), SIGKILL);
}

}  // namespace internal

struct CrashPointWatch::State {
  State(std::string process_name, std::string armed_file)
      : process(std::move(process_name)), file(std::move(armed_file)) {}

  const std::string process;
  const std::string file;
  std::mutex mutex;
  std::condition_variable stopping;
  bool stop = false;
  std::thread thread;

  void Look() const {
    std::ifstream opened(file);
    std::string line;
    std::getline(opened, line);
    Arm(line, process, file);
  }
};

CrashPointWatch::CrashPointWatch(std::string process, std::string file)
    : state_(new State(std::move(process), std::move(file))) {
  state_->Look();
  state_->thread = std::thread([state = state_] {
    std::unique_lock lock(state->mutex);
    while (!state->stopping.wait_for(lock, kLookEvery, [state] { return state->stop; })) {
      state->Look();
    }
  });
}

CrashPointWatch::~CrashPointWatch() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->stop = true;
  }
  state_->stopping.notify_one();
  state_->thread.join();
  Arm("", state_->process, state_->file);
  delete state_;
}

}  // namespace redress::platform
