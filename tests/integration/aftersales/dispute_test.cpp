// Disputes over the database: their packed progress beside the columns that all kinds share, in one
// table, batch, queue and history with refunds.

#include "services/aftersales/domain/case_kind.h"
#include "services/aftersales/domain/history.h"
#include "services/platform/database/transact.h"
#include "tests/integration/aftersales/house.h"

namespace redress::aftersales {
namespace {

namespace dispute = workflows::dispute;
namespace refund = workflows::refund;

constexpr LineId kLine{700};

std::unique_ptr<Command> Opening(House& house, LineId line, std::string complaint = "") {
  OpenDispute open;
  open.number = house.numbers.Next(kShop);
  open.line = house.line_facts;
  open.line.line = line;
  open.channel =
      complaint.empty() ? dispute::Channel::kDirectComplaint : dispute::Channel::kPlatformComplaint;
  open.reason = "not_delivered";
  open.platform_complaint_id = std::move(complaint);
  return house.Make(house.ids.New<CaseId>(), open);
}

CaseId Opened(House& house, LineId line = kLine) {
  return house.Insist(*Opening(house, line)).after.id;
}

void GoToResolved(House& house, CaseId id) {
  house.Insist(*house.Fire(id, dispute::RecordContact{}));
  house.Insist(*house.Fire(id, dispute::BeginInvestigation{}));
  house.Insist(*house.Fire(id, dispute::AddEvidence{}));
  house.Insist(*house.Fire(id, dispute::ProposeOptions{{900, 0, true, false}}));
  house.Insist(*house.Fire(id, dispute::PresentOptions{}));
  house.Insist(*house.Fire(id, dispute::AcceptOption{dispute::OptionKind::kRefund}));
  house.Insist(*house.Fire(id, dispute::RecordExecution{}));
  house.Insist(*house.Fire(id, dispute::Resolve{"quality", "new supplier"}));
}

TEST(Dispute, IsStoredAndReadBack) {
  Ground ground;
  House house(ground);
  const CaseId id = Opened(house);
  GoToResolved(house, id);
  const Case stored = house.Now(id);
  EXPECT_EQ(KindOf(stored), kDisputeKind);
  EXPECT_TRUE(stored.final);
  EXPECT_EQ(stored.Dispute().remedy, (dispute::Remedy{dispute::OptionKind::kRefund, 900}));
  EXPECT_EQ(stored.Dispute().measure, "new supplier");
  EXPECT_EQ(stored.resolve_by_at, stored.opened_at + 72 * 3600 * platform::kSecondUs);
  EXPECT_EQ(ground.Count("SELECT COUNT(line_id) FROM line_ledger"), 0);
}

TEST(Dispute, IsAComplaintOfItsOrderUntilItsEnd) {
  Ground ground(nullptr);
  House house(ground);
  const Case refunded = house.Now(house.OpenCase(LineId{701}, 1000));
  EXPECT_FALSE(house.cases.HasOpenComplaint(refunded));
  const CaseId id = Opened(house);
  EXPECT_TRUE(house.cases.HasOpenComplaint(refunded));
  EXPECT_FALSE(house.cases.HasOpenComplaint(house.Now(id))) << "it is none beside itself";
  Case elsewhere = refunded;
  elsewhere.order = OrderId{refunded.order.value + 1};
  EXPECT_FALSE(house.cases.HasOpenComplaint(elsewhere));
  // A case without an order is not mistaken for one of everybody's.
  elsewhere.order = {};
  EXPECT_TRUE(house.cases.HasOpenComplaint(elsewhere)) << "the same customer's";
  elsewhere.customer = CustomerId{refunded.customer.value + 1};
  EXPECT_FALSE(house.cases.HasOpenComplaint(elsewhere));
  GoToResolved(house, id);
  EXPECT_FALSE(house.cases.HasOpenComplaint(refunded));
}

TEST(Dispute, TheWidestOneFitsItsColumns) {
  Ground ground;
  House house(ground);
  const std::string wide_letter = "\xF0\x9F\x93\xA6";
  std::string measure;
  for (int i = 0; i < 200; ++i) measure += wide_letter;
  const CaseId id = house.Insist(*Opening(house, kLine, std::string(50, 'c'))).after.id;
  house.Insist(*house.Fire(id, dispute::PlatformRuledForShop{}));
  house.Insist(*house.Fire(id, dispute::Resolve{"damaged_in_transit", measure}));
  EXPECT_EQ(house.Now(id).Dispute().measure, measure);
}

TEST(Dispute, StandsInOneBatchWithARefund) {
  Ground ground(nullptr);
  House house(ground);
  const CaseId disputed = Opened(house);
  const CaseId refunded = house.OpenCase(kLine, 1000);
  auto contact = house.Fire(disputed, dispute::RecordContact{});
  auto approve = house.Fire(refunded, refund::Approve{1000});
  auto opening = Opening(house, LineId{});
  Command* const batch[] = {contact.get(), approve.get(), opening.get()};
  const ShopId shops[] = {kShop};
  const auto policy = house.policies.ForShops(shops);
  const Decision decision = house.store.Run(batch, [&](LoadedBatch rows) {
    return Decide(batch, std::move(rows), *policy, ground.clock.NowUs());
  });
  for (const Verdict& verdict : decision.results) {
    EXPECT_TRUE(std::holds_alternative<Answer>(verdict));
  }
  EXPECT_EQ(house.Now(disputed).state, "Contacted");
  EXPECT_EQ(house.Now(refunded).state, "Settling");
  EXPECT_EQ(house.Now(opening->case_id).line, LineId{});
}

TEST(Dispute, ARepeatGetsTheFirstAnswer) {
  Ground ground(nullptr);
  House house(ground);
  const CaseId id = Opened(house);
  const auto contact = house.Fire(id, dispute::RecordContact{});
  const Answer first = house.engine.Apply(std::make_unique<Command>(*contact));
  house.Insist(*house.Fire(id, dispute::BeginInvestigation{}));
  const Answer again = house.engine.Apply(std::make_unique<Command>(*contact));
  EXPECT_TRUE(again.repeated);
  EXPECT_EQ(again.after.state, "Contacted");
  EXPECT_EQ(again.after.resolve_by_at, first.after.resolve_by_at);
}

TEST(Dispute, APlatformsComplaintHasOneDispute) {
  Ground ground(nullptr);
  House house(ground);
  house.Insist(*Opening(house, kLine, "5"));
  try {
    house.Insist(*Opening(house, kLine, "5"));
    FAIL() << "a second dispute of one complaint";
  } catch (const platform::Refusal& refusal) {
    EXPECT_EQ(refusal.code(), platform::Code::kAlreadyExists);
  }
  // A refund of the platform with the same id is another thing.
  auto refund = house.Open(kLine, 1000);
  std::get<OpenCase>(refund->body).platform_refund_id = "5";
  house.Insist(*refund);
}

TEST(Dispute, ListsTellTheKindsApart) {
  Ground ground(nullptr);
  House house(ground);
  const CaseId disputed = Opened(house);
  const CaseId refunded = house.OpenCase(kLine, 1000);
  const auto ids = [&](std::string kind) {
    CaseQuery query;
    query.shop = kShop;
    query.kind = std::move(kind);
    std::vector<CaseId> found;
    for (const Case& one : house.cases.List(query)) found.push_back(one.id);
    return found;
  };
  EXPECT_EQ(ids("dispute"), std::vector{disputed});
  EXPECT_EQ(ids("refund"), std::vector{refunded});
  EXPECT_EQ(ids("").size(), 2U);
}

TEST(Dispute, ItsDeadlineFiresFromTheTimer) {
  Ground ground(nullptr);
  House house(ground);
  const CaseId id = Opened(house);
  DeadlineTimer timer({}, house.deadlines, house.engine, ground.clock);
  ground.clock.Advance(1800 * platform::kSecondUs);
  timer.Round();
  EXPECT_EQ(house.Now(id).needs_person, "DEADLINE_NEAR");
  ground.clock.Advance(1800 * platform::kSecondUs);
  timer.Round();
  EXPECT_EQ(house.Now(id).needs_person, "DEADLINE_PASSED");
  EXPECT_EQ(house.Now(id).state, "Opened");
  EXPECT_EQ(house.Now(id).Armed().deadline_number, 2);
}

TEST(Dispute, ItsHistoryVerifiesAndAnAlteredRowIsFound) {
  Ground ground;
  House house(ground);
  const CaseId id = Opened(house);
  GoToResolved(house, id);
  const auto report = VerifyHistory(house.cases, kShop, id);
  ASSERT_TRUE(report);
  EXPECT_TRUE(report->intact());
  EXPECT_EQ(report->steps_replayed, 9U);
  platform::Transact(ground.quiet_pool, [&](platform::Connection& db) {
    db.Execute("UPDATE cases SET kind = 'refund' WHERE shop_id = 7 AND case_id = ?", {id});
  });
  const auto altered = VerifyHistory(house.cases, kShop, id);
  ASSERT_EQ(altered->findings.size(), 1U);
  EXPECT_EQ(altered->findings[0].field, "case.kind");
}

}  // namespace
}  // namespace redress::aftersales
