// What people, timers, warehouses, payments and the platform may do to either case.

#include "tests/model/linked_model.h"

namespace redress::model {
namespace {

using workflows::Actor;
using workflows::ActorKind;

const Actor kChief{ActorKind::kPerson, 9, true, true, 0};
const Actor kTimer{ActorKind::kTimeout, 0, false, false, 0};
const Actor kWarehouse{ActorKind::kWarehouse, 0, false, false, 0};
const Actor kService{ActorKind::kService, 0, false, false, 0};
const Actor kPlatform{ActorKind::kPlatform, 0, false, false, 0};

void Add(std::vector<Move>& moves, const Actor& actor, std::vector<refund::RefundEvent> events) {
  for (auto& event : events) moves.push_back({std::move(event), actor});
}
void Add(std::vector<Move>& moves, const Actor& actor, std::vector<dispute::DisputeEvent> events) {
  for (auto& event : events) moves.push_back({std::move(event), actor});
}

void AddPeople(std::vector<Move>& moves) {
  Add(moves, kChief,
      std::vector<refund::RefundEvent>{
          refund::Approve{kFull}, refund::Reject{}, refund::Withdraw{},
          refund::ShipReturn{"SF", "SF1", refund::Shipping::kExpress},
          refund::AcceptPartialOffer{kPart}, refund::AcceptRefusal{}, refund::EscalateToPlatform{},
          refund::SignForReplacement{}, refund::RecordReplacementLost{},
          refund::ConvertToRefund{kFull}, refund::RecordFollowUp{5}, refund::RuleForBuyer{kFull},
          refund::RuleForBuyer{kFull, refund::Remedy::kReplacement}, refund::RuleForShop{}});
  Add(moves, kChief,
      std::vector<dispute::DisputeEvent>{
          dispute::RecordContact{}, dispute::BeginInvestigation{}, dispute::AddEvidence{},
          dispute::ProposeOptions{{kFull, 0, true, true}}, dispute::PresentOptions{},
          dispute::AcceptOption{dispute::OptionKind::kRefund},
          dispute::AcceptOption{dispute::OptionKind::kReplacement},
          dispute::AcceptOption{dispute::OptionKind::kOther}, dispute::DeclineOptions{},
          dispute::RuleForBuyer{kFull}, dispute::RuleForBuyer{0}, dispute::RuleForShop{},
          dispute::RecordExecution{}, dispute::Resolve{"quality", "measure"}, dispute::Withdraw{}});
}

}  // namespace

std::vector<Move> AllMoves(bool platform_speaks) {
  std::vector<Move> moves;
  AddPeople(moves);
  Add(moves, kWarehouse,
      std::vector<refund::RefundEvent>{
          refund::ReceiveGoods{}, refund::PassInspection{}, refund::FailInspection{},
          refund::PassInspectionInPart{kPart}, refund::SendGoodsBack{"SF", "SF2"},
          refund::ShipReplacement{"SF", "SF3"}});
  Add(moves, kService,
      std::vector<refund::RefundEvent>{
          refund::RecordSettled{}, refund::RecordSettlementFailed{true},
          refund::RecordSettlementUnknown{}, refund::ReconcileSettlement{true}});
  moves.push_back({refund::RefundEvent{refund::DeadlineReached{kArmedNumber}}, kTimer});
  moves.push_back({dispute::DisputeEvent{dispute::DeadlineReached{kArmedNumber}}, kTimer});
  if (!platform_speaks) return moves;
  Add(moves, kPlatform,
      std::vector<refund::RefundEvent>{refund::PlatformClosed{}, refund::PlatformIntervened{},
                                       refund::PlatformSucceeded{kFull}});
  Add(moves, kPlatform,
      std::vector<dispute::DisputeEvent>{
          dispute::PlatformIntervened{}, dispute::PlatformRuledForBuyer{kFull},
          dispute::PlatformRuledForBuyer{kPart}, dispute::PlatformRuledForShop{},
          dispute::PlatformClosed{}});
  return moves;
}

std::string_view NameOf(Fault fault) {
  switch (fault) {
    case Fault::kNone:
      return "none";
    case Fault::kSecondEscalation:
      return "second escalation";
    case Fault::kRepeatsForgotten:
      return "repeats forgotten";
    case Fault::kDisputeNotTold:
      return "dispute not told";
    case Fault::kRefundNotTold:
      return "refund not told";
    case Fault::kGoodsForgotten:
      return "goods forgotten";
    case Fault::kPaysOnceMore:
      return "pays once more";
    case Fault::kLineForgotten:
      return "line forgotten";
    case Fault::kNoDeadline:
      return "no deadline";
    case Fault::kRefusalUnheard:
      return "refusal unheard";
    case Fault::kReplacedAndPaid:
      return "replaced and paid";
  }
  return "";
}

}  // namespace redress::model
