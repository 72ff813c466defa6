#include "workflows/dispute/effects.h"

namespace redress::workflows::dispute {
namespace {

// One overload per effect that changes the case's row; the rest fall to the last one.
struct OnProgress {
  DisputeProgress& row;

  void operator()(const ArmDeadline& effect) const { workflows::Apply(effect, row); }
  void operator()(const DisarmDeadline& effect) const { workflows::Apply(effect, row); }
  void operator()(const CountEvidence&) const { ++row.evidence; }
  void operator()(const SetOptions& effect) const { row.options = effect.options; }
  void operator()(const CountDeclinedRound&) const { ++row.rounds_declined; }
  void operator()(const SetVerdict& effect) const {
    row.verdict = effect.verdict;
    row.remedy = effect.remedy;
    row.ruled_by_platform = effect.by_platform;
  }
  void operator()(const MarkExecuted& effect) const { row.executed = effect.executed; }
  void operator()(const SetCause& effect) const {
    row.root_cause = effect.root_cause;
    row.measure = effect.measure;
  }
  void operator()(const DropRefund&) const { row.refund = 0; }
  void operator()(const SetReview& effect) const { row.review = effect.review; }
  void operator()(const AskRefund& effect) const { row.refund = effect.refund; }
  template <class Other>
  void operator()(const Other&) const {}
};

}  // namespace

void Apply(const DisputeEffect& effect, DisputeProgress& progress) {
  std::visit(OnProgress{progress}, effect);
}

void Apply(const DisputeEffects& effects, DisputeProgress& progress) {
  for (const DisputeEffect& effect : effects) Apply(effect, progress);
}

std::string_view NameOf(const DisputeEvent& event) {
  return std::visit([](const auto& e) { return std::decay_t<decltype(e)>::kName; }, event);
}

}  // namespace redress::workflows::dispute
