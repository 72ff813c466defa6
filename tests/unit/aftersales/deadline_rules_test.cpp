// Which rule holds, what it gives, and what a step records of it.

#include "services/aftersales/domain/deadline_rules.h"

#include <gtest/gtest.h>

#include "services/aftersales/domain/history_check.h"
#include "services/aftersales/domain/snapshot.h"
#include "services/platform/base/clock.h"
#include "services/platform/base/errors.h"
#include "tests/unit/aftersales/desk.h"

namespace redress::aftersales {
namespace {

namespace refund = workflows::refund;
using platform::kHourUs;
using platform::kSecondUs;
using platform::TimeZone;

DeadlineRuleRow Rule(std::int64_t effective_at, std::int64_t duration_s, DeadlineScope scope = {},
                     std::uint32_t version = 1) {
  DeadlineRuleRow row{"buyer_ships", "", effective_at, duration_s, 60, duration_s / 2, true};
  row.scope = std::move(scope);
  row.version = version;
  return row;
}

TEST(RuleScopes, TheClosestOneHolds) {
  const DeadlineRules rules({Rule(1, 100), Rule(1, 200, {"", "exchange"}),
                             Rule(1, 300, {"taobao", ""}), Rule(1, 400, {"taobao", "exchange"})});
  const auto of = [&](const char* platform, const char* variant) {
    return rules.At("buyer_ships", "", 5, {platform, variant}).duration_s;
  };
  EXPECT_EQ(of("taobao", "exchange"), 400);
  EXPECT_EQ(of("taobao", "reship"), 300);
  EXPECT_EQ(of("direct", "exchange"), 200);
  EXPECT_EQ(of("direct", "reship"), 100);
  EXPECT_EQ(of("", ""), 100);
}

TEST(RuleScopes, AnEndedOneGivesWayToTheNextWiderOne) {
  DeadlineRuleRow ended = Rule(10, 0, {"taobao", ""}, 2);
  ended.ended = true;
  const DeadlineRules rules({Rule(1, 100), Rule(1, 300, {"taobao", ""}), ended});
  EXPECT_EQ(rules.At("buyer_ships", "", 9, {"taobao", ""}).duration_s, 300);
  EXPECT_EQ(rules.At("buyer_ships", "", 10, {"taobao", ""}).duration_s, 100);
}

TEST(RuleDates, OfOneDateTheLastVersionHolds) {
  const DeadlineRules rules({Rule(10, 100, {}, 1), Rule(10, 200, {}, 2), Rule(20, 50, {}, 1)});
  EXPECT_EQ(rules.At("buyer_ships", "", 9).own, false);
  EXPECT_EQ(rules.At("buyer_ships", "", 10).duration_s, 200);
  EXPECT_EQ(rules.At("buyer_ships", "", 20).duration_s, 50);
}

TEST(RuleDates, EveryDefaultAndOwnRowIsListed) {
  const DeadlineRules rules({Rule(1, 100), Rule(1, 300, {"taobao", ""})});
  const auto all = rules.All();
  EXPECT_EQ(all.size(), DeadlineRules().All().size() + 2);
}

BusinessCalendar Mondays(std::uint32_t version = 1, std::int64_t effective_at = 0) {
  BusinessCalendar calendar;
  calendar.name = "mondays";
  calendar.version = version;
  calendar.effective_at = effective_at;
  calendar.week[0] = {{9 * 60, 18 * 60}};
  return calendar;
}

DeadlineSettings OnMondays(std::int64_t duration_s) {
  DeadlineRuleRow row = Rule(0, duration_s);
  row.calendar = "mondays";
  return {{row}, {Mondays()}, TimeZone::Load("Asia/Shanghai")};
}

// 2026-11-28 was a Saturday.
std::int64_t Saturday() {
  return TimeZone::Load("Asia/Shanghai")
      ->InstantOf(platform::ParseDay("2026-11-28", "day"), 10 * 3600);
}
std::int64_t MondayAt(int hour) {
  return TimeZone::Load("Asia/Shanghai")
      ->InstantOf(platform::ParseDay("2026-11-30", "day"), hour * 3600);
}

TEST(RuleCalendars, DurationAndWarningCountOpenTime) {
  const DeadlineRules rules(OnMondays(4 * 3600));
  const DeadlineBasis basis = rules.Arm({"buyer_ships", ""}, Saturday());
  EXPECT_EQ(basis.due_at, MondayAt(13));
  EXPECT_EQ(basis.warn_at, MondayAt(11));
  EXPECT_EQ(basis.source, DeadlineBasis::Source::kShop);
  EXPECT_EQ(basis.calendar, "mondays");
  EXPECT_EQ(basis.calendar_version, 1u);
  EXPECT_EQ(basis.zone, "Asia/Shanghai");
  EXPECT_EQ(basis.amount_s, 4 * 3600);
  EXPECT_EQ(basis.start_at, Saturday());
}

TEST(RuleCalendars, TheOneInForceAtArmingCounts) {
  DeadlineSettings settings = OnMondays(3600);
  BusinessCalendar later = Mondays(2, Saturday());
  later.week[0] = {{12 * 60, 18 * 60}};
  settings.calendars.push_back(later);
  const DeadlineRules rules(std::move(settings));
  EXPECT_EQ(rules.Arm({"buyer_ships", ""}, Saturday() - 1).due_at, MondayAt(10));
  EXPECT_EQ(rules.Arm({"buyer_ships", ""}, Saturday()).due_at, MondayAt(13));
}

TEST(RuleCalendars, EveryHourCountsWhereTheCalendarIsGone) {
  DeadlineSettings settings = OnMondays(3600);
  settings.calendars.clear();
  const DeadlineBasis basis =
      DeadlineRules(std::move(settings)).Arm({"buyer_ships", ""}, Saturday());
  EXPECT_EQ(basis.due_at, Saturday() + kHourUs);
  EXPECT_EQ(basis.calendar, "");
}

TEST(RuleCalendars, ARuleIsRefusedWithoutItsCalendarOrWithTooLittleOpenTime) {
  const auto refused = [](DeadlineSettings settings) {
    const DeadlineRuleRow rule = settings.rules.front();
    try {
      CheckWorkingTime(DeadlineRules(std::move(settings)), rule);
    } catch (const platform::Refusal& refusal) {
      return refusal.violations().at(0).field;
    }
    return std::string();
  };
  EXPECT_EQ(refused(OnMondays(3600)), "");
  DeadlineSettings unknown = OnMondays(3600);
  unknown.calendars.clear();
  EXPECT_EQ(refused(std::move(unknown)), "calendar");
  DeadlineSettings later = OnMondays(3600);
  later.calendars.front().effective_at = Saturday();
  EXPECT_EQ(refused(std::move(later)), "calendar");
  DeadlineSettings narrow = OnMondays(100 * 3600);
  narrow.calendars.front().week[0] = {{0, 1}};
  EXPECT_EQ(refused(std::move(narrow)), "calendar");
}

// ---- what a step records ------------------------------------------------------------------------

Answer Recorded(const Desk& desk, std::size_t step) {
  Answer answer;
  answer.after.shop = Desk::kShop;
  answer.after.id = Desk::kCase;
  DecodeSnapshot(desk.steps.at(step).snapshot, answer);
  return answer;
}

HistoryReport Verify(const Desk& desk) {
  HistoryCheck check(Desk::kShop, Desk::kCase);
  for (const Step& step : desk.steps) check.Take(step, nullptr);
  return std::move(check).Finish(
      StoredCase{desk.Now(), std::string(kRefundKind), desk.Now().TimerAt()});
}

std::string Told(const HistoryReport& report) {
  std::string text;
  for (const Finding& one : report.findings) {
    text += one.field + ": " + one.expected + " / " + one.found + "\n";
  }
  return text;
}

std::unique_ptr<Command> OpenOnPlatform(Desk& desk) {
  auto open = desk.Open(1000);
  auto& body = std::get<OpenCase>(open->body);
  body.platform_refund_id = "P-1";
  body.line.platform = "taobao";
  return open;
}

TEST(RecordedDeadlines, AreThoseOfTheCasesPlatformAndVariant) {
  Desk desk;
  DeadlineRuleRow row{"seller_answers", "in_transit_refund_only", 0, 90, 45, 30, true};
  row.scope = {"taobao", "refund_only"};
  row.version = 3;
  desk.policy.rules = DeadlineRules({row});
  desk.Apply(OpenOnPlatform(desk));
  const auto basis = Recorded(desk, 0).armed_by;
  ASSERT_TRUE(basis);
  EXPECT_EQ(basis->platform, "taobao");
  EXPECT_EQ(basis->variant, "refund_only");
  EXPECT_EQ(basis->version, 3u);
  EXPECT_EQ(desk.Now().due_at, desk.steps[0].applied_at + 90 * kSecondUs);
  EXPECT_EQ(desk.Now().platform, "taobao");
  EXPECT_TRUE(Verify(desk).intact()) << Told(Verify(desk));
}

TEST(RecordedDeadlines, AreOnlyInStepsThatArmOne) {
  Desk desk;
  desk.Apply(desk.Open(1000));
  desk.Apply(desk.Make(AssignTo{Desk::kAgent}));
  EXPECT_TRUE(Recorded(desk, 0).armed_by);
  EXPECT_FALSE(Recorded(desk, 1).armed_by);
}

TEST(RecordedDeadlines, OfACalendarAreReplayedToTheMicrosecond) {
  Desk desk;
  DeadlineSettings settings = OnMondays(4 * 3600);
  settings.rules[0].rule = "seller_answers";
  settings.rules[0].condition = "in_transit_refund_only";
  desk.policy.rules = DeadlineRules(std::move(settings));
  desk.now_us = Saturday() + 123'457;
  desk.Apply(desk.Open(1000));
  EXPECT_EQ(desk.Now().due_at, MondayAt(13));
  EXPECT_TRUE(Verify(desk).intact()) << Told(Verify(desk));
}

TEST(RecordedDeadlines, ThatDoNotAddUpAreFound) {
  Desk desk;
  desk.Apply(desk.Open(1000));
  Answer altered = Recorded(desk, 0);
  altered.armed_by->amount_s += 1;
  desk.steps[0].snapshot = EncodeSnapshot(altered);
  const HistoryReport report = Verify(desk);
  const bool named =
      std::any_of(report.findings.begin(), report.findings.end(),
                  [](const Finding& one) { return one.field == "snapshot.deadline"; });
  EXPECT_TRUE(named) << Told(report);
}

// ---- the platform's own -------------------------------------------------------------------------

TEST(PlatformDeadlines, WinOverTheRuleAndAreRecorded) {
  Desk desk;
  desk.Apply(OpenOnPlatform(desk));
  const std::int64_t number = desk.Now().Armed().deadline_number;
  const std::int64_t due_at = desk.now_us + 5 * kHourUs;
  desk.Apply(desk.Make(PlatformDeadline{due_at}));
  EXPECT_EQ(desk.Now().due_at, due_at);
  EXPECT_EQ(desk.Now().state, "Requested");
  EXPECT_EQ(desk.Now().Armed().deadline_number, number + 1);
  EXPECT_EQ(desk.Now().Armed().deadline_rule, "seller_answers");
  EXPECT_EQ(Recorded(desk, 1).armed_by->source, DeadlineBasis::Source::kPlatform);
  EXPECT_TRUE(Verify(desk).intact()) << Told(Verify(desk));
}

TEST(PlatformDeadlines, AreKeptByStepsThatStayInTheState) {
  Desk desk;
  desk.Apply(OpenOnPlatform(desk));
  const std::int64_t due_at = desk.now_us + 5 * kHourUs;
  desk.Apply(desk.Make(PlatformDeadline{due_at}));
  desk.Apply(desk.Make(AssignTo{Desk::kAgent}));
  EXPECT_EQ(desk.Now().due_at, due_at);
}

TEST(PlatformDeadlines, MakeATimerOfTheOldNumberComeTooLate) {
  Desk desk;
  desk.Apply(OpenOnPlatform(desk));
  const std::int64_t number = desk.Now().Armed().deadline_number;
  desk.Apply(desk.Make(PlatformDeadline{desk.now_us + 5 * kHourUs}));
  const Answer late = desk.Apply(desk.Make(ReachDeadline{number}));
  EXPECT_TRUE(late.ignored);
}

TEST(PlatformDeadlines, SaidTwiceChangeNothing) {
  Desk desk;
  desk.Apply(OpenOnPlatform(desk));
  const std::int64_t due_at = desk.now_us + kHourUs;
  desk.Apply(desk.Make(PlatformDeadline{due_at}));
  const std::uint32_t version = desk.Now().version;
  EXPECT_TRUE(desk.Apply(desk.Make(PlatformDeadline{due_at})).ignored);
  EXPECT_EQ(desk.Now().version, version);
}

TEST(PlatformDeadlines, AreRefusedForADirectShopsCase) {
  Desk desk;
  desk.Apply(desk.Open(1000));
  EXPECT_EQ(desk.Reason(desk.Make(PlatformDeadline{desk.now_us + 1})), "NOT_ON_PLATFORM");
}

}  // namespace
}  // namespace redress::aftersales
