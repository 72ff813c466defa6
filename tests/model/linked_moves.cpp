// What people, timers, warehouses, payments and the platform may do to either case, and how a
// script of `redress` says it.

#include <algorithm>
#include <map>
#include <type_traits>

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

const std::string kRefundVariable = "\"$REFUND\"";
const std::string kDisputeVariable = "\"$DISPUTE\"";

std::string Dashed(std::string_view name) {
  std::string dashed(name);
  std::replace(dashed.begin(), dashed.end(), '_', '-');
  return dashed;
}

std::string Amount(std::int64_t minor) {
  return std::to_string(minor / 100) + "." + std::to_string(minor % 100 / 10) +
         std::to_string(minor % 10);
}

// What goods reports are called where a warehouse makes them.
const std::map<std::string_view, std::string>& Reports() {
  static const std::map<std::string_view, std::string> reports{
      {refund::ReceiveGoods::kName, "received \"$INBOUND\" --quantity 1"},
      {refund::PassInspection::kName, "inspected \"$INBOUND\" --quantity-good 1"},
      {refund::FailInspection::kName, "inspected \"$INBOUND\" --quantity-good 0 --reason worn"},
      {refund::SendGoodsBack::kName, "shipped \"$SEND_BACK\" --carrier SF --tracking-number SF2"},
      {refund::ShipReplacement::kName, "shipped \"$OUTBOUND\" --carrier SF --tracking-number SF3"}};
  return reports;
}

// The fields of an event as options.
struct Options {
  std::string operator()(const refund::Approve& e) const { return OfAmount(e); }
  std::string operator()(const refund::AcceptPartialOffer& e) const { return OfAmount(e); }
  std::string operator()(const refund::ConvertToRefund& e) const { return OfAmount(e); }
  std::string operator()(const refund::PlatformSucceeded& e) const { return OfAmount(e); }
  std::string operator()(const dispute::PlatformRuledForBuyer& e) const { return OfAmount(e); }
  std::string operator()(const dispute::RuleForBuyer& e) const { return OfAmount(e); }
  std::string operator()(const refund::RuleForBuyer& e) const {
    return OfAmount(e) + (e.remedy == refund::Remedy::kReplacement ? " --remedy replacement" : "");
  }
  std::string operator()(const refund::Reject&) const { return " --reason worn"; }
  std::string operator()(const refund::ShipReturn& e) const {
    return " --carrier " + e.carrier + " --tracking-number " + e.tracking;
  }
  std::string operator()(const refund::RecordFollowUp& e) const {
    return " --score " + std::to_string(e.score);
  }
  std::string operator()(const dispute::AddEvidence&) const { return " --kind photo"; }
  std::string operator()(const dispute::ProposeOptions& e) const {
    return " --refund " + Amount(e.options.refund) + " --replacement true --other true";
  }
  std::string operator()(const dispute::AcceptOption& e) const {
    if (e.option == dispute::OptionKind::kRefund) return " --option refund";
    return e.option == dispute::OptionKind::kReplacement ? " --option replacement"
                                                         : " --option other";
  }
  std::string operator()(const dispute::Resolve& e) const {
    return " --root-cause " + e.root_cause + " --measure " + e.measure;
  }
  template <class Other>
  std::string operator()(const Other&) const {
    return "";
  }

 private:
  template <class Event>
  static std::string OfAmount(const Event& e) {
    return " --amount " + Amount(e.amount);
  }
};

// Nobody says so on the command line: the program finds it out by itself.
bool IsOwn(std::string_view name) {
  return name == refund::DeadlineReached::kName || name == refund::EndDispute::kName ||
         name == refund::JoinDispute::kName || name == dispute::RecordRefundGiven::kName ||
         name == dispute::RecordRefundEnded::kName ||
         name == refund::RecordSettlementFailed::kName ||
         name == refund::PassInspectionInPart::kName;
}

std::string PaymentLine(std::string_view result) {
  const std::string line = "redress settlement record " + kRefundVariable + " " +
                           std::string(result) + " --attempts \"$ATTEMPTS\"";
  return result == "settled" ? line + " --payment-reference P1" : line + " --reason timeout";
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

std::string ScriptLine(const Event& event) {
  const bool is_refund = std::holds_alternative<refund::RefundEvent>(event);
  const std::string_view name = std::visit([](const auto& own) { return NameOf(own); }, event);
  const std::string& which = is_refund ? kRefundVariable : kDisputeVariable;
  if (IsOwn(name)) return "# " + Dashed(name) + " on " + which;
  if (is_refund) {
    const auto report = Reports().find(name);
    if (report != Reports().end()) return "redress warehouse report " + report->second;
    if (name == refund::RecordSettled::kName) return PaymentLine("settled");
    if (name == refund::RecordSettlementUnknown::kName) return PaymentLine("unknown");
    if (name == refund::ReconcileSettlement::kName) return PaymentLine("settled");
  }
  const std::string options =
      std::visit([](const auto& own) { return std::visit(Options{}, own); }, event);
  return std::string("redress ") + (is_refund ? "case" : "dispute") + " apply " + which + " " +
         Dashed(name) + options;
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
