// Cases that act on each other over the database: what a step asks is there when the step is, is
// carried once whoever carries it, and is put before a person when it is refused.

#include <algorithm>
#include <atomic>
#include <map>

#include "services/aftersales/domain/case_inbox.h"
#include "services/aftersales/domain/history.h"
#include "services/aftersales/domain/open_beside.h"
#include "services/aftersales/store/inbox_repository.h"
#include "tests/integration/aftersales/house.h"

namespace redress::aftersales {
namespace {

namespace dispute = workflows::dispute;
namespace refund = workflows::refund;

constexpr LineId kLine{700};
constexpr char kWaiting[] = "SELECT COUNT(sequence) FROM case_inbox WHERE state = 1";
constexpr char kRefused[] = "SELECT COUNT(sequence) FROM case_inbox WHERE state = 3";

// The order service: every line is the house's.
class Lines final : public LineSource {
 public:
  explicit Lines(const House& house) : house_(house) {}
  LineFacts Read(ShopId, OrderId, LineId line) override {
    if (out_of_reach) {
      throw platform::Refusal(platform::Code::kUnavailable, "UNAVAILABLE", "out of reach");
    }
    LineFacts facts = house_.line_facts;
    facts.line = line;
    return facts;
  }
  LineFacts ReadOrder(ShopId, OrderId) override { return house_.line_facts; }

  bool out_of_reach = false;

 private:
  const House& house_;
};

// A process with its inbox.
struct LinkedHouse : House {
  explicit LinkedHouse(Ground& ground, std::uint16_t worker = 1)
      : House(ground, worker),
        asks(ground.pool),
        links(ground.pool),
        lines(*this),
        inbox({}, {asks, cases, numbers, lines, engine, ground.clock}) {}

  // Until nothing waits: what could not be reached is due again later.
  void CarryAll() {
    for (int round = 0; round < 200 && ground.Count(kWaiting) > 0; ++round) {
      try {
        inbox.Round();
      } catch (const platform::Refusal& refusal) {
        if (refusal.code() != platform::Code::kUnavailable) throw;
      }
      ground.clock.Advance(15 * platform::kSecondUs);
    }
    EXPECT_EQ(ground.Count(kWaiting), 0);
  }
  // A rejected refund of 900, escalated; answers the dispute.
  CaseId Escalate(CaseId refund) {
    Insist(*Fire(refund, refund::Reject{}));
    Insist(*Fire(refund, refund::EscalateToPlatform{}));
    return CaseId{Now(refund).Refund().dispute};
  }
  void GoToAwaitingBuyer(CaseId id) {
    const std::vector<dispute::DisputeEvent> way{
        dispute::RecordContact{}, dispute::BeginInvestigation{}, dispute::AddEvidence{},
        dispute::ProposeOptions{{900, 0, true, true}}, dispute::PresentOptions{}};
    for (const auto& event : way) Insist(*Fire(id, event));
  }
  CaseId AgreedDispute() {
    OpenDispute open;
    open.number = numbers.Next(kShop);
    open.line = line_facts;
    open.line.line = kLine;
    open.channel = dispute::Channel::kDirectComplaint;
    open.reason = "damaged";
    const CaseId id = Insist(*Make(ids.New<CaseId>(), open)).after.id;
    GoToAwaitingBuyer(id);
    auto accept = Fire(id, dispute::AcceptOption{dispute::OptionKind::kRefund});
    std::get<FireEvent>(accept->body).beside = OpenRefundBeside(cases, kShop, id);
    Insist(*accept);
    return id;
  }
  void Pay(CaseId refund) {
    Insist(*Make(refund, RecordPayment{{PaymentResult::kSettled, "bank-1", ""}}));
  }
  std::string Relations(CaseId id) {
    std::string text;
    for (const LinkedCase& link : links.LinksOf(kShop, id)) {
      text += std::to_string(static_cast<int>(link.relation)) + ":" +
              std::to_string(link.of.id.value) + " ";
    }
    return text;
  }
  void ExpectIntact(CaseId id) {
    const auto report = VerifyHistory(cases, kShop, id);
    ASSERT_TRUE(report);
    EXPECT_TRUE(report->intact()) << report->findings.front().field;
    EXPECT_EQ(report->steps_replayed, report->steps);
  }

  SqlInboxRepository asks;
  SqlCaseLinkRepository links;
  Lines lines;
  CaseInbox inbox;
};

TEST(Linked, AnEscalatedRefundIsDecidedByItsDispute) {
  Ground ground;
  LinkedHouse house(ground);
  const CaseId refund = house.OpenCase(kLine, 900);
  const CaseId dispute = house.Escalate(refund);
  EXPECT_FALSE(house.cases.Find(kShop, dispute));
  EXPECT_EQ(house.Relations(refund), "");
  house.CarryAll();
  EXPECT_EQ(house.Now(dispute).Dispute().refund, refund.value);
  EXPECT_EQ(house.Relations(refund), "1:" + std::to_string(dispute.value) + " ");
  EXPECT_EQ(house.Relations(dispute), "2:" + std::to_string(refund.value) + " ");
  house.GoToAwaitingBuyer(dispute);
  house.Insist(*house.Fire(dispute, dispute::AcceptOption{dispute::OptionKind::kRefund}));
  house.CarryAll();
  EXPECT_EQ(house.Now(refund).state, "Settling");
  house.Pay(refund);
  house.CarryAll();
  EXPECT_EQ(house.Now(dispute).state, "CauseReview");
  EXPECT_TRUE(house.Now(dispute).Dispute().executed);
  house.ExpectIntact(refund);
  house.ExpectIntact(dispute);
}

TEST(Linked, ADisputesRefundIsOpenedGrantedAndPaid) {
  Ground ground;
  LinkedHouse house(ground);
  const CaseId dispute = house.AgreedDispute();
  house.CarryAll();
  const CaseId refund{house.Now(dispute).Dispute().refund};
  EXPECT_EQ(house.Now(refund).state, "Settling");
  EXPECT_EQ(house.Now(refund).Refund().approved_amount, 900);
  EXPECT_EQ(house.Relations(dispute), "3:" + std::to_string(refund.value) + " ");
  house.Pay(refund);
  house.CarryAll();
  EXPECT_EQ(house.Now(dispute).state, "CauseReview");
  house.ExpectIntact(refund);
  house.ExpectIntact(dispute);
}

TEST(Linked, ADisputeJoinsTheOpenRefundOfItsLine) {
  Ground ground;
  LinkedHouse house(ground);
  const CaseId refund = house.OpenCase(kLine, 500);
  const CaseId dispute = house.AgreedDispute();
  house.CarryAll();
  EXPECT_EQ(house.Now(dispute).Dispute().refund, refund.value);
  EXPECT_EQ(house.Now(refund).state, "Settling");
  EXPECT_EQ(ground.Count("SELECT COUNT(case_id) FROM cases WHERE kind = 'refund'"), 1);
  house.ExpectIntact(refund);
  house.ExpectIntact(dispute);
}

TEST(Linked, WhatIsRefusedIsPutBeforeAPersonWithTheReason) {
  Ground ground;
  LinkedHouse house(ground);
  const CaseId all = house.OpenCase(kLine, 3000);
  house.Insist(*house.Fire(all, refund::Approve{3000}));
  house.Pay(all);
  const CaseId dispute = house.AgreedDispute();
  house.CarryAll();
  EXPECT_EQ(ground.Count(kRefused), 1);
  EXPECT_EQ(house.Now(dispute).needs_person, "LINK_REFUSED");
  EXPECT_NE(house.History(dispute).back().event_json.find("NOTHING_OWED"), std::string::npos);
  const auto asked = house.links.OpenAsksOf(kShop, dispute);
  ASSERT_EQ(asked.size(), 1U);
  EXPECT_EQ(asked.front().refusal, "NOTHING_OWED");
  house.ExpectIntact(dispute);
}

TEST(Linked, WhereTheAskingCaseHasEndedTheOtherOnesPeopleAreCalled) {
  Ground ground(nullptr);
  LinkedHouse house(ground);
  const CaseId refund = house.OpenCase(kLine, 900);
  const CaseId dispute = house.Escalate(refund);
  house.CarryAll();
  auto ruling = house.Fire(refund, refund::RuleForBuyer{900});
  ruling->sender.is_supervisor = true;
  house.Insist(*ruling);
  house.Insist(*house.Fire(dispute, dispute::Withdraw{}));
  house.CarryAll();
  EXPECT_EQ(house.Now(refund).state, "Settling");
  EXPECT_EQ(house.Now(refund).needs_person, "LINK_REFUSED");
  house.ExpectIntact(refund);
}

TEST(Linked, AnOrderServiceOutOfReachIsWaitedFor) {
  Ground ground(nullptr);
  LinkedHouse house(ground);
  const CaseId dispute = house.AgreedDispute();
  house.lines.out_of_reach = true;
  for (int i = 0; i < 12; ++i) {
    house.inbox.Round();
    ground.clock.Advance(61 * platform::kSecondUs);
  }
  EXPECT_EQ(ground.Count(kWaiting), 1);
  EXPECT_EQ(house.Now(dispute).needs_person, "LINK_DELAYED");
  house.lines.out_of_reach = false;
  house.CarryAll();
  EXPECT_EQ(house.Now(CaseId{house.Now(dispute).Dispute().refund}).state, "Settling");
}

TEST(Linked, WaitsLongerAfterEachAttemptInVain) {
  Ground ground(nullptr);
  LinkedHouse house(ground);
  house.AgreedDispute();
  house.lines.out_of_reach = true;
  ground.clock.Advance(1000);
  house.inbox.Round();
  ground.clock.Advance(300 * platform::kMillisecondUs);
  EXPECT_FALSE(house.inbox.Round());  // 400 ms after the first
  ground.clock.Advance(200 * platform::kMillisecondUs);
  EXPECT_TRUE(house.inbox.Round());
}

TEST(Linked, TwoProcessesDoNotTakeTheSameAsk) {
  Ground ground(nullptr);
  LinkedHouse house(ground);
  for (int i = 0; i < 8; ++i) {
    house.Escalate(house.OpenCase(LineId{static_cast<std::uint64_t>(700 + i)}, 900));
  }
  ground.clock.Advance(1000);
  const std::int64_t now = ground.clock.NowUs();
  const std::int64_t until = now + 10 * platform::kSecondUs;
  std::vector<std::vector<CaseAsk>> taken(4);
  Together(4, [&](int i) {
    SqlInboxRepository asks(ground.pool);
    for (int round = 0; round < 8; ++round) {
      for (const CaseAsk& ask : asks.Claim(now, until, 3)) {
        taken[static_cast<std::size_t>(i)].push_back(ask);
      }
    }
  });
  std::map<CaseId, int> times;
  for (const auto& some : taken) {
    for (const CaseAsk& ask : some) ++times[ask.source];
  }
  EXPECT_EQ(times.size(), 8U);
  for (const auto& [source, count] : times) EXPECT_EQ(count, 1) << source.value;
}

TEST(Linked, ACasesAsksAreCarriedInTheirOrder) {
  Ground ground(nullptr);
  LinkedHouse house(ground);
  const CaseId refund = house.OpenCase(kLine, 900);
  house.Escalate(refund);
  auto closed = house.Fire(refund, refund::PlatformClosed{});
  closed->sender.kind = workflows::ActorKind::kPlatform;
  house.Insist(*closed);
  const auto first = house.asks.Claim(ground.clock.NowUs() + 1000, ground.clock.NowUs() + 2000, 64);
  ASSERT_EQ(first.size(), 1U);
  EXPECT_EQ(first.front().event, kOpenEvent);
  ground.clock.Advance(10'000);
  house.CarryAll();
  const CaseId dispute{house.Now(refund).Refund().dispute};
  EXPECT_EQ(house.Now(dispute).needs_person, "REFUND_ENDED");
}

// Several processes carry the same asks at once, and each dies before it says that it has.
TEST(Linked, CarriedByManyItIsDoneOnce) {
  Ground ground;
  LinkedHouse house(ground);
  const CaseId refund = house.OpenCase(kLine, 900);
  const CaseId dispute = house.Escalate(refund);
  std::vector<CaseAsk> claimed;
  // What was claimed without an answer is to be had again when its lease has run out.
  for (int tries = 0; claimed.empty() && tries < 10; ++tries) {
    ground.clock.Advance(2000);
    claimed = house.asks.Claim(ground.clock.NowUs(), ground.clock.NowUs() + 1000, 64);
  }
  ASSERT_EQ(claimed.size(), 1U);
  const auto source = house.cases.Find(kShop, refund);
  LinkedHouse other(ground, 2);
  Together(8, [&](int i) {
    House& one = i % 2 == 0 ? static_cast<House&>(house) : other;
    auto command = one.Make(dispute, BodyOf(claimed.front(), *source));
    std::get<OpenDispute>(command->body).number = one.numbers.Next(kShop);
    command->origin = Origin::kLink;
    command->request_id = RequestIdOf(claimed.front());
    command->digest = {};
    command->sender = {};
    command->sender.kind = workflows::ActorKind::kLink;
    one.Insist(*command);
  });
  ground.clock.Advance(10'000);
  house.CarryAll();
  EXPECT_EQ(ground.Count("SELECT COUNT(case_id) FROM cases WHERE kind = 'dispute'"), 1);
  EXPECT_EQ(house.History(dispute).size(), 1U);
}

}  // namespace
}  // namespace redress::aftersales
