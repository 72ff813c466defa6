#pragma once

// Commands made from calls: who sends, under which origin, and the digest that tells a repeat from
// another use of its request_id.

#include <google/protobuf/message.h>

#include <memory>
#include <string>
#include <string_view>

#include "services/aftersales/domain/command.h"
#include "services/aftersales/domain/request.h"
#include "services/platform/sealing/sealer.h"
#include "services/platform/server/call.h"

namespace redress::aftersales {

// A machine of the shop speaks for the platform; a person's own roles come first.
Sender SenderOf(const platform::Caller& caller);
Origin OriginOf(const Sender& sender);
// Free text of cases, in clear.
bool MayReadTexts(const platform::Caller& caller);

// Makes commands and digests. Free text enters a digest by its keyed hash only.
class Commands {
 public:
  explicit Commands(platform::Sealer& sealer) : sealer_(sealer) {}

  // `request` without its text; `text` may be empty.
  std::unique_ptr<Command> Make(const platform::Call& call, std::string_view request_id,
                                const google::protobuf::Message& request, const std::string& text);
  WriteRequest MakeWrite(const platform::Call& call, std::string_view request_id,
                         const google::protobuf::Message& request, const std::string& text = "");

 private:
  platform::Digest DigestOf(const platform::Call& call, const google::protobuf::Message& request,
                            const std::string& text);

  platform::Sealer& sealer_;
};

}  // namespace redress::aftersales
