// Batches over the database: who fails alone, what a lost connection means, and the constraints
// that hold when everything else has failed.

#include <atomic>
#include <future>
#include <latch>

#include "services/aftersales/domain/step_text.h"
#include "services/platform/database/transact.h"
#include "tests/integration/aftersales/house.h"

namespace redress::aftersales {
namespace {

using platform::Code;
using platform::DatabaseError;
using platform::FaultPlan;
using platform::Refusal;
namespace refund = workflows::refund;

constexpr LineId kLine{700};

Code CodeOf(House& house, const Command& command) {
  try {
    house.engine.Apply(std::make_unique<Command>(command));
  } catch (const Refusal& refusal) {
    return refusal.code();
  }
  return Code::kInternal;
}

void Execute(Ground& ground, std::string_view sql) {
  platform::Transact(ground.quiet_pool, [&](platform::Connection& db) { db.Execute(sql); });
}

TEST(BatchStore, StoresWhatItDecidedAndReadsItBack) {
  Ground ground;
  House house(ground);
  const CaseId id = house.OpenCase(kLine, 1000);
  const Answer answer = house.Insist(*house.Fire(id, refund::Approve{1000}));
  const Case stored = house.Now(id);
  EXPECT_EQ(stored.state, answer.after.state);
  EXPECT_EQ(stored.Refund().reserved_amount, 1000);
  EXPECT_EQ(stored.Refund().approved_by, kAgent.value);
  EXPECT_EQ(stored.due_at, answer.after.due_at);
  EXPECT_EQ(stored.last_hash, house.History(id).back().hash);
  EXPECT_EQ(house.cases.FindByNumber(kShop, stored.number).value().id, id);
  EXPECT_FALSE(house.cases.Find(ShopId{8}, id));
  EXPECT_EQ(ground.Count("SELECT COUNT(transaction_id) FROM outbox"), 2);
}

TEST(BatchStore, TheBadCommandOfABatchFailsAlone) {
  Ground ground(nullptr);
  House house(ground);
  auto good = house.Open(kLine, 1000);
  auto bad = house.Open(kLine, 1000);
  std::get<OpenCase>(bad->body).reason = std::string(100, 'x');  // wider than its column
  auto other = house.Open(kLine, 1000);
  Command* const batch[] = {good.get(), bad.get(), other.get()};
  const ShopId shops[] = {kShop};
  const auto policy = house.policies.ForShops(shops);
  const auto decide = [&](LoadedBatch rows) {
    return Decide(batch, std::move(rows), *policy, ground.clock.NowUs());
  };
  EXPECT_THROW(house.store.Run(batch, decide), WriteRefused);
  EXPECT_EQ(ground.Count("SELECT COUNT(shop_id) FROM cases"), 0) << "nothing of a refused batch";
  EXPECT_EQ(CodeOf(house, *bad), Code::kInternal);
  house.Insist(*good);
  house.Insist(*other);
  EXPECT_EQ(ground.Count("SELECT COUNT(shop_id) FROM cases"), 2);
}

// Whether a command is a repeat is looked up only where its version leaves that open.
TEST(BatchStore, ARequestIdOfAnotherStepIsFoundThoughTheVersionIsCurrent) {
  Ground ground;
  House house(ground);
  const CaseId id = house.OpenCase(kLine, 1000);
  const CaseId other = house.OpenCase(LineId{701}, 1000);
  auto first = house.Fire(id, refund::Reject{});
  first->needs_version = true;
  first->version = 1;
  house.Insist(*first);
  for (const CaseId of : {id, other}) {
    auto reused = house.Fire(of, refund::Withdraw{});
    reused->request_id = first->request_id;
    reused->needs_version = true;
    reused->version = house.Now(of).version;
    EXPECT_EQ(house.Reason(*reused), "REQUEST_ID_REUSED");
  }
  EXPECT_EQ(house.Now(id).state, "Rejected");
  EXPECT_EQ(house.Now(other).state, "Requested");
}

TEST(BatchStore, ARepeatGetsItsFirstAnswerThoughItsVersionIsOld) {
  Ground ground;
  House house(ground);
  const CaseId id = house.OpenCase(kLine, 1000);
  auto command = house.Fire(id, refund::Reject{});
  command->needs_version = true;
  command->version = 1;
  house.Insist(*command);
  house.Insist(*house.Fire(id, refund::Withdraw{}));
  const Answer again = house.Insist(*command);
  EXPECT_TRUE(again.repeated);
  EXPECT_EQ(again.after.state, "Rejected");
}

// Holds its worker after the first batch until the test has queued what the next one shall be.
struct HeldEngine {
  explicit HeldEngine(House& house)
      : engine(OneWorker(), house.store, house.policies, house.ground.clock) {}

  CaseEngine::Options OneWorker() {
    CaseEngine::Options options;
    options.workers = 1;
    options.on_batch = [this](std::size_t) {
      if (was_held.exchange(true)) return;
      committed.count_down();
      go_on.wait();
    };
    return options;
  }

  std::atomic<bool> was_held = false;
  std::latch committed{1};
  std::latch go_on{1};
  CaseEngine engine;
};

TEST(BatchStore, WhatOneCommandCannotSealIsRefusedAlone) {
  Ground ground(nullptr);
  House house(ground);
  const CaseId of_erased = house.OpenCase(kLine, 1000);
  house.line_facts.customer = CustomerId{6};
  const CaseId of_another = house.OpenCase(LineId{701}, 1000);
  const CaseId first = house.OpenCase(LineId{702}, 1000);
  platform::Transact(ground.pool, [&](platform::Connection& db) {
    const platform::SealItem item{{platform::SubjectKind::kCustomer, 5}, "a name"};
    house.sealer.SealMany(db, kShop, std::span(&item, 1));
    house.sealer.DestroySubject(db, kShop, platform::SubjectKind::kCustomer, 5);
  });
  std::vector<std::future<std::string>> reasons;
  const auto submit = [&](CaseEngine& engine, std::unique_ptr<Command> command) {
    const auto reason = std::make_shared<std::promise<std::string>>();
    reasons.push_back(reason->get_future());
    command->done = [reason](Command& done) {
      const auto* refusal = std::get_if<Refusal>(&done.result);
      const bool applied = std::holds_alternative<Answer>(done.result);
      reason->set_value(refusal != nullptr ? refusal->reason() : applied ? "" : "UNDECIDED");
    };
    engine.Submit(std::move(command));
  };
  auto with_text = house.Fire(of_erased, refund::Reject{});
  with_text->text = NewText("the buyer wrote again");
  HeldEngine held(house);
  submit(held.engine, house.Fire(first, refund::Reject{}));
  held.committed.wait();
  submit(held.engine, std::move(with_text));
  submit(held.engine, house.Fire(of_another, refund::Reject{}));
  held.go_on.count_down();
  EXPECT_EQ(reasons[1].get(), "SUBJECT_ERASED");
  EXPECT_EQ(reasons[2].get(), "");
  EXPECT_EQ(house.Now(of_erased).state, "Requested");
  EXPECT_EQ(house.Now(of_another).state, "Rejected");
}

TEST(BatchStore, AKilledSessionIsNeverAFalseYes) {
  FaultPlan faults;
  Ground ground(&faults);
  House house(ground);
  const CaseId id = house.OpenCase(kLine, 1000);
  const auto approve = house.Fire(id, refund::Approve{1000});
  faults.Force(FaultPlan::Fault::kKill, 100);
  EXPECT_EQ(CodeOf(house, *approve), Code::kUnavailable);
  EXPECT_EQ(house.History(id).size(), 1u);
  faults.Force(FaultPlan::Fault::kNone, 0);
  EXPECT_FALSE(house.Insist(*approve).repeated);
  EXPECT_EQ(house.History(id).size(), 2u);
}

TEST(BatchStore, ACommitThatTookEffectUnseenIsARepeat) {
  FaultPlan faults;
  Ground ground(&faults);
  House house(ground);
  const CaseId id = house.OpenCase(kLine, 1000);
  faults.Force(FaultPlan::Fault::kCutAfter);
  const Answer answer = house.Insist(*house.Fire(id, refund::Approve{1000}));
  EXPECT_TRUE(answer.repeated);
  EXPECT_EQ(answer.after.state, "Settling");
  EXPECT_EQ(house.History(id).size(), 2u);
  faults.Force(FaultPlan::Fault::kCutAfter);
  const Answer opened = house.Insist(*house.Open(LineId{701}, 1000));
  EXPECT_TRUE(opened.repeated);
  EXPECT_EQ(ground.Count("SELECT COUNT(shop_id) FROM cases"), 2);
}

TEST(BatchStore, AConflictAtCommitIsDecidedAgain) {
  FaultPlan faults;
  Ground ground(&faults);
  House house(ground);
  const CaseId id = house.OpenCase(kLine, 1000);
  faults.Force(FaultPlan::Fault::kConflict, 3);
  EXPECT_FALSE(house.Insist(*house.Fire(id, refund::Approve{1000})).repeated);
  EXPECT_EQ(house.History(id).size(), 2u);
}

// The constraint that refuses the statement; "" when none does.
std::string ViolatedBy(Ground& ground, std::string_view sql) {
  try {
    Execute(ground, sql);
  } catch (const DatabaseError& error) {
    EXPECT_EQ(error.kind(), DatabaseError::Kind::kCheckViolated) << error.what();
    return error.key();
  }
  return "";
}

// So many letters of four bytes each.
std::string Wide(int letters) {
  std::string text;
  for (int i = 0; i < letters; ++i) text += "\xF0\xA0\xAE\xB7";
  return text;
}

TEST(Widths, TakeEveryFieldAtItsLimitInFourByteLetters) {
  Ground ground;
  House house(ground);
  house.line_facts.title = Wide(300);
  house.line_facts.sku = Wide(64);
  auto open = house.Open(kLine, 2000, refund::Variant::kReturnAndRefund);
  std::get<OpenCase>(open->body).reason = Wide(64);
  const CaseId id = house.Insist(*open).after.id;
  house.Insist(*house.Fire(id, refund::Approve{2000}));
  const refund::ShipReturn sent{Wide(64), Wide(64), refund::Shipping::kPost};
  house.Insist(*house.Fire(id, sent));
  const auto report = [&](TaskReport what, const std::string& reference) {
    const std::int64_t now = ground.clock.NowUs();
    const Case current = house.Now(id);
    const TaskId task = current.inbound_task ? current.inbound_task : current.send_back_task;
    const WarehouseTask claimed = house.tasks.Change(
        kShop, task, house.Request(),
        [&](WarehouseTask& one) { Claim(one, kWarehouse, now + 900'000'000, now); }, now);
    return house.Report(claimed, std::move(what), reference);
  };
  house.Insist(*report(WorkFailed{Wide(64)}, std::string(90, 'f')));
  house.Insist(*report(GoodsReceived{2}, std::string(90, 'r')));
  house.Insist(*report(GoodsInspected{0, Wide(64)}, std::string(90, 'i')));
  house.Insist(*house.Fire(id, refund::AcceptRefusal{}));
  const auto shipped = report(GoodsShipped{Wide(64), Wide(64)}, std::string(90, 's'));
  house.Insist(*shipped);
  const Answer again = house.Insist(*shipped);
  EXPECT_TRUE(again.repeated);
  EXPECT_EQ(again.task->title, Wide(300));
  EXPECT_EQ(again.after.return_carrier, Wide(64));
  EXPECT_EQ(again.after.back_tracking, Wide(64));
  EXPECT_EQ(VerifyChain(house.History(id)), 0u);
}

TEST(Widths, TakeTheLongestReasonOfAPaymentInLettersThatJsonEscapes) {
  Ground ground;
  House house(ground);
  for (const std::string& reason : {Wide(200), std::string(200, '\x01')}) {
    const CaseId id = house.OpenCase(kLine, 1000);
    house.Insist(*house.Fire(id, refund::Approve{1000}));
    const auto failed =
        house.Make(id, RecordPayment{{PaymentResult::kFailed, std::string(64, 'p'), reason}});
    house.Insist(*failed);
    EXPECT_EQ(house.Insist(*failed).settlement->reason, reason);
  }
}

TEST(Constraints, TheLedgerNeverHoldsMoreThanWasPaid) {
  Ground ground;
  House house(ground);
  house.OpenCase(kLine, 1000);
  EXPECT_EQ(ViolatedBy(ground, "UPDATE line_ledger SET reserved = 3001 WHERE shop_id = 7"),
            "line_ledger_limit");
}

TEST(Constraints, TheLedgerHoldsNoNegativeAmount) {
  Ground ground;
  House house(ground);
  house.OpenCase(kLine, 1000);
  for (const std::string column : {"reserved", "settled", "shortfall"}) {
    EXPECT_EQ(ViolatedBy(ground, "UPDATE line_ledger SET " + column + " = -1 WHERE shop_id = 7"),
              "line_ledger_signs")
        << column;
  }
}

TEST(Constraints, ACaseHoldsNoNegativeAmount) {
  Ground ground;
  House house(ground);
  house.OpenCase(kLine, 1000);
  for (const std::string column : {"reserved_amount", "settled_amount", "shortfall"}) {
    EXPECT_EQ(ViolatedBy(ground, "UPDATE cases SET " + column + " = -1 WHERE shop_id = 7"),
              "cases_amounts")
        << column;
  }
}

TEST(Constraints, ASettlementIsOfMoreThanNothing) {
  Ground ground;
  House house(ground);
  house.Insist(*house.Fire(house.OpenCase(kLine, 1000), refund::Approve{1000}));
  for (const std::string amount : {"0", "-1"}) {
    EXPECT_EQ(
        ViolatedBy(ground, "UPDATE settlements SET amount = " + amount + " WHERE shop_id = 7"),
        "settlements_amount")
        << amount;
  }
}

TEST(Constraints, AnOpenCaseHasADeadline) {
  Ground ground;
  House house(ground);
  house.OpenCase(kLine, 1000);
  EXPECT_EQ(ViolatedBy(ground, "UPDATE cases SET due_at = NULL WHERE shop_id = 7"), "cases_armed");
}

// The ledger row lies: the machine's guard sees money that the CHECK knows is not there.
TEST(Constraints, TheCheckHoldsWhenTheGuardIsDeceived) {
  Ground ground;
  House house(ground);
  const CaseId id = house.OpenCase(kLine, 1000);
  const auto approve = house.Fire(id, refund::Approve{1000});
  Command* const batch[] = {approve.get()};
  const ShopId shops[] = {kShop};
  const auto policy = house.policies.ForShops(shops);
  try {
    house.store.Run(batch, [&](LoadedBatch rows) {
      rows.ledger.begin()->second.settled = 0;
      Decision decision = Decide(batch, std::move(rows), *policy, ground.clock.NowUs());
      for (LedgerRow& line : decision.changes.ledger) line.reserved = line.ceiling + 1;
      return decision;
    });
    FAIL() << "more was reserved than was paid";
  } catch (const WriteRefused& refused) {
    EXPECT_EQ(refused.why(), WriteRefused::Why::kLineLimit);
  }
}

TEST(Plans, LocksAreTakenThroughThePrimaryKey) {
  Ground ground;
  House house(ground);
  for (std::uint64_t i = 0; i < 50; ++i) house.OpenCase(LineId{700 + i}, 100);
  const auto access = [&](std::string_view sql) {
    return platform::Read(ground.quiet_pool, [&](platform::Connection& db) {
      auto row = db.Query(sql);
      row.Next();
      return row.String(3) + " " + row.OptString(5).value_or("");
    });
  };
  const std::string one = std::to_string(house.ids.Next());
  EXPECT_EQ(access("EXPLAIN SELECT version FROM cases FORCE INDEX (PRIMARY) WHERE"
                   " (shop_id, case_id) IN ((7, " +
                   one + "), (7, 5)) FOR UPDATE"),
            "range PRIMARY");
  EXPECT_EQ(access("EXPLAIN SELECT sequence FROM steps FORCE INDEX (steps_request) WHERE"
                   " (shop_id, origin, request_id) IN ((7, 1, 'a'), (7, 1, 'b'))"),
            "range steps_request");
}

}  // namespace
}  // namespace redress::aftersales
