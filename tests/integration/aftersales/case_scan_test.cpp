// The scan over a real database: silent while cases are worked, also at that very moment, and loud
// about rows that somebody has altered.

#include "services/aftersales/store/case_scan.h"

#include <atomic>

#include "services/platform/database/transact.h"
#include "tests/integration/aftersales/house.h"

namespace redress::aftersales {
namespace {

namespace refund = workflows::refund;

constexpr LineId kLine{700};

class CaseScan : public ::testing::Test {
 protected:
  std::vector<ScanFinding> Scan() {
    std::vector<ScanFinding> findings;
    CaseId after;
    while (true) {
      const auto page = scan_.Scan(kShop, after, 3);
      for (const ScannedCase& one : page) {
        for (ScanFinding& finding : CheckCase(one)) findings.push_back(std::move(finding));
      }
      if (page.size() < 3) return findings;
      after = page.back().id;
    }
  }
  // Found after `statement`, joined by spaces.
  std::string After(std::string_view statement) {
    platform::Transact(ground_.quiet_pool,
                       [&](platform::Connection& db) { db.Execute(statement); });
    std::string found;
    for (const ScanFinding& finding : Scan()) {
      found += (found.empty() ? "" : " ") + std::string(finding.invariant);
    }
    return found;
  }

  Ground ground_;
  House house_{ground_};
  SqlCaseScan scan_{ground_.quiet_pool};
};

void WorkOne(House& house, LineId line) {
  const WarehouseTask task = house.ReturnUnderWay(line);
  house.Insist(*house.Report(task, GoodsReceived{2}, "r" + std::to_string(task.id.value)));
  house.Insist(*house.Report(task, GoodsInspected{2, ""}, "i" + std::to_string(task.id.value)));
  house.Insist(*house.Make(task.case_id, RecordPayment{{PaymentResult::kSettled, "bank-1", ""}}));
}

TEST_F(CaseScan, FindsNothingWhileCasesAreWorked) {
  std::atomic<bool> over = false;
  std::thread scanner([&] {
    while (!over) EXPECT_TRUE(Scan().empty());
  });
  Together(4, [&](int i) {
    for (std::uint64_t round = 0; round < 5; ++round) {
      WorkOne(house_, LineId{700 + round * 4 + static_cast<std::uint64_t>(i)});
    }
  });
  over = true;
  scanner.join();
  EXPECT_TRUE(Scan().empty());
}

TEST_F(CaseScan, FindsAnOpenCaseThatNothingWillEverWake) {
  house_.OpenCase(kLine, 100);
  EXPECT_EQ(After("UPDATE cases SET timer_at = NULL"), "TIMER_NOT_SET");
  EXPECT_EQ(After("UPDATE cases SET deadline_rule = ''"),
            "DEADLINE_NOT_ARMED TIMER_NOT_SET RULE_DIFFERS");
}

TEST_F(CaseScan, FindsAStateThatTheMachineDoesNotHave) {
  house_.OpenCase(kLine, 100);
  EXPECT_EQ(After("UPDATE cases SET state = 'Dreaming'"), "STATE_UNKNOWN");
}

TEST_F(CaseScan, FindsMoneyThatDoesNotAddUp) {
  const CaseId id = house_.OpenCase(kLine, 1000);
  house_.Insist(*house_.Fire(id, refund::Approve{1000}));
  ASSERT_EQ(Scan().size(), 0u);
  EXPECT_EQ(After("UPDATE line_ledger SET reserved = 900"), "LINE_DIFFERS");
  EXPECT_EQ(After("UPDATE line_ledger SET reserved = 1000"), "");
  EXPECT_EQ(After("UPDATE settlements SET state = 5"), "RESERVED_WITHOUT_SETTLEMENT");
}

TEST_F(CaseScan, FindsAPaymentThatIsNotTheCases) {
  WorkOne(house_, kLine);
  ASSERT_EQ(Scan().size(), 0u);
  EXPECT_EQ(After("UPDATE settlements SET amount = 1"), "SETTLED_WITHOUT_SETTLEMENT");
}

TEST_F(CaseScan, FindsTasksThatTheirCaseDoesNotKnowOrThatAreNotThere) {
  house_.ReturnUnderWay(kLine);
  ASSERT_EQ(Scan().size(), 0u);
  EXPECT_EQ(After("UPDATE warehouse_tasks SET is_open = 0"), "TASK_NOT_OPEN");
  EXPECT_EQ(After("UPDATE warehouse_tasks SET is_open = 1"), "");
  EXPECT_EQ(After("UPDATE cases SET inbound_task_id = 0"), "TASK_FORGOTTEN");
}

TEST_F(CaseScan, CountsLiveCasesPageByPage) {
  for (std::uint64_t i = 0; i < 5; ++i) house_.OpenCase(LineId{700 + i}, 100);
  const CaseId ended = house_.OpenCase(LineId{710}, 100);
  house_.Insist(*house_.Fire(ended, refund::Withdraw{}));
  const auto first = scan_.Live(kShop, {}, 3);
  ASSERT_EQ(first.size(), 3u);
  const auto second = scan_.Live(kShop, first.back().id, 3);
  EXPECT_EQ(second.size(), 2u);
  EXPECT_EQ(first[0].state, "Requested");
  EXPECT_EQ(first[0].deadline_rule, "seller_answers");
}

}  // namespace
}  // namespace redress::aftersales
