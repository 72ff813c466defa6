#pragma once

#include <string>

#include "services/platform/base/text.h"

namespace redress::aftersales {

// What makes an ordinary write (one that is no step) safe to repeat.
struct WriteRequest {
  std::string request_id;
  platform::Digest digest{};  // covers the actor and what is asked
};

}  // namespace redress::aftersales
