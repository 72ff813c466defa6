#include "services/aftersales/store/recent_events.h"

#include <vector>

#include "services/aftersales/store/step_event.h"

namespace redress::aftersales {
namespace {

using platform::EventRef;
using redress::events::v1::Event;

EventRef RefOf(const Step& step) { return {step.shop, step.case_id.value, step.sequence}; }

}  // namespace

void RecentEvents::Add(const Decision& decision) {
  // Every command that was applied made one step, in the same order.
  std::vector<std::pair<EventRef, Event>> added;
  added.reserve(decision.changes.steps.size());
  auto step = decision.changes.steps.begin();
  for (const Verdict& verdict : decision.results) {
    const auto* answer = std::get_if<Answer>(&verdict);
    if (answer == nullptr || answer->repeated || answer->ignored) continue;
    added.emplace_back(RefOf(*step), EventOf(*step, *answer));
    ++step;
  }
  const std::lock_guard lock(mutex_);
  for (auto& [ref, event] : added) {
    events_.insert_or_assign(ref, std::move(event));
    oldest_first_.push_back(ref);
  }
  while (oldest_first_.size() > most_) {
    events_.erase(oldest_first_.front());
    oldest_first_.pop_front();
  }
}

std::optional<Event> RecentEvents::Take(const EventRef& ref) {
  const std::lock_guard lock(mutex_);
  const auto found = events_.find(ref);
  if (found == events_.end()) return std::nullopt;
  std::optional<Event> event(std::move(found->second));
  events_.erase(found);
  return event;
}

}  // namespace redress::aftersales
