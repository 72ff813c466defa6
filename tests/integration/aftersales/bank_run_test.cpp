// Bank runs over the database: many finance people at once, from two processes, with and without
// faults; and what becomes of cases when the bank, the platform and people disagree.

#include <atomic>
#include <map>
#include <mutex>
#include <set>

#include "services/aftersales/domain/bank_run_adapter.h"
#include "services/aftersales/domain/bank_run_file.h"
#include "services/aftersales/domain/bank_runs.h"
#include "services/aftersales/domain/settlement_dispatch.h"
#include "services/aftersales/store/bank_run_repository.h"
#include "tests/integration/aftersales/house.h"

namespace redress::aftersales {
namespace {

using platform::Code;
using platform::FaultPlan;
using platform::Refusal;
namespace refund = workflows::refund;

constexpr char kClaimedTwice[] =
    "SELECT COUNT(shop_id) FROM (SELECT shop_id, case_id, attempt FROM bank_run_payments"
    " WHERE claim = 1 GROUP BY shop_id, case_id, attempt HAVING COUNT(run_id) > 1) twice";
constexpr char kSettledTwice[] =
    "SELECT COUNT(shop_id) FROM (SELECT shop_id, case_id FROM steps WHERE outcome = 'settled'"
    " GROUP BY shop_id, case_id HAVING COUNT(sequence) > 1) twice";

// The order service is another process; it would answer this.
class NumbersOfOrders final : public OrderNumberSource {
 public:
  std::vector<OrderNumber> Read(ShopId, std::span<const OrderId> orders) override {
    std::vector<OrderNumber> numbers;
    for (const OrderId order : orders) {
      numbers.push_back({order, "taobao", "T" + platform::ToString(order)});
    }
    return numbers;
  }
};

// Finance's side of one process.
struct Office {
  Office(Ground& ground, std::uint16_t worker)
      : house(ground, worker, /*sends_payments=*/true,
              [](SettlementCommand command) { return command == SettlementCommand::kCancel; }),
        rows(ground.pool),
        teller({}, rows, house.settlements, house.engine, ground.clock),
        runs({.enabled = true, .answer_within_us = platform::kDayUs},
             {rows, numbers, teller, house.ids, ground.clock}),
        adapter(rows, ground.clock),
        dispatch({}, house.settlements, adapter, house.engine, ground.clock) {}

  template <class Work>
  auto Insist(Work work) -> decltype(work()) {
    while (true) {
      try {
        return work();
      } catch (const Refusal& refusal) {
        if (refusal.code() != Code::kUnavailable) throw;
      }
    }
  }
  BankRun Create() {
    const WriteRequest request = house.Request();
    return Insist([&] { return runs.Create(kShop, {.currency = "GBP"}, request); });
  }
  std::string Export(const BankRun& run) {
    return Insist([&] { return runs.Export(kShop, run.id).content; });
  }
  BankRun Read(const BankRun& run) {
    return Insist([&] { return rows.Find(kShop, run.id).value(); });
  }
  BankRun HandOver(const BankRun& run, bool despite = false) {
    const WriteRequest request = house.Request();
    return Insist(
        [&] { return runs.HandOver(kShop, run.id, Read(run).version, despite, request); });
  }
  BankRun RunAtTheBank() {
    const BankRun run = Create();
    Export(run);
    return HandOver(run);
  }
  std::vector<BankLineVerdict> Import(const BankRun& run, const std::string& lines) {
    const auto read =
        ReadBankResults("reference,amount,currency,result,bank_reference\n" + lines, 2);
    return Insist([&] { return runs.Import(kShop, run.id, read).lines; });
  }
  std::vector<BankPayment> Payments(const BankRun& run) {
    return Insist([&] { return rows.Payments({.shop = kShop, .run = run.id, .limit = 5000}); });
  }
  // A case that waits to be paid.
  CaseId Approved(LineId line, std::int64_t amount = 1000) {
    const CaseId id = house.OpenCase(line, amount);
    house.Insist(*house.Fire(id, refund::Approve{amount}));
    return id;
  }
  // What the service does by itself, until nothing is left.
  void Background() {
    for (int round = 0; round < 20; ++round) {
      Insist([&] { return teller.Round(); });
      Insist([&] { return dispatch.Round(); });
    }
  }

  NumbersOfOrders numbers;
  House house;
  SqlBankRunRepository rows;
  BankResultTeller teller;
  BankRuns runs;
  BankRunSettlementAdapter adapter;
  SettlementDispatch dispatch;
};

std::string Line(CaseId of, int attempt, const std::string& rest) {
  return platform::ToString(of) + "-" + std::to_string(attempt) + "," + rest + "\n";
}

class BankRunTest : public ::testing::TestWithParam<bool> {
 protected:
  BankRunTest() : ground_(GetParam() ? &faults_ : nullptr), here_(ground_, 1), there_(ground_, 2) {}

  Office& Either(int i) { return i % 2 == 0 ? here_ : there_; }
  std::vector<CaseId> Approved(int cases) {
    std::vector<CaseId> ids;
    for (int i = 0; i < cases; ++i) {
      ids.push_back(here_.Approved(LineId{700u + static_cast<unsigned>(i)}));
    }
    return ids;
  }
  void Advance(std::int64_t us) { ground_.clock.Advance(us); }

  FaultPlan faults_{50, 10, 5};
  Ground ground_;
  Office here_;
  Office there_;  // another process over the same database
};

TEST_P(BankRunTest, SixteenPeopleAtOnceCollectEachPaymentOnce) {
  const auto cases = Approved(12);
  std::atomic<int> collected = 0;
  Together(16, [&](int i) {
    Office& office = Either(i);
    const WriteRequest request = office.house.Request();
    try {
      const NewBankRun asked{.currency = "GBP", .most = 3};
      const BankRun run = office.Insist([&] { return office.runs.Create(kShop, asked, request); });
      collected += static_cast<int>(run.payments);
      EXPECT_EQ(run.total, 1000 * run.payments);
      const BankRun again =
          office.Insist([&] { return office.runs.Create(kShop, asked, request); });
      EXPECT_EQ(again.id, run.id) << "a repeat gets the first answer";
    } catch (const Refusal& refusal) {
      EXPECT_EQ(refusal.reason(), "NOTHING_TO_PAY");
    }
  });
  while (collected < 12) collected += static_cast<int>(here_.Create().payments);
  EXPECT_EQ(collected, 12);
  EXPECT_EQ(ground_.Count(kClaimedTwice), 0);
  EXPECT_EQ(ground_.Count("SELECT COUNT(DISTINCT case_id) FROM bank_run_payments"), 12);
}

TEST_P(BankRunTest, OnePersonHandsOverOrOneDissolves) {
  Approved(3);
  const BankRun run = here_.Create();
  here_.Export(run);
  const std::uint32_t version = here_.Read(run).version;
  std::atomic<int> handed = 0;
  std::atomic<int> dissolved = 0;
  Together(16, [&](int i) {
    Office& office = Either(i);
    const WriteRequest request = office.house.Request();
    try {
      if (i % 4 < 2) {
        office.Insist([&] { return office.runs.HandOver(kShop, run.id, version, false, request); });
        ++handed;
      } else {
        office.Insist([&] { return office.runs.Dissolve(kShop, run.id, version, request); });
        ++dissolved;
      }
    } catch (const Refusal& refusal) {
      EXPECT_EQ(refusal.reason(), "VERSION_CONFLICT");
    }
  });
  EXPECT_EQ(handed + dissolved, 1);
  const std::int64_t claimed =
      ground_.Count("SELECT COUNT(shop_id) FROM bank_run_payments WHERE claim = 1");
  EXPECT_EQ(claimed, handed == 1 ? 3 : 0);
  EXPECT_EQ(ground_.Count("SELECT COUNT(shop_id) FROM settlements WHERE out_attempt = 1"), claimed);
}

TEST_P(BankRunTest, TheExportRacesThePlatformAndPaysNothingThatItSettledBefore) {
  const auto cases = Approved(12);
  const BankRun run = here_.Create();
  std::mutex mutex;
  std::set<std::string> files;
  Together(14, [&](int i) {
    if (i >= 12) {
      try {
        const std::string file = Either(i).Export(run);
        const std::lock_guard lock(mutex);
        files.insert(file);
      } catch (const Refusal& refusal) {
        EXPECT_EQ(refusal.reason(), "NOTHING_TO_PAY");
      }
      return;
    }
    Either(i).house.Insist(
        *Either(i).house.Fire(cases[static_cast<std::size_t>(i)], refund::PlatformSucceeded{1000}));
  });
  // All may have been settled before the export: then there is no file, and nothing went out.
  for (const std::string& file : files) EXPECT_EQ(file, *files.begin());
  for (const BankPayment& payment : here_.Payments(run)) {
    const auto settlement = here_.house.settlements.Find(kShop, payment.case_id).value();
    EXPECT_EQ(settlement.out_attempt == 1, payment.claims && !files.empty());
  }
  if (files.empty()) return;
  EXPECT_THROW(here_.HandOver(run), Refusal) << "cases went another way";
}

TEST_P(BankRunTest, ResultsImportedManyTimesAtOnceSettleEachCaseOnce) {
  const auto cases = Approved(8);
  const BankRun run = here_.RunAtTheBank();
  std::string lines;
  for (const CaseId id : cases) {
    lines += Line(id, 1, "10.00,GBP,accepted,B" + platform::ToString(id));
  }
  std::atomic<int> applied = 0;
  Together(8, [&](int i) {
    for (const BankLineVerdict& line : Either(i).Import(run, lines)) {
      applied += line.outcome == BankLineOutcome::kApplied ? 1 : 0;
      EXPECT_NE(line.outcome, BankLineOutcome::kAttention) << line.problem;
    }
  });
  here_.Background();
  // A lost COMMIT may hide the first answer: then every one that is seen is a repeat.
  EXPECT_LE(applied, 8);
  for (const CaseId id : cases) EXPECT_EQ(here_.house.Now(id).state, "FollowingUp");
  EXPECT_EQ(ground_.Count(kSettledTwice), 0);
  EXPECT_EQ(here_.Read(run).state, BankRunState::kAnswered);
  EXPECT_EQ(ground_.Count("SELECT COUNT(shop_id) FROM bank_run_payments WHERE tell_at > 0"), 0);
}

TEST_P(BankRunTest, ARejectedPaymentIsTriedAgainInAnotherRun) {
  const CaseId id = Approved(1).front();
  const BankRun first = here_.RunAtTheBank();
  here_.Import(first, Line(id, 1, "10.00,GBP,rejected,"));
  here_.Background();
  const BankRun second = here_.RunAtTheBank();
  EXPECT_EQ(here_.Payments(second).at(0).attempt, 2u);
  here_.Import(second, Line(id, 2, "10.00,GBP,accepted,B2"));
  here_.Background();
  EXPECT_EQ(here_.house.Now(id).state, "FollowingUp");
  EXPECT_EQ(here_.house.settlements.Find(kShop, id)->payment_reference, "B2");
}

TEST_P(BankRunTest, ABankThatChangesItsMindStopsTheNextAttempt) {
  const CaseId id = Approved(1).front();
  const BankRun first = here_.RunAtTheBank();
  here_.Import(first, Line(id, 1, "10.00,GBP,rejected,"));
  here_.Background();
  here_.Import(first, Line(id, 1, "10.00,GBP,accepted,B1"));
  here_.Background();
  Advance(10 * platform::kMinuteUs);
  here_.Background();
  EXPECT_EQ(here_.house.settlements.Find(kShop, id)->state, SettlementState::kUnknown);
  EXPECT_EQ(here_.house.Now(id).needs_person, "BANK_CONTRADICTS");
  EXPECT_THROW(here_.Create(), Refusal) << "nothing of it is paid again by itself";
}

TEST_P(BankRunTest, ARejectionAfterADoubtfulAttemptPaysNothingByItself) {
  const CaseId id = Approved(1).front();
  const BankRun first = here_.RunAtTheBank();
  here_.Import(first, Line(id, 1, "10.00,GBP,rejected,"));
  here_.Background();
  const BankRun second = here_.RunAtTheBank();
  here_.Import(first, Line(id, 1, "10.00,GBP,accepted,B1"));
  here_.Import(second, Line(id, 2, "10.00,GBP,rejected,"));
  here_.Background();
  Advance(10 * platform::kMinuteUs);
  here_.Background();
  EXPECT_EQ(here_.house.settlements.Find(kShop, id)->attempts, 2u);
  EXPECT_THROW(here_.Create(), Refusal);
}

TEST_P(BankRunTest, WhatThePlatformPaidAndTheBankToGoesToFinance) {
  const CaseId id = Approved(1).front();
  const BankRun run = here_.RunAtTheBank();
  here_.house.Insist(*here_.house.Fire(id, refund::PlatformSucceeded{1000}));
  Advance(platform::kSecondUs);
  here_.Background();
  EXPECT_EQ(here_.Payments(run).at(0).attention, attention::kCalledOff);
  EXPECT_EQ(here_.house.Now(id).needs_person, "BANK_CONTRADICTS");
  here_.Import(run, Line(id, 1, "10.00,GBP,accepted,B1"));
  here_.Background();
  EXPECT_EQ(here_.Payments(run).at(0).attention, attention::kCaseContradicts);
  EXPECT_EQ(here_.Read(run).attention, 1u);
  EXPECT_EQ(ground_.Count(kSettledTwice), 0);
}

TEST_P(BankRunTest, ACaseThatThePlatformClosesWaitsForTheBanksWord) {
  const CaseId id = Approved(1).front();
  const BankRun run = here_.RunAtTheBank();
  here_.house.Insist(*here_.house.Fire(id, refund::PlatformClosed{}));
  here_.Background();
  EXPECT_EQ(here_.house.Now(id).state, "Settling");
  here_.Import(run, Line(id, 1, "10.00,GBP,rejected,"));
  here_.Background();
  EXPECT_EQ(here_.house.Now(id).state, "Closed");
  EXPECT_EQ(here_.house.cases.FindLine(kShop, LineId{700})->reserved, 0);
}

TEST_P(BankRunTest, SilenceBecomesUnknownAndIsNeverPaidAgainByItself) {
  const auto cases = Approved(2);
  const BankRun run = here_.RunAtTheBank();
  here_.Import(run, Line(cases[0], 1, "10.00,GBP,accepted,B1"));
  Advance(platform::kDayUs);
  here_.Background();
  EXPECT_EQ(here_.Read(run).unknown, 1u);
  EXPECT_EQ(here_.house.settlements.Find(kShop, cases[1])->state, SettlementState::kUnknown);
  EXPECT_EQ(here_.house.Now(cases[1]).needs_person, "SETTLEMENT_UNKNOWN");
  Advance(platform::kDayUs);
  here_.Background();
  EXPECT_THROW(here_.Create(), Refusal);
  here_.Import(run, Line(cases[1], 1, "10.00,GBP,accepted,B2"));
  here_.Background();
  EXPECT_EQ(here_.house.Now(cases[1]).state, "FollowingUp") << "a late answer still counts";
}

TEST_P(BankRunTest, ADissolvedRunsPaymentsWaitAgain) {
  Approved(2);
  const BankRun run = here_.Create();
  const std::string file = here_.Export(run);
  const std::uint32_t version = here_.Read(run).version;
  const WriteRequest request = here_.house.Request();
  const BankRun dissolved =
      here_.Insist([&] { return here_.runs.Dissolve(kShop, run.id, version, request); });
  EXPECT_EQ(dissolved.state, BankRunState::kDissolved);
  EXPECT_EQ(
      here_.Insist([&] { return here_.runs.Dissolve(kShop, run.id, version, request); }).version,
      dissolved.version)
      << "a repeat gets the first answer";
  const BankRun next = here_.Create();
  EXPECT_EQ(next.payments, 2u);
  const auto lines = [](const std::string& text) { return text.substr(0, text.find("control")); };
  EXPECT_EQ(lines(here_.Export(next)), lines(file)) << "under the same end-to-end references";
}

TEST_P(BankRunTest, NobodyRecordsByHandWhatIsAtTheBank) {
  const CaseId id = Approved(1).front();
  here_.RunAtTheBank();
  const RecordPayment by_hand{{PaymentResult::kFailed, "", "I think"}, 1};
  EXPECT_EQ(here_.house.Reason(*here_.house.Make(id, by_hand)), "PAYMENT_IN_BANK_RUN");
}

INSTANTIATE_TEST_SUITE_P(Quiet, BankRunTest, ::testing::Values(false));
INSTANTIATE_TEST_SUITE_P(Faulty, BankRunTest, ::testing::Values(true));

}  // namespace
}  // namespace redress::aftersales
