#pragma once

#include <cstdint>
#include <string>

namespace redress::platform {

// "2026-11-22T13:45:00.000000Z": UTC microseconds since 1970 as RFC 3339, as CloudEvents want it.
std::string Rfc3339(std::int64_t at_us);

}  // namespace redress::platform
