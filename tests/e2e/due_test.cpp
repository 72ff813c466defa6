// Deadlines as people meet them: rules and calendars set on the command line, why a case is due
// when it is, the warning at half time, the platform's own time; all cases scanned and checked
// before a roll-out.

#include <gtest/gtest.h>
#include <redress/aftersales/v1/case_scan_service.pb.h>
#include <redress/aftersales/v1/deadline_service.pb.h>
#include <redress/aftersales/v1/workflow_service.pb.h>

#include <cstdlib>
#include <fstream>

#include "tests/e2e/cases.h"
#include "tests/e2e/shop.h"
#include "tests/e2e/stack.h"
#include "tests/support/wait_for.h"

namespace redress::e2e {
namespace {

class Due : public testing::Test {
 protected:
  void LogIn(const std::string& role) {
    const Finished login = stack_.Redress({"log-in", "--account", shop_.AccountNameOf(role),
                                           "--shop", shop_.shop_id(), "--password-stdin"},
                                          shop_.PasswordOf(role) + "\n");
    ASSERT_EQ(login.exit_code, 0) << login.output;
  }
  std::string Redress(const std::vector<std::string>& arguments, int exit_code = 0) {
    const Finished finished = stack_.Redress(arguments);
    EXPECT_EQ(finished.exit_code, exit_code) << finished.output;
    return finished.output;
  }
  static bool Has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
  }
  std::string NewCase() {
    return BringTo(shop_, aftersales::REFUND_VARIANT_REFUND_ONLY, "Requested");
  }
  std::string NumberOf(const std::string& id) {
    return std::to_string(shop_.Get(id).case_number());
  }

  Stack& stack_ = Stack::Shared();
  Shop shop_{stack_};
};

TEST_F(Due, ARuleWithACalendarDecidesAndSaysWhy) {
  LogIn("admin");
  Redress({"calendar", "set", "office", "--open", "mon-sun=10:00-12:00,14:00-15:00", "--closed",
           "2031-10-01=National Day"});
  Redress({"deadline", "set", "seller_answers", "--condition", "received_refund_only", "--variant",
           "refund_only", "--seconds", "36000", "--calendar", "office", "--seen", "0"});
  const std::string id = NewCase();
  const auto why = Redress({"case", "why-due", NumberOf(id)});
  EXPECT_TRUE(Has(why, "seller_answers (received_refund_only)")) << why;
  EXPECT_TRUE(Has(why, "for refund_only, version 1")) << why;
  EXPECT_TRUE(Has(why, "10 h of open time by calendar office version 1 (Asia/Shanghai)")) << why;

  // What is set later does not change the answer.
  Redress({"deadline", "set", "seller_answers", "--condition", "received_refund_only", "--variant",
           "refund_only", "--ended", "--seen", "1"});
  EXPECT_EQ(Redress({"case", "why-due", NumberOf(id)}), why);
  const auto later = Redress({"case", "why-due", NumberOf(NewCase())});
  EXPECT_TRUE(Has(later, "the default of the product")) << later;
}

TEST_F(Due, WhoSawAnOlderRuleOrNamesNoCalendarIsTold) {
  LogIn("admin");
  const std::vector<std::string> set = {"deadline", "set",    "inspection", "--seconds",
                                        "600",      "--seen", "0"};
  Redress(set);
  EXPECT_TRUE(Has(Redress(set, 1), "VERSION_CONFLICT"));
  EXPECT_TRUE(Has(
      Redress({"deadline", "set", "inspection", "--seconds", "600", "--calendar", "nowhere"}, 1),
      "calendar"));
  EXPECT_TRUE(Has(Redress({"calendar", "set", "never", "--open", "mon=closed"}, 1), "week"));
  EXPECT_TRUE(Has(Redress({"deadline", "rules"}), "inspection"));
}

// Whoever set them did not hear the answer, and asks again when they have begun.
TEST_F(Due, ARepeatedRuleOrCalendarGetsItsFirstAnswerHoweverLate) {
  aftersales::SetCalendarRequest calendar;
  calendar.set_request_id(Unique("calendar"));
  calendar.set_name("late");
  calendar.mutable_effective_time()->set_seconds(stack_.NowUs() / 1'000'000 + 3600);
  calendar.add_week()->set_weekday(1);
  auto& hours = *calendar.mutable_week(0)->add_hours();
  hours.set_from_minute(9 * 60);
  hours.set_to_minute(18 * 60);
  aftersales::SetDeadlineRuleRequest rule;
  rule.set_request_id(Unique("rule"));
  rule.set_rule("inspection");
  rule.set_duration_seconds(600);
  *rule.mutable_effective_time() = calendar.effective_time();
  const auto set = [&] {
    return std::pair(
        shop_.As("admin").Call<aftersales::SetCalendarResponse>(calendar).calendar().version(),
        shop_.As("admin").Call<aftersales::SetDeadlineRuleResponse>(rule).rule().version());
  };
  const auto first = set();
  stack_.Advance(7200);
  shop_.LogInAgain();
  EXPECT_EQ(set(), first);
  calendar.set_request_id(Unique("calendar"));
  rule.set_request_id(Unique("rule"));
  EXPECT_EQ(ReasonOf([&] { shop_.As("admin").Call<aftersales::SetCalendarResponse>(calendar); }),
            "effective_time");
  EXPECT_EQ(ReasonOf([&] { shop_.As("admin").Call<aftersales::SetDeadlineRuleResponse>(rule); }),
            "effective_time");
}

TEST_F(Due, HalfTimeBringsACaseBeforeTheSupervisors) {
  LogIn("admin");
  Redress({"deadline", "set", "seller_answers", "--condition", "received_refund_only", "--seconds",
           "7200"});
  const std::string id = NewCase();
  const auto priority = shop_.Get(id).priority();
  stack_.Advance(3700);
  EXPECT_TRUE(test::WaitFor([&] { return shop_.Get(id).needs_person() == "DEADLINE_NEAR"; },
                            std::chrono::seconds(30)));
  EXPECT_LT(shop_.Get(id).priority(), priority);
  LogIn("supervisor");
  EXPECT_TRUE(Has(Redress({"case", "list", "--for", "supervisors"}), NumberOf(id)));
}

TEST_F(Due, ThePlatformsTimeWins) {
  const order::Order order = shop_.PushOrder();
  aftersales::OpenRefundRequest open;
  open.set_request_id(Unique("open"));
  open.set_order_id(order.order_id());
  open.set_line_id(order.lines(0).line_id());
  open.set_quantity(1);
  open.mutable_amount_asked()->set_currency_code("CNY");
  open.mutable_amount_asked()->set_minor_units(kLinePaid);
  open.set_variant(aftersales::REFUND_VARIANT_REFUND_ONLY);
  open.set_reason("damaged");
  open.set_platform_refund_id(Unique("P"));
  const auto one = shop_.As("integration").Call<aftersales::OpenRefundResponse>(open).case_();
  aftersales::RecordPlatformDeadlineRequest record;
  record.set_request_id(Unique("deadline"));
  record.set_case_id(one.case_id());
  record.mutable_due_time()->set_seconds(one.open_time().seconds() + 7200);
  const auto after =
      shop_.As("integration").Call<aftersales::RecordPlatformDeadlineResponse>(record).case_();
  EXPECT_EQ(after.deadline().due_time().seconds(), one.open_time().seconds() + 7200);
  // The same request gets the same answer, and the same time under another one changes nothing.
  EXPECT_EQ(shop_.As("integration")
                .Call<aftersales::RecordPlatformDeadlineResponse>(record)
                .case_()
                .version(),
            after.version());
  record.set_request_id(Unique("deadline"));
  shop_.As("integration").Call<aftersales::RecordPlatformDeadlineResponse>(record);
  EXPECT_EQ(shop_.Steps(one.case_id()).size(), 2u);
  LogIn("supervisor");
  const auto why = Redress({"case", "why-due", std::to_string(one.case_number())});
  EXPECT_TRUE(Has(why, "the platform gave this time")) << why;
}

TEST_F(Due, AScanFindsACaseThatNothingWouldWake) {
  const std::string id = NewCase();
  LogIn("supervisor");
  EXPECT_TRUE(Has(Redress({"case", "scan"}), "0 findings"));
  stack_.Sql("UPDATE redress_aftersales.cases SET timer_at = NULL WHERE case_id = " + id);
  const auto found = Redress({"case", "scan"}, 4);
  EXPECT_TRUE(Has(found, "TIMER_NOT_SET")) << found;
  EXPECT_TRUE(Has(found, id)) << found;
  stack_.Sql("UPDATE redress_aftersales.cases SET timer_at = warn_at WHERE case_id = " + id);
}

TEST_F(Due, ACheckBeforeARollOutNamesTheCasesThatCannotGoOn) {
  const std::string number = NumberOf(NewCase());
  const char* build = std::getenv("REDRESS_BUILD_DIR");
  const std::string folder = build != nullptr ? build : "build/release";
  const Finished described = e2e::Run({folder + "/bin/redress-aftersales", "--describe"});
  ASSERT_EQ(described.exit_code, 0) << described.output;
  const std::string file = stack_.state() / "machines.json";
  std::ofstream(file) << described.output;
  LogIn("admin");
  EXPECT_TRUE(Has(Redress({"workflow", "check", "--new", file}), " 0 of them cannot go on"));
  EXPECT_TRUE(
      Has(Redress({"workflow", "check", "--new", file, "--all-shops"}), " 0 of them cannot go on"));

  std::string renamed = described.output;
  for (auto at = renamed.find("\"Requested\""); at != std::string::npos;
       at = renamed.find("\"Requested\"", at)) {
    renamed.replace(at, 11, "\"Asked\"");
  }
  std::ofstream(file) << renamed;
  const auto stranded = Redress({"workflow", "check", "--new", file}, 4);
  EXPECT_TRUE(Has(stranded, "STATE_GONE")) << stranded;
  EXPECT_TRUE(Has(stranded, "#" + number)) << stranded;
}

}  // namespace
}  // namespace redress::e2e
