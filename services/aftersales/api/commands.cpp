#include "services/aftersales/api/commands.h"

#include <algorithm>

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include "services/aftersales/domain/step_text.h"
#include "services/platform/base/text.h"

namespace redress::aftersales {
namespace {

using platform::Caller;

// Map fields aside (there are none), the same message has the same bytes.
std::string BytesOf(const google::protobuf::Message& message) {
  std::string bytes;
  google::protobuf::io::StringOutputStream stream(&bytes);
  google::protobuf::io::CodedOutputStream coded(&stream);
  coded.SetSerializationDeterministic(true);
  message.SerializeWithCachedSizes(&coded);
  return bytes;
}

std::string PlainClient(std::string client) {
  std::replace_if(
      client.begin(), client.end(), [](char c) { return c < ' ' || c > '~'; }, '?');
  return client.substr(0, 64);
}

}  // namespace

Sender SenderOf(const Caller& caller) {
  using workflows::ActorKind;
  Sender sender;
  sender.account = caller.account;
  sender.is_agent = caller.has(common::v1::ROLE_AGENT);
  sender.is_supervisor = caller.has(common::v1::ROLE_SUPERVISOR);
  sender.is_finance = caller.has(common::v1::ROLE_FINANCE);
  sender.unlimited = !caller.approval_limit_minor.has_value();
  sender.amount_limit = caller.approval_limit_minor.value_or(0);
  sender.client = PlainClient(caller.client);
  const bool person = sender.is_agent || sender.is_supervisor ||
                      caller.has(common::v1::ROLE_FINANCE) ||
                      caller.has(common::v1::ROLE_WAREHOUSE) || caller.has(common::v1::ROLE_ADMIN);
  if (caller.is_service()) {
    sender.kind = ActorKind::kService;
  } else if (!person && caller.has(common::v1::ROLE_INTEGRATION)) {
    sender.kind = ActorKind::kPlatform;
  }
  return sender;
}

bool MayReadTexts(const platform::Caller& caller) {
  return caller.has(common::v1::ROLE_AGENT) || caller.has(common::v1::ROLE_SUPERVISOR) ||
         caller.has(common::v1::ROLE_AUDITOR);
}

Origin OriginOf(const Sender& sender) {
  using workflows::ActorKind;
  switch (sender.kind) {
    case ActorKind::kPlatform:
      return Origin::kPlatform;
    case ActorKind::kService:
      return Origin::kLink;
    default:
      return Origin::kClient;
  }
}

std::unique_ptr<Command> Commands::Make(const platform::Call& call, std::string_view request_id,
                                        const google::protobuf::Message& request,
                                        const std::string& text) {
  auto command = std::make_unique<Command>();
  command->shop = call.caller.shop;
  command->sender = SenderOf(call.caller);
  command->origin = OriginOf(command->sender);
  command->request_id = request_id;
  const platform::Digest digest = DigestOf(call, request, text);
  std::copy_n(digest.begin(), command->digest.size(), command->digest.begin());
  command->expires = call.expires;
  if (!text.empty()) command->text = NewText(text);
  return command;
}

WriteRequest Commands::MakeWrite(const platform::Call& call, std::string_view request_id,
                                 const google::protobuf::Message& request,
                                 const std::string& text) {
  return {std::string(request_id), DigestOf(call, request, text)};
}

platform::Digest Commands::DigestOf(const platform::Call& call,
                                    const google::protobuf::Message& request,
                                    const std::string& text) {
  std::string all = request.GetTypeName() + "|" + platform::ToString(call.caller.account) + "|" +
                    call.caller.service + "|" + BytesOf(request);
  if (!text.empty()) all += "|" + sealer_.KeyedHash(call.caller.shop, "step_text", text);
  return platform::Sha256(all);
}

}  // namespace redress::aftersales
