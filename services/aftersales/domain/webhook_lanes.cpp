#include "services/aftersales/domain/webhook_lanes.h"

#include <algorithm>
#include <stdexcept>

namespace redress::aftersales {

bool WebhookLanes::MayTakeMore(const State& state) {
  return state.under_way < (state.is_suspect ? 1 : kMostAtOnce);
}

void WebhookLanes::PutInTurn(const WebhookAddress& address, State& state) {
  if (state.is_in_turn || !MayTakeMore(state)) return;
  state.is_in_turn = true;
  TurnsOf(state).push_back(address);
}

void WebhookLanes::Offer(std::span<const DueWebhook> due) {
  const std::lock_guard lock(mutex_);
  for (const DueWebhook& one : due) {
    State& state = states_[one.address];
    // One that is in a turn is judged when it comes back.
    if (one.is_failing && !state.is_in_turn) state.is_suspect = true;
    PutInTurn(one.address, state);
  }
}

std::optional<WebhookAddress> WebhookLanes::Take(WebhookLane lane) {
  const std::lock_guard lock(mutex_);
  std::deque<WebhookAddress>& turns = turns_[lane == WebhookLane::kSuspect ? 1 : 0];
  if (turns.empty()) return std::nullopt;
  const WebhookAddress address = turns.front();
  turns.pop_front();
  State& state = states_.at(address);
  state.is_in_turn = false;
  ++state.under_way;
  return address;
}

void WebhookLanes::Claimed(const WebhookAddress& address) {
  const std::lock_guard lock(mutex_);
  PutInTurn(address, states_.at(address));
}

void WebhookLanes::Return(const WebhookAddress& address, After after) {
  const std::lock_guard lock(mutex_);
  const auto found = states_.find(address);
  if (found == states_.end()) throw std::logic_error("an address came back that was not taken");
  State& state = found->second;
  --state.under_way;
  if (after == After::kNothingLeft) {
    // What is remembered of an address that was slow is worth a row, of any other it is not.
    if (state.under_way == 0 && !state.is_in_turn && !state.is_suspect) states_.erase(found);
    return;
  }
  if (state.is_in_turn && state.is_suspect != (after == After::kBad)) {
    auto& turns = TurnsOf(state);
    turns.erase(std::find(turns.begin(), turns.end(), address));
    state.is_in_turn = false;
  }
  state.is_suspect = after == After::kBad;
  PutInTurn(address, state);
}

}  // namespace redress::aftersales
