// What every write of a person or program is made under: a repeat of its request gets the first
// answer.
#pragma once

#include <cstdint>
#include <string>

#include "services/order/domain/order.h"
#include "services/platform/base/text.h"

namespace redress::order {

struct Write {
  ShopId shop = {};
  std::string request_id = {};
  platform::Digest digest = {};  // of the actor and all that was asked, but for contact data
  AccountId account = {};
  std::int64_t now_us = 0;
};

}  // namespace redress::order
