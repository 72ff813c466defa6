#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <vector>

#include "tests/e2e/stack.h"
#include "tests/integration/clients/deployment.h"

namespace redress::test {
namespace {

using e2e::Finished;
using e2e::Stack;
using testing::HasSubstr;

constexpr std::int64_t kAccessTokenSeconds = 600;

// A refresh token is good for one use: processes that share a session have to take turns.
TEST(Sessions, AreRenewedOnceByProcessesSideBySide) {
  ImportShop shop("sessions");
  Stack& stack = Stack::Shared();
  for (int round = 0; round < 3; ++round) {
    stack.Advance(kAccessTokenSeconds + 60);
    std::vector<std::future<Finished>> runs;
    for (int i = 0; i < 6; ++i) {
      runs.push_back(std::async(std::launch::async, [&] { return shop.Run({"order", "list"}); }));
    }
    for (auto& run : runs) {
      const Finished finished = run.get();
      EXPECT_EQ(finished.exit_code, 0) << finished.output;
    }
  }
}

TEST(Sessions, EndWithLogOut) {
  ImportShop shop("log-out");
  EXPECT_EQ(shop.Run({"log-out"}).exit_code, 0);
  const Finished after = shop.Run({"whoami"});
  EXPECT_EQ(after.exit_code, 2);
  EXPECT_THAT(after.output, HasSubstr("redress log-in"));
}

TEST(Commands, SayWhatWasRefused) {
  ImportShop shop("refusals");
  const auto run = [&](std::vector<std::string> arguments, const std::string& input = "") {
    return shop.Run(std::move(arguments), input);
  };
  const Finished unknown = run({"order", "show", "direct:none"});
  EXPECT_EQ(unknown.exit_code, 1);
  EXPECT_THAT(unknown.output, HasSubstr("NOT_FOUND"));
  const Finished not_allowed = run({"warehouse", "claim", "7"});
  EXPECT_EQ(not_allowed.exit_code, 1);
  EXPECT_THAT(not_allowed.output, HasSubstr("PERMISSION_DENIED"));
  const Finished bad = run({"order", "push", "-"}, R"({"platform": "Not Allowed"})");
  EXPECT_EQ(bad.exit_code, 1);
  EXPECT_THAT(bad.output, HasSubstr("order.platform"));
  const Finished garbled = run({"order", "push", "-"}, R"({"platfrom": "direct"})");
  EXPECT_EQ(garbled.exit_code, 2);
  EXPECT_THAT(garbled.output, HasSubstr("platfrom"));
}

TEST(Commands, AnswerThreeWhileAServiceIsDown) {
  ImportShop shop("down");
  Stack& stack = Stack::Shared();
  stack.Stop("order");
  const Finished down = shop.Run({"order", "list"});
  EXPECT_EQ(down.exit_code, 3) << down.output;
  const Finished status = stack.Redress({"status"});
  EXPECT_EQ(status.exit_code, 3);
  // The command outlives a restart: it asks again until the service answers.
  auto patient = std::async(std::launch::async, [&] { return shop.Run({"order", "list"}); });
  stack.Start("order");
  Finished again = patient.get();
  if (again.exit_code == 3) again = shop.Run({"order", "list"});
  EXPECT_EQ(again.exit_code, 0) << again.output;
}

TEST(OrderPush, MayBeRepeatedUnderItsRequestId) {
  ImportShop shop("push");
  const std::string order = R"({"platform": "direct", "order_number": "P1",
    "status": "ORDER_STATUS_TRADE_FINISHED", "currency_code": "GBP",
    "order_time": "2026-01-02T03:04:05Z", "pay_time": "2026-01-02T03:05:00Z", "buyer_nick": "n",
    "lines": [{"line_number": "1", "sku": "s", "quantity": 2, "unit_price": "6.45"}]})";
  std::string first;
  for (int i = 0; i < 2; ++i) {
    const Finished pushed =
        shop.Run({"--json", "--request-id", "push-1", "order", "push", "-"}, order);
    ASSERT_EQ(pushed.exit_code, 0) << pushed.output;
    EXPECT_THAT(pushed.output, HasSubstr("\"minor_units\":\"1290\""));
    if (i == 0) first = pushed.output;
    EXPECT_EQ(pushed.output, first);
  }
  const Finished shown = shop.Run({"order", "show", "direct:P1"});
  EXPECT_EQ(shown.exit_code, 0) << shown.output;
  EXPECT_THAT(shown.output, HasSubstr("12.90 GBP"));
}

}  // namespace
}  // namespace redress::test
