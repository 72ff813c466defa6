#include "workflows/task/effects.h"

#include <type_traits>

namespace redress::workflows::task {
namespace {

// One overload per effect that changes the task's row; the rest fall to the last one.
struct OnProgress {
  TaskProgress& row;

  void operator()(const HoldLease& effect) const {
    row.claimed_by = effect.account;
    row.lease_until = effect.until;
  }
  void operator()(const DropLease&) const {
    row.claimed_by = 0;
    row.lease_until = 0;
  }
  void operator()(const SetReceived& effect) const { row.quantity_received = effect.quantity; }
  void operator()(const SetGood& effect) const { row.quantity_good = effect.quantity; }
  void operator()(const SetIntercepted& effect) const { row.intercepted = effect.outcome; }
  template <class Other>
  void operator()(const Other&) const {}
};

}  // namespace

void Apply(const TaskEffect& effect, TaskProgress& progress) {
  std::visit(OnProgress{progress}, effect);
}

void Apply(const TaskEffects& effects, TaskProgress& progress) {
  for (const TaskEffect& effect : effects) Apply(effect, progress);
}

std::string_view NameOf(const TaskEvent& event) {
  return std::visit([](const auto& e) { return std::decay_t<decltype(e)>::kName; }, event);
}

}  // namespace redress::workflows::task
