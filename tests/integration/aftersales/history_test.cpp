// What the database keeps: the chain, sealed texts, events, rules, lists.

#include "services/aftersales/domain/settlement_dispatch.h"
#include "services/aftersales/domain/step_text.h"
#include "services/aftersales/domain/task_feed.h"
#include "services/aftersales/store/step_event_source.h"
#include "services/platform/database/transact.h"
#include "tests/integration/aftersales/house.h"

namespace redress::aftersales {
namespace {

namespace refund = workflows::refund;

constexpr LineId kLine{700};

TEST(History, ChainVerifiesAfterItsPersonWasErased) {
  Ground ground;
  House house(ground);
  const CaseId id = house.OpenCase(kLine, 1000);
  auto reject = house.Fire(id, refund::Reject{});
  reject->text = NewText("kept in the kitchen of Mrs Lovelace");
  house.Insist(*reject);
  std::vector<Step> steps = house.History(id);
  EXPECT_EQ(VerifyChain(steps), 0u);
  const std::uint32_t two[] = {2};
  EXPECT_EQ(house.cases.OpenTexts(house.Now(id), two).at(0), "kept in the kitchen of Mrs Lovelace");
  EXPECT_EQ(ground.Count("SELECT COUNT(shop_id) FROM step_texts WHERE sealed LIKE '%Lovelace%'"),
            0);
  EXPECT_EQ(ground.Count("SELECT COUNT(shop_id) FROM steps WHERE event_json LIKE '%Lovelace%'"), 0);
  platform::Transact(ground.pool, [&](platform::Connection& db) {
    house.sealer.DestroySubject(db, kShop, platform::SubjectKind::kCustomer, 5);
  });
  EXPECT_EQ(house.cases.OpenTexts(house.Now(id), two).at(0), "");
  EXPECT_EQ(VerifyChain(house.History(id)), 0u);
}

TEST(History, StepsAreReadAsEventsInEveryWay) {
  Ground ground;
  House house(ground);
  const CaseId first = house.OpenCase(kLine, 1000);
  const CaseId second = house.OpenCase(LineId{701}, 500);
  house.Insist(*house.Fire(first, refund::Approve{900}));
  house.Insist(*house.Make(first, RecordPayment{{PaymentResult::kSettled, "bank-1", ""}}));
  RecentEvents none;
  StepEventSource source(none);
  platform::Read(ground.quiet_pool, [&](platform::Connection& db) {
    const platform::EventRef refs[] = {{kShop, first.value, 3}, {kShop, first.value, 9}};
    const auto loaded = source.Load(db, refs);
    ASSERT_EQ(loaded.size(), 1u);
    const auto& applied = loaded[0].case_step_applied();
    EXPECT_EQ(applied.outcome(), "settled");
    EXPECT_EQ(applied.settled_minor(), 900);
    EXPECT_EQ(applied.amount_asked_minor(), 1000);
    EXPECT_EQ(applied.amount_approved_minor(), 900);
    EXPECT_EQ(applied.to_state(), "FollowingUp");
    EXPECT_EQ(applied.from_state(), "Settling");
    EXPECT_EQ(applied.customer_id(), 5u);
    EXPECT_EQ(applied.variant(), "refund_only");
    EXPECT_GT(applied.case_number(), 0u);

    std::vector<std::pair<std::uint64_t, std::uint32_t>> read;
    platform::EventsPage page;
    page.limit = 2;
    while (true) {
      const auto events = source.ReadPage(db, page);
      for (const auto& event : events) read.emplace_back(event.aggregate_id(), event.sequence());
      if (events.size() < page.limit) break;
      page.after = platform::EventRef{kShop, read.back().first, read.back().second};
    }
    const std::vector<std::pair<std::uint64_t, std::uint32_t>> all{
        {first.value, 1}, {first.value, 2}, {first.value, 3}, {second.value, 1}};
    EXPECT_EQ(read, all);

    platform::EventsPage gap;
    gap.shop = kShop;
    gap.aggregate_id = first.value;
    gap.from_sequence = 2;
    EXPECT_EQ(source.ReadPage(db, gap).size(), 2u);
    platform::EventsPage shop;
    shop.shop = kShop;
    shop.after = platform::EventRef{kShop, first.value, 2};
    EXPECT_EQ(source.ReadPage(db, shop).size(), 2u);

    platform::HeadsPage heads;
    heads.limit = 3;
    const auto some = source.Heads(db, heads);
    ASSERT_EQ(some.size(), 3u);
    heads.after = some.back();
    EXPECT_EQ(source.Heads(db, heads).size(), 1u);
    heads.after.reset();
    heads.changed_since_us = ground.clock.NowUs() + 1'000'000;
    EXPECT_TRUE(source.Heads(db, heads).empty());
  });
}

TEST(History, WhatWasJustCommittedIsTheEventThatTheDatabaseHas) {
  // Without faults: a step whose COMMIT lost its answer is not remembered, the relay reads it back.
  Ground ground(nullptr);
  House house(ground);
  const WarehouseTask task = house.ReturnUnderWay(kLine);
  house.Insist(*house.Report(task, GoodsReceived{2}, "wms-1"));
  const std::string again = house.Reason(*house.Fire(task.case_id, refund::Reject{}));
  EXPECT_FALSE(again.empty());
  StepEventSource source(house.recent);
  std::vector<platform::EventRef> refs;
  for (const Step& step : house.History(task.case_id)) {
    refs.push_back({kShop, task.case_id.value, step.sequence});
  }
  platform::Read(ground.quiet_pool, [&](platform::Connection& db) {
    for (const platform::EventRef& ref : refs) {
      const auto recent = house.recent.Take(ref);
      const auto stored = source.Load(db, {&ref, 1});
      ASSERT_TRUE(recent.has_value()) << ref.sequence;
      ASSERT_EQ(stored.size(), 1u);
      EXPECT_EQ(recent->SerializeAsString(), stored[0].SerializeAsString()) << ref.sequence;
    }
  });
  EXPECT_GE(refs.size(), 4u);
}

// Offered, taken in hand and given: three steps, which say what became of it and not its code.
CaseId GiveCoupon(House& house) {
  const CaseId id = house.OpenCase(kLine, 1000);
  const OfferCompensation offer{CompensationKind::kCoupon, 300, "GBP", "quality", 202611};
  MoveCompensation move;
  move.number = house.Insist(*house.Make(id, offer)).compensation->number;
  move.act = CompensationAct::kBegin;
  house.Insist(*house.Make(id, move));
  move.act = CompensationAct::kRecord;
  const auto record = house.Make(id, move);
  record->text = NewText("SECRET-CODE-1");
  house.Insist(*record);
  return id;
}

TEST(History, StepsOfACouponTellHowFarItIsAndNotItsCode) {
  Ground ground;
  House house(ground);
  const CaseId id = GiveCoupon(house);
  RecentEvents none;
  StepEventSource source(none);
  platform::EventsPage page;
  page.shop = kShop;
  page.aggregate_id = id.value;
  page.limit = 10;
  const auto events = platform::Read(
      ground.quiet_pool, [&](platform::Connection& db) { return source.ReadPage(db, page); });
  ASSERT_EQ(events.size(), 4u);
  EXPECT_FALSE(events[0].case_step_applied().has_compensation());
  const char* const states[] = {"granted", "under_way", "given"};
  for (std::size_t i = 1; i < events.size(); ++i) {
    const auto& facts = events[i].case_step_applied().compensation();
    EXPECT_EQ(facts.number(), 2u);
    EXPECT_EQ(facts.kind(), "coupon");
    EXPECT_EQ(facts.state(), states[i - 1]);
    EXPECT_EQ(facts.currency_code(), "GBP");
    EXPECT_EQ(facts.amount_minor(), 300);
    EXPECT_EQ(events[i].SerializeAsString().find("SECRET"), std::string::npos);
  }
}

TEST(History, ACouponThatWasJustGivenIsTheEventThatTheDatabaseHas) {
  Ground ground(nullptr);
  House house(ground);
  const CaseId id = GiveCoupon(house);
  StepEventSource source(house.recent);
  const platform::EventRef given{kShop, id.value, 4};
  const auto recent = house.recent.Take(given);
  ASSERT_TRUE(recent.has_value());
  EXPECT_TRUE(recent->case_step_applied().has_compensation());
  platform::Read(ground.quiet_pool, [&](platform::Connection& db) {
    const auto stored = source.Load(db, {&given, 1});
    ASSERT_EQ(stored.size(), 1u);
    EXPECT_EQ(recent->SerializeAsString(), stored[0].SerializeAsString());
  });
}

TEST(RecentEvents, ForgetsTheOldestFirst) {
  RecentEvents two(2);
  for (std::uint64_t sequence = 1; sequence <= 3; ++sequence) {
    Decision decision;
    Step step;
    step.shop = kShop;
    step.case_id = CaseId{1};
    step.sequence = static_cast<std::uint32_t>(sequence);
    decision.changes.steps.push_back(step);
    decision.results.emplace_back(Answer{});
    two.Add(decision);
  }
  EXPECT_FALSE(two.Take({kShop, 1, 1}));
  EXPECT_TRUE(two.Take({kShop, 1, 2}));
  EXPECT_FALSE(two.Take({kShop, 1, 2}));
}

TEST(Queue, IsReadByPriorityThenDeadlinePageByPage) {
  Ground ground;
  House house(ground);
  std::vector<CaseId> cases;
  for (std::uint64_t i = 0; i < 5; ++i) {
    cases.push_back(house.OpenCase(LineId{700 + i}, 100));
    ground.clock.Advance(1000);
  }
  house.Insist(*house.Make(cases[3], WarnSupervisor{1}));
  std::vector<CaseId> read;
  CaseQuery query;
  query.shop = kShop;
  query.limit = 2;
  while (true) {
    const auto page = house.cases.List(query);
    for (const Case& one : page) read.push_back(one.id);
    if (page.size() < query.limit) break;
    query.after = {page.back().priority, page.back().due_at, page.back().id};
  }
  EXPECT_EQ(read, (std::vector<CaseId>{cases[3], cases[0], cases[1], cases[2], cases[4]}));
  CaseQuery nobody = query;
  nobody.after.reset();
  nobody.limit = 50;
  nobody.assignee = AccountId{};
  EXPECT_EQ(house.cases.List(nobody).size(), 5u);
  house.Insist(*house.Make(cases[0], AssignTo{kAgent}));
  EXPECT_EQ(house.cases.List(nobody).size(), 4u);
  CaseQuery newest;
  newest.shop = kShop;
  newest.order = CaseOrder::kNewest;
  newest.about_order = OrderId{70};
  newest.state = "Requested";
  EXPECT_EQ(house.cases.List(newest).at(0).id, cases[4]);
}

TEST(Deadlines, FollowTheShopsRulesFromTheirDateOn) {
  Ground ground;
  House house(ground);
  const std::int64_t now = ground.clock.NowUs();
  const DatedChange change{house.Request(), std::nullopt, kAgent, now};
  DeadlineRuleRow rule{"seller_answers", "in_transit_refund_only", now, 600, 60, 300, true};
  const auto set = [&] {
    while (true) {
      try {
        return house.deadlines.SetRule(kShop, change, rule);
      } catch (const platform::Refusal& refusal) {
        if (refusal.code() != platform::Code::kUnavailable) throw;
      }
    }
  };
  EXPECT_EQ(set().duration_s, 600);
  house.policies.Forget(kShop);
  rule.duration_s = 900;
  EXPECT_EQ(set().duration_s, 600) << "a repeat gets the first answer";
  const CaseId id = house.OpenCase(kLine, 1000);
  EXPECT_EQ(house.Now(id).due_at - house.Now(id).opened_at, 600'000'000);

  ground.clock.Advance(301'000'000);
  DeadlineTimer timer({}, house.deadlines, house.engine, ground.clock);
  while (house.Now(id).warn_at != 0) timer.Round();
  EXPECT_EQ(house.Now(id).state, "Requested");
  EXPECT_TRUE(house.deadlines.Due(ground.clock.NowUs(), 10).empty());
  ground.clock.Advance(300'000'000);
  while (house.Now(id).state == "Requested") timer.Round();
  EXPECT_EQ(house.History(id).back().deadline_rule, "seller_answers");
}

TEST(LedgerUpdates, CallAPersonWhenTheCeilingFallsBelowWhatIsSpokenFor) {
  Ground ground;
  House house(ground);
  const CaseId id = house.OpenCase(kLine, 1000);
  house.Insist(*house.Fire(id, refund::Approve{1000}));
  LineFacts facts = house.line_facts;
  facts.line = kLine;
  facts.order_version = 2;
  facts.ceiling = 400;
  house.BringUpToDate(facts);
  house.BringUpToDate(facts);  // the same event once more
  const LedgerRow line = house.cases.FindLine(kShop, kLine).value();
  EXPECT_EQ(line.ceiling, 1000);
  EXPECT_EQ(line.shortfall, 600);
  EXPECT_EQ(house.Now(id).needs_person, "LINE_CEILING_LOWERED");
  EXPECT_EQ(house.History(id).size(), 3u);
  const OrderKey orders[] = {{kShop, OrderId{70}}, {kShop, OrderId{71}}};
  EXPECT_EQ(house.ledger.KnownVersions(orders), (std::vector<std::uint32_t>{2, 0}));
}

TEST(LedgerUpdates, HaveTheParcelStoppedThatLeftAfterAFullRefund) {
  Ground ground;
  House house(ground);
  house.line_facts.shipping = refund::OrderShipping::kUnshipped;
  const CaseId other = house.OpenCase(kLine, 100);
  const CaseId id = house.OpenCase(kLine, 3000);
  house.Insist(*house.Fire(id, refund::Approve{3000}));
  EXPECT_FALSE(house.Now(id).intercept_task);
  LineFacts facts = house.line_facts;
  facts.line = kLine;
  facts.order_version = 2;
  facts.shipping = refund::OrderShipping::kShipped;
  house.BringUpToDate(facts);
  house.BringUpToDate(facts);  // the same event once more
  const Case refunded = house.Now(id);
  EXPECT_EQ(refunded.state, "Settling");
  EXPECT_EQ(refunded.Refund().interception, refund::Interception::kAsked);
  EXPECT_TRUE(refunded.intercept_task);
  EXPECT_EQ(house.History(id).size(), 3u);
  EXPECT_EQ(house.History(other).size(), 1u) << "it has given nothing back";
}

// Loses the first answer, then knows that nothing was paid, then pays.
class ForgetfulBank final : public SettlementAdapter {
 public:
  bool SendsCommands() const override { return true; }
  PaymentAnswer Pay(const Settlement& settlement) override {
    paid.push_back(settlement.attempts);
    if (paid.size() == 1) throw std::runtime_error("no answer in time");
    return {PaymentResult::kSettled, "bank-" + std::to_string(settlement.attempts), ""};
  }
  PaymentAnswer Query(const Settlement&) override {
    ++asked;
    if (asked == 1) return {PaymentResult::kUnknown, "", ""};
    return {PaymentResult::kFailed, "", "was never received"};
  }
  void Cancel(const Settlement&) override {}

  std::vector<std::uint32_t> paid;
  int asked = 0;
};

TEST(Settlements, ReconcileAnUnknownPaymentBeforeTheyRetry) {
  Ground ground(nullptr);
  House house(ground, 1, true);
  ForgetfulBank bank;
  SettlementDispatch dispatch({}, house.settlements, bank, house.engine, ground.clock);
  const auto round = [&] {
    ground.clock.Advance(1000);  // a step's time may lie a little ahead of a clock that stands
    dispatch.Round();
  };
  const CaseId id = house.OpenCase(kLine, 1000);
  house.Insist(*house.Fire(id, refund::Approve{1000}));
  round();  // sent, answer lost
  EXPECT_EQ(house.settlements.Find(kShop, id)->state, SettlementState::kUnknown);
  round();  // asked: not known yet
  round();  // not asked again before its time
  EXPECT_EQ(bank.asked, 1);
  EXPECT_EQ(bank.paid.size(), 1u) << "nothing is paid again before it is known";
  ground.clock.Advance(61'000'000);
  round();  // asked: was not paid, so it is commanded again
  round();
  EXPECT_EQ(bank.paid, (std::vector<std::uint32_t>{1, 2}));
  EXPECT_EQ(house.Now(id).state, "FollowingUp");
  EXPECT_EQ(house.settlements.Find(kShop, id)->payment_reference, "bank-2");
  EXPECT_TRUE(house.settlements.DueCommands(ground.clock.NowUs(), 10).empty());
}

TEST(Tasks, AreSweptListedAndWatched) {
  Ground ground(nullptr);
  House house(ground);
  const WarehouseTask claimed = house.ReturnUnderWay(kLine);
  std::vector<WarehouseTask> seen;
  TaskWatch watch(kShop, house.tasks, [&](const WarehouseTask& task) {
    seen.push_back(task);
    return true;
  });
  watch.SendOpen(ground.clock.NowUs());
  ASSERT_EQ(seen.size(), 1u);
  EXPECT_EQ(seen[0].state, TaskState::kClaimed);
  ground.clock.Advance(901'000'000);
  EXPECT_EQ(house.tasks.ExpireLeases(ground.clock.NowUs(), 10).size(), 1u);
  EXPECT_TRUE(house.tasks.ExpireLeases(ground.clock.NowUs(), 10).empty());
  watch.SendChanges(ground.clock.NowUs());
  watch.SendChanges(ground.clock.NowUs());
  ASSERT_EQ(seen.size(), 2u) << "each change once";
  EXPECT_EQ(seen[1].state, TaskState::kQueued);
  TaskQuery query;
  query.shop = kShop;
  query.state = TaskState::kQueued;
  EXPECT_EQ(house.tasks.List(query).size(), 1u);
}

TEST(TaskWatch, FindsWhatAnotherClockPutFurtherBehindThanTheOverlap) {
  Ground ground(nullptr);
  House house(ground);
  const WarehouseTask first = house.ReturnUnderWay(kLine);
  std::vector<WarehouseTask> seen;
  TaskWatch watch(kShop, house.tasks, [&](const WarehouseTask& task) {
    seen.push_back(task);
    return true;
  });
  // This process's clock is a minute ahead of the one that writes.
  const std::int64_t ahead_us = 60'000'000;
  watch.SendOpen(ground.clock.NowUs() + ahead_us);
  ASSERT_EQ(seen.size(), 1u);
  const WarehouseTask second = house.ReturnUnderWay(LineId{701});
  watch.SendChanges(ground.clock.NowUs() + ahead_us);
  EXPECT_EQ(seen.size(), 1u) << "not yet compared";
  const std::int64_t compare_at = ground.clock.NowUs() + ahead_us + TaskWatch::kCompareEveryUs;
  watch.SendChanges(compare_at);
  ASSERT_EQ(seen.size(), 2u);
  EXPECT_EQ(seen[1].id, second.id);
  watch.SendChanges(compare_at + TaskWatch::kCompareEveryUs);
  EXPECT_EQ(seen.size(), 2u) << "each change once";
  // What was closed meanwhile is no longer among the open ones.
  house.tasks.Change(
      kShop, first.id, house.Request(),
      [&](WarehouseTask& task) { Cancel(task, ground.clock.NowUs()); }, ground.clock.NowUs());
  watch.SendChanges(compare_at + 2 * TaskWatch::kCompareEveryUs);
  ASSERT_EQ(seen.size(), 3u);
  EXPECT_EQ(seen[2].id, first.id);
  EXPECT_EQ(seen[2].state, TaskState::kCancelled);
}

TEST(TaskWatch, FindsWhatWasCreatedAfterTheClockWasSetBack) {
  Ground ground(nullptr);
  House house(ground);
  std::vector<WarehouseTask> seen;
  TaskWatch watch(kShop, house.tasks, [&](const WarehouseTask& task) {
    seen.push_back(task);
    return true;
  });
  watch.SendOpen(ground.clock.NowUs() + 3'600'000'000);
  const WarehouseTask task = house.ReturnUnderWay(kLine);
  watch.SendChanges(ground.clock.NowUs());
  ASSERT_EQ(seen.size(), 1u);
  EXPECT_EQ(seen[0].id, task.id);
}

TEST(UnexpectedGoods, AreRecordedOncePerReference) {
  Ground ground(nullptr);
  House house(ground);
  UnexpectedGoods goods;
  goods.shop = kShop;
  goods.record_id = house.ids.Next();
  goods.wms_reference = "wms-9";
  goods.sku = "SKU-9";
  goods.quantity = 3;
  const std::uint64_t first = house.tasks.Record(goods).record_id;
  goods.record_id = house.ids.Next();
  EXPECT_EQ(house.tasks.Record(goods).record_id, first);
  goods.digest.fill(1);
  EXPECT_THROW(house.tasks.Record(goods), platform::Refusal);
  EXPECT_EQ(house.tasks.ListUnexpected(kShop, 0, 10).size(), 1u);
}

TEST(History, TellsTheLastStepOfAKind) {
  Ground ground(nullptr);
  House house(ground);
  const CaseId id = house.OpenCase(LineId{700}, 1000);
  house.Insist(*house.Fire(id, workflows::refund::Approve{1000}));
  const auto step = house.cases.FindLastStep(kShop, id, "approve");
  ASSERT_TRUE(step);
  EXPECT_EQ(step->sequence, 2u);
  EXPECT_FALSE(house.cases.FindLastStep(kShop, id, "record_follow_up"));
  EXPECT_FALSE(house.cases.FindLastStep(ShopId{8}, id, "approve"));
}

}  // namespace
}  // namespace redress::aftersales
