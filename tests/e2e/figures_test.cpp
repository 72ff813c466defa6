// Figures against what they are made of: the steps, read with plain SQL; the rebuild from the
// events; and both again after the bus was wiped.

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <sstream>

#include "tests/e2e/figures.h"
#include "tests/e2e/shop.h"
#include "tests/e2e/stack.h"
#include "tests/support/figure.h"
#include "tests/support/wait_for.h"

namespace redress::e2e {
namespace {

using std::chrono::seconds;

// Completed, rejected, withdrawn and open cases, some of them nobody's.
void WorkSomeCases(Shop& shop) {
  for (int i = 0; i < 3; ++i) {
    const std::string id =
        shop.Open(shop.PushOrder(), aftersales::REFUND_VARIANT_REFUND_ONLY, 10'00 + i).case_id();
    if (i != 1) shop.Assign(id);
    shop.Approve(id, 10'00 + i);
    shop.Settle(id);
    if (i == 0) shop.FollowUp(id);
  }
  const std::string rejected =
      shop.Open(shop.PushOrder(), aftersales::REFUND_VARIANT_REFUND_ONLY).case_id();
  shop.Reject(rejected);
  const std::string withdrawn =
      shop.Open(shop.PushOrder(), aftersales::REFUND_VARIANT_REFUND_ONLY).case_id();
  shop.Apply("agent", withdrawn, [](auto& event) { event.mutable_withdraw(); });
  shop.Open(shop.PushOrder(2), aftersales::REFUND_VARIANT_RETURN_AND_REFUND, kLinePaid, 1);
}

std::int64_t Number(Stack& stack, const std::string& sql) { return std::stoll(stack.Sql(sql)); }

// What plain SQL over the steps and orders says, independent of scoring.
struct FromSteps {
  std::int64_t opened, completed, settled_minor, sales_minor;
};
FromSteps ReadSteps(Stack& stack, const std::string& shop) {
  const std::string steps = " FROM redress_aftersales.steps WHERE shop_id = " + shop;
  return {Number(stack, "SELECT COUNT(DISTINCT case_id)" + steps +
                            " AND case_id NOT IN (SELECT case_id" + steps +
                            " AND to_state = 'Withdrawn')"),
          Number(stack, "SELECT COUNT(*)" + steps +
                            " AND from_state = 'Settling' AND to_state = 'FollowingUp'"),
          Number(stack,
                 "SELECT SUM(amount) FROM redress_aftersales.settlements WHERE state = 2 AND"
                 " shop_id = " +
                     shop),
          Number(stack,
                 "SELECT SUM(paid_minor) FROM redress_order.order_lines WHERE shop_id = " + shop)};
}

bool EqualTheSteps(Stack& stack, Shop& shop, const Days& days) {
  const FromSteps steps = ReadSteps(stack, shop.shop_id());
  return FigureOf(shop, "case_completion_rate", days, "refund") ==
             std::pair(steps.completed, steps.opened) &&
         FigureOf(shop, "refund_rate", days, "") ==
             std::pair(steps.settled_minor, steps.sales_minor);
}

TEST(Figures, EqualPlainSqlOverTheStepsAndTheRebuild) {
  Stack& stack = Stack::Shared();
  Shop shop(stack);
  const Days days = Around(stack.NowUs());
  WorkSomeCases(shop);
  EXPECT_TRUE(test::WaitFor([&] { return EqualTheSteps(stack, shop, days); }, seconds(30)));
  const Rebuilt rebuilt = Rebuild(shop);
  EXPECT_EQ(rebuilt.mismatches, 0u);
  EXPECT_GT(rebuilt.values, 5u);
}

TEST(Figures, WipingTheBusLosesNothing) {
  Stack& stack = Stack::Shared();
  Shop shop(stack);
  const Days days = Around(stack.NowUs());
  WorkSomeCases(shop);
  EXPECT_TRUE(test::WaitFor([&] { return EqualTheSteps(stack, shop, days); }, seconds(30)));

  // Steps that scoring has not seen when their messages are destroyed.
  stack.Stop("scoring");
  WorkSomeCases(shop);
  const auto outbox = [&] {
    return Number(stack, "SELECT COUNT(*) FROM redress_aftersales.outbox") +
           Number(stack, "SELECT COUNT(*) FROM redress_order.outbox");
  };
  EXPECT_TRUE(test::WaitFor([&] { return outbox() == 0; }, seconds(30)));
  stack.Stop("nats");
  std::filesystem::remove_all(stack.state() / "nats");
  std::filesystem::create_directory(stack.state() / "nats");
  stack.Start("nats");
  stack.Start("scoring");

  EXPECT_TRUE(test::WaitFor(
      [&] { return OnceReached([&] { return EqualTheSteps(stack, shop, days); }); }, seconds(120)));
  const Rebuilt rebuilt = Rebuild(shop);
  EXPECT_EQ(rebuilt.mismatches, 0u);
  // Still fed by the new stream.
  WorkSomeCases(shop);
  EXPECT_TRUE(test::WaitFor([&] { return EqualTheSteps(stack, shop, days); }, seconds(60)));
  const Rebuilt again = Rebuild(shop);
  EXPECT_GT(again.values, 5u);
  test::Figure("figures_after_wipe_mismatches",
               static_cast<double>(rebuilt.mismatches + again.mismatches) +
                   (EqualTheSteps(stack, shop, days) ? 0 : 1));
}

// Moves the time to 20 minutes after the shop's next midnight.
void AdvancePastMidnight(Stack& stack) {
  constexpr std::int64_t kDayS = 24 * 3600, kZoneOffsetS = 8 * 3600, kAfterMidnightS = 20 * 60;
  const std::int64_t local_s = stack.NowUs() / 1'000'000 + kZoneOffsetS;
  stack.Advance(kDayS - local_s % kDayS + kAfterMidnightS);
}

TEST(Figures, APaymentBeforeMidnightAndItsRefundAfterItCountOnTheirOwnDays) {
  Stack& stack = Stack::Shared();
  AdvancePastMidnight(stack);
  Shop shop(stack);
  const Days around = Around(stack.NowUs());
  const Days yesterday = Only(around.from);
  const Days today = Only(DayOf(stack.NowUs()));
  // Paid an hour ago, which was yesterday.
  const std::string id =
      shop.Open(shop.PushOrder(), aftersales::REFUND_VARIANT_REFUND_ONLY, 40'00).case_id();
  shop.Approve(id, 40'00);
  shop.Settle(id);
  const std::pair<std::int64_t, std::int64_t> part(40'00, kLinePaid), absent(0, 0);
  EXPECT_TRUE(test::WaitFor([&] { return FigureOf(shop, "refund_rate", around, "") == part; },
                            seconds(30)));
  EXPECT_EQ(FigureOf(shop, "refund_rate_cohort", yesterday, ""), part);
  EXPECT_EQ(FigureOf(shop, "refund_rate_cohort", today, ""), absent);
  // Nothing was paid today that today's refund could be a part of.
  EXPECT_EQ(FigureOf(shop, "refund_rate", today, ""), absent);
  EXPECT_EQ(FigureOf(shop, "case_completion_rate", today, "refund"),
            std::pair(std::int64_t{1}, std::int64_t{1}));
}

}  // namespace
}  // namespace redress::e2e
