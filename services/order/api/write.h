// What a call writes under.
#pragma once

#include <google/protobuf/message.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "services/order/domain/write.h"
#include "services/platform/server/call.h"

namespace redress::order {

// A repeat is known by the actor and all that was asked. `asked` is without contact data and free
// text, whose keyed hashes join in the domain: a plain digest of them could be guessed.
Write MakeWrite(const platform::Call& call, const std::string& request_id,
                const google::protobuf::Message& asked);

// The version that an etag stands for; INVALID_ARGUMENT for a text that none was ever like.
std::uint32_t ParseEtag(std::string_view etag);

}  // namespace redress::order
