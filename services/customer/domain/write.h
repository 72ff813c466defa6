// What a write of the service is made under: a repeat of its request gets the first answer.
#pragma once

#include <string>

#include "services/customer/domain/customer.h"
#include "services/platform/base/text.h"

namespace redress::customer {

struct Write {
  ShopId shop;
  std::string request_id;
  platform::Digest digest{};  // of the actor and all that was asked
  AccountId account;
  std::int64_t now_us = 0;
};

}  // namespace redress::customer
