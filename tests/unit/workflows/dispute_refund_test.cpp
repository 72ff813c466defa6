// A dispute and the refund that gives what it comes to, or waits for it.

#include <gtest/gtest.h>

#include <algorithm>

#include "workflows/dispute/dispute.h"

namespace redress::workflows::dispute {
namespace {

const Actor kChief{ActorKind::kPerson, 8, true, true, 0};
const Actor kPlatform{ActorKind::kPlatform, 0, false, false, 0};
const Actor kLink{ActorKind::kLink, 0, false, false, 0};
constexpr std::uint64_t kRefund = 5;
constexpr std::uint64_t kNew = 6;

struct Dispute {
  std::string state{kInitialState};
  DisputeFacts facts;
  DisputeEffects last;

  explicit Dispute(Channel channel = Channel::kDirectComplaint) {
    facts.actor = kChief;
    facts.has_line = true;
    facts.next_case = kNew;
    facts.progress.channel = channel;
    if (channel == Channel::kEscalatedRefund) {
      facts.progress.refund = kRefund;
      facts.progress.worth = 900;
    }
    Apply(Open(facts), facts.progress);
  }
  Dispute& As(const Actor& actor) {
    facts.actor = actor;
    return *this;
  }
  Dispute& Take(const DisputeEvent& event, std::string_view target) {
    const auto fired = Fire(state, event, facts);
    EXPECT_TRUE(fired.Applied()) << NameOf(event) << " in " << state << ": " << fired.refusal.code;
    EXPECT_EQ(fired.state, target) << NameOf(event) << " in " << state;
    last = fired.effects;
    Apply(last, facts.progress);
    state = fired.state;
    return *this;
  }
  Dispute& GoToAwaitingBuyer() {
    Take(RecordContact{}, "Contacted").Take(BeginInvestigation{}, "Investigating");
    Take(AddEvidence{}, "Investigating");
    Take(ProposeOptions{{900, 0, true, true}}, "Proposed");
    return Take(PresentOptions{}, "AwaitingBuyer");
  }
  template <class Effect>
  const Effect* Find() const {
    for (const DisputeEffect& effect : last) {
      if (const auto* found = std::get_if<Effect>(&effect)) return found;
    }
    return nullptr;
  }
  bool Calls(std::string_view reason) const {
    const auto* call = Find<QueueForPerson>();
    return call != nullptr && call->reason == reason;
  }
};

Dispute Escalated() { return Dispute(Channel::kEscalatedRefund); }

TEST(DisputeRefund, AnAcceptedRefundIsGivenByTheEscalatedOne) {
  Dispute d = Escalated();
  d.GoToAwaitingBuyer().Take(AcceptOption{OptionKind::kRefund}, "Executing");
  ASSERT_NE(d.Find<TellRefund>(), nullptr);
  EXPECT_EQ(d.Find<TellRefund>()->news, RefundNews::kRuledForBuyer);
  EXPECT_EQ(d.Find<TellRefund>()->remedy, (Remedy{OptionKind::kRefund, 900}));
}

TEST(DisputeRefund, OtherGoodsAreWorthWhatTheRefundAsks) {
  Dispute d = Escalated();
  d.GoToAwaitingBuyer().Take(AcceptOption{OptionKind::kReplacement}, "Executing");
  EXPECT_EQ(d.Find<TellRefund>()->remedy, (Remedy{OptionKind::kReplacement, 900}));
}

TEST(DisputeRefund, SomethingElseLeavesTheRefundNothingToGive) {
  Dispute d = Escalated();
  d.GoToAwaitingBuyer().Take(AcceptOption{OptionKind::kOther}, "Executing");
  EXPECT_EQ(d.Find<TellRefund>()->news, RefundNews::kEnded);
}

TEST(DisputeRefund, ADeniedOneIsToldSo) {
  Dispute d = Escalated();
  d.As(kPlatform).Take(PlatformRuledForShop{}, "CauseReview");
  EXPECT_EQ(d.Find<TellRefund>()->news, RefundNews::kRuledForShop);
}

TEST(DisputeRefund, AWithdrawnOneLetsTheRefundGo) {
  Dispute d = Escalated();
  d.Take(Withdraw{}, "Withdrawn");
  EXPECT_EQ(d.Find<TellRefund>()->news, RefundNews::kEnded);
}

TEST(DisputeRefund, ADisputeOfItsOwnAsksForANewRefund) {
  Dispute d;
  d.GoToAwaitingBuyer().Take(AcceptOption{OptionKind::kRefund}, "Executing");
  ASSERT_NE(d.Find<AskRefund>(), nullptr);
  EXPECT_EQ(d.Find<AskRefund>()->refund, kNew);
  EXPECT_FALSE(d.Find<AskRefund>()->joins);
  EXPECT_EQ(d.facts.progress.refund, kNew);
}

TEST(DisputeRefund, AnOpenRefundOfTheLineIsJoined) {
  Dispute d;
  d.facts.open_refund = kRefund;
  d.GoToAwaitingBuyer().Take(AcceptOption{OptionKind::kRefund}, "Executing");
  EXPECT_EQ(d.Find<AskRefund>()->refund, kRefund);
  EXPECT_TRUE(d.Find<AskRefund>()->joins);
}

TEST(DisputeRefund, AWholeOrderHasNoLineToRefund) {
  Dispute d;
  d.facts.has_line = false;
  d.GoToAwaitingBuyer().Take(AcceptOption{OptionKind::kRefund}, "Executing");
  EXPECT_EQ(d.Find<AskRefund>(), nullptr);
}

TEST(DisputeRefund, WhatWasGivenIsTheExecution) {
  Dispute d;
  d.GoToAwaitingBuyer().Take(AcceptOption{OptionKind::kRefund}, "Executing");
  d.As(kLink).Take(RecordRefundGiven{900}, "CauseReview");
  EXPECT_TRUE(d.facts.progress.executed);
  EXPECT_FALSE(d.Calls("REFUND_DIFFERS"));
}

TEST(DisputeRefund, ADifferenceCallsASupervisor) {
  Dispute d;
  d.GoToAwaitingBuyer().Take(AcceptOption{OptionKind::kRefund}, "Executing");
  d.As(kLink).Take(RecordRefundGiven{400}, "CauseReview");
  EXPECT_TRUE(d.Calls("REFUND_DIFFERS"));
}

TEST(DisputeRefund, WhatWasGivenBeforeAVerdictIsOne) {
  Dispute d = Escalated();
  d.As(kLink).Take(RecordRefundGiven{900}, "CauseReview");
  EXPECT_EQ(d.facts.progress.verdict, Verdict::kRuledForBuyer);
  EXPECT_EQ(d.facts.progress.remedy, (Remedy{OptionKind::kRefund, 900}));
}

TEST(DisputeRefund, ARefundThatEndedIsForgottenAndASupervisorCalled) {
  Dispute d = Escalated();
  d.As(kLink).Take(RecordRefundEnded{}, "Opened");
  EXPECT_EQ(d.facts.progress.refund, 0U);
  EXPECT_TRUE(d.Calls("REFUND_ENDED"));
  d.As(kChief).GoToAwaitingBuyer().Take(AcceptOption{OptionKind::kRefund}, "Executing");
  EXPECT_EQ(d.Find<AskRefund>()->refund, kNew);
}

TEST(DisputeRefund, MoneyForWhomTheShopWasRightIsASupervisorsMatter) {
  Dispute d = Escalated();
  d.As(kPlatform).Take(PlatformRuledForShop{}, "CauseReview");
  d.As(kLink).Take(RecordRefundGiven{900}, "CauseReview");
  EXPECT_TRUE(d.Calls("REMEDY_NOT_OWED"));
}

}  // namespace
}  // namespace redress::workflows::dispute
