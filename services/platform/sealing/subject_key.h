// A subject's key, wrapped with its shop's. Internal to sealing.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "services/platform/base/ids.h"
#include "services/platform/sealing/key_store.h"
#include "services/platform/sealing/master_key.h"
#include "services/platform/sealing/shop_keyring.h"

namespace redress::platform {

// What binds a blob to its shop and subject.
std::string BoundTo(std::string_view what, ShopId shop, Subject subject);

WrappedSubjectKey WrapSubjectKey(const ShopKeys::Generation& with, ShopId shop, Subject subject,
                                 std::uint8_t generation, std::string_view secret);
// Throws SealBroken when the row was altered or moved, or its shop key is not among these.
SecretKey UnwrapSubjectKey(const ShopKeys& shop_keys, ShopId shop, const WrappedSubjectKey& row);

}  // namespace redress::platform
