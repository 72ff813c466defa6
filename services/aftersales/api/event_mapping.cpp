#include "services/aftersales/api/mapping.h"
#include "services/aftersales/domain/event_json.h"

namespace redress::aftersales {

namespace dispute = workflows::dispute;
namespace refund = workflows::refund;
namespace review = workflows::review;

refund::Variant ToVariant(v1::RefundVariant from, std::string_view field) {
  switch (from) {
    case v1::REFUND_VARIANT_REFUND_ONLY:
      return refund::Variant::kRefundOnly;
    case v1::REFUND_VARIANT_RETURN_AND_REFUND:
      return refund::Variant::kReturnAndRefund;
    case v1::REFUND_VARIANT_EXCHANGE:
      return refund::Variant::kExchange;
    case v1::REFUND_VARIANT_RESHIP:
      return refund::Variant::kReship;
    case v1::REFUND_VARIANT_PRICE_DIFFERENCE:
      return refund::Variant::kPriceDifference;
    case v1::REFUND_VARIANT_POSTAGE:
      return refund::Variant::kPostage;
    default:
      break;
  }
  throw platform::InvalidField(std::string(field), "is not a variant; say what the buyer asks for");
}

refund::RefundEvent ToEvent(const v1::RefundEvent& from, std::string& details) {
  using Event = v1::RefundEvent;
  switch (from.event_case()) {
    case Event::kApprove:
      return refund::Approve{from.approve().amount_minor()};
    case Event::kApproveLarge:
      return refund::ApproveLarge{};
    case Event::kSendBackForRework:
      return refund::SendBackForRework{};
    case Event::kReject:
      AddMember(details, "reason", from.reject().reason());
      return refund::Reject{};
    case Event::kReviseRequest:
      return refund::ReviseRequest{
          from.revise_request().amount_minor(), from.revise_request().quantity(),
          ToVariant(from.revise_request().variant(), "refund.revise_request.variant")};
    case Event::kWithdraw:
      return refund::Withdraw{};
    case Event::kShipReturn:
      return refund::ShipReturn{from.ship_return().carrier(), from.ship_return().tracking_number(),
                                from.ship_return().shipping() == v1::RETURN_SHIPPING_POST
                                    ? refund::Shipping::kPost
                                    : refund::Shipping::kExpress};
    case Event::kReceiveGoods:
      return refund::ReceiveGoods{};
    case Event::kPassInspection:
      return refund::PassInspection{};
    case Event::kFailInspection:
      return refund::FailInspection{};
    case Event::kPassInspectionInPart:
      return refund::PassInspectionInPart{from.pass_inspection_in_part().amount_minor()};
    case Event::kAcceptPartialOffer:
      return refund::AcceptPartialOffer{from.accept_partial_offer().amount_minor()};
    case Event::kAcceptRefusal:
      return refund::AcceptRefusal{};
    case Event::kEscalateToPlatform:
      return refund::EscalateToPlatform{};
    case Event::kSendGoodsBack:
      return refund::SendGoodsBack{from.send_goods_back().carrier(),
                                   from.send_goods_back().tracking_number()};
    case Event::kShipReplacement:
      return refund::ShipReplacement{from.ship_replacement().carrier(),
                                     from.ship_replacement().tracking_number()};
    case Event::kSignForReplacement:
      return refund::SignForReplacement{};
    case Event::kRecordReplacementLost:
      return refund::RecordReplacementLost{};
    case Event::kConvertToRefund:
      return refund::ConvertToRefund{from.convert_to_refund().amount_minor()};
    case Event::kRecordOrderShipped:
      return refund::RecordOrderShipped{};
    case Event::kRecordInterception:
      return refund::RecordInterception{from.record_interception().caught()};
    case Event::kRecordSettled:
      return refund::RecordSettled{};
    case Event::kRecordSettlementFailed:
      return refund::RecordSettlementFailed{from.record_settlement_failed().final()};
    case Event::kRecordSettlementUnknown:
      return refund::RecordSettlementUnknown{};
    case Event::kReconcileSettlement:
      return refund::ReconcileSettlement{from.reconcile_settlement().paid()};
    case Event::kRetrySettlement:
      return refund::RetrySettlement{};
    case Event::kRecordFollowUp:
      return refund::RecordFollowUp{from.record_follow_up().score()};
    case Event::kRuleForBuyer:
      return refund::RuleForBuyer{from.rule_for_buyer().amount_minor(),
                                  from.rule_for_buyer().remedy() == v1::REMEDY_REPLACEMENT
                                      ? refund::Remedy::kReplacement
                                      : refund::Remedy::kMoney};
    case Event::kRuleForShop:
      return refund::RuleForShop{};
    case Event::kEndDispute:
      return refund::EndDispute{};
    case Event::kJoinDispute:
      return refund::JoinDispute{
          from.join_dispute().amount_minor(),
          platform::ParseOptionalId<CaseId>(from.join_dispute().dispute_case_id(),
                                            "refund.join_dispute.dispute_case_id")
              .value};
    case Event::kDeadlineReached:
      return refund::DeadlineReached{from.deadline_reached().number()};
    case Event::kPlatformClosed:
      return refund::PlatformClosed{};
    case Event::kPlatformAgreed:
      return refund::PlatformAgreed{from.platform_agreed().amount_minor()};
    case Event::kPlatformRefused:
      return refund::PlatformRefused{};
    case Event::kPlatformSucceeded:
      return refund::PlatformSucceeded{from.platform_succeeded().amount_minor()};
    case Event::kPlatformIntervened:
      return refund::PlatformIntervened{};
    case Event::EVENT_NOT_SET:
      break;
  }
  throw platform::InvalidField("refund", "names no event; choose one");
}

dispute::Channel ToChannel(v1::DisputeChannel from) {
  if (from == v1::DISPUTE_CHANNEL_UNSPECIFIED || !v1::DisputeChannel_IsValid(from)) {
    throw platform::InvalidField("channel", "is no channel; say where the dispute came from");
  }
  if (from == v1::DISPUTE_CHANNEL_ESCALATED_REFUND) {
    throw platform::InvalidField(
        "channel", "is that of escalated refunds; escalate the refund, which opens its dispute");
  }
  return static_cast<dispute::Channel>(from);
}

dispute::DisputeEvent ToEvent(const v1::DisputeEvent& from, std::string& details) {
  using Event = v1::DisputeEvent;
  switch (from.event_case()) {
    case Event::kRecordContact:
      return dispute::RecordContact{};
    case Event::kBeginInvestigation:
      return dispute::BeginInvestigation{};
    case Event::kAddEvidence:
      AddMember(details, "kind", from.add_evidence().kind());
      AddMember(details, "reference", from.add_evidence().reference());
      return dispute::AddEvidence{};
    case Event::kProposeOptions: {
      const auto& options = from.propose_options();
      return dispute::ProposeOptions{{options.refund_minor(), options.compensation_minor(),
                                      options.replacement(), options.other()}};
    }
    case Event::kPresentOptions:
      return dispute::PresentOptions{};
    case Event::kAcceptOption:
      return dispute::AcceptOption{static_cast<dispute::OptionKind>(from.accept_option().option())};
    case Event::kDeclineOptions:
      return dispute::DeclineOptions{};
    case Event::kRuleForBuyer:
      return dispute::RuleForBuyer{from.rule_for_buyer().amount_minor()};
    case Event::kRuleForShop:
      return dispute::RuleForShop{};
    case Event::kRecordExecution:
      return dispute::RecordExecution{};
    case Event::kResolve:
      return dispute::Resolve{from.resolve().root_cause(), from.resolve().measure()};
    case Event::kWithdraw:
      return dispute::Withdraw{};
    case Event::kRecordRefundGiven:
      return dispute::RecordRefundGiven{from.record_refund_given().amount_minor()};
    case Event::kRecordRefundEnded:
      return dispute::RecordRefundEnded{};
    case Event::kDeadlineReached:
      return dispute::DeadlineReached{from.deadline_reached().number()};
    case Event::kPlatformIntervened:
      return dispute::PlatformIntervened{};
    case Event::kPlatformRuledForBuyer:
      return dispute::PlatformRuledForBuyer{from.platform_ruled_for_buyer().amount_minor()};
    case Event::kPlatformRuledForShop:
      return dispute::PlatformRuledForShop{};
    case Event::kPlatformClosed:
      return dispute::PlatformClosed{};
    case Event::kJoinReview:
      return dispute::JoinReview{platform::ParseId<CaseId>(from.join_review().review_case_id(),
                                                           "dispute.join_review.review_case_id")
                                     .value};
    case Event::EVENT_NOT_SET:
      break;
  }
  throw platform::InvalidField("dispute", "names no event; choose one");
}

review::ReviewEvent ToEvent(const v1::ReviewEvent& from, std::string& details) {
  using Event = v1::ReviewEvent;
  switch (from.event_case()) {
    case Event::kJudgeGenuine:
      return review::JudgeGenuine{};
    case Event::kJudgeMalicious:
      return review::JudgeMalicious{};
    case Event::kRecordAttempt:
      return review::RecordAttempt{
          static_cast<review::ContactChannel>(from.record_attempt().contact_channel()),
          from.record_attempt().reached()};
    case Event::kRefuseContact:
      return review::RefuseContact{};
    case Event::kMakeOffer:
      return review::MakeOffer{{static_cast<review::OfferKind>(from.make_offer().offer()),
                                from.make_offer().amount_minor()},
                               from.make_offer().unconditional()};
    case Event::kAcceptOffer:
      return review::AcceptOffer{};
    case Event::kRecordRefusal:
      return review::RecordRefusal{};
    case Event::kConcludeTalks:
      return review::ConcludeTalks{};
    case Event::kRecordFulfilment:
      return review::RecordFulfilment{};
    case Event::kAddEvidence:
      AddMember(details, "kind", from.add_evidence().kind());
      AddMember(details, "reference", from.add_evidence().reference());
      return review::AddEvidence{};
    case Event::kFileReport:
      AddMember(details, "reference", from.file_report().reference());
      return review::FileReport{};
    case Event::kReportTurnedDown:
      return review::ReportTurnedDown{};
    case Event::kPublishReply:
      return review::PublishReply{};
    case Event::kCloseUnanswered:
      return review::CloseUnanswered{};
    case Event::kVoidCase:
      return review::VoidCase{};
    case Event::kDeadlineReached:
      return review::DeadlineReached{from.deadline_reached().number()};
    case Event::kReviewRevised:
      return review::ReviewRevised{static_cast<review::Rating>(from.review_revised().rating())};
    case Event::kReviewRemoved:
      return review::ReviewRemoved{};
    case Event::kRevealFault:
      return review::RevealFault{static_cast<review::Fault>(from.reveal_fault().fault())};
    case Event::kRecordDisputeEnd:
      return review::RecordDisputeEnd{from.record_dispute_end().remedied()};
    case Event::kCorrectRating:
      return review::CorrectRating{static_cast<review::Rating>(from.correct_rating().rating()),
                                   from.correct_rating().stars()};
    case Event::EVENT_NOT_SET:
      break;
  }
  throw platform::InvalidField("review", "names no event; choose one");
}

}  // namespace redress::aftersales
