#pragma once

#include <functional>
#include <string>

#include "services/platform/base/text.h"

namespace redress::aftersales {

// What makes an ordinary write (one that is no step) safe to repeat.
struct WriteRequest {
  std::string request_id;
  platform::Digest digest{};  // covers the actor and what is asked
  // Throws where the write cannot be done now. Asked only of the first call: a repeat gets its
  // answer however late it comes.
  std::function<void()> check = {};
};

}  // namespace redress::aftersales
