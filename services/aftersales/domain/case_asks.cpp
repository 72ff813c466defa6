#include "services/aftersales/domain/case_asks.h"

#include <utility>

#include "services/aftersales/domain/event_json.h"
#include "services/aftersales/domain/event_reading.h"
#include "services/aftersales/domain/opening.h"
#include "services/aftersales/domain/step.h"

namespace redress::aftersales {
namespace {

namespace dispute = workflows::dispute;
namespace refund = workflows::refund;
namespace review = workflows::review;

CaseAsk AskOf(const Case& from, CaseId target, std::string_view kind, std::string_view event,
              std::string members) {
  CaseAsk ask;
  ask.shop = from.shop;
  ask.source = from.id;
  ask.target = target;
  ask.kind = kind;
  ask.event = event;
  ask.members = std::move(members);
  return ask;
}

CaseAsk Fire(const Case& from, CaseId target, const refund::RefundEvent& event) {
  return AskOf(from, target, kRefundKind, refund::NameOf(event), MembersOf(event));
}
CaseAsk Fire(const Case& from, CaseId target, const dispute::DisputeEvent& event) {
  return AskOf(from, target, kDisputeKind, dispute::NameOf(event), MembersOf(event));
}
CaseAsk Fire(const Case& from, CaseId target, const review::ReviewEvent& event) {
  return AskOf(from, target, kReviewKind, review::NameOf(event), MembersOf(event));
}

// What an opened case is about. The rest a dispute does not need, and a refund has it read anew.
LineFacts LineOf(const Case& source) {
  LineFacts line;
  line.order = source.order;
  line.line = source.line;
  line.customer = source.customer;
  line.currency = source.currency;
  line.paid_at = source.order_paid_at;
  return line;
}

}  // namespace

LinkRelation Reverse(LinkRelation relation) {
  const auto number = static_cast<std::uint8_t>(relation);
  return static_cast<LinkRelation>(number % 2 == 1 ? number + 1 : number - 1);
}

CaseAsk AskOf(const refund::OpenDispute& effect, const Case& from) {
  OpenDispute open;
  open.channel = dispute::Channel::kEscalatedRefund;
  open.reason = from.reason;
  open.refund = from.id;
  open.worth = from.Refund().amount_asked;
  return AskOf(from, CaseId{effect.dispute}, kDisputeKind, kOpenEvent, MembersOf(open, Case()));
}

CaseAsk AskOf(const refund::TellDispute& effect, const Case& from) {
  const CaseId dispute{from.Refund().dispute};
  if (effect.news == refund::DisputeNews::kGiven) {
    return Fire(from, dispute, dispute::RecordRefundGiven{effect.amount});
  }
  return Fire(from, dispute, dispute::RecordRefundEnded{});
}

CaseAsk AskOf(const dispute::AskRefund& effect, const Case& from) {
  const CaseId refund{effect.refund};
  if (effect.joins) return Fire(from, refund, refund::JoinDispute{effect.amount, from.id.value});
  OpenCase open;
  open.quantity = 1;
  open.amount_asked = effect.amount;
  open.reason = from.reason;
  open.dispute = from.id;
  return AskOf(from, refund, kRefundKind, kOpenEvent, MembersOf(open, Case()));
}

CaseAsk AskOf(const dispute::TellRefund& effect, const Case& from) {
  const CaseId refund{from.Dispute().refund};
  switch (effect.news) {
    case dispute::RefundNews::kRuledForBuyer:
      return Fire(from, refund,
                  refund::RuleForBuyer{effect.remedy.amount,
                                       effect.remedy.kind == dispute::OptionKind::kReplacement
                                           ? refund::Remedy::kReplacement
                                           : refund::Remedy::kMoney});
    case dispute::RefundNews::kRuledForShop:
      return Fire(from, refund, refund::RuleForShop{});
    case dispute::RefundNews::kEnded:
      break;
  }
  return Fire(from, refund, refund::EndDispute{});
}

CaseAsk AskOf(const dispute::TellReview& effect, const Case& from) {
  return Fire(from, CaseId{from.Dispute().review}, review::RecordDisputeEnd{effect.remedied});
}

CaseAsk AskOf(const review::AskDispute& effect, const Case& from) {
  const CaseId target{effect.dispute};
  if (effect.joins) return Fire(from, target, dispute::JoinReview{from.id.value});
  const bool is_delivery = effect.fault == review::Fault::kDelivery;
  OpenDispute open;
  open.channel =
      is_delivery ? dispute::Channel::kDeliveryFault : dispute::Channel::kDirectComplaint;
  open.reason = is_delivery ? "delivery" : "quality";
  if (!from.reason.empty()) open.reason = from.reason;
  open.review = from.id;
  return AskOf(from, target, kDisputeKind, kOpenEvent, MembersOf(open, Case()));
}

std::string RequestIdOf(const CaseAsk& ask) {
  return "link:" + platform::ToString(ask.source) + ":" + std::to_string(ask.sequence);
}

CommandBody BodyOf(const CaseAsk& ask, const Case& source) {
  const RecordedMembers members("{" + ask.members + "}");
  if (ask.event != kOpenEvent) return FireEvent{EventOf(ask.kind, ask.event, members), {}};
  CommandBody body = OpeningOf(members);
  if (auto* open = std::get_if<OpenDispute>(&body)) open->line = LineOf(source);
  if (auto* open = std::get_if<OpenCase>(&body)) {
    open->line = LineOf(source);
    open->currency = source.currency;
  }
  return body;
}

}  // namespace redress::aftersales
