#include "tests/unit/workflows/walk.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace redress::workflows::refund {

Actor Agent(std::int64_t limit) { return {ActorKind::kPerson, kAgentId, false, false, limit}; }
Actor Supervisor(std::uint64_t account_id) {
  return {ActorKind::kPerson, account_id, true, true, 0};
}
Actor Timeout() { return {ActorKind::kTimeout, 0, false, false, 0}; }
Actor Warehouse() { return {ActorKind::kWarehouse, 0, false, false, 0}; }
Actor Platform() { return {ActorKind::kPlatform, 0, false, false, 0}; }

Case::Case(Variant variant) {
  facts.progress.variant = variant;
  facts.progress.amount_asked = kAsked;
  facts.line = {50'000, 0, 0, 3};
  facts.order_shipping = OrderShipping::kShipped;
  facts.next_case = 99;
  facts.actor = Agent();
  last = Open(facts);
  Apply(last, facts.progress);
}

Case& Case::As(const Actor& actor) {
  facts.actor = actor;
  return *this;
}

Fired<RefundEffect> Case::Try(const RefundEvent& event) const { return Fire(state, event, facts); }

Case& Case::Take(const RefundEvent& event, std::string_view target) {
  const Fired<RefundEffect> fired = Try(event);
  EXPECT_TRUE(fired.Applied()) << NameOf(event) << " in " << state << ": " << fired.refusal.code
                               << ", expected " << fired.refusal.expected << ", found "
                               << fired.refusal.found;
  EXPECT_EQ(fired.state, target) << NameOf(event) << " in " << state;
  last = fired.effects;
  Apply(last, facts.progress);
  Apply(last, facts.line);
  state = fired.state;
  return *this;
}

Case& Case::TimeOut(std::string_view target) {
  const Actor actor = facts.actor;
  As(Timeout()).Take(DeadlineReached{facts.progress.deadline_number}, target);
  return As(actor);
}

bool Case::HasQueued(PersonQueue queue, std::string_view reason) const {
  const auto calls = Effects<QueueForPerson>();
  return std::any_of(calls.begin(), calls.end(), [&](const QueueForPerson& call) {
    return call.queue == queue && call.reason == reason;
  });
}

Case InAwaitingReturn() {
  Case c{Variant::kReturnAndRefund};
  c.Take(Approve{kAsked}, "AwaitingReturn");
  return c;
}
Case InReturning() {
  Case c = InAwaitingReturn();
  c.Take(ShipReturn{"SF", "SF1", Shipping::kExpress}, "Returning");
  return c;
}
Case InInspecting() {
  Case c = InReturning();
  c.As(Warehouse()).Take(ReceiveGoods{}, "Inspecting").As(Agent());
  return c;
}
Case InDisagreed() {
  Case c = InInspecting();
  c.As(Warehouse()).Take(PassInspectionInPart{4'000}, "Disagreed").As(Agent());
  return c;
}
Case InRejected() {
  Case c;
  c.Take(Reject{}, "Rejected");
  return c;
}
Case InSettling(Variant variant) {
  if (variant == Variant::kReturnAndRefund) {
    Case c = InInspecting();
    c.As(Warehouse()).Take(PassInspection{}, "Settling").As(Agent());
    return c;
  }
  Case c;
  c.Take(Approve{kAsked}, "Settling");
  return c;
}
Case InPendingApproval(Variant variant) {
  Case c{variant};
  c.As(Agent(kAsked - 1)).Take(Approve{kAsked}, "PendingApproval");
  return c;
}
Case InSendingBack() {
  Case c = InInspecting();
  c.Take(Withdraw{}, "SendingBack");
  return c;
}
Case InFollowingUp() {
  Case c = InSettling();
  c.Take(RecordSettled{}, "FollowingUp");
  return c;
}
Case InReshipping(Variant variant) {
  Case c{variant};
  if (variant == Variant::kReship) {
    c.Take(Approve{kAsked}, "Reshipping");
    return c;
  }
  c.Take(Approve{kAsked}, "AwaitingReturn")
      .Take(ShipReturn{"SF", "SF1", Shipping::kExpress}, "Returning");
  c.As(Warehouse()).Take(ReceiveGoods{}, "Inspecting").Take(PassInspection{}, "Reshipping");
  return c.As(Agent());
}
Case InReplacementUnderWay(Variant variant) {
  Case c = InReshipping(variant);
  c.As(Warehouse()).Take(ShipReplacement{"YTO", "YT1"}, "Reshipping");
  return c.As(Agent());
}
Case InDispute(Variant variant) {
  Case c{variant};
  c.Take(Reject{}, "Rejected").Take(EscalateToPlatform{}, "InDispute").As(Supervisor());
  return c;
}

}  // namespace redress::workflows::refund
