#pragma once

// In which turn this process sends to which address, so that a slow or dead one hurts nobody else:
// one event for each address in turn, a few at once for one address, and addresses that fail or are
// slow have senders of their own, which share nothing with the others'. Thread-safe; holds what is
// due, not the deliveries themselves.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <utility>

#include "services/aftersales/domain/webhook.h"

namespace redress::aftersales {

enum class WebhookLane : std::uint8_t { kSound, kSuspect };

struct WebhookAddress {
  ShopId shop;
  WebhookId id;

  auto operator<=>(const WebhookAddress&) const = default;
};

struct DueWebhook {
  WebhookAddress address;
  bool is_failing = false;
};

class WebhookLanes {
 public:
  // At once to one address; of a suspect one there is one at a time.
  static constexpr std::size_t kMostAtOnce = 4;

  // Something is due there. What is in turn already stays where it is.
  void Offer(std::span<const DueWebhook> due);
  // Whose turn it is. Every Take that answers needs a Return.
  std::optional<WebhookAddress> Take(WebhookLane lane);
  // There was something to send, so there may be more for another sender while it is sent.
  void Claimed(const WebhookAddress& address);
  enum class After : std::uint8_t { kNothingLeft, kGood, kBad };
  // kGood and kBad: one was sent, and there may be more.
  void Return(const WebhookAddress& address, After after);

 private:
  struct State {
    std::size_t under_way = 0;
    bool is_suspect = false;
    bool is_in_turn = false;
  };
  void PutInTurn(const WebhookAddress& address, State& state);
  static bool MayTakeMore(const State& state);
  std::deque<WebhookAddress>& TurnsOf(const State& state) {
    return turns_[state.is_suspect ? 1 : 0];
  }

  std::mutex mutex_;
  std::map<WebhookAddress, State> states_;
  std::deque<WebhookAddress> turns_[2];  // by lane
};

}  // namespace redress::aftersales
