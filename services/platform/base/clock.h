#pragma once

// The one source of time: UTC microseconds since 1970. Nothing else in the product asks the system
// or the database what time it is.

#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>

namespace redress::platform {

inline constexpr std::int64_t kMillisecondUs = 1'000;
inline constexpr std::int64_t kSecondUs = 1'000'000;
inline constexpr std::int64_t kMinuteUs = 60 * kSecondUs;
inline constexpr std::int64_t kHourUs = 60 * kMinuteUs;
inline constexpr std::int64_t kDayUs = 24 * kHourUs;

class Clock {
 public:
  virtual ~Clock() = default;
  virtual std::int64_t NowUs() const = 0;
};

class SystemClock final : public Clock {
 public:
  std::int64_t NowUs() const override;
};

// System time plus the offset (signed decimal microseconds) that a file holds, so that a test moves
// all processes of a deployment at once. The file is looked at every 50 ms at most; a missing file
// is an offset of 0, an unreadable one keeps the last offset. Only for deployments of kind `test`.
class OffsetClock final : public Clock {
 public:
  explicit OffsetClock(std::string offset_file);
  std::int64_t NowUs() const override;

 private:
  void LookAgain() const;

  const std::string offset_file_;
  mutable std::atomic<std::int64_t> offset_us_{0};
  mutable std::atomic<std::int64_t> look_again_at_{0};  // steady clock, microseconds
  mutable std::mutex reading_;
  mutable std::int64_t modified_ns_ = -1;
  mutable std::uint64_t inode_ = 0;
};

// Stands still until it is moved.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(std::int64_t now_us = 1'760'000'000'000'000) : now_us_(now_us) {}
  std::int64_t NowUs() const override { return now_us_.load(); }
  void Advance(std::int64_t by_us) { now_us_ += by_us; }
  void Set(std::int64_t now_us) { now_us_ = now_us; }

 private:
  std::atomic<std::int64_t> now_us_;
};

}  // namespace redress::platform
