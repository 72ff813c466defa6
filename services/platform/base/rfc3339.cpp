#include "services/platform/base/rfc3339.h"

#include <cstdio>
#include <ctime>

namespace redress::platform {

std::string Rfc3339(std::int64_t at_us) {
  const std::time_t seconds = static_cast<std::time_t>(at_us / 1'000'000);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  char text[40];
  const std::size_t length = std::strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%S", &parts);
  std::snprintf(text + length, sizeof(text) - length, ".%06dZ",
                static_cast<int>(at_us % 1'000'000));
  return text;
}

}  // namespace redress::platform
