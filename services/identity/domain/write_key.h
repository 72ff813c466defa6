// What makes a write safe to repeat: the same key answers what the first call answered.
#pragma once

#include <cstdint>
#include <string>

#include "services/platform/base/ids.h"
#include "services/platform/base/text.h"

namespace redress::identity {

struct WriteKey {
  platform::ShopId shop;  // none for what belongs to the installation
  std::string request_id;
  platform::Digest digest;  // of what was asked and by whom; never of a password
  std::int64_t now_us = 0;
};

}  // namespace redress::identity
