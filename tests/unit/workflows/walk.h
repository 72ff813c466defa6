#pragma once

// A refund case taken from step to step, with its line's ledger row, the way the engine does it.

#include <cstdint>
#include <string>
#include <vector>

#include "workflows/refund/refund.h"

namespace redress::workflows::refund {

inline constexpr std::int64_t kAsked = 10'000;
inline constexpr std::int64_t kAgentLimit = 20'000;
inline constexpr std::uint64_t kAgentId = 7;
inline constexpr std::uint64_t kSupervisorId = 8;

Actor Agent(std::int64_t limit = kAgentLimit);
Actor Supervisor(std::uint64_t account_id = kSupervisorId);
Actor Timeout();
Actor Warehouse();
Actor Platform();

struct Case {
  std::string state{kInitialState};
  RefundFacts facts;
  RefundEffects last;  // of the last applied step

  // A shipped order's line of which 50,000 was paid, 10,000 asked; acted on by an agent.
  explicit Case(Variant variant = Variant::kRefundOnly);

  Case& As(const Actor& actor);
  Fired<RefundEffect> Try(const RefundEvent& event) const;
  // Fails the test unless the event applies and leads to `target`.
  Case& Take(const RefundEvent& event, std::string_view target);
  // The armed deadline passes.
  Case& TimeOut(std::string_view target);

  template <class Effect>
  std::vector<Effect> Effects() const {
    std::vector<Effect> found;
    for (const RefundEffect& effect : last) {
      if (const auto* match = std::get_if<Effect>(&effect)) found.push_back(*match);
    }
    return found;
  }
  template <class Effect>
  bool Has() const {
    return !Effects<Effect>().empty();
  }
  bool HasQueued(PersonQueue queue, std::string_view reason) const;
};

// Cases in a given state, reached by ordinary steps.
Case InAwaitingReturn();
Case InReturning();
Case InInspecting();
Case InDisagreed();
Case InRejected();
Case InSettling(Variant variant = Variant::kRefundOnly);
Case InPendingApproval(Variant variant = Variant::kRefundOnly);
Case InSendingBack();
Case InFollowingUp();
Case InDispute(Variant variant = Variant::kRefundOnly);
// The replacement is ordered; `InReplacementUnderWay`: it has left as well.
Case InReshipping(Variant variant = Variant::kExchange);
Case InReplacementUnderWay(Variant variant = Variant::kExchange);

}  // namespace redress::workflows::refund
