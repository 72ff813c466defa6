#pragma once

#include <charconv>
#include <cstdint>
#include <string>

#include "services/platform/base/errors.h"

namespace redress::customer {

// The version behind an etag; INVALID_ARGUMENT naming the field where it is none.
inline std::uint32_t VersionOf(const std::string& etag, const std::string& field = "etag") {
  std::uint32_t version = 0;
  const char* end = etag.data() + etag.size();
  const auto [stop, problem] = std::from_chars(etag.data(), end, version);
  if (problem != std::errc() || stop != end) {
    throw platform::InvalidField(field, "is none that was answered; send back the newest one");
  }
  return version;
}

}  // namespace redress::customer
