// The funnel against what it is made of: the steps, read with plain SQL; and again after everything
// that scoring knows of the shop was wiped and rebuilt.

#include <gtest/gtest.h>
#include <redress/scoring/v1/funnel_service.pb.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <sstream>
#include <vector>

#include "tests/e2e/cases.h"
#include "tests/e2e/figures.h"
#include "tests/e2e/shop.h"
#include "tests/e2e/stack.h"
#include "tests/support/figure.h"
#include "tests/support/wait_for.h"

namespace redress::e2e {
namespace {

namespace scoring = redress::scoring::v1;
using std::chrono::seconds;

void WorkSomeCases(Shop& shop) {
  for (const char* state : {"Requested", "Returning", "Inspecting", "Settling", "FollowingUp"}) {
    BringTo(shop, aftersales::REFUND_VARIANT_RETURN_AND_REFUND, state);
  }
  for (const char* state : {"Settling", "PendingApproval", "InDispute"}) {
    BringTo(shop, aftersales::REFUND_VARIANT_REFUND_ONLY, state);
  }
  shop.FollowUp(BringTo(shop, aftersales::REFUND_VARIANT_REFUND_ONLY, "FollowingUp"));
  shop.Assign(BringTo(shop, aftersales::REFUND_VARIANT_REFUND_ONLY, "Rejected"));
  shop.Apply("agent", BringTo(shop, aftersales::REFUND_VARIANT_REFUND_ONLY, "Requested"),
             [](auto& event) { event.mutable_withdraw(); });
}

scoring::GetFunnelResponse FunnelOf(Shop& shop) {
  const Days days = Around(shop.stack().NowUs());
  scoring::GetFunnelRequest request;
  request.mutable_query()->set_kind("refund");
  request.mutable_query()->set_from_day(days.from);
  request.mutable_query()->set_to_day(days.to);
  return shop.As("supervisor").Call<scoring::GetFunnelResponse>(request);
}

using Rows = std::map<std::string, std::string>;

// Rows of a name and what follows it.
Rows Read(Stack& stack, const std::string& sql) {
  Rows rows;
  std::istringstream lines(stack.Sql(sql));
  for (std::string line; std::getline(lines, line);) {
    const std::size_t tab = line.find('\t');
    rows[line.substr(0, tab)] = line.substr(tab + 1);
  }
  return rows;
}

std::string Text(std::initializer_list<std::uint64_t> numbers) {
  std::string text;
  for (const std::uint64_t number : numbers)
    text += (text.empty() ? "" : "\t") + std::to_string(number);
  return text;
}

// Half to even.
std::uint64_t Rounded(std::uint64_t number, std::uint64_t divisor) {
  const std::uint64_t whole = number / divisor;
  const std::uint64_t twice = 2 * (number % divisor);
  return whole + (twice > divisor || (twice == divisor && whole % 2 == 1) ? 1 : 0);
}

// By linear interpolation between the two that are nearest.
std::uint64_t QuantileOf(const std::vector<std::uint64_t>& sorted, std::uint64_t per_mille) {
  const std::uint64_t place = (sorted.size() - 1) * per_mille;
  const std::uint64_t low = sorted[place / 1000];
  const std::uint64_t high = sorted[std::min(place / 1000 + 1, sorted.size() - 1)];
  return Rounded(low * 1000 + (high - low) * (place % 1000), 1000);
}

// How many ended, their mean, median and 90th percentile, from lists of stays in ascending order.
Rows Measured(Rows lists) {
  for (auto& [state, row] : lists) {
    std::istringstream numbers(row);
    std::vector<std::uint64_t> stays;
    std::uint64_t sum = 0;
    for (std::uint64_t stay = 0; numbers >> stay;) {
      stays.push_back(stay);
      sum += stay;
    }
    row = Text(
        {stays.size(), Rounded(sum, stays.size()), QuantileOf(stays, 500), QuantileOf(stays, 900)});
  }
  return lists;
}

// What plain SQL over the steps and cases says, independent of scoring.
struct FromSteps {
  Rows edges, entered, stays, now;
};
FromSteps ReadSteps(Stack& stack, const std::string& shop) {
  const std::string steps =
      " FROM redress_aftersales.steps s JOIN redress_aftersales.cases c ON c.shop_id = s.shop_id"
      " AND c.case_id = s.case_id WHERE c.kind = 'refund' AND s.shop_id = " +
      shop;
  return {
      Read(stack,
           "SELECT CONCAT_WS('|', s.from_state, s.event, s.to_state), COUNT(*),"
           " COUNT(DISTINCT s.case_id)" +
               steps + " GROUP BY 1"),
      Read(stack, "SELECT s.to_state, COUNT(*), COUNT(DISTINCT s.case_id)" + steps +
                      " AND s.from_state <> s.to_state GROUP BY 1"),
      Measured(Read(
          stack,
          "SELECT v.state, GROUP_CONCAT(v.stayed ORDER BY v.stayed SEPARATOR ' ') FROM (SELECT"
          " s.to_state AS state, LEAD(s.applied_at) OVER (PARTITION BY s.case_id"
          " ORDER BY s.sequence) - s.applied_at AS stayed" +
              steps + " AND s.from_state <> s.to_state) v WHERE v.stayed IS NOT NULL GROUP BY 1")),
      Read(stack,
           "SELECT state, COUNT(*) FROM redress_aftersales.cases WHERE kind = 'refund' AND"
           " shop_id = " +
               shop + " GROUP BY 1")};
}

// How many rows are not the same in both.
int Differences(const Rows& expected, const Rows& found) {
  int different = 0;
  for (const auto& [name, row] : expected) {
    const auto other = found.find(name);
    different += other == found.end() || other->second != row;
  }
  for (const auto& [name, row] : found) different += expected.count(name) == 0;
  return different;
}

std::uint64_t Micros(const google::protobuf::Duration& stay) {
  return static_cast<std::uint64_t>(stay.seconds() * 1'000'000 + stay.nanos() / 1000);
}

int Mismatches(Stack& stack, Shop& shop) {
  const FromSteps steps = ReadSteps(stack, shop.shop_id());
  const scoring::GetFunnelResponse funnel = FunnelOf(shop);
  FromSteps found;
  int different = funnel.unknown_steps() == 0 ? 0 : 1;
  for (const auto& edge : funnel.edges()) {
    found.edges[edge.from_state() + "|" + edge.event() + "|" + edge.to_state()] =
        Text({edge.taken(), edge.cases()});
  }
  for (const auto& state : funnel.states()) {
    if (state.entered() > 0) found.entered[state.state()] = Text({state.entered(), state.cases()});
    if (state.now() > 0) found.now[state.state()] = Text({state.now()});
    if (state.left() == 0) continue;
    found.stays[state.state()] = Text({state.left(), Micros(state.mean_stay()),
                                       Micros(state.median_stay()), Micros(state.p90_stay())});
  }
  return different + Differences(steps.edges, found.edges) +
         Differences(steps.entered, found.entered) + Differences(steps.stays, found.stays) +
         Differences(steps.now, found.now);
}

// At once: what is compared every minute would fill a half that is left.
void Wipe(Stack& stack, const std::string& shop) {
  std::string statements = "START TRANSACTION;";
  for (const char* table : {"case_facts", "order_facts", "adjustment_facts", "aggregates",
                            "contributions", "daily_sums"}) {
    statements +=
        " DELETE FROM redress_scoring." + std::string(table) + " WHERE shop_id = " + shop + ";";
  }
  stack.Sql(statements + " COMMIT");
}

TEST(Funnel, EqualsPlainSqlOverTheStepsAndItsRebuild) {
  Stack& stack = Stack::Shared();
  Shop shop(stack);
  WorkSomeCases(shop);
  test::WaitFor([&] { return Mismatches(stack, shop) == 0; }, seconds(60));
  int mismatches = Mismatches(stack, shop);
  EXPECT_EQ(mismatches, 0);
  const scoring::GetFunnelResponse before = FunnelOf(shop);
  EXPECT_GT(before.states_size(), 8);
  EXPECT_GT(before.edges_size(), 12);

  Wipe(stack, shop.shop_id());
  scoring::RebuildFiguresRequest rebuild;
  rebuild.set_replace(true);
  shop.As("supervisor").Call<scoring::RebuildFiguresResponse>(rebuild);
  const bool is_same = FunnelOf(shop).SerializeAsString() == before.SerializeAsString();
  EXPECT_TRUE(is_same);
  mismatches += Mismatches(stack, shop) + (is_same ? 0 : 1);
  test::Figure("funnel_mismatches", mismatches);
}

// Each count leads to its cases.
TEST(Funnel, LeadsToTheCasesBehindACount) {
  Stack& stack = Stack::Shared();
  Shop shop(stack);
  const std::string id = BringTo(shop, aftersales::REFUND_VARIANT_REFUND_ONLY, "Settling");
  test::WaitFor([&] { return Mismatches(stack, shop) == 0; }, seconds(60));
  scoring::ListFunnelCasesRequest request;
  const Days days = Around(stack.NowUs());
  request.mutable_query()->set_kind("refund");
  request.mutable_query()->set_from_day(days.from);
  request.mutable_query()->set_to_day(days.to);
  request.set_now("Settling");
  const auto behind = shop.As("supervisor").Call<scoring::ListFunnelCasesResponse>(request);
  ASSERT_EQ(behind.cases_size(), 1);
  EXPECT_EQ(behind.cases(0).case_id(), id);
}

TEST(Funnel, IsShownByTheCommandLine) {
  Stack& stack = Stack::Shared();
  Shop shop(stack);
  const std::string id = BringTo(shop, aftersales::REFUND_VARIANT_REFUND_ONLY, "Settling");
  test::WaitFor([&] { return Mismatches(stack, shop) == 0; }, seconds(60));
  const Finished login = stack.Redress({"log-in", "--account", shop.AccountNameOf("supervisor"),
                                        "--shop", shop.shop_id(), "--password-stdin"},
                                       shop.PasswordOf("supervisor") + "\n");
  ASSERT_EQ(login.exit_code, 0) << login.output;
  const Days days = Around(stack.NowUs());
  const auto run = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--from", days.from, "--to", days.to});
    const Finished finished = stack.Redress(arguments);
    EXPECT_EQ(finished.exit_code, 0) << finished.output;
    return finished.output;
  };
  EXPECT_NE(run({"kpi", "funnel", "refund"}).find("Settling"), std::string::npos);
  EXPECT_NE(run({"kpi", "funnel-edges", "refund"}).find("approve"), std::string::npos);
  EXPECT_NE(run({"--json", "kpi", "funnel-cases", "refund", "--now", "Settling"}).find(id),
            std::string::npos);
  EXPECT_NE(run({"kpi", "funnel-cases", "refund", "--edge-from", "Requested", "--edge-event",
                 "approve", "--edge-to", "Settling"})
                .find(id),
            std::string::npos);
}

}  // namespace
}  // namespace redress::e2e
