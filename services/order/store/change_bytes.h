// A change's words as bytes to be sealed.
#pragma once

#include <string>

#include "services/order/domain/change_record.h"

namespace redress::order {

// But for kind, account and time, which columns hold.
std::string ToBytes(const ChangeRecord& record);
// Throws platform::SealBroken for bytes that are no change.
void FromBytes(const std::string& bytes, ChangeRecord& record);

}  // namespace redress::order
