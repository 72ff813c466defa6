// The guard's questions about the caller: who is it, in which shop, and is that enough.
#include <algorithm>
#include <cctype>
#include <charconv>
#include <vector>

#include "services/platform/base/errors.h"
#include "services/platform/server/guard.h"
#include "services/platform/server/method_plan.h"
#include "services/platform/telemetry/trace.h"

namespace redress::platform {
namespace {

constexpr std::string_view kBearer = "Bearer ";
constexpr std::size_t kLongestClient = 100;
constexpr std::size_t kLongestLanguage = 100;

std::string_view View(const grpc::string_ref& text) { return {text.data(), text.size()}; }

// The value of a metadata key that may be given once; empty when it is not.
std::string_view Single(const grpc::CallbackServerContext& context, const char* key) {
  const auto [begin, end] = context.client_metadata().equal_range(key);
  if (begin == end) return {};
  if (std::next(begin) != end) {
    throw Refusal(Code::kInvalidArgument, "METADATA_REPEATED",
                  "Metadata " + std::string(key) + " is given more than once; give it once.");
  }
  return View(begin->second);
}

// The 32 digits of a W3C traceparent, "00-<trace id>-<parent id>-<flags>"; empty if it is none.
std::string_view TraceIdOf(std::string_view parent) {
  if (parent.size() != 55 || !parent.starts_with("00-") || parent[35] != '-') return {};
  const auto id = parent.substr(3, 32);
  const bool digits = std::ranges::all_of(
      id, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
  return digits && id.find_first_not_of('0') != std::string_view::npos ? id : std::string_view();
}

std::string Printable(std::string_view text, std::size_t longest) {
  std::string clean(text.substr(0, longest));
  std::ranges::replace_if(
      clean, [](char c) { return c < 0x20 || c > 0x7E; }, '?');
  return clean;
}

// The common name of the client's certificate, which TLS has checked against our own CA; empty for
// a client without one.
std::string PeerService(const grpc::CallbackServerContext& context) {
  const auto auth = context.auth_context();
  if (auth == nullptr || !auth->IsPeerAuthenticated()) return {};
  const auto names = auth->FindPropertyValues("x509_common_name");
  return names.size() == 1 ? std::string(View(names.front())) : std::string();
}

ShopId ParseShop(std::string_view text) {
  std::uint32_t shop = 0;
  const auto* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, shop);
  if (error != std::errc() || stop != end || shop == 0) {
    throw Refusal(Code::kInvalidArgument, "SHOP_INVALID",
                  std::string("Metadata ") + kShopMetadata + " is no shop's number.");
  }
  return ShopId{shop};
}

}  // namespace

void Guard::ReadMetadata(PendingCall& pending) const {
  const auto& context = *pending.context_;
  auto& call = pending.call_;
  const auto trace_id = TraceIdOf(Single(context, kTraceMetadata));
  call.trace_id = trace_id.empty() ? NewTraceId() : std::string(trace_id);
  call.language = Printable(Single(context, "accept-language"), kLongestLanguage);
  pending.shop_text_ = Single(context, kShopMetadata);
  call.caller.service = PeerService(context);
  // A service says for whom it calls; from anyone else the word would be worth nothing.
  const auto original =
      call.caller.service.empty() ? std::string_view() : Single(context, kClientMetadata);
  // The program's own name is the first word; the libraries it uses add theirs.
  const auto agent = Single(context, "user-agent");
  call.caller.client =
      Printable(original.empty() ? agent.substr(0, agent.find(' ')) : original, kLongestClient);
  const auto authorization = Single(context, "authorization");
  if (authorization.empty()) return;
  if (!authorization.starts_with(kBearer)) {
    throw Refusal(Code::kUnauthenticated, "TOKEN_MALFORMED",
                  "Metadata authorization has to be \"Bearer \" and an access token.");
  }
  call.token = authorization.substr(kBearer.size());
}

bool Guard::EstablishCaller(PendingCall& pending, bool may_block) {
  auto& call = pending.call_;
  if (pending.plan_->permission.anyone) return true;
  if (call.token.empty()) {
    if (call.caller.service.empty()) {
      throw Refusal(Code::kUnauthenticated, "TOKEN_MISSING",
                    "Log in and send the access token as metadata authorization: Bearer ….");
    }
    if (!pending.shop_text_.empty()) call.caller.shop = ParseShop(pending.shop_text_);
    return true;
  }
  if (!directory_.HasFirstCopy()) {
    throw Unavailable("DIRECTORY_LOADING",
                      "The service has started a moment ago and does not know yet who "
                      "works where; send the same request again.")
        .RetryAfter(200 * kMillisecondUs);
  }
  const auto claims =
      may_block ? std::optional(verifier_.Verify(call.token)) : verifier_.TryVerify(call.token);
  if (!claims) return false;
  if (pending.plan_->streams) pending.claims_ = claims;
  call.caller.account = claims->account;
  call.caller.session = claims->session;
  JoinShop(pending);
  return true;
}

void Guard::JoinShop(PendingCall& pending) const {
  if (pending.shop_text_.empty()) return;
  auto& caller = pending.call_.caller;
  const ShopId shop = ParseShop(pending.shop_text_);
  const auto membership = directory_.Find(caller.account, shop);
  caller.shop = {};
  caller.roles = {};
  caller.approval_limit_minor.reset();
  if (membership) {
    caller.shop = shop;
    caller.roles = membership->roles;
    caller.approval_limit_minor = membership->approval_limit_minor;
  } else if (!pending.plan_->permission.signed_in) {
    // The same words for a shop that does not exist.
    throw Refusal(Code::kPermissionDenied, "NOT_A_MEMBER",
                  "You do not work in shop " + std::to_string(shop.value) +
                      "; name one of your shops in metadata " + kShopMetadata + ".");
  }
}

void Guard::JudgeAgain(PendingCall& pending) const {
  if (!pending.claims_) return;
  verifier_.CheckStillGood(*pending.claims_);
  JoinShop(pending);
  Permit(pending);
}

void Guard::Permit(const PendingCall& pending) const {
  const auto& caller = pending.call_.caller;
  const Permission& permission = pending.plan_->permission;
  if (permission.Allows(caller)) return;
  if (!caller.account) {
    throw Refusal(
        Code::kPermissionDenied, "SERVICE_NOT_ALLOWED",
        "Service " + caller.service + " may not call " + pending.plan_->name + " for itself.")
        .With("need", permission.Need());
  }
  if (!caller.shop && !permission.roles.empty()) {
    throw Refusal(Code::kInvalidArgument, "SHOP_MISSING",
                  std::string("Name the shop in metadata ") + kShopMetadata + ".");
  }
  throw Refusal(Code::kPermissionDenied, "ROLE_MISSING",
                "This needs " + permission.Need() + "; ask an admin of the shop.")
      .With("need", permission.Need());
}

void Guard::PermitEvents(const Caller& caller, const google::protobuf::Message& message) const {
  const auto* type = message.GetDescriptor();
  if (const auto found = senders_.find(type); found != senders_.end()) {
    const Permission& sender = found->second;
    if (sender.Allows(caller)) return;
    throw Refusal(Code::kPermissionDenied, "EVENT_NOT_ALLOWED",
                  type->name() + " needs " + sender.Need() + "; ask a colleague who has it.")
        .With("event", type->name())
        .With("need", sender.Need());
  }
  const auto* reflection = message.GetReflection();
  std::vector<const google::protobuf::FieldDescriptor*> fields;
  reflection->ListFields(message, &fields);
  for (const auto* field : fields) {
    if (field->message_type() == nullptr) continue;
    if (!field->is_repeated()) {
      PermitEvents(caller, reflection->GetMessage(message, field));
      continue;
    }
    for (int i = 0; i < reflection->FieldSize(message, field); ++i) {
      PermitEvents(caller, reflection->GetRepeatedMessage(message, field, i));
    }
  }
}

}  // namespace redress::platform
