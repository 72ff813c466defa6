// What a warehouse reports on a case that has ended waits for a person's look.

#include <gtest/gtest.h>
#include <redress/aftersales/v1/late_report_service.pb.h>

#include <algorithm>

#include "tests/e2e/cases.h"
#include "tests/e2e/shop.h"
#include "tests/e2e/stack.h"

namespace redress::e2e {
namespace {

std::vector<aftersales::LateReport> Waiting(Shop& shop) {
  std::vector<aftersales::LateReport> all;
  aftersales::ListLateReportsRequest request;
  request.set_page_size(1);
  do {
    const auto page = shop.As("supervisor").Call<aftersales::ListLateReportsResponse>(request);
    all.insert(all.end(), page.reports().begin(), page.reports().end());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return all;
}

TEST(LateReports, WaitUntilSomebodyHasLooked) {
  Stack& stack = Stack::Shared();
  Shop shop(stack);
  const std::string first = ReportLate(shop);
  const std::string second = ReportLate(shop);
  const auto waiting = Waiting(shop);
  ASSERT_EQ(waiting.size(), 2u);
  EXPECT_EQ(waiting[0].case_id(), first);
  EXPECT_EQ(waiting[0].reason(), "REPORT_NOT_EXPECTED");
  EXPECT_EQ(waiting[0].case_number(), shop.Get(first).case_number());
  EXPECT_EQ(waiting[0].sequence(), shop.Get(first).version());
  EXPECT_EQ(waiting[1].case_id(), second);

  aftersales::AcknowledgeLateReportRequest seen;
  seen.set_request_id(Unique("seen"));
  seen.set_case_id(first);
  seen.set_sequence(waiting[0].sequence());
  const auto answer = shop.As("agent").Call<aftersales::AcknowledgeLateReportResponse>(seen);
  EXPECT_EQ(answer.report().seen_by(), shop.AccountOf("agent"));
  ASSERT_EQ(Waiting(shop).size(), 1u);
  EXPECT_EQ(Waiting(shop)[0].case_id(), second);
  // Repeated, and once more by somebody else: who looked first stays.
  const auto repeat = shop.As("agent").Call<aftersales::AcknowledgeLateReportResponse>(seen);
  EXPECT_EQ(repeat.SerializeAsString(), answer.SerializeAsString());
  seen.set_request_id(Unique("seen"));
  const auto other = shop.As("supervisor").Call<aftersales::AcknowledgeLateReportResponse>(seen);
  EXPECT_EQ(other.report().seen_by(), shop.AccountOf("agent"));
}

TEST(LateReports, AreListedAndAcknowledgedOnTheCommandLine) {
  Stack& stack = Stack::Shared();
  Shop shop(stack);
  const std::string id = ReportLate(shop);
  const Finished login = stack.Redress({"log-in", "--account", shop.AccountNameOf("supervisor"),
                                        "--shop", shop.shop_id(), "--password-stdin"},
                                       shop.PasswordOf("supervisor") + "\n");
  ASSERT_EQ(login.exit_code, 0) << login.output;
  const Finished listed = stack.Redress({"warehouse", "late", "list"});
  EXPECT_NE(listed.output.find(id), std::string::npos) << listed.output;
  const Finished seen = stack.Redress(
      {"warehouse", "late", "acknowledge", id, std::to_string(shop.Get(id).version())});
  EXPECT_EQ(seen.exit_code, 0) << seen.output;
  const Finished after = stack.Redress({"--json", "warehouse", "late", "list"});
  EXPECT_EQ(after.output.find(id), std::string::npos) << after.output;
}

}  // namespace
}  // namespace redress::e2e
