// Histories in the real database: altered column by column, and every alteration is found; looked
// at as of a moment; verified while they grow.

#include <atomic>
#include <thread>

#include "services/aftersales/domain/history.h"
#include "services/aftersales/domain/step_text.h"
#include "services/platform/database/transact.h"
#include "tests/integration/aftersales/house.h"
#include "tests/support/figure.h"

namespace redress::aftersales {
namespace {

namespace refund = workflows::refund;
using platform::Connection;

constexpr LineId kLine{700};

struct Column {
  std::string name;
  std::string type;
};

std::vector<Column> ColumnsOf(Ground& ground, const std::string& table) {
  return platform::Read(ground.quiet_pool, [&](Connection& db) {
    std::vector<Column> columns;
    auto rows = db.Query(
        "SELECT column_name, data_type FROM information_schema.columns"
        " WHERE table_schema = DATABASE() AND table_name = ? ORDER BY ordinal_position",
        {table});
    while (rows.Next()) columns.push_back({rows.String(0), rows.String(1)});
    return columns;
  });
}

// Another value that the column can hold.
std::string AnotherValue(const Column& column) {
  const std::string& name = column.name;
  if (name == "final" || name == "settlement_unknown" || name == "platform_closed" ||
      name == "platform_intervened" || name == "deadline_repeated") {
    return "1 - " + name;
  }
  if (name == "currency") return "'XXX'";
  if (name == "sequence") return "sequence + 1000";
  if (column.type.ends_with("int")) return "COALESCE(" + name + ", 0) + 1";
  if (column.type.ends_with("binary")) {
    return "CONCAT(CHAR(ASCII(SUBSTR(" + name + ", 1, 1)) ^ 1), SUBSTR(" + name + ", 2))";
  }
  return "CONCAT(COALESCE(" + name + ", ''), 'x')";
}

void Execute(Ground& ground, const std::string& sql) {
  platform::Transact(ground.quiet_pool, [&](Connection& db) { db.Execute(sql); });
}

// Puts every row of the tables back as it was when this was made.
class Backup {
 public:
  Backup(Ground& ground, std::vector<std::string> tables)
      : ground_(ground), tables_(std::move(tables)) {
    for (const std::string& table : tables_) {
      Execute(ground_, "CREATE TABLE " + table + "_before AS SELECT * FROM " + table);
    }
  }
  void Restore() {
    for (const std::string& table : tables_) {
      Execute(ground_, "DELETE FROM " + table);
      Execute(ground_, "INSERT INTO " + table + " SELECT * FROM " + table + "_before");
    }
  }

 private:
  Ground& ground_;
  const std::vector<std::string> tables_;
};

std::string Told(const HistoryReport& report) {
  std::string text;
  for (const Finding& finding : report.findings) {
    text += std::to_string(finding.sequence) + " " + finding.field + ": expected " +
            finding.expected + ", found " + finding.found + "\n";
  }
  return text;
}

// A return that was received, inspected, paid and told of by the buyer: in FollowingUp, with a
// text.
CaseId PaidReturn(House& house) {
  const WarehouseTask task = house.ReturnUnderWay(kLine);
  house.Insist(*house.Report(task, GoodsReceived{2}, "wms-1"));
  house.Insist(*house.Report(task, GoodsInspected{2, ""}, "wms-2"));
  auto assign = house.Make(task.case_id, AssignTo{kAgent});
  assign->text = NewText("she called about the money");
  house.Insist(*assign);
  house.Insist(*house.Make(task.case_id, RecordPayment{{PaymentResult::kSettled, "bank-1", ""}}));
  return task.case_id;
}

TEST(VerifyHistory, FindsEveryAlteredColumnOfAStepAndOfTheCase) {
  Ground ground(nullptr);
  House house(ground);
  const CaseId id = PaidReturn(house);
  const auto verify = [&] { return VerifyHistory(house.cases, kShop, id).value(); };
  const HistoryReport before = verify();
  ASSERT_TRUE(before.intact()) << Told(before);
  EXPECT_EQ(before.steps, 7u);
  EXPECT_EQ(before.steps_replayed, 7u);
  EXPECT_EQ(before.texts_checked, 1u);

  Backup backup(ground, {"steps", "cases", "step_texts"});
  int altered = 0;
  const auto alter = [&](const std::string& table, const Column& column, const std::string& which) {
    Execute(ground, "UPDATE " + table + " SET " + column.name + " = " + AnotherValue(column) +
                        " WHERE shop_id = 7 AND case_id = " + platform::ToString(id) + which);
    const auto report = VerifyHistory(house.cases, kShop, id);
    // A row that was given to another shop or case is missing here; its text is then one that can
    // no longer be compared.
    const bool moved_text = table == "step_texts" && column.name != "sealed";
    const bool found = !report || !report->intact() || (moved_text && report->texts_unreadable > 0);
    EXPECT_TRUE(found) << table << "." << column.name << which;
    backup.Restore();
    ++altered;
  };
  for (const Column& column : ColumnsOf(ground, "steps")) {
    for (const char* which : {" AND sequence = 1", " AND sequence = 4", " AND sequence = 7"}) {
      alter("steps", column, which);
    }
  }
  for (const Column& column : ColumnsOf(ground, "cases")) alter("cases", column, "");
  for (const Column& column : ColumnsOf(ground, "step_texts")) alter("step_texts", column, "");
  EXPECT_EQ(altered, 3 * 23 + 68 + 4);
  EXPECT_TRUE(verify().intact());
  test::Figure("history_alterations_found", altered);
}

// A dispute's row has a refund's columns, too, and its own progress is packed.
TEST(VerifyHistory, FindsEveryAlteredColumnOfADispute) {
  Ground ground(nullptr);
  House house(ground);
  OpenDispute open;
  open.number = house.numbers.Next(kShop);
  open.line = house.line_facts;
  open.reason = "not_delivered";
  const CaseId id = house.Insist(*house.Make(house.ids.New<CaseId>(), open)).after.id;
  house.Insist(*house.Fire(id, workflows::dispute::AddEvidence{}));
  const HistoryReport before = VerifyHistory(house.cases, kShop, id).value();
  ASSERT_TRUE(before.intact()) << Told(before);

  Backup backup(ground, {"cases"});
  const auto is_found = [&](const std::string& name, const std::string& value) {
    Execute(ground, "UPDATE cases SET " + name + " = " + value +
                        " WHERE shop_id = 7 AND case_id = " + platform::ToString(id));
    const auto report = VerifyHistory(house.cases, kShop, id);
    backup.Restore();
    return !report || !report->intact();
  };
  for (const Column& column : ColumnsOf(ground, "cases")) {
    EXPECT_TRUE(is_found(column.name, AnotherValue(column))) << column.name;
  }
  // Bytes that still read, and say the same or another thing.
  EXPECT_TRUE(is_found("progress", "CONCAT(progress, '\\0')"));
  EXPECT_TRUE(is_found("progress", "''"));
  EXPECT_TRUE(VerifyHistory(house.cases, kShop, id)->intact());
}

TEST(VerifyHistory, FindsDeletedAndAddedRows) {
  Ground ground(nullptr);
  House house(ground);
  const CaseId id = PaidReturn(house);
  Backup backup(ground, {"steps", "cases"});
  const std::string of_case = " WHERE shop_id = 7 AND case_id = " + platform::ToString(id);
  for (int sequence = 1; sequence <= 7; ++sequence) {
    Execute(ground, "DELETE FROM steps" + of_case + " AND sequence = " + std::to_string(sequence));
    EXPECT_FALSE(VerifyHistory(house.cases, kShop, id)->intact()) << sequence;
    backup.Restore();
  }
  Execute(ground, "DELETE FROM steps" + of_case);
  EXPECT_FALSE(VerifyHistory(house.cases, kShop, id)->intact());
  backup.Restore();
  Execute(ground, "DELETE FROM cases" + of_case);
  EXPECT_FALSE(VerifyHistory(house.cases, kShop, id)->intact());
  backup.Restore();
  Execute(ground, "UPDATE steps_before SET sequence = 8, request_id = 'another'" + of_case +
                      " AND sequence = 7");
  Execute(ground, "INSERT INTO steps SELECT * FROM steps_before" + of_case + " AND sequence = 8");
  EXPECT_FALSE(VerifyHistory(house.cases, kShop, id)->intact());
  EXPECT_FALSE(VerifyHistory(house.cases, kShop, CaseId{1}).has_value());
  EXPECT_FALSE(VerifyHistory(house.cases, ShopId{8}, id).has_value());
}

TEST(VerifyHistory, StaysIntactAfterItsPersonWasErased) {
  Ground ground;
  House house(ground);
  const CaseId id = PaidReturn(house);
  platform::Transact(ground.pool, [&](Connection& db) {
    house.sealer.DestroySubject(db, kShop, platform::SubjectKind::kCustomer, 5);
  });
  const HistoryReport report = VerifyHistory(house.cases, kShop, id).value();
  EXPECT_TRUE(report.intact()) << Told(report);
  EXPECT_EQ(report.texts_checked, 0u);
  EXPECT_EQ(report.texts_unreadable, 1u);
}

TEST(VerifyHistory, FindsNothingWhileTheCaseMovesOn) {
  Ground ground;
  House house(ground);
  const CaseId id = house.OpenCase(kLine, 1000);
  constexpr int kMoves = 240;  // more steps than a page
  std::atomic<bool> done = false;
  std::thread mover([&] {
    for (int move = 0; move < kMoves; ++move) {
      house.Insist(*house.Make(id, AssignTo{move % 2 == 0 ? kAgent : AccountId{}}));
    }
    done = true;
  });
  int verified = 0;
  while (!done) {
    const HistoryReport report = VerifyHistory(house.cases, kShop, id).value();
    EXPECT_TRUE(report.intact()) << Told(report);
    if (!report.intact()) break;
    ++verified;
  }
  mover.join();
  EXPECT_GT(verified, 0);
  const HistoryReport report = VerifyHistory(house.cases, kShop, id).value();
  EXPECT_TRUE(report.intact()) << Told(report);
  EXPECT_EQ(report.steps, kMoves + 1u);
}

TEST(ListHistories, PagesOverCasesAndOverStepsWithoutACase) {
  Ground ground;
  House house(ground);
  std::vector<CaseId> all;
  for (std::uint64_t i = 0; i < 5; ++i) all.push_back(house.OpenCase(LineId{700 + i}, 1000));
  Execute(ground,
          "DELETE FROM cases WHERE shop_id = 7 AND case_id = " + platform::ToString(all[1]));
  Execute(ground,
          "DELETE FROM steps WHERE shop_id = 7 AND case_id = " + platform::ToString(all[3]));
  std::vector<CaseId> read;
  while (true) {
    const auto page = house.cases.ListHistories(kShop, read.empty() ? CaseId{} : read.back(), 2);
    read.insert(read.end(), page.begin(), page.end());
    if (page.size() < 2) break;
  }
  EXPECT_EQ(read, all);
  EXPECT_TRUE(house.cases.ListHistories(ShopId{8}, {}, 10).empty());
}

TEST(CaseAt, IsTheCaseAsEachStepLeftIt) {
  Ground ground;
  House house(ground);
  const CaseId id = house.OpenCase(kLine, 1000);
  std::vector<Case> left{house.Now(id)};
  house.Insist(*house.Make(id, AssignTo{kAgent}));
  left.push_back(house.Now(id));
  house.Insist(*house.Fire(id, refund::Approve{900}));
  left.push_back(house.Now(id));
  house.Insist(*house.Make(id, RecordPayment{{PaymentResult::kSettled, "bank-1", ""}}));
  left.push_back(house.Now(id));
  const Case now = house.Now(id);
  const std::vector<Step> steps = house.History(id);
  for (std::uint32_t i = 0; i < steps.size(); ++i) {
    const auto at = CaseAt(house.cases, now, steps[i].applied_at).value();
    EXPECT_TRUE(DifferencesOf(left[i], at.after).empty()) << i;
    EXPECT_EQ(at.step.sequence, i + 1);
    EXPECT_EQ(at.previous, i == 0 ? Hash{} : steps[i - 1].hash);
    const auto after = CaseAfter(house.cases, now, i + 1).value();
    EXPECT_TRUE(DifferencesOf(left[i], after.after).empty()) << i;
    const auto just_before = CaseAt(house.cases, now, steps[i].applied_at - 1);
    EXPECT_EQ(just_before ? just_before->step.sequence : 0, i);
  }
  EXPECT_EQ(CaseAt(house.cases, now, now.updated_at + 1'000'000)->step.sequence, 4u);
  EXPECT_FALSE(CaseAfter(house.cases, now, 0).has_value());
  EXPECT_FALSE(CaseAfter(house.cases, now, 5).has_value());
}

}  // namespace
}  // namespace redress::aftersales
