#include "services/desk/api/http_channel.h"

#include <google/protobuf/util/json_util.h>

#include <stdexcept>
#include <string>

#include "redress/desk/v1/message_service.pb.h"
#include "services/platform/webhooks/signature.h"

namespace redress::desk {
namespace {

constexpr int kRequestTimeout = 408;
constexpr int kTooEarly = 425;
constexpr int kTooManyRequests = 429;

std::string BodyOf(const Message& message) {
  if (!message.content) throw std::logic_error("a message is sent without its content");
  v1::OutgoingMessage out;
  out.set_idempotency_key(IdempotencyKey(message));
  out.set_message_id(platform::ToString(message.id));
  out.set_case_number(message.case_number);
  v1::MessageContent& content = *out.mutable_content();
  content.set_text(message.content->text);
  content.set_customer_nick(message.content->customer_nick);
  content.set_platform(message.content->platform);
  content.set_order_number(message.content->order_number);
  std::string body;
  if (!google::protobuf::util::MessageToJsonString(out, &body).ok()) {
    throw std::runtime_error("a message is not well-formed text");
  }
  return body;
}

bool IsRefusal(int status) {
  return status >= 400 && status < 500 && status != kRequestTimeout && status != kTooEarly &&
         status != kTooManyRequests;
}

}  // namespace

Sending HttpChannel::Send(const Message& message) {
  const HttpChannelSettings settings = channels_.Find(message.shop);
  if (settings.url.empty()) return {Sending::Result::kRefused, reasons::kNoChannel};
  platform::PostRequest request{.url = settings.url, .body = BodyOf(message)};
  std::string signature(platform::kSignatureHeader);
  signature.append(": ").append(
      platform::SignatureOf({&settings.secret, 1}, clock_.NowUs(), request.body));
  std::string key("Idempotency-Key: ");
  key.append(IdempotencyKey(message));
  request.headers = {"Content-Type: application/json", std::move(key), std::move(signature)};
  const platform::PostOutcome outcome = poster_.Post(request);
  if (outcome.IsTaken()) return {};
  if (IsRefusal(outcome.status)) return {Sending::Result::kRefused, reasons::kSenderRefused};
  return {Sending::Result::kUnknown, reasons::kSenderUnreachable};
}

}  // namespace redress::desk
