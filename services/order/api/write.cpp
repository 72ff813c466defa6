#include "services/order/api/write.h"

#include <charconv>

#include "services/platform/base/errors.h"

namespace redress::order {

Write MakeWrite(const platform::Call& call, const std::string& request_id,
                const google::protobuf::Message& asked) {
  return {.shop = call.caller.shop,
          .request_id = request_id,
          .digest =
              platform::Sha256(platform::ToString(call.caller.account) + "|" + call.caller.service +
                               "|" + asked.GetTypeName() + "|" + asked.SerializeAsString()),
          .account = call.caller.account,
          .now_us = call.clock.NowUs()};
}

std::uint32_t ParseEtag(std::string_view etag) {
  std::uint32_t version = 0;
  const auto [end, error] = std::from_chars(etag.data(), etag.data() + etag.size(), version);
  if (error != std::errc() || end != etag.data() + etag.size()) {
    throw platform::InvalidField("etag", "is no version; send the etag that was read");
  }
  return version;
}

}  // namespace redress::order
