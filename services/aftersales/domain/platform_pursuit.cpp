#include "services/aftersales/domain/platform_pursuit.h"

#include <algorithm>

#include "services/aftersales/domain/case_kind.h"
#include "services/aftersales/domain/event_json.h"
#include "services/aftersales/domain/step.h"
#include "services/aftersales/domain/step_text.h"
#include "services/platform/base/clock.h"
#include "services/platform/base/text.h"

namespace redress::aftersales {
namespace {

using platform::Code;
using platform::Refusal;

constexpr std::int64_t kFirstPauseUs = 10 * platform::kSecondUs;
constexpr std::int64_t kLongestPauseUs = platform::kHourUs;
constexpr std::uint32_t kMostAttempts = 1000;  // some forty days; then only news or the order
constexpr std::int64_t kSoonUs = 2 * platform::kSecondUs;
constexpr std::size_t kDigestInId = 16;
constexpr std::size_t kLongestDetail = 200;

// It may be different in a moment, without anything new being heard.
bool PassesBy(const Refusal& refusal) {
  switch (refusal.code()) {
    case Code::kUnavailable:
    case Code::kResourceExhausted:
    case Code::kDeadlineExceeded:
    case Code::kAborted:
    case Code::kInternal:
    case Code::kAlreadyExists:  // somebody else has just opened a case for the refund
      return true;
    default:
      return false;
  }
}

std::string EventNameOf(const CommandBody& body) {
  if (const auto* fire = std::get_if<FireEvent>(&body)) return std::string(NameOf(fire->event));
  return std::string(kPlatformDeadlineEvent);
}

std::string MembersOfBody(const CommandBody& body) {
  if (const auto* fire = std::get_if<FireEvent>(&body)) return MembersOf(fire->event);
  return std::to_string(std::get<PlatformDeadline>(body).due_at);
}

Digest DigestOfText(std::string_view text) {
  const platform::Digest whole = platform::Sha256(text);
  Digest digest;
  std::copy_n(whole.begin(), digest.size(), digest.begin());
  return digest;
}

}  // namespace

PlatformPursuit::PlatformPursuit(PlatformRefund refund)
    : refund_(std::move(refund)), word_(WordOf(refund_.fields)) {}

void PlatformPursuit::SetCase(Case now) {
  refund_.case_id = now.id;
  refund_.order = now.order;
  refund_.customer = now.customer;
  now_ = std::move(now);
  stale_ = false;
}

std::unique_ptr<Command> PlatformPursuit::Make(std::string request_id, Digest digest, CaseId of,
                                               CommandBody body) const {
  auto command = std::make_unique<Command>();
  command->shop = refund_.shop;
  command->case_id = of;
  command->origin = Origin::kPlatform;
  command->request_id = std::move(request_id);
  command->digest = digest;
  command->sender.kind = workflows::ActorKind::kPlatform;
  command->sender.client = "redress-aftersales";
  command->body = std::move(body);
  return command;
}

std::unique_ptr<Command> PlatformPursuit::Opening(const LineFacts& line, std::uint64_t number,
                                                  CaseId id) {
  under_way_ = kOpenEvent;
  OpenCase open;
  open.number = number;
  open.line = line;
  open.quantity = word_.quantity == 0 ? line.quantity : word_.quantity;
  open.currency = line.currency;
  open.amount_asked = word_.amount;
  open.variant = line.postage ? workflows::refund::Variant::kPostage : word_.variant;
  open.reason = word_.reason.empty() ? "platform" : word_.reason;
  open.platform_refund_id = refund_.refund_id;
  // Whatever is known by then: a refund opens one case.
  auto command = Make("push:" + refund_.refund_id + ":open", DigestOfText(refund_.refund_id), id,
                      std::move(open));
  if (!word_.description.empty()) command->text = NewText(word_.description);
  return command;
}

std::unique_ptr<Command> PlatformPursuit::Next(std::int64_t now_us) {
  const auto was_sent = [this](std::string_view event) { return sent_.contains(event); };
  std::optional<CommandBody> body;
  if (now_) body = NextMove(word_, *now_, was_sent, now_us);
  if (!now_ || !body) {
    over_ = true;
    return nullptr;
  }
  under_way_ = EventNameOf(*body);
  sent_.insert(under_way_);
  const std::string content = MembersOfBody(*body) + "|" + std::to_string(word_.version);
  const std::string request_id =
      "push:" + refund_.refund_id + ":" + under_way_ + ":" +
      platform::Hex(platform::AsBytes(platform::Sha256(content))).substr(0, kDigestInId);
  return Make(request_id, DigestOfText(content), now_->id, *std::move(body));
}

void PlatformPursuit::Take(const Verdict& verdict) {
  if (const auto* answer = std::get_if<Answer>(&verdict)) {
    SetCase(answer->after);
    stale_ = answer->repeated;
    return;
  }
  if (const auto* refusal = std::get_if<Refusal>(&verdict)) return Refuse(*refusal);
  over_ = again_ = true;
}

void PlatformPursuit::Refuse(const Refusal& refusal) {
  if (PassesBy(refusal)) {
    over_ = again_ = true;
    return;
  }
  if (refused_.empty()) refused_ = refusal.reason();
  over_ = !HasCase();
  stale_ = HasCase();  // somebody else may have changed it
}

PlatformRefund PlatformPursuit::Conclude(std::int64_t now_us) && {
  refund_.updated_at = now_us;
  if (again_) {
    ++refund_.attempts;
    refund_.due_at = now_us + kSoonUs;
    return std::move(refund_);
  }
  refund_.attention.clear();
  refund_.detail.clear();
  refund_.due_at = 0;
  if (!now_) {
    refund_.attention = refused_;
    ++refund_.attempts;
    refund_.due_at = NextTry(now_us);
    return std::move(refund_);
  }
  refund_.attempts = 0;
  PlatformDifference difference = DifferenceOf(word_, *now_);
  if (difference.code.empty()) return std::move(refund_);
  refund_.attention = refused_.empty() ? std::move(difference.code) : refused_;
  refund_.detail = std::move(difference.detail).substr(0, kLongestDetail);
  return std::move(refund_);
}

std::int64_t PlatformPursuit::NextTry(std::int64_t now_us) const {
  if (refund_.attempts > kMostAttempts) return 0;
  const std::uint32_t doublings = std::min(refund_.attempts, 12U);
  return now_us + std::min(kFirstPauseUs << doublings, kLongestPauseUs);
}

}  // namespace redress::aftersales
