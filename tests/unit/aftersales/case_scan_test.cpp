// What a scan says of one case, and how live cases are grouped.

#include "services/aftersales/domain/case_scan.h"

#include <gtest/gtest.h>

#include <functional>

namespace redress::aftersales {
namespace {

ScannedCase Sound() {
  ScannedCase one;
  one.id = CaseId{11};
  one.number = 3;
  one.kind = "refund";
  one.state = "Settling";
  one.deadline_rule = "settlement";
  one.due_at = 2000;
  one.warn_at = 1000;
  one.timer_at = 1000;
  one.reserved = 500;
  one.payment_amount = 500;
  one.payment_state = 1;
  one.has_line = true;
  one.line_reserved = one.cases_reserved = 500;
  one.line_settled = one.cases_settled = 100;
  one.awaited_tasks = one.awaited_open_tasks = one.open_tasks = 1;
  return one;
}

struct Broken {
  const char* invariant;
  std::function<void(ScannedCase&)> by;
};

TEST(CaseScan, FindsNothingInASoundCase) { EXPECT_TRUE(CheckCase(Sound()).empty()); }

TEST(CaseScan, NamesWhatDoesNotHold) {
  const Broken all[] = {
      {"DEADLINE_NOT_ARMED", [](ScannedCase& c) { c.due_at = c.warn_at = c.timer_at = 0; }},
      {"TIMER_NOT_SET", [](ScannedCase& c) { c.timer_at = 0; }},
      {"TIMER_NOT_SET", [](ScannedCase& c) { c.timer_at = 1001; }},
      {"STATE_UNKNOWN", [](ScannedCase& c) { c.state = "Dreaming"; }},
      {"STATE_UNKNOWN", [](ScannedCase& c) { c.kind = "poem"; }},
      {"RULE_DIFFERS", [](ScannedCase& c) { c.deadline_rule = "reship"; }},
      {"RESERVED_WITHOUT_SETTLEMENT", [](ScannedCase& c) { c.payment_state = 0; }},
      {"RESERVED_WITHOUT_SETTLEMENT", [](ScannedCase& c) { c.payment_state = 5; }},
      {"SETTLED_WITHOUT_SETTLEMENT",
       [](ScannedCase& c) {
         c.settled_by_us = true;
         c.settled = 400;
         c.reserved = 0;
         c.payment_state = 2;
       }},
      {"LINE_DIFFERS", [](ScannedCase& c) { c.line_reserved = 499; }},
      {"LINE_DIFFERS", [](ScannedCase& c) { c.cases_settled = 99; }},
      {"TASK_NOT_OPEN", [](ScannedCase& c) { c.awaited_open_tasks = c.open_tasks = 0; }},
      {"TASK_FORGOTTEN", [](ScannedCase& c) { c.open_tasks = 2; }},
  };
  for (const Broken& broken : all) {
    ScannedCase one = Sound();
    broken.by(one);
    const auto findings = CheckCase(one);
    ASSERT_EQ(findings.size(), 1u) << broken.invariant;
    EXPECT_EQ(findings[0].invariant, broken.invariant);
    EXPECT_EQ(findings[0].number, 3u);
  }
}

TEST(CaseScan, AFinalCaseHasNoDeadlineAndNoTimer) {
  ScannedCase one = Sound();
  one.state = "Closed";
  one.final = true;
  one.reserved = one.line_reserved = one.cases_reserved = 0;
  one.awaited_tasks = one.awaited_open_tasks = one.open_tasks = 0;
  one.deadline_rule.clear();
  one.due_at = one.warn_at = one.timer_at = 0;
  EXPECT_TRUE(CheckCase(one).empty());
  one.deadline_rule = "settlement";
  one.due_at = one.timer_at = 5;
  const auto findings = CheckCase(one);
  ASSERT_EQ(findings.size(), 2u);
  EXPECT_EQ(findings[0].invariant, "DEADLINE_NOT_ARMED");
  EXPECT_EQ(findings[1].invariant, "RULE_DIFFERS");
  one = Sound();
  one.final = true;
  EXPECT_EQ(CheckCase(one).back().invariant, "FINAL_DIFFERS");
}

TEST(LiveCasesOf, AreCountedByWhatAMachineSees) {
  std::vector<LiveCase> cases;
  for (std::uint64_t i = 1; i <= 7; ++i) {
    cases.push_back({CaseId{i}, i, "refund", 3, i == 7 ? "Settling" : "Requested", "rule", ""});
  }
  cases.push_back({CaseId{8}, 8, "refund", 2, "Requested", "rule", ""});
  const auto groups = GroupLive(cases);
  ASSERT_EQ(groups.size(), 3u);
  EXPECT_EQ(groups[0].workflow_version, 2u);
  EXPECT_EQ(groups[1].count, 6u);
  EXPECT_EQ(groups[1].numbers.size(), kMostNumbersTold);
  EXPECT_EQ(groups[2].state, "Settling");
}

class ThreeShops final : public CaseScanRepository {
 public:
  std::vector<ScannedCase> Scan(ShopId shop, CaseId after, std::size_t limit) override {
    std::vector<ScannedCase> cases;
    for (std::uint64_t id = after.value + 1; id <= 5 && cases.size() < limit; ++id) {
      cases.push_back(Sound());
      cases.back().id = CaseId{id};
      if (shop.value == broken && id == 4) cases.back().timer_at = 0;
      ++seen;
    }
    return cases;
  }
  std::vector<LiveCase> Live(ShopId, CaseId, std::size_t) override { return {}; }

  std::uint32_t broken = 0;
  int seen = 0;
};

TEST(RollingScans, LookAtEveryCaseOfEveryShopAndTellOncePerPass) {
  ThreeShops shops;
  shops.broken = 9;
  std::vector<std::size_t> passes;
  RollingScan scan(
      {.at_once = 2, .on_pass = [&](std::size_t found) { passes.push_back(found); }},
      [] {
        return std::vector{ShopId{9}, ShopId{3}, ShopId{5}};
      },
      shops);
  while (passes.empty()) scan.Round();
  EXPECT_EQ(shops.seen, 15);
  shops.broken = 0;
  while (passes.size() < 2) scan.Round();
  EXPECT_EQ(passes, (std::vector<std::size_t>{1, 0}));
}

}  // namespace
}  // namespace redress::aftersales
