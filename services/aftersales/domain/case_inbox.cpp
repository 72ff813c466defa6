#include "services/aftersales/domain/case_inbox.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "services/aftersales/domain/event_json.h"
#include "services/aftersales/domain/step.h"
#include "services/platform/base/crash_point.h"

namespace redress::aftersales {
namespace {

namespace dispute = workflows::dispute;
namespace refund = workflows::refund;
namespace review = workflows::review;
using platform::Code;
using platform::Refusal;

// The case was reached and says no; anything else may be different the next time.
bool IsAnswer(const Refusal& refusal) {
  switch (refusal.code()) {
    case Code::kInvalidArgument:
    case Code::kNotFound:
    case Code::kAlreadyExists:
    case Code::kFailedPrecondition:
    case Code::kAborted:
      return true;
    default:
      return false;
  }
}

// A case that has ended needs no news: what the other one did then is there.
bool IsNews(const CaseAsk& ask) {
  return ask.event == dispute::RecordRefundGiven::kName ||
         ask.event == dispute::RecordRefundEnded::kName ||
         ask.event == review::RecordDisputeEnd::kName;
}

}  // namespace

bool CaseInbox::Round() {
  const std::int64_t now_us = uses_.clock.NowUs();
  const std::vector<CaseAsk> asks =
      uses_.inbox.Claim(now_us, now_us + options_.lease_us, options_.at_once);
  if (asks.empty()) return false;
  platform::CrashPoint(platform::kWithAsksClaimed);
  for (const CaseAsk& ask : asks) {
    try {
      Carry(ask);
    } catch (const std::exception& error) {
      // Due again when the lease ends.
      if (options_.on_failure) options_.on_failure(error);
    }
  }
  return true;  // what a case asked next is due now
}

void CaseInbox::Carry(const CaseAsk& ask) {
  try {
    Apply(ask);
  } catch (const Refusal& refusal) {
    if (IsAnswer(refusal)) return Refused(ask, refusal);
    return Postpone(ask, refusal);
  } catch (const std::exception& error) {
    return Postpone(ask, error);
  }
  platform::CrashPoint(platform::kAfterStepBeforeMark);
  uses_.inbox.Conclude(ask, AskState::kApplied, {}, uses_.clock.NowUs());
}

void CaseInbox::Apply(const CaseAsk& ask) {
  const auto source = uses_.cases.Find(ask.shop, ask.source);
  if (!source) throw std::runtime_error("a case that asked is gone");
  CommandBody body = BodyOf(ask, *source);
  if (auto* open = std::get_if<OpenCase>(&body)) return OpenRefundAndGrant(ask, std::move(*open));
  if (auto* open = std::get_if<OpenDispute>(&body)) open->number = uses_.numbers.Next(ask.shop);
  uses_.engine.Apply(Make(ask, ask.target, "", std::move(body)));
}

// Two steps of the new case, each known by its own request_id: whichever was taken before a crash
// is not taken again.
void CaseInbox::OpenRefundAndGrant(const CaseAsk& ask, OpenCase open) {
  open.line = uses_.lines.Read(ask.shop, open.line.order, open.line.line);
  open.number = uses_.numbers.Next(ask.shop);
  const refund::JoinDispute grant{open.amount_asked, open.dispute.value};
  uses_.engine.Apply(Make(ask, ask.target, "", std::move(open)));
  platform::CrashPoint(platform::kAfterOpeningBeforeGrant);
  uses_.engine.Apply(
      Make(ask, ask.target, ":grant", FireEvent{refund::RefundEvent{grant}, {}, {}}));
}

void CaseInbox::Refused(const CaseAsk& ask, const Refusal& refusal) {
  const auto target = IsNews(ask) ? uses_.cases.Find(ask.shop, ask.target) : std::nullopt;
  if (!target || !target->final) CallPerson(ask, "LINK_REFUSED", refusal.reason());
  platform::CrashPoint(platform::kAfterStepBeforeMark);
  uses_.inbox.Conclude(ask, AskState::kRefused, refusal.reason(), uses_.clock.NowUs());
}

void CaseInbox::Postpone(const CaseAsk& ask, const std::exception& error) {
  if (options_.on_failure) options_.on_failure(error);
  const std::uint32_t doublings = std::min<std::uint32_t>(ask.attempts, 16);
  const std::int64_t pause_us =
      std::min(options_.first_pause_us << doublings, options_.longest_pause_us);
  uses_.inbox.TryAgain(ask, uses_.clock.NowUs() + pause_us);
  if (ask.attempts == options_.attempts_before_call) CallPerson(ask, "LINK_DELAYED", ask.event);
}

void CaseInbox::CallPerson(const CaseAsk& ask, std::string_view reason, std::string_view why) {
  for (const CaseId id : {ask.source, ask.target}) {
    std::string details;
    AddMember(details, "refusal", why);
    AddMember(details, "asked", ask.event);
    AddCase(details, "linked_case_id", id == ask.source ? ask.target : ask.source);
    const std::string what = ":" + std::string(reason) + (id == ask.source ? "" : ":other");
    try {
      const Answer answer =
          uses_.engine.Apply(Make(ask, id, what,
                                  aftersales::CallPerson{workflows::PersonQueue::kSupervisors,
                                                         std::string(reason), std::move(details)}));
      if (!answer.ignored) return;
    } catch (const Refusal& refusal) {
      if (refusal.code() != Code::kNotFound) throw;  // the other case was never opened
    }
  }
}

std::unique_ptr<Command> CaseInbox::Make(const CaseAsk& ask, CaseId of, const std::string& what,
                                         CommandBody body) const {
  auto command = std::make_unique<Command>();
  command->shop = ask.shop;
  command->case_id = of;
  command->origin = Origin::kLink;
  command->request_id = RequestIdOf(ask) + what;
  command->sender.kind = workflows::ActorKind::kLink;
  command->sender.client = "redress-aftersales";
  command->body = std::move(body);
  return command;
}

}  // namespace redress::aftersales
