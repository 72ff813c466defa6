#include "tests/model/refund_model.h"

#include <algorithm>
#include <deque>
#include <iterator>
#include <optional>
#include <utility>

namespace redress::workflows::refund {
namespace {

constexpr std::size_t kViolationsKept = 5;
constexpr std::int64_t kArmedNumber = 1;
constexpr std::uint64_t kAgent = 1;
constexpr std::uint64_t kChief = 2;
constexpr std::uint64_t kDispute = 3;

struct Actors {
  Actor agent{ActorKind::kPerson, kAgent, false, false, kSmallLimit};
  Actor chief{ActorKind::kPerson, kChief, true, true, 0};
  Actor chief_again{ActorKind::kPerson, kAgent, true, true, 0};  // the agent, promoted meanwhile
  Actor timer{ActorKind::kTimeout, 0, false, false, 0};
  Actor warehouse{ActorKind::kWarehouse, 0, false, false, 0};
  Actor platform{ActorKind::kPlatform, 0, false, false, 0};
  Actor service{ActorKind::kService, 0, false, false, 0};
  Actor link{ActorKind::kLink, 0, false, false, 0};
};

struct Move {
  RefundEvent event;
  Actor actor;
};

std::vector<Move> AllMoves(bool platform_speaks) {
  const Actors by;
  std::vector<Move> moves{
      {Reject{}, by.agent},
      {ReviseRequest{kPartAmount, 1, Variant::kReturnAndRefund}, by.agent},
      {ReviseRequest{kPaidForLine, 1, Variant::kRefundOnly}, by.agent},
      {ReviseRequest{kPaidForLine, 1, Variant::kExchange}, by.agent},
      {ReviseRequest{kPaidForLine, 1, Variant::kReship}, by.agent},
      {Withdraw{}, by.agent},
      {ShipReturn{"c", "t", Shipping::kExpress}, by.agent},
      {ReceiveGoods{}, by.warehouse},
      {PassInspection{}, by.warehouse},
      {FailInspection{}, by.warehouse},
      {PassInspectionInPart{kSmallLimit - 10}, by.warehouse},
      {AcceptRefusal{}, by.agent},
      {EscalateToPlatform{}, by.agent},
      {SendGoodsBack{"c", "t"}, by.warehouse},
      {ShipReplacement{"c", "t"}, by.warehouse},
      {SignForReplacement{}, by.agent},
      {RecordReplacementLost{}, by.agent},
      {RecordOrderShipped{}, by.service},
      {RecordInterception{true}, by.warehouse},
      {RecordInterception{false}, by.warehouse},
      {RecordSettlementFailed{false}, by.service},
      {RecordSettlementFailed{true}, by.service},
      {RecordSettlementUnknown{}, by.service},
      {ReconcileSettlement{false}, by.service},
      {ReconcileSettlement{true}, by.service},
      {RecordSettled{}, by.service},
      {RetrySettlement{}, by.agent},
      {RecordFollowUp{5}, by.agent},
      {EndDispute{}, by.link},
      {JoinDispute{kPartAmount, kDispute}, by.link},
      {JoinDispute{kPaidForLine, kDispute}, by.link},
      {DeadlineReached{kArmedNumber}, by.timer},
  };
  for (const Actor& actor : {by.agent, by.chief, by.chief_again}) {
    moves.push_back({ApproveLarge{}, actor});
    moves.push_back({SendBackForRework{}, actor});
    moves.push_back({RuleForShop{}, actor});
    for (const std::int64_t amount :
         {std::int64_t{0}, kSmallLimit - 10, kPartAmount, kPaidForLine, kPaidForLine + 1}) {
      moves.push_back({Approve{amount}, actor});
      moves.push_back({AcceptPartialOffer{amount}, actor});
      moves.push_back({RuleForBuyer{amount}, actor});
      moves.push_back({RuleForBuyer{amount, Remedy::kReplacement}, actor});
      moves.push_back({ConvertToRefund{amount}, actor});
    }
  }
  if (platform_speaks) {
    moves.push_back({PlatformClosed{}, by.platform});
    moves.push_back({PlatformIntervened{}, by.platform});
    moves.push_back({PlatformSucceeded{kPartAmount}, by.platform});
    moves.push_back({PlatformSucceeded{kPaidForLine + 1}, by.platform});
    moves.push_back({PlatformAgreed{kPartAmount}, by.platform});
    moves.push_back({PlatformAgreed{kPaidForLine + 1}, by.platform});
    moves.push_back({PlatformRefused{}, by.platform});
  }
  return moves;
}

// What tells nodes apart. Numbers that only count are cut off, and what no row of the state's
// future reads again is left out.
auto KeyOf(const Node& n) {
  const RefundProgress& p = n.progress;
  const bool waits = n.state == "PendingApproval" || n.state == "Reshipping";
  const bool is_granted = n.state == "AwaitingReturn" || n.state == "Returning" ||
                          n.state == "Inspecting" || n.state == "Disagreed" ||
                          n.state == "Settling";
  return std::make_tuple(
      std::make_tuple(n.state, p.variant, p.amount_asked, waits ? p.proposed_amount : 0,
                      waits ? p.proposed_by : 0, is_granted ? p.approved_amount : 0, p.goods,
                      n.state == "Disagreed" ? p.offered_amount : 0,
                      n.state == "SendingBack" ? p.ending : Ending::kNone),
      std::make_tuple(p.reserved_amount, p.settled_amount, p.shortfall, p.settled_by,
                      std::min(p.failed_attempts, 3), p.settlement_unknown, p.platform_closed,
                      p.dispute),
      std::make_tuple(n.line.reserved, n.line.settled, n.payments_made, n.payment_running),
      std::make_tuple(p.replacement, p.interception, n.shipping, n.replacements_to_send,
                      n.parcels_to_stop));
}

bool IsFinal(const std::string& state) { return Describe().FindState(state)->final; }

// Events without a row in a state are the unit tests' matter; firing them here would only be slow.
bool HasRow(const std::string& state, const RefundEvent& event) {
  static const auto rows = [] {
    std::set<std::pair<std::string_view, std::string_view>> all;
    for (const EdgeInfo& edge : Describe().edges) all.emplace(edge.source, edge.event);
    return all;
  }();
  return rows.count({state, NameOf(event)}) == 1;
}

bool AreGoodsWithUs(const RefundProgress& p) {
  return p.goods == GoodsPlace::kWithUs || p.goods == GoodsPlace::kOnTheWay;
}

bool HasReplacementLeft(const RefundProgress& p) {
  return p.replacement == Replacement::kShipped || p.replacement == Replacement::kSigned;
}

bool IsPaid(const RefundProgress& p) { return p.settled_by != SettledBy::kNobody; }

// Money and goods never both go out by us: only the platform can have paid besides.
std::optional<std::string> WrongWithParcels(const Node& n) {
  const RefundProgress& p = n.progress;
  if (n.replacements_to_send != (p.replacement == Replacement::kOrdered ? 1 : 0)) {
    return "a replacement's task and the case differ";
  }
  if (n.parcels_to_stop != (p.interception == Interception::kAsked ? 1 : 0)) {
    return "an interception's task and the case differ";
  }
  if (p.replacement == Replacement::kOrdered && n.state != "Reshipping") {
    return "a replacement ordered in " + n.state;
  }
  if (n.state == "Reshipping" && p.replacement != Replacement::kOrdered &&
      p.replacement != Replacement::kShipped) {
    return "Reshipping without a replacement";
  }
  if (n.state == "Settling" && p.replacement != Replacement::kNone) {
    return "money promised beside a replacement";
  }
  if (IsPaid(p) && p.settled_by != SettledBy::kPlatform && HasReplacementLeft(p)) {
    return "both refunded and replaced";
  }
  if (IsPaid(p) && p.replacement == Replacement::kOrdered) return "paid, and a replacement to send";
  const bool is_over = IsFinal(n.state) && n.state != "Completed";
  if (is_over && n.parcels_to_stop > 0) return "the buyer's own parcel is still to be stopped";
  return std::nullopt;
}

// "Always true": about a single node.
std::optional<std::string> WrongIn(const Node& n) {
  const RefundProgress& p = n.progress;
  if (n.line.reserved < 0 || n.line.settled < 0) return "a negative ledger";
  if (n.line.Remaining() < 0) return "reserved and settled exceed what was paid for the line";
  if (p.reserved_amount < 0 || p.settled_amount < 0) return "negative money in the case";
  if (n.payments_made > 1) return "settled more than once";
  if ((n.payments_made == 1) != (p.settled_by != SettledBy::kNobody)) {
    return "a payment that the case does not know of";
  }
  const bool pays = n.state == "Settling";
  if (pays != (p.reserved_amount > 0)) return "a reservation outside Settling, or none in it";
  if (pays && p.reserved_amount != p.approved_amount) return "reserved is not what was approved";
  const StateInfo& state = *Describe().FindState(n.state);
  if (p.deadline_rule != state.deadline_rule) return "armed with " + p.deadline_rule;
  if (state.final && !IsPaid(p) && !HasReplacementLeft(p) && AreGoodsWithUs(p)) {
    return "ended with the buyer's goods and nothing for them";
  }
  if ((n.state == "Completed" || n.state == "FollowingUp") && n.payments_made == 0 &&
      p.replacement != Replacement::kSigned) {
    return n.state + " with neither a payment nor a replacement";
  }
  if (n.state == "Disagreed" && !AreGoodsWithUs(p)) return "disagreeing over no goods";
  return WrongWithParcels(n);
}

// "Always true": about one step.
std::optional<std::string> WrongAbout(const Node& before, const Move& move, const Node& after,
                                      const RefundEffects& effects) {
  int deadlines = 0;
  for (const RefundEffect& effect : effects) {
    deadlines += std::holds_alternative<ArmDeadline>(effect) ||
                 std::holds_alternative<KeepDeadline>(effect) ||
                 std::holds_alternative<DisarmDeadline>(effect);
    if (std::holds_alternative<CommandSettlement>(effect)) {
      if (before.payment_running && !std::holds_alternative<RecordSettlementFailed>(move.event) &&
          !std::holds_alternative<ReconcileSettlement>(move.event)) {
        return "a second payment while one is under way";
      }
      if (after.progress.settlement_unknown) return "a payment while the last one is unknown";
    }
    if (const auto* approved = std::get_if<SetApproved>(&effect)) {
      const Actor& actor = move.actor;
      const bool by_person = actor.kind == ActorKind::kPerson;
      const bool is_offer = std::holds_alternative<AcceptPartialOffer>(move.event) &&
                            approved->amount <= before.progress.offered_amount;
      if (by_person && !actor.unlimited && approved->amount > actor.amount_limit && !is_offer) {
        return "approved above the person's limit";
      }
      if (std::holds_alternative<ApproveLarge>(move.event) && by_person &&
          (actor.account_id == before.progress.proposed_by || !actor.is_supervisor)) {
        return "approved without four eyes";
      }
    }
    if (const auto* goods = std::get_if<SetGoods>(&effect)) {
      if (goods->place == GoodsPlace::kSentBack && after.payments_made > 0) {
        return "goods both paid for and sent back";
      }
      if (goods->place == GoodsPlace::kSentBack && HasReplacementLeft(after.progress)) {
        return "goods both replaced and sent back";
      }
    }
  }
  // The platform may pay for what was replaced, or a parcel may slip through: a person is told.
  const auto has_both = [](const RefundProgress& p) { return IsPaid(p) && HasReplacementLeft(p); };
  const bool calls = std::any_of(effects.begin(), effects.end(), [](const RefundEffect& effect) {
    return std::holds_alternative<QueueForPerson>(effect);
  });
  if (has_both(after.progress) && !has_both(before.progress) && !calls) {
    return "refunded and replaced, and nobody is told";
  }
  if (deadlines != 1) return "a step with " + std::to_string(deadlines) + " deadline effects";
  if (before.progress.settled_by != SettledBy::kNobody &&
      after.progress.settled_amount != before.progress.settled_amount) {
    return "settled again";
  }
  return std::nullopt;
}

Node After(const Node& before, const Move& move, const Fired<RefundEffect>& fired) {
  Node after = before;
  after.state = fired.state;
  Apply(fired.effects, after.progress);
  Apply(fired.effects, after.line);
  after.progress.deadline_number = kArmedNumber;
  if (std::holds_alternative<RecordSettlementFailed>(move.event) ||
      std::holds_alternative<ReconcileSettlement>(move.event)) {
    after.payment_running = false;
  }
  for (const RefundEffect& effect : fired.effects) {
    if (std::holds_alternative<MarkSettled>(effect)) {
      ++after.payments_made;
      after.payment_running = false;
    }
    if (std::holds_alternative<CommandSettlement>(effect)) after.payment_running = true;
    if (const auto* created = std::get_if<CreateWarehouseTask>(&effect)) {
      after.replacements_to_send += created->kind == WarehouseTaskKind::kOutboundReplacement;
      after.parcels_to_stop += created->kind == WarehouseTaskKind::kIntercept;
    }
    if (const auto* cancelled = std::get_if<CancelWarehouseTask>(&effect)) {
      after.replacements_to_send -= cancelled->kind == WarehouseTaskKind::kOutboundReplacement;
      after.parcels_to_stop -= cancelled->kind == WarehouseTaskKind::kIntercept;
    }
  }
  if (std::holds_alternative<ShipReplacement>(move.event)) --after.replacements_to_send;
  if (std::holds_alternative<RecordInterception>(move.event)) --after.parcels_to_stop;
  return after;
}

class Walker {
 public:
  Walker(const Setting& setting, bool platform_speaks)
      : setting_(setting), moves_(AllMoves(platform_speaks)) {}

  Walk Run() {
    Visit(Opened(), std::nullopt, "open");
    // Nodes are appended while this runs; what is visited is never visited again.
    for (std::size_t at = 0; at < nodes_.size(); ++at) Expand(at);
    FindDeadEnds();
    walk_.nodes = nodes_.size();
    return std::move(walk_);
  }

 private:
  Node Opened() const {
    Node node;
    node.state = kInitialState;
    node.progress.variant = setting_.variant;
    node.progress.amount_asked = kPaidForLine;
    node.line = {kPaidForLine, 0, 0, 1, setting_.variant == Variant::kPostage};
    if (setting_.ships_later) node.shipping = OrderShipping::kUnshipped;
    Apply(Open(Facts(node, Actor{})), node.progress);
    return node;
  }

  RefundFacts Facts(const Node& node, const Actor& actor) const {
    RefundFacts facts;
    facts.progress = node.progress;
    facts.actor = actor;
    facts.line = node.line;
    facts.has_platform_id = setting_.has_platform_id;
    facts.non_returnable = setting_.non_returnable;
    facts.order_shipping = node.shipping;
    facts.next_case = kDispute;
    return facts;
  }

  void Expand(std::size_t at) {
    // Other cases may take their share of the line whenever this one has not reserved it.
    if (setting_.others_settled > 0 && nodes_[at].line.settled == 0 &&
        nodes_[at].line.Remaining() >= setting_.others_settled && !IsFinal(nodes_[at].state)) {
      Node taken = nodes_[at];
      taken.line.settled += setting_.others_settled;
      Link(at, Visit(std::move(taken), at, "another case settles"));
    }
    if (nodes_[at].shipping == OrderShipping::kUnshipped && !IsFinal(nodes_[at].state)) {
      Node shipped = nodes_[at];
      shipped.shipping = OrderShipping::kShipped;
      Link(at, Visit(std::move(shipped), at, "the order is shipped"));
    }
    for (const Move& move : MovesIn(nodes_[at].state)) Step(at, move);
  }

  const std::vector<Move>& MovesIn(const std::string& state) {
    const auto [it, is_new] = moves_in_.try_emplace(state);
    if (is_new) {
      std::copy_if(moves_.begin(), moves_.end(), std::back_inserter(it->second),
                   [&](const Move& move) { return HasRow(state, move.event); });
    }
    return it->second;
  }

  static std::string NameOfMove(const Move& move) {
    return std::string(NameOf(move.event)) + " by " +
           std::to_string(static_cast<int>(move.actor.kind)) + "/" +
           std::to_string(move.actor.account_id);
  }

  void Step(std::size_t at, const Move& move) {
    const Node before = nodes_[at];
    const Fired<RefundEffect> fired = Fire(before.state, move.event, Facts(before, move.actor));
    ++walk_.steps;
    const std::string name = NameOfMove(move);
    if (!fired.Applied()) {
      const bool is_deadline = std::holds_alternative<DeadlineReached>(move.event);
      if (is_deadline || move.actor.kind == ActorKind::kPlatform) {
        Report(at, name, "refused what is never refused");
      }
      return;
    }
    if (IsFinal(before.state)) Report(at, name, "a final state was left");
    Node after = After(before, move, fired);
    walk_.edges.emplace(before.state, NameOf(move.event), after.state);
    if (std::holds_alternative<DeadlineReached>(move.event)) {
      walk_.deadlines_fired.insert(before.progress.deadline_rule);
    }
    if (const auto wrong = WrongAbout(before, move, after, fired.effects)) {
      Report(at, name, *wrong);
    }
    Link(at, Visit(std::move(after), at, name));
  }

  std::size_t Visit(Node node, std::optional<std::size_t> from, const std::string& by) {
    const auto [it, is_new] = known_.emplace(KeyOf(node), nodes_.size());
    if (!is_new) return it->second;
    walk_.states.insert(node.state);
    came_.emplace_back(from, by);
    before_.emplace_back();
    nodes_.push_back(std::move(node));
    if (const auto wrong = WrongIn(nodes_.back())) Report(nodes_.size() - 1, "", *wrong);
    return nodes_.size() - 1;
  }

  void Link(std::size_t from, std::size_t to) { before_[to].push_back(from); }

  // Every node must have a way to some final state.
  void FindDeadEnds() {
    std::vector<bool> can_end(nodes_.size(), false);
    std::deque<std::size_t> open;
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      if (!IsFinal(nodes_[i].state)) continue;
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
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      if (!can_end[i]) Report(i, "", "a dead end");
    }
  }

  void Report(std::size_t at, const std::string& step, std::string what) {
    if (walk_.violations.size() >= kViolationsKept) return;
    std::vector<std::string> path;
    if (!step.empty()) path.push_back(step);
    for (std::optional<std::size_t> i = at; i; i = came_[*i].first) {
      path.push_back(came_[*i].second + " -> " + nodes_[*i].state);
    }
    std::reverse(path.begin(), path.end());
    walk_.violations.push_back({std::move(what), std::move(path)});
  }

  Setting setting_;
  std::vector<Move> moves_;
  std::map<std::string, std::vector<Move>> moves_in_;
  std::vector<Node> nodes_;
  std::vector<std::pair<std::optional<std::size_t>, std::string>> came_;
  std::vector<std::vector<std::size_t>> before_;
  std::map<decltype(KeyOf(Node{})), std::size_t> known_;
  Walk walk_;
};

}  // namespace

Walk WalkEverything(const Setting& setting, bool platform_speaks) {
  return Walker(setting, platform_speaks).Run();
}

}  // namespace redress::workflows::refund
