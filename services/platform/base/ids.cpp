#include "services/platform/base/ids.h"

#include <charconv>
#include <stdexcept>

#include "services/platform/base/errors.h"

namespace redress::platform {

namespace {

constexpr int kSequenceBits = 12;
constexpr int kWorkerBits = 10;
constexpr std::uint64_t kSequenceMask = (1u << kSequenceBits) - 1;

}  // namespace

namespace internal {

std::uint64_t ParseIdNumber(std::string_view text, std::string_view field, std::uint64_t maximum) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  // Leading zeros are refused, so that one thing has one id.
  if (error != std::errc() || end != text.data() + text.size() || number == 0 || number > maximum ||
      text.front() == '0') {
    throw InvalidField(std::string(field),
                       "is not an id; send the digits exactly as this API gave them out");
  }
  return number;
}

}  // namespace internal

TimeOrderedIds::TimeOrderedIds(const Clock& clock, std::uint16_t worker_number)
    : clock_(clock), worker_bits_(std::uint64_t{worker_number} << kSequenceBits) {
  if (worker_number >= kWorkers) throw std::invalid_argument("worker number above 1023");
}

std::uint64_t TimeOrderedIds::Next() {
  const std::int64_t now_us = clock_.NowUs() - kEpochUs;
  const std::uint64_t earliest =
      now_us > 0 ? static_cast<std::uint64_t>(now_us / kMillisecondUs) << kSequenceBits : 0;
  std::uint64_t last = last_.load(std::memory_order_relaxed);
  std::uint64_t next;
  do {
    // When the sequence is used up, the addition carries into the milliseconds.
    next = earliest > last ? earliest : last + 1;
  } while (!last_.compare_exchange_weak(last, next, std::memory_order_relaxed));
  const std::uint64_t milliseconds = next >> kSequenceBits;
  return milliseconds << (kWorkerBits + kSequenceBits) | worker_bits_ | (next & kSequenceMask);
}

std::int64_t TimeOrderedIds::MadeAtUs(std::uint64_t id) {
  return static_cast<std::int64_t>(id >> (kWorkerBits + kSequenceBits)) * kMillisecondUs + kEpochUs;
}

}  // namespace redress::platform
