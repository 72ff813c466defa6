#include "workflows/refund/effects.h"

namespace redress::workflows::refund {
namespace {

// One overload per effect that changes the case's row; the rest fall to the last one.
struct OnProgress {
  RefundProgress& row;

  void operator()(const ArmDeadline& effect) const { workflows::Apply(effect, row); }
  void operator()(const DisarmDeadline& effect) const { workflows::Apply(effect, row); }
  void operator()(const ReviseAsked& effect) const {
    row.amount_asked = effect.amount;
    row.quantity = effect.quantity;
    row.variant = effect.variant;
  }
  void operator()(const ProposeApproval& effect) const {
    row.proposed_amount = effect.amount;
    row.proposed_by = effect.by;
  }
  void operator()(const DropProposal&) const {
    row.proposed_amount = 0;
    row.proposed_by = 0;
  }
  void operator()(const SetApproved& effect) const {
    row.approved_amount = effect.amount;
    row.approved_how = effect.how;
    row.approved_by = effect.by;
  }
  void operator()(const SetReturnTracking& effect) const { row.shipping = effect.shipping; }
  void operator()(const SetGoods& effect) const { row.goods = effect.place; }
  void operator()(const SetInspection& effect) const {
    row.inspection = effect.result;
    row.offered_amount = effect.offered_amount;
  }
  void operator()(const SetReplacement& effect) const { row.replacement = effect.progress; }
  void operator()(const SetInterception& effect) const { row.interception = effect.progress; }
  void operator()(const ReserveAmount& effect) const { row.reserved_amount += effect.amount; }
  void operator()(const ReleaseReservation& effect) const { row.reserved_amount -= effect.amount; }
  void operator()(const MarkSettled& effect) const {
    row.reserved_amount -= effect.released;
    row.settled_amount += effect.amount;
    row.shortfall += effect.shortfall;
    row.settled_by = effect.by;
  }
  void operator()(const CountFailedSettlement&) const { ++row.failed_attempts; }
  void operator()(const ForgetFailedSettlements&) const { row.failed_attempts = 0; }
  void operator()(const SetSettlementUnknown& effect) const {
    row.settlement_unknown = effect.unknown;
  }
  void operator()(const SetEnding& effect) const { row.ending = effect.ending; }
  void operator()(const SetPlatformClosed&) const { row.platform_closed = true; }
  void operator()(const SetDispute& effect) const { row.dispute = effect.dispute; }
  void operator()(const OpenDispute& effect) const { row.dispute = effect.dispute; }
  void operator()(const CommandSettlement& effect) const {
    row.settlement_attempt = effect.attempt;
  }
  template <class Other>
  void operator()(const Other&) const {}
};

struct OnLine {
  Line& line;

  void operator()(const ReserveAmount& effect) const { line.reserved += effect.amount; }
  void operator()(const ReleaseReservation& effect) const { line.reserved -= effect.amount; }
  void operator()(const MarkSettled& effect) const {
    line.reserved -= effect.released;
    line.settled += effect.amount;
  }
  template <class Other>
  void operator()(const Other&) const {}
};

}  // namespace

void Apply(const RefundEffect& effect, RefundProgress& progress) {
  std::visit(OnProgress{progress}, effect);
}

void Apply(const RefundEffects& effects, RefundProgress& progress) {
  for (const RefundEffect& effect : effects) Apply(effect, progress);
}

void Apply(const RefundEffects& effects, Line& line) {
  for (const RefundEffect& effect : effects) std::visit(OnLine{line}, effect);
}

std::string_view NameOf(const RefundEvent& event) {
  return std::visit([](const auto& e) { return std::decay_t<decltype(e)>::kName; }, event);
}

}  // namespace redress::workflows::refund
