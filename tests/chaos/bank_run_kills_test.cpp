// A client makes bank runs over and over, and the aftersales service is killed at every step of
// each: at the named points and anywhere else. A payment is never made twice and never lost.

#include <gtest/gtest.h>
#include <redress/aftersales/v1/bank_run_service.pb.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <thread>

#include "services/platform/base/crash_points.h"
#include "tests/chaos/bank.h"
#include "tests/chaos/caller.h"
#include "tests/chaos/victim.h"
#include "tests/e2e/shop.h"
#include "tests/support/figure.h"
#include "tests/support/wait_for.h"

namespace redress::chaos {
namespace {

namespace aftersales = redress::aftersales::v1;
using std::chrono::seconds;

constexpr int kCyclesOfRounds = 2;  // each cycle has a round per place
constexpr int kCasesPerRound = 6;
constexpr std::int64_t kAmount = 10'00;

enum class StepOfRun { kCreate, kExport, kHandOver, kImport, kDissolve };

// Where the service dies: at a point, or (null) somewhere while the step is under way.
struct Place {
  StepOfRun step;
  const char* point;
  int passing = 1;
};

std::vector<Place> Places() {
  using namespace platform;
  std::vector<Place> places;
  for (const StepOfRun step : {StepOfRun::kCreate, StepOfRun::kExport, StepOfRun::kHandOver,
                               StepOfRun::kImport, StepOfRun::kDissolve}) {
    places.push_back({step, kBeforeCommit});
    places.push_back({step, kAfterCommitBeforeAnswer});
    places.push_back({step, nullptr});
  }
  places.push_back({StepOfRun::kExport, kWhileExporting});
  places.push_back({StepOfRun::kImport, kAfterResultsBeforeTelling});
  for (const int passing : {1, 2, 3}) {
    places.push_back({StepOfRun::kImport, kAfterStepBeforeMark, passing});
    places.push_back({StepOfRun::kImport, kAfterCommitBeforeAnswer, passing + 1});
  }
  return places;
}

class BankRunKills {
 public:
  BankRunKills(e2e::Stack& stack, std::uint64_t seed)
      : stack_(stack),
        shop_(stack),
        caller_(stack, shop_, journal_, violations_),
        victim_(stack, "aftersales", "redress-aftersales", {}),
        random_(seed),
        bank_(seed) {}

  void Round(const Place& place) {
    place_ = place;
    for (int i = 0; i < kCasesPerRound; ++i) ApproveACase();
    const aftersales::BankRun run = Create();
    const std::string file = Export(run);
    if (place.step == StepOfRun::kDissolve) return Dissolve(run);
    bank_.Receive(file);
    HandOver(run);
    ImportResults(run);
    // The same file again, and what the bank has found out since.
    Import(run, bank_.Results());
    bank_.FindOut();
    Import(run, bank_.Results());
    if (Export(run) != file) violations_.Add("a run gave another file", run.run_id());
  }

  void Check();
  int kills() const { return kills_; }
  int kills_at_points() const { return kills_at_points_; }
  Journal& journal() { return journal_; }
  Violations& violations() { return violations_; }
  const Bank& bank() const { return bank_; }

 private:
  // Does the step's work while the service is about to die, where the round says so.
  template <class Work>
  auto During(StepOfRun step, Work work) {
    if (place_.step != step) return work();
    const auto before = victim_.Pid();
    if (place_.point != nullptr) {
      victim_.Arm({place_.point}, place_.passing);
      // The process looks at the file every 20 ms, and nothing tells that it has.
      std::this_thread::sleep_for(std::chrono::milliseconds(60));
    } else {
      std::thread([this, delay = std::chrono::microseconds(random_() % 4000)] {
        std::this_thread::sleep_for(delay);
        victim_.Kill();
      }).detach();
    }
    auto result = work();
    const bool struck =
        place_.point == nullptr || test::WaitFor([&] { return victim_.Struck(); }, seconds(5));
    if (!struck) {
      victim_.Disarm();  // the bank had said too little for this point
      return result;
    }
    const bool back = test::WaitFor(
        [&] {
          const auto now = victim_.Pid();
          return now && now != before && victim_.Serves();
        },
        seconds(60));
    if (!back) violations_.Add("the service did not come back", victim_.Condition());
    ++kills_;
    if (place_.point != nullptr) ++kills_at_points_;
    return result;
  }

  void ApproveACase() {
    const auto order = shop_.PushOrder();
    const std::string id =
        shop_.Open(order, aftersales::REFUND_VARIANT_REFUND_ONLY, kAmount).case_id();
    shop_.Approve(id, kAmount);
    cases_.push_back(id);
  }

  aftersales::BankRun Create() {
    return During(StepOfRun::kCreate,
                  [&] {
                    return caller_.Write<aftersales::CreateBankRunResponse>(
                        "finance", aftersales::CreateBankRunRequest());
                  })
        ->run();
  }

  aftersales::BankRun Read(const aftersales::BankRun& run) {
    aftersales::GetBankRunRequest request;
    request.set_run_id(run.run_id());
    return caller_.Read<aftersales::GetBankRunResponse>("finance", request).run();
  }

  std::string Export(const aftersales::BankRun& run) {
    return During(StepOfRun::kExport, [&] { return ExportUntilWhole(run); });
  }
  // A stream that broke is begun anew.
  std::string ExportUntilWhole(const aftersales::BankRun& run) {
    aftersales::ExportBankRunRequest request;
    request.set_run_id(run.run_id());
    std::string file;
    const bool whole = test::WaitFor(
        [&] {
          file.clear();
          try {
            shop_.As("finance").Watch<aftersales::ExportBankRunResponse>(
                request, [&](const aftersales::ExportBankRunResponse& piece) {
                  if (piece.has_run()) file.clear();
                  file += piece.content();
                  return true;
                });
            return true;
          } catch (const client::CallError& error) {
            if (!Caller::IsUnknown(error)) throw;
            return false;
          }
        },
        seconds(60));
    if (!whole) violations_.Add("a run was never exported", run.run_id());
    return file;
  }

  void HandOver(const aftersales::BankRun& run) {
    aftersales::HandOverBankRunRequest request;
    request.set_run_id(run.run_id());
    request.set_version(Read(run).version());
    During(StepOfRun::kHandOver,
           [&] { return caller_.Write<aftersales::HandOverBankRunResponse>("finance", request); });
  }
  void Dissolve(const aftersales::BankRun& run) {
    aftersales::DissolveBankRunRequest request;
    request.set_run_id(run.run_id());
    request.set_version(Read(run).version());
    During(StepOfRun::kDissolve,
           [&] { return caller_.Write<aftersales::DissolveBankRunResponse>("finance", request); });
  }
  void ImportResults(const aftersales::BankRun& run) {
    const std::string results = bank_.Results();
    During(StepOfRun::kImport, [&] { return Import(run, results); });
  }
  std::optional<aftersales::ImportBankResultsResponse> Import(const aftersales::BankRun& run,
                                                              const std::string& text) {
    aftersales::ImportBankResultsRequest request;
    request.set_run_id(run.run_id());
    request.set_text(text);
    return caller_.Write<aftersales::ImportBankResultsResponse>("finance", request);
  }

  void CheckRepeats();
  void CheckCase(const std::string& id);

  e2e::Stack& stack_;
  e2e::Shop shop_;
  Journal journal_;
  Violations violations_;
  Caller caller_;
  Victim victim_;
  std::mt19937_64 random_;
  Bank bank_;
  Place place_{StepOfRun::kCreate, nullptr};
  std::vector<std::string> cases_;
  int kills_ = 0;
  int kills_at_points_ = 0;
};

// What the bank paid against what the service believes, case by case.
void BankRunKills::CheckCase(const std::string& id) {
  const auto found = bank_.paid().find(id);
  const int paid = found == bank_.paid().end() ? 0 : found->second;
  const std::string row = stack_.Sql(
      "SELECT state, payment_reference FROM redress_aftersales.settlements WHERE case_id = " + id);
  const bool settled = row.starts_with("2\t");
  if (paid > 1) violations_.Add("paid twice", id + " " + std::to_string(paid) + " times: " + row);
  if (paid == 1 && !settled) violations_.Add("a payment was lost", id + ": " + row);
  if (paid == 0 && settled) violations_.Add("settled without a payment", id + ": " + row);
  if (paid == 1 && settled && row.substr(2) != bank_.references().at(id)) {
    violations_.Add("settled under another reference", id + ": " + row);
  }
  // Pending or failed: what was not paid still stands before somebody.
  if (!settled && !row.starts_with("1\t") && !row.starts_with("3\t")) {
    violations_.Add("neither paid nor to be paid", id + ": " + row);
  }
}

void BankRunKills::CheckRepeats() {
  for (const CallRecord& record : journal_.records()) {
    const auto* first = record.Answer<aftersales::CreateBankRunResponse>();
    if (first == nullptr) continue;
    aftersales::CreateBankRunResponse again;
    caller_.Repeat(record, again);
    if (again.SerializeAsString() != first->SerializeAsString()) {
      violations_.Add("a repeat got another answer", record.Describe());
    }
  }
}

void BankRunKills::Check() {
  const std::string of_shop = " WHERE shop_id = " + shop_.shop_id();
  const bool told = test::WaitFor(
      [&] {
        return stack_.Sql("SELECT COUNT(*) FROM redress_aftersales.bank_run_payments" + of_shop +
                          " AND tell_at IS NOT NULL") == "0";
      },
      seconds(60));
  if (!told) violations_.Add("a case was never told", "");
  for (const std::string& id : cases_) CheckCase(id);
  CheckRepeats();
  const std::vector<std::pair<const char*, std::string>> nothing = {
      {"an attempt in two runs",
       "SELECT COUNT(*) FROM (SELECT case_id FROM redress_aftersales.bank_run_payments" + of_shop +
           " AND claim = 1 GROUP BY case_id, attempt HAVING COUNT(*) > 1) twice"},
      {"a case settled twice",
       "SELECT COUNT(*) FROM (SELECT case_id FROM redress_aftersales.steps" + of_shop +
           " AND outcome = 'settled' GROUP BY case_id HAVING COUNT(*) > 1) twice"},
      {"a payment that nobody contradicted and that calls a person",
       "SELECT COUNT(*) FROM redress_aftersales.bank_run_payments" + of_shop +
           " AND attention <> ''"}};
  for (const auto& [rule, sql] : nothing) {
    if (const std::string count = stack_.Sql(sql); count != "0") violations_.Add(rule, count);
  }
  const std::string settled =
      stack_.Sql("SELECT COALESCE(SUM(settled), 0) FROM redress_aftersales.line_ledger" + of_shop);
  if (settled != std::to_string(bank_.paid_minor())) {
    violations_.Add("the ledger is not what was paid",
                    settled + " settled, " + std::to_string(bank_.paid_minor()) + " paid");
  }
}

TEST(BankRunKills, PayNothingTwiceAndLoseNothing) {
  const char* given = std::getenv("REDRESS_CHAOS_SEED");
  const std::uint64_t seed =
      given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device{}();
  std::printf("chaos: bank runs, seed %llu\n", static_cast<unsigned long long>(seed));
  BankRunKills kills(e2e::Stack::Shared(), seed);
  std::vector<Place> places = Places();
  std::mt19937_64 random(seed);
  int rounds = 0;
  for (int cycle = 0; cycle < kCyclesOfRounds; ++cycle) {
    std::shuffle(places.begin(), places.end(), random);
    for (const Place& place : places) {
      kills.Round(place);
      ++rounds;
    }
    std::printf("chaos: %d runs, %d kills, %llu violations\n", rounds, kills.kills(),
                static_cast<unsigned long long>(kills.violations().count()));
    std::fflush(stdout);
  }
  kills.Check();
  test::Figure("settlement_kills", kills.kills());
  test::Figure("settlement_kills_at_crash_points", kills.kills_at_points());
  test::Figure("settlement_bank_files", static_cast<double>(kills.bank().files()));
  test::Figure("settlement_payments_made", static_cast<double>(kills.bank().paid().size()));
  test::Figure("settlement_violations", static_cast<double>(kills.violations().count()));
  EXPECT_EQ(kills.violations().count(), 0u) << kills.violations().Summary();
  EXPECT_GE(kills.kills(), rounds * 9 / 10);
  EXPECT_GT(kills.journal().unknown_outcomes(), 0u) << "no call was in the air";
  EXPECT_FALSE(kills.bank().paid().empty());
}

}  // namespace
}  // namespace redress::chaos
