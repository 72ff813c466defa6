#include "services/platform/telemetry/trace.h"

#include <array>
#include <cstdint>
#include <random>

namespace redress::platform {
namespace {

thread_local std::string_view current_trace_id;

std::uint64_t RandomNumber() {
  // Ids have to be unlikely to meet, not hard to guess.
  thread_local std::mt19937_64 generator(static_cast<std::uint64_t>(std::random_device()()) << 32 ^
                                         std::random_device()());
  return generator();
}

}  // namespace

std::string NewTraceId() {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string id(32, '0');
  for (std::size_t half = 0; half < 2; ++half) {
    std::uint64_t number = RandomNumber() | 1;  // all zeros is no trace id
    for (std::size_t i = 0; i < 16; ++i, number >>= 4) id[half * 16 + i] = kDigits[number & 15];
  }
  return id;
}

std::string_view CurrentTraceId() { return current_trace_id; }

TraceScope::TraceScope(std::string_view trace_id) : outer_(current_trace_id) {
  current_trace_id = trace_id;
}

TraceScope::~TraceScope() { current_trace_id = outer_; }

}  // namespace redress::platform
