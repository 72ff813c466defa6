#include "services/platform/base/clock.h"

#include <sys/stat.h>

#include <charconv>
#include <chrono>
#include <fstream>
#include <iterator>
#include <utility>

namespace redress::platform {

namespace {

constexpr std::int64_t kLookEveryUs = 50 * kMillisecondUs;

template <class ClockType>
std::int64_t Microseconds() {
  return std::chrono::duration_cast<std::chrono::microseconds>(ClockType::now().time_since_epoch())
      .count();
}

}  // namespace

std::int64_t SystemClock::NowUs() const { return Microseconds<std::chrono::system_clock>(); }

OffsetClock::OffsetClock(std::string offset_file) : offset_file_(std::move(offset_file)) {
  LookAgain();
}

std::int64_t OffsetClock::NowUs() const {
  const std::int64_t steady = Microseconds<std::chrono::steady_clock>();
  std::int64_t due = look_again_at_.load(std::memory_order_relaxed);
  // One caller looks; the others go on with the offset they know.
  if (steady >= due && look_again_at_.compare_exchange_strong(due, steady + kLookEveryUs)) {
    LookAgain();
  }
  return Microseconds<std::chrono::system_clock>() + offset_us_.load(std::memory_order_acquire);
}

void OffsetClock::LookAgain() const {
  const std::lock_guard lock(reading_);
  struct stat found {};
  if (stat(offset_file_.c_str(), &found) != 0) {
    modified_ns_ = -1;
    offset_us_.store(0, std::memory_order_release);
    return;
  }
  const std::int64_t modified_ns =
      found.st_mtim.tv_sec * std::int64_t{1'000'000'000} + found.st_mtim.tv_nsec;
  if (modified_ns == modified_ns_ && found.st_ino == inode_) return;
  std::ifstream file(offset_file_);
  const std::string text((std::istreambuf_iterator<char>(file)), {});
  std::int64_t offset_us = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), offset_us);
  // A file caught half written is looked at again instead of being believed.
  const bool whole = error == std::errc() && (end == text.data() + text.size() || *end == '\n');
  if (!whole) return;
  modified_ns_ = modified_ns;
  inode_ = found.st_ino;
  offset_us_.store(offset_us, std::memory_order_release);
}

}  // namespace redress::platform
