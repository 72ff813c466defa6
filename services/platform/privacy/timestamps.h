#pragma once

#include <google/protobuf/timestamp.pb.h>

#include <cstdint>

namespace redress::platform {

// Of a time after 1970.
inline void SetTime(std::int64_t at_us, google::protobuf::Timestamp& out) {
  constexpr std::int64_t kSecond = 1'000'000;
  out.set_seconds(at_us / kSecond);
  out.set_nanos(static_cast<std::int32_t>(at_us % kSecond * 1000));
}

}  // namespace redress::platform
