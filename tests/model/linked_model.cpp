#include "tests/model/linked_model.h"

#include <algorithm>
#include <deque>
#include <set>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace redress::model {
namespace {

using workflows::Actor;
using workflows::ActorKind;

constexpr std::size_t kViolationsKept = 3;
constexpr std::uint64_t kOtherDispute = 3;
// In each direction. A platform may rule for ever while an inbox sleeps.
constexpr std::size_t kMostUnderWay = 3;
const Actor kLink{ActorKind::kLink, 0, false, false, 0};

bool IsFinal(const workflows::Workflow& of, const std::string& state) {
  return state.empty() || of.FindState(state)->final;
}

bool HasRow(const workflows::Workflow& of, std::string_view state, std::string_view event) {
  static const auto rows = [] {
    std::set<std::tuple<std::string_view, std::string_view, std::string_view>> all;
    for (const workflows::Workflow* each : {&refund::Describe(), &dispute::Describe()}) {
      for (const auto& edge : each->edges) all.emplace(each->kind, edge.source, edge.event);
    }
    return all;
  }();
  return rows.count({of.kind, state, event}) == 1;
}

class Walker {
 public:
  Walker(const Setting& setting, Fault fault)
      : setting_(setting), fault_(fault), moves_(AllMoves(setting.platform_speaks)) {}

  Walk Run() {
    Visit(Opened(), 0, "# open");
    // Nodes are appended while this runs; what is visited is never visited again.
    for (std::size_t at = 0; at < nodes_.size() && !IsEnough(); ++at) {
      for (const Move& move : moves_) Take(at, move);
      CarryTo(at, true);
      CarryTo(at, false);
    }
    if (!IsEnough()) FindDeadEnds();
    walk_.nodes = nodes_.size();
    return std::move(walk_);
  }

 private:
  bool IsEnough() const { return walk_.violations.size() >= kViolationsKept; }

  Node Opened() const {
    Node node;
    if (setting_.line_used) node.line.settled = kPart;
    if (setting_.with_refund) OpenRefund(node, setting_.variant, kFull, 0);
    if (setting_.with_dispute) {
      OpenDispute(node, dispute::Channel::kDirectComplaint, 0);
    }
    return node;
  }

  void OpenRefund(Node& node, refund::Variant variant, std::int64_t amount,
                  std::uint64_t for_dispute) const {
    node.refund_state = refund::kInitialState;
    node.refund = {};
    node.refund.variant = variant;
    node.refund.amount_asked = amount;
    node.refund.dispute = for_dispute;
    node.payments = 0;
    node.escalated = false;
    refund::Apply(refund::Open(RefundFacts(node, kLink)), node.refund);
    node.refund.deadline_number = kArmedNumber;
  }

  void OpenDispute(Node& node, dispute::Channel channel, std::uint64_t of_refund) const {
    node.dispute_state = dispute::kInitialState;
    node.dispute = {};
    node.dispute.channel = channel;
    node.dispute.refund = of_refund;
    node.dispute.worth = of_refund == 0 ? 0 : kFull;
    dispute::Apply(dispute::Open({}), node.dispute);
    node.dispute.deadline_number = kArmedNumber;
  }

  refund::RefundFacts RefundFacts(const Node& node, const Actor& actor) const {
    refund::RefundFacts facts;
    facts.progress = node.refund;
    facts.actor = actor;
    facts.line = node.line;
    facts.has_platform_id = setting_.has_platform_id;
    facts.order_shipping = refund::OrderShipping::kShipped;
    facts.next_case = node.dispute_state.empty() ? kDisputeCase : kOtherDispute;
    return facts;
  }

  dispute::DisputeFacts DisputeFacts(const Node& node, const Actor& actor) const {
    dispute::DisputeFacts facts;
    facts.progress = node.dispute;
    facts.actor = actor;
    facts.has_line = true;
    facts.next_case = kRefundCase;
    const bool can_join = !node.refund_state.empty() &&
                          HasRow(refund::Describe(), node.refund_state, refund::JoinDispute::kName);
    facts.open_refund = can_join ? kRefundCase : 0;
    return facts;
  }

  // ---- one step of either case ------------------------------------------------------------------

  void Take(std::size_t at, const Move& move) {
    const bool of_refund = std::holds_alternative<refund::RefundEvent>(move.event);
    const Node& before = nodes_[at];
    const workflows::Workflow& workflow = of_refund ? refund::Describe() : dispute::Describe();
    const std::string& state = of_refund ? before.refund_state : before.dispute_state;
    const auto name = std::visit([](const auto& own) { return NameOf(own); }, move.event);
    if (state.empty() || !HasRow(workflow, state, name)) return;
    Node after = before;
    refund::RefundEffects effects;
    const bool applied = Fire(after, move.event, move.actor, effects);
    ++walk_.steps;
    const bool is_fact =
        name == refund::DeadlineReached::kName || move.actor.kind == ActorKind::kPlatform;
    if (!applied && is_fact) Report(at, ScriptLine(move.event), "refused what is never refused");
    if (applied) Reach(at, std::move(after), move.event, effects, ScriptLine(move.event));
  }

  // Fires on the node; false when it was refused, and then the node is as it was.
  bool Fire(Node& node, const Event& event, const Actor& actor, refund::RefundEffects& effects) {
    if (const auto* own = std::get_if<refund::RefundEvent>(&event)) {
      return FireRefund(node, *own, actor, effects);
    }
    const auto& own = std::get<dispute::DisputeEvent>(event);
    const auto fired = dispute::Fire(node.dispute_state, own, DisputeFacts(node, actor));
    if (!fired.Applied()) return false;
    node.dispute_state = fired.state;
    dispute::Apply(fired.effects, node.dispute);
    node.dispute.deadline_number = kArmedNumber;
    for (const auto& effect : fired.effects) AskRefund(node, effect);
    return true;
  }

  bool FireRefund(Node& node, const refund::RefundEvent& event, const Actor& actor,
                  refund::RefundEffects& effects) {
    refund::RefundFacts facts = RefundFacts(node, actor);
    std::string state = node.refund_state;
    Corrupt(event, facts, state);
    auto fired = refund::Fire(state, event, facts);
    if (!fired.Applied()) return false;
    Corrupt(fired);
    node.refund_state = fired.state;
    refund::Apply(fired.effects, node.refund);
    refund::Apply(fired.effects, node.line);
    node.refund.deadline_number = kArmedNumber;
    node.escalated = node.escalated && fired.state == "InDispute";
    for (const auto& effect : fired.effects) {
      node.escalated = node.escalated || std::holds_alternative<refund::OpenDispute>(effect);
      node.payments += std::holds_alternative<refund::MarkSettled>(effect);
      AskDispute(node, effect);
    }
    effects = std::move(fired.effects);
    return true;
  }

  void AskDispute(Node& node, const refund::RefundEffect& effect) const {
    if (node.refund.dispute != kDisputeCase) return;
    if (const auto* open = std::get_if<refund::OpenDispute>(&effect)) {
      ++node.disputes;
      static_cast<void>(open);
      node.to_dispute.push_back({});
    }
    const auto* tell = std::get_if<refund::TellDispute>(&effect);
    if (tell == nullptr || fault_ == Fault::kDisputeNotTold) return;
    if (tell->news == refund::DisputeNews::kGiven) {
      node.to_dispute.push_back({dispute::DisputeEvent{dispute::RecordRefundGiven{tell->amount}}});
    } else {
      node.to_dispute.push_back({dispute::DisputeEvent{dispute::RecordRefundEnded{}}});
    }
  }

  void AskRefund(Node& node, const dispute::DisputeEffect& effect) const {
    if (const auto* ask = std::get_if<dispute::AskRefund>(&effect)) {
      if (ask->joins) {
        node.to_refund.push_back(
            {refund::RefundEvent{refund::JoinDispute{ask->amount, kDisputeCase}}});
      } else {
        node.to_refund.push_back({std::nullopt, ask->amount});
      }
    }
    const auto* tell = std::get_if<dispute::TellRefund>(&effect);
    if (tell == nullptr || fault_ == Fault::kRefundNotTold) return;
    switch (tell->news) {
      case dispute::RefundNews::kRuledForBuyer: {
        const bool goods = tell->remedy.kind == dispute::OptionKind::kReplacement;
        node.to_refund.push_back({refund::RefundEvent{refund::RuleForBuyer{
            tell->remedy.amount, goods ? refund::Remedy::kReplacement : refund::Remedy::kMoney}}});
        break;
      }
      case dispute::RefundNews::kRuledForShop:
        node.to_refund.push_back({refund::RefundEvent{refund::RuleForShop{}}});
        break;
      case dispute::RefundNews::kEnded:
        node.to_refund.push_back({refund::RefundEvent{refund::EndDispute{}}});
        break;
    }
  }

  // ---- inboxes ----------------------------------------------------------------------------------

  // The oldest thing that waits arrives; or what arrived last arrives once more.
  void CarryTo(std::size_t at, bool dispute) {
    const Node& before = nodes_[at];
    const auto& waiting = dispute ? before.to_dispute : before.to_refund;
    const auto& repeat = dispute ? before.repeat_to_dispute : before.repeat_to_refund;
    if (!waiting.empty()) {
      Node after = before;
      auto& left = dispute ? after.to_dispute : after.to_refund;
      const Mail mail = left.front();
      left.erase(left.begin());
      if (fault_ == Fault::kRepeatsForgotten) {
        (dispute ? after.repeat_to_dispute : after.repeat_to_refund) = mail;
      }
      Arrive(at, std::move(after), mail, dispute);
    }
    // Its request is known by the step that it made: the answer is the first one, and a repeat
    // leads nowhere. Only a fault that forgets it has to be walked.
    if (repeat) Arrive(at, before, *repeat, dispute);
  }

  void Arrive(std::size_t at, Node after, const Mail& mail, bool dispute) {
    ++walk_.steps;
    const std::string line =
        "# the inbox carries it to the " + std::string(dispute ? "dispute" : "refund");
    if (!mail.event) {
      const bool opened = dispute ? ArriveOpening(after) : ArriveOpening(after, mail.amount);
      if (!opened) Refuse(after, false);
      return Link(at, std::move(after), line);
    }
    const std::string& state = dispute ? after.dispute_state : after.refund_state;
    const bool is_over = IsFinal(dispute ? dispute::Describe() : refund::Describe(), state);
    refund::RefundEffects effects;
    if (!state.empty() && Fire(after, *mail.event, kLink, effects)) {
      return Reach(at, std::move(after), *mail.event, effects, line);
    }
    Refuse(after, dispute && is_over);
    Link(at, std::move(after), line);
  }

  bool ArriveOpening(Node& node) const {
    if (fault_ == Fault::kRepeatsForgotten && !node.dispute_state.empty()) ++node.disputes;
    OpenDispute(node, dispute::Channel::kEscalatedRefund, kRefundCase);
    return true;
  }

  // Opened, then granted: two steps, between which others may come.
  bool ArriveOpening(Node& node, std::int64_t amount) const {
    if (amount > node.line.Remaining()) return false;
    OpenRefund(node, refund::Variant::kRefundOnly, amount, kDisputeCase);
    node.to_refund.insert(node.to_refund.begin(),
                          {refund::RefundEvent{refund::JoinDispute{amount, kDisputeCase}}});
    return true;
  }

  // News to a dispute that has ended are nobody's matter.
  void Refuse(Node& node, bool is_old_news) const {
    if (!is_old_news && fault_ != Fault::kRefusalUnheard) node.refused = true;
  }

  // ---- faults -----------------------------------------------------------------------------------

  void Corrupt(const refund::RefundEvent& event, refund::RefundFacts& facts,
               std::string& state) const {
    const bool rules = std::holds_alternative<refund::RuleForBuyer>(event);
    switch (fault_) {
      case Fault::kSecondEscalation:
        facts.progress.dispute = 0;
        break;
      case Fault::kPaysOnceMore:
        if (rules && state == "FollowingUp") state = "InDispute";
        break;
      case Fault::kLineForgotten:
        facts.line.settled = 0;
        break;
      case Fault::kReplacedAndPaid:
        if (rules) facts.progress.replacement = refund::Replacement::kNone;
        break;
      default:
        break;
    }
  }

  void Corrupt(workflows::Fired<refund::RefundEffect>& fired) const {
    const auto is_armed = [](const refund::RefundEffect& effect) {
      return std::holds_alternative<workflows::ArmDeadline>(effect);
    };
    const bool forgets = fault_ == Fault::kGoodsForgotten && fired.state == "SendingBack";
    if (fault_ != Fault::kNoDeadline && !forgets) return;
    fired.effects.erase(std::remove_if(fired.effects.begin(), fired.effects.end(), is_armed),
                        fired.effects.end());
    if (!forgets) return;
    fired.state = "Closed";
    fired.effects.emplace_back(workflows::DisarmDeadline{});
  }

  // ---- the walk ---------------------------------------------------------------------------------

  void Reach(std::size_t at, Node after, const Event& event, const refund::RefundEffects& effects,
             std::string line) {
    if (std::max(after.to_dispute.size(), after.to_refund.size()) > kMostUnderWay) return;
    if (const auto wrong = WrongAbout(nodes_[at], after, event, effects)) Report(at, line, *wrong);
    Link(at, std::move(after), std::move(line));
  }

  void Link(std::size_t at, Node after, std::string line) {
    before_[Visit(std::move(after), at, std::move(line))].push_back(at);
  }

  std::size_t Visit(Node node, std::size_t from, std::string line) {
    const auto wrong = WrongIn(node);
    const auto [it, is_new] = known_.emplace(KeyOf(node), nodes_.size());
    if (!is_new && !wrong) return it->second;
    came_.emplace_back(from, std::move(line));
    before_.emplace_back();
    nodes_.push_back(std::move(node));
    if (wrong) Report(nodes_.size() - 1, "", *wrong);
    return nodes_.size() - 1;
  }

  static bool IsOver(const Node& node) {
    return IsFinal(refund::Describe(), node.refund_state) &&
           IsFinal(dispute::Describe(), node.dispute_state) && node.to_dispute.empty() &&
           node.to_refund.empty();
  }

  // Every node must have a way to where both cases have ended and nothing is under way.
  void FindDeadEnds() {
    std::vector<bool> can_end(nodes_.size(), false);
    std::deque<std::size_t> open;
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      if (!IsOver(nodes_[i])) continue;
      can_end[i] = true;
      open.push_back(i);
    }
    while (!open.empty()) {
      const std::size_t at = open.front();
      open.pop_front();
      for (const std::size_t from : before_[at]) {
        if (can_end[from]) continue;
        can_end[from] = true;
        open.push_back(from);
      }
    }
    for (std::size_t i = 0; i < nodes_.size() && !IsEnough(); ++i) {
      if (!can_end[i]) Report(i, "", "a dead end");
    }
  }

  void Report(std::size_t at, const std::string& line, std::string what) {
    if (IsEnough()) return;
    std::vector<std::string> script;
    if (!line.empty()) script.push_back(line);
    for (std::size_t i = at; i != 0; i = came_[i].first) script.push_back(came_[i].second);
    std::reverse(script.begin(), script.end());
    const Node& node = nodes_[at];
    what += " (refund " + node.refund_state + ", dispute " + node.dispute_state + ")";
    walk_.violations.push_back({std::move(what), std::move(script)});
  }

  const Setting setting_;
  const Fault fault_;
  const std::vector<Move> moves_;
  std::deque<Node> nodes_;
  std::vector<std::pair<std::size_t, std::string>> came_;
  std::vector<std::vector<std::size_t>> before_;
  std::unordered_map<std::string, std::size_t> known_;
  Walk walk_;
};

}  // namespace

Walk WalkEverything(const Setting& setting, Fault fault) { return Walker(setting, fault).Run(); }

}  // namespace redress::model
