// What must always be true of a refund and a dispute that are linked.

#include <algorithm>

#include "tests/model/linked_model.h"

namespace redress::model {
namespace {

using refund::GoodsPlace;
using refund::Replacement;

bool IsFinal(const workflows::Workflow& of, const std::string& state) {
  return of.FindState(state)->final;
}

std::optional<std::string> WrongDeadline(const workflows::Workflow& of, const std::string& state,
                                         const workflows::ArmedDeadline& armed) {
  if (state.empty() || armed.deadline_rule == of.FindState(state)->deadline_rule) {
    return std::nullopt;
  }
  return std::string(of.kind) + " in " + state + " armed with \"" + armed.deadline_rule + "\"";
}

bool HasLeft(const refund::RefundProgress& p) {
  return p.replacement == Replacement::kShipped || p.replacement == Replacement::kSigned;
}

std::optional<std::string> WrongInMoney(const Node& node) {
  const refund::RefundProgress& p = node.refund;
  if (node.line.Remaining() < 0) return "reserved and settled exceed what was paid for the line";
  if (node.payments > 1) return "settled more than once";
  const bool pays = node.refund_state == "Settling";
  if (pays != (p.reserved_amount > 0)) return "a reservation outside Settling, or none in it";
  if (pays && HasLeft(p)) return "money promised beside a replacement that has left";
  const bool is_paid = p.settled_by != refund::SettledBy::kNobody;
  if (is_paid && p.settled_by == refund::SettledBy::kUs && HasLeft(p)) {
    return "both refunded and replaced";
  }
  const bool goods_are_ours = p.goods == GoodsPlace::kWithUs || p.goods == GoodsPlace::kOnTheWay;
  if (!node.refund_state.empty() && IsFinal(refund::Describe(), node.refund_state) && !is_paid &&
      !HasLeft(p) && goods_are_ours) {
    return "ended with the buyer's goods and nothing for them";
  }
  return std::nullopt;
}

// Nothing is under way between the two, and nobody was called over it.
bool IsQuiet(const Node& node) {
  return node.to_dispute.empty() && node.to_refund.empty() && !node.refused;
}

std::optional<std::string> WrongBetween(const Node& node) {
  if (node.disputes > 1) return "a refund with two disputes";
  if (node.dispute_state.empty() || node.refund_state.empty() || !IsQuiet(node)) {
    return std::nullopt;
  }
  const bool is_over = IsFinal(dispute::Describe(), node.dispute_state);
  if (node.escalated && node.refund.dispute == kDisputeCase && is_over)
    return "a refund waits for a dispute that is over";
  const bool executes = node.dispute_state == "Executing" &&
                        node.dispute.remedy.kind == dispute::OptionKind::kRefund &&
                        node.dispute.refund == kRefundCase;
  const bool is_done =
      node.refund_state == "FollowingUp" || IsFinal(refund::Describe(), node.refund_state);
  if (executes && is_done) return "a dispute waits for a refund that is over";
  return std::nullopt;
}

}  // namespace

std::optional<std::string> WrongIn(const Node& node) {
  if (auto wrong = WrongDeadline(refund::Describe(), node.refund_state, node.refund)) return wrong;
  if (auto wrong = WrongDeadline(dispute::Describe(), node.dispute_state, node.dispute)) {
    return wrong;
  }
  if (auto wrong = WrongInMoney(node)) return wrong;
  return WrongBetween(node);
}

std::optional<std::string> WrongAbout(const Node& before, const Node& after, const Event& event,
                                      const refund::RefundEffects& effects) {
  const bool calls = std::any_of(effects.begin(), effects.end(), [](const auto& effect) {
    return std::holds_alternative<workflows::QueueForPerson>(effect);
  });
  const auto has_both = [](const refund::RefundProgress& p) {
    return p.settled_by != refund::SettledBy::kNobody && HasLeft(p);
  };
  if (has_both(after.refund) && !has_both(before.refund) && !calls) {
    return "refunded and replaced, and nobody is told";
  }
  for (const auto& effect : effects) {
    const auto* goods = std::get_if<refund::SetGoods>(&effect);
    if (goods != nullptr && goods->place == GoodsPlace::kSentBack && after.payments > 0) {
      return "goods both paid for and sent back";
    }
    const bool opens = std::holds_alternative<refund::OpenDispute>(effect);
    if (opens && before.refund.dispute != 0) return "escalated once more";
  }
  if (const auto* own = std::get_if<refund::RefundEvent>(&event)) {
    const auto* ruled = std::get_if<refund::RuleForBuyer>(own);
    if (ruled != nullptr && after.refund.approved_amount != ruled->amount) {
      return "another amount than was ruled";
    }
  }
  return std::nullopt;
}

}  // namespace redress::model
