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

PlatformPursuit::PlatformPursuit(PlatformObject object)
    : object_(std::move(object)), follower_(FollowerOf(object_)) {}

bool PlatformPursuit::WantsCase() {
  over_ = over_ || !follower_->WantsCase();
  return !over_;
}

void PlatformPursuit::CheckOpening() const {
  const PlatformFollower::Lack lack = follower_->WhatIsMissing();
  if (lack.code.empty()) return;
  throw Refusal(Code::kFailedPrecondition, std::string(lack.code), std::string(lack.words));
}

void PlatformPursuit::SetCase(Case now) {
  object_.case_id = now.id;
  object_.order = now.order;
  object_.customer = now.customer;
  now_ = std::move(now);
  stale_ = false;
}

std::unique_ptr<Command> PlatformPursuit::Make(std::string request_id, Digest digest, CaseId of,
                                               CommandBody body) const {
  auto command = std::make_unique<Command>();
  command->shop = object_.shop;
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
                                                  CaseId id, bool revision_possible) {
  under_way_ = kOpenEvent;
  // Whatever is known by then: an object opens one case.
  auto command = Make("push:" + object_.key + ":open", DigestOfText(object_.key), id,
                      follower_->Opening(line, number, revision_possible));
  AddWords(*command);
  return command;
}

void PlatformPursuit::AddWords(Command& command) const {
  const std::string words = follower_->WordsOf(under_way_);
  if (!words.empty()) command.text = NewText(words);
}

std::unique_ptr<Command> PlatformPursuit::Next(std::int64_t now_us) {
  const auto was_sent = [this](std::string_view event) { return sent_.contains(event); };
  std::optional<CommandBody> body;
  if (now_) body = follower_->NextMove(*now_, was_sent, now_us);
  if (!now_ || !body) {
    over_ = true;
    return nullptr;
  }
  under_way_ = EventNameOf(*body);
  sent_.insert(under_way_);
  const std::string content = MembersOfBody(*body) + "|" + std::to_string(object_.version);
  const std::string request_id =
      "push:" + object_.key + ":" + under_way_ + ":" +
      platform::Hex(platform::AsBytes(platform::Sha256(content))).substr(0, kDigestInId);
  auto command = Make(request_id, DigestOfText(content), now_->id, *std::move(body));
  AddWords(*command);
  return command;
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

PlatformObject PlatformPursuit::Conclude(std::int64_t now_us) && {
  object_.updated_at = now_us;
  if (again_) {
    ++object_.attempts;
    object_.due_at = now_us + kSoonUs;
    return std::move(object_);
  }
  object_.attention.clear();
  object_.detail.clear();
  object_.due_at = 0;
  if (!now_ && !follower_->WantsCase()) {
    object_.attempts = 0;
    return std::move(object_);
  }
  if (!now_) {
    object_.attention = refused_;
    ++object_.attempts;
    object_.due_at = NextTry(now_us);
    return std::move(object_);
  }
  if (follower_->LooksAgain(*now_)) {
    ++object_.attempts;
    object_.due_at = NextTry(now_us);
  } else {
    object_.attempts = 0;
  }
  PlatformDifference difference = follower_->DifferenceOf(*now_);
  if (difference.code.empty()) return std::move(object_);
  object_.attention = refused_.empty() ? std::move(difference.code) : refused_;
  object_.detail = std::move(difference.detail).substr(0, kLongestDetail);
  return std::move(object_);
}

std::int64_t PlatformPursuit::NextTry(std::int64_t now_us) const {
  if (object_.attempts > kMostAttempts) return 0;
  const std::uint32_t doublings = std::min(object_.attempts, 12U);
  return now_us + std::min(kFirstPauseUs << doublings, kLongestPauseUs);
}

}  // namespace redress::aftersales
