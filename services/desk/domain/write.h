#pragma once

// What every write of the service is made under: a repeat of its request gets the first answer.

#include <string>

#include "services/platform/base/ids.h"
#include "services/platform/base/text.h"

namespace redress::desk {

using platform::AccountId;
using platform::CaseId;
using platform::CustomerId;
using platform::OrderId;
using platform::ShopId;
using PhraseId = platform::StrongId<struct PhraseTag>;
using MessageId = platform::StrongId<struct MessageTag>;

struct Write {
  ShopId shop;
  std::string request_id;
  platform::Digest digest{};  // of the actor and all that was asked
  AccountId account;
  std::int64_t now_us = 0;
};

}  // namespace redress::desk
