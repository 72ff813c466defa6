// Closed cases of other systems over a real database: stored once, however often and from however
// many sides they come.

#include "services/aftersales/domain/past_import.h"

#include <gtest/gtest.h>

#include "services/aftersales/domain/history.h"
#include "services/aftersales/store/past_case_store.h"
#include "services/aftersales/store/personal_data.h"
#include "services/aftersales/store/step_event_source.h"
#include "services/platform/database/transact.h"
#include "services/platform/privacy/retention.h"
#include "tests/integration/aftersales/house.h"

namespace redress::aftersales {
namespace {

constexpr std::int64_t kThen = 1'500'000'000'000'000;
const auto kNoHurry = std::chrono::steady_clock::time_point::max();

class SameLine final : public PastLines {
 public:
  LineFacts Find(ShopId, const std::string&, const std::string& order,
                 const std::string&) override {
    if (order != "known") throw platform::NotFound("order", order);
    return facts;
  }
  LineFacts FindOrder(ShopId shop, const std::string& platform, const std::string& order) override {
    LineFacts whole = Find(shop, platform, order, "");
    whole.line = {};
    return whole;
  }
  LineFacts facts;
};

class Customers final : public PastCustomers {
 public:
  std::vector<CustomerId> Ensure(ShopId, const std::string&, std::span<const std::string> nicks,
                                 std::chrono::steady_clock::time_point) override {
    return std::vector<CustomerId>(nicks.size(), CustomerId{70});
  }
};

struct PastHouse {
  explicit PastHouse(Ground& ground, std::uint16_t worker = 1)
      : house(ground, worker),
        store(ground.pool, house.sealer, house.ids),
        past({store, lines, customers, house.numbers, house.ids, ground.clock}) {
    lines.facts = house.line_facts;
    lines.facts.order = OrderId{50};
    lines.facts.line = LineId{51};
  }

  // Again while the answer is UNAVAILABLE, as a client does.
  std::vector<PastResult> Import(const std::vector<PastCase>& cases, bool validate_only = false) {
    const std::vector<PastImport::Item> items(cases.begin(), cases.end());
    for (;;) {
      try {
        return past.Import(kShop, items, validate_only, kNoHurry);
      } catch (const platform::Refusal& refusal) {
        if (refusal.code() != platform::Code::kUnavailable) throw;
      }
    }
  }

  House house;
  SameLine lines;
  Customers customers;
  SqlPastCaseStore store;
  PastImport past;
};

PastCase Ticket(const std::string& number) {
  PastCase past;
  past.source = "helpdesk";
  past.source_number = number;
  past.kind = kDisputeKind;
  past.platform = "direct";
  past.buyer_nick = "anna";
  past.steps = {{"Opened", kThen, "Anna", "it is broken", false, {}, {}},
                {"Closed", kThen + platform::kHourUs, "Bert", "", true, {}, {}}};
  past.digest = platform::Sha256(number);
  return past;
}

PastCase Refund(const std::string& number, std::int64_t amount) {
  PastCase past = Ticket(number);
  past.kind = kRefundKind;
  past.order_number = "known";
  past.currency = "GBP";
  past.amount_asked = past.amount_settled = amount;
  past.outcome = PastOutcome::kSettled;
  return past;
}

std::int64_t CountOf(Ground& ground, const std::string& table) {
  return ground.Count("SELECT COUNT(*) FROM " + table);
}

TEST(PastImport, StoresACaseOnceAndItsHistoryVerifies) {
  Ground ground;
  PastHouse desk(ground);
  const auto first = desk.Import({Ticket("1"), Ticket("2")});
  EXPECT_EQ(first[0].fate, PastFate::kCreated);
  const auto again = desk.Import({Ticket("1"), Ticket("2")});
  EXPECT_EQ(again[0].fate, PastFate::kUnchanged);
  EXPECT_EQ(again[0].id, first[0].id);
  EXPECT_EQ(CountOf(ground, "cases"), 2);
  EXPECT_EQ(CountOf(ground, "steps"), 4);

  HistoryCheck check(kShop, first[0].id);
  const auto texts = desk.house.cases.ReadTexts(desk.house.Now(first[0].id), 1, 9);
  for (const Step& step : desk.house.History(first[0].id)) {
    check.Take(step, step.sequence == 1 ? &texts.at(0) : nullptr);
  }
  const HistoryReport report =
      std::move(check).Finish(desk.house.cases.FindStored(kShop, first[0].id));
  EXPECT_TRUE(report.intact());
  EXPECT_EQ(report.texts_checked, 1u);
}

// One of many in a file must not keep the others out.
TEST(PastImport, LeavesOutWhatWasSaidAboutSomebodyWhoWasErased) {
  Ground ground;
  PastHouse desk(ground);
  desk.lines.facts.customer = CustomerId{9};
  platform::Transact(ground.quiet_pool, [&](platform::Connection& db) {
    desk.house.sealer.DestroySubject(db, kShop, platform::SubjectKind::kCustomer, 9);
  });
  PastCase refund = Refund("1", 100);
  refund.steps[0].text = "it is broken";
  const auto results = desk.Import({refund, Ticket("2")});
  EXPECT_EQ(results[0].fate, PastFate::kCreated);
  EXPECT_EQ(results[1].fate, PastFate::kCreated);
  EXPECT_EQ(CountOf(ground, "step_texts"), 1);
  EXPECT_EQ(VerifyChain(desk.house.History(results[0].id)), 0u);
}

TEST(PastImport, RefusesOtherContentUnderAKnownNumber) {
  Ground ground;
  PastHouse desk(ground);
  desk.Import({Ticket("1")});
  PastCase other = Ticket("1");
  other.digest = platform::Sha256("other");
  const auto result = desk.Import({other, Ticket("2")});
  EXPECT_EQ(result[0].fate, PastFate::kRefused);
  EXPECT_EQ(result[0].problem.field, "source_number");
  EXPECT_EQ(result[1].fate, PastFate::kCreated) << "each is judged by itself";
}

TEST(PastImport, StoresNothingWhenItOnlyValidates) {
  Ground ground;
  PastHouse desk(ground);
  EXPECT_EQ(desk.Import({Ticket("1")}, true)[0].fate, PastFate::kCreated);
  EXPECT_EQ(CountOf(ground, "cases"), 0);
  EXPECT_EQ(CountOf(ground, "imported_cases"), 0);
}

TEST(PastImport, RefundsLowerWhatTheLineHasLeft) {
  Ground ground;
  PastHouse desk(ground);
  desk.Import({Refund("1", 1000), Refund("2", 500)});
  const LedgerRow row = desk.house.cases.FindLine(kShop, LineId{51}).value();
  EXPECT_EQ(row.settled, 1500);
  EXPECT_EQ(row.reserved, 0);
  desk.Import({Refund("1", 1000)});
  EXPECT_EQ(desk.house.cases.FindLine(kShop, LineId{51})->settled, 1500);
}

TEST(PastImport, OfAnUnknownOrderIsAboutNone) {
  Ground ground;
  PastHouse desk(ground);
  PastCase past = Refund("1", 100);
  past.order_number = "unknown";
  const auto result = desk.Import({past});
  EXPECT_EQ(result[0].fate, PastFate::kCreated);
  EXPECT_FALSE(result[0].order_found);
  EXPECT_EQ(desk.house.Now(result[0].id).order, OrderId{});
}

TEST(PastImport, ACaseOfThePastTakesNoStep) {
  Ground ground;
  PastHouse desk(ground);
  const CaseId id = desk.Import({Ticket("1")})[0].id;
  EXPECT_EQ(desk.house.Reason(*desk.house.Make(id, AssignTo{kAgent})), "CASE_IMPORTED");
  EXPECT_EQ(desk.house.History(id).size(), 2u);
}

TEST(PastImport, ComesOnceFromManySides) {
  constexpr int kSides = 4;
  constexpr int kCases = 40;
  Ground ground;
  std::vector<PastCase> all;
  for (int i = 0; i < kCases; ++i) all.push_back(Refund(std::to_string(i), 10));
  std::vector<std::unique_ptr<PastHouse>> sides;
  for (int i = 0; i < kSides; ++i) {
    sides.push_back(std::make_unique<PastHouse>(ground, static_cast<std::uint16_t>(i + 1)));
  }
  std::vector<std::vector<PastResult>> results(kSides);
  Together(kSides, [&](int side) {
    const auto at = static_cast<std::size_t>(side);
    results[at] = sides[at]->Import(all);
  });
  EXPECT_EQ(CountOf(ground, "cases"), kCases);
  EXPECT_EQ(CountOf(ground, "steps"), 2 * kCases);
  EXPECT_EQ(ground.Count("SELECT settled FROM line_ledger"), 10 * kCases);
  for (const auto& of_side : results) {
    for (std::size_t i = 0; i < all.size(); ++i) EXPECT_EQ(of_side[i].id, results[0][i].id);
  }
}

TEST(PastImport, IsToldOfAmongTheHeadsOfItsDay) {
  Ground ground;
  PastHouse desk(ground);
  const std::int64_t before = ground.clock.NowUs();
  const CaseId id = desk.Import({Ticket("1")})[0].id;
  StepEventSource source(desk.house.recent);
  const auto heads = platform::Read(ground.quiet_pool, [&](platform::Connection& db) {
    platform::HeadsPage page;
    page.changed_since_us = before;
    page.limit = 10;
    return source.Heads(db, page);
  });
  ASSERT_EQ(heads.size(), 1u);
  EXPECT_EQ(heads[0].ref.aggregate_id, id.value);
  EXPECT_EQ(heads[0].ref.sequence, 2u);
}

// Their ids are of the day of the import.
TEST(PastImport, OldWordsGoByTheTimeOfTheirCase) {
  Ground ground;
  PastHouse desk(ground);
  desk.Import({Ticket("1")});
  std::string months = "2";
  platform::Retention retention({.pool = ground.quiet_pool,
                                 .ids = desk.house.ids,
                                 .clock = ground.clock,
                                 .shops = [] { return std::vector{kShop}; },
                                 .setting = [&](ShopId, std::string_view) { return months; }},
                                {StepTextRetention()});
  EXPECT_EQ(retention.Preview(kShop, 2).at(0).due, 1u);
  retention.Run([] { return false; });
  EXPECT_EQ(CountOf(ground, "step_texts"), 0);
}

}  // namespace
}  // namespace redress::aftersales
