// Rules, calendars and the platform's deadlines over the real database, with and without faults;
// what a case says of its deadline afterwards; and many deadlines at once.

#include <atomic>
#include <mutex>

#include "services/aftersales/domain/due_explanation.h"
#include "services/aftersales/domain/history.h"
#include "services/platform/database/transact.h"
#include "tests/integration/aftersales/house.h"

namespace redress::aftersales {
namespace {

using platform::Code;
using platform::FaultPlan;
using platform::kHourUs;
using platform::Refusal;
namespace refund = workflows::refund;

constexpr LineId kLine{700};

// The same request again while nobody knows what became of it.
template <class Call>
auto Insist(const Call& call) {
  while (true) {
    try {
      return call();
    } catch (const Refusal& refusal) {
      if (refusal.code() != Code::kUnavailable) throw;
    }
  }
}

BusinessCalendar Mondays() {
  BusinessCalendar calendar;
  calendar.name = "周一";
  calendar.week[0] = {{9 * 60, 12 * 60}, {13 * 60 + 30, 18 * 60}};
  calendar.days = {{platform::ParseDay("2026-11-30", "day"), "停电", {}}};
  return calendar;
}

class DatedDeadlines : public ::testing::TestWithParam<bool> {
 protected:
  DatedDeadlines() : ground_(GetParam() ? &faults_ : nullptr), house_(ground_) {
    // Saturday, 2026-11-28 10:00 in Shanghai, and a bit.
    const auto zone = platform::TimeZone::Load("Asia/Shanghai");
    ground_.clock.Set(zone->InstantOf(platform::ParseDay("2026-11-28", "day"), 36'000) + 123'457);
  }

  DatedChange Change(std::optional<std::uint32_t> seen = std::nullopt) {
    return {house_.Request(), seen, kAgent, ground_.clock.NowUs()};
  }
  DeadlineRuleRow Rule(std::int64_t duration_s) const {
    return {"seller_answers",
            "in_transit_refund_only",
            ground_.clock.NowUs(),
            duration_s,
            60,
            duration_s / 2,
            true};
  }
  DeadlineRuleRow SetRule(const DeadlineRuleRow& rule, const DatedChange& change) {
    const auto stored = Insist([&] { return house_.deadlines.SetRule(kShop, change, rule); });
    house_.policies.Forget(kShop);
    return stored;
  }
  BusinessCalendar SetCalendar(const BusinessCalendar& calendar, const DatedChange& change) {
    const auto stored =
        Insist([&] { return house_.deadlines.SetCalendar(kShop, change, calendar); });
    house_.policies.Forget(kShop);
    return stored;
  }
  DueExplanation Why(CaseId id, std::uint32_t sequence = 0) {
    return ExplainDue(house_.cases, house_.deadlines, house_.Now(id), sequence).value();
  }

  FaultPlan faults_{50, 10, 5};
  Ground ground_;
  House house_;
};

TEST_P(DatedDeadlines, ARuleIsStoredOnceAndCountsItsVersions) {
  const auto change = Change(0);
  EXPECT_EQ(SetRule(Rule(600), change).version, 1u);
  EXPECT_EQ(SetRule(Rule(600), change).version, 1u) << "a repeat gets the first answer";
  EXPECT_EQ(SetRule(Rule(900), Change(1)).version, 2u);
  EXPECT_EQ(ground_.Count("SELECT COUNT(*) FROM deadline_rule_versions"), 2);
}

TEST_P(DatedDeadlines, WhoSawAnOlderVersionIsTold) {
  SetRule(Rule(600), Change(0));
  try {
    SetRule(Rule(900), Change(0));
    FAIL() << "the second one was taken";
  } catch (const Refusal& refusal) {
    EXPECT_EQ(refusal.code(), Code::kAborted);
    EXPECT_EQ(refusal.metadata().at("current_version"), "1");
  }
}

TEST_P(DatedDeadlines, OfManyWhoSetARuleAtOnceEachSeesItsOwnVersionOrIsTold) {
  std::mutex mutex;
  std::multiset<std::uint32_t> versions;
  std::atomic<int> told = 0;
  Together(16, [&](int i) {
    const DatedChange change = Change();
    try {
      const auto stored =
          Insist([&] { return house_.deadlines.SetRule(kShop, change, Rule(600 + i)); });
      const std::lock_guard lock(mutex);
      versions.insert(stored.version);
    } catch (const Refusal& refusal) {
      EXPECT_EQ(refusal.code(), Code::kAborted);
      ++told;
    }
  });
  EXPECT_EQ(versions.size() + static_cast<std::size_t>(told), 16u);
  EXPECT_EQ(std::set<std::uint32_t>(versions.begin(), versions.end()).size(), versions.size());
  EXPECT_EQ(*versions.rbegin(), versions.size());
}

TEST_P(DatedDeadlines, ACalendarIsReadAsItWasSetAndDeadlinesCountByIt) {
  const BusinessCalendar stored = SetCalendar(Mondays(), Change(0));
  const auto settings = house_.deadlines.Settings(kShop);
  ASSERT_EQ(settings.calendars.size(), 1u);
  EXPECT_EQ(settings.calendars[0].week, Mondays().week);
  EXPECT_EQ(settings.calendars[0].days, Mondays().days);
  DeadlineRuleRow rule = Rule(4 * 3600);
  rule.calendar = stored.name;
  SetRule(rule, Change());
  const CaseId id = house_.OpenCase(kLine, 1000);
  // The next Monday is closed: three hours of the one after it, and one in the afternoon.
  const auto zone = platform::TimeZone::Load("Asia/Shanghai");
  const std::int64_t monday = platform::ParseDay("2026-12-07", "day");
  EXPECT_EQ(house_.Now(id).due_at, zone->InstantOf(monday, (14 * 60 + 30) * 60));
  EXPECT_EQ(house_.Now(id).warn_at, zone->InstantOf(monday, 11 * 3600));
  EXPECT_TRUE(VerifyHistory(house_.cases, kShop, id)->intact());
}

TEST_P(DatedDeadlines, WhyACaseIsDueIsToldAsItWasDecidedWhateverIsSetLater) {
  SetCalendar(Mondays(), Change(0));
  DeadlineRuleRow rule = Rule(4 * 3600);
  rule.calendar = "周一";
  rule.scope = {"", "refund_only"};
  SetRule(rule, Change());
  const CaseId id = house_.OpenCase(kLine, 1000);
  const DueExplanation first = Why(id);
  // Everything is changed afterwards.
  ground_.clock.Advance(kHourUs);
  BusinessCalendar other = Mondays();
  other.week[0].clear();
  other.week[1] = {{0, 60}};
  SetCalendar(other, Change());
  SetRule(Rule(60), Change());
  house_.Insist(*house_.Make(id, AssignTo{kAgent}));

  const DueExplanation why = Why(id);
  ASSERT_TRUE(why.basis);
  EXPECT_EQ(*why.basis, *first.basis);
  EXPECT_EQ(why.basis->variant, "refund_only");
  EXPECT_EQ(why.basis->version, 1u);
  EXPECT_EQ(why.basis->calendar_version, 1u);
  EXPECT_EQ(why.sequence, 1u);
  EXPECT_EQ(why.due_at, house_.Now(id).due_at);
  std::int64_t counted = 0;
  for (const TimeSpan& span : why.spans) {
    if (span.counts) counted += span.to_at - span.from_at;
  }
  EXPECT_EQ(counted, 4 * kHourUs);
  EXPECT_EQ(why.skipped_us, why.due_at - why.start_at - counted);
  const bool names_the_holiday = std::any_of(why.spans.begin(), why.spans.end(),
                                             [](const TimeSpan& s) { return s.holiday == "停电"; });
  EXPECT_TRUE(names_the_holiday);
}

TEST_P(DatedDeadlines, ThePastIsExplainedByItsOwnStep) {
  const CaseId id = house_.OpenCase(kLine, 1000);
  house_.Insist(*house_.Fire(id, refund::Approve{1000}));
  EXPECT_EQ(Why(id).rule, "settlement");
  EXPECT_EQ(Why(id).sequence, 2u);
  EXPECT_EQ(Why(id, 1).rule, "seller_answers");
  EXPECT_EQ(Why(id, 1).basis->source, DeadlineBasis::Source::kDefault);
}

TEST_P(DatedDeadlines, NothingIsDueOnceTheCaseHasEnded) {
  const CaseId id = house_.OpenCase(kLine, 1000);
  house_.Insist(*house_.Fire(id, refund::Withdraw{}));
  EXPECT_FALSE(ExplainDue(house_.cases, house_.deadlines, house_.Now(id), 0));
  EXPECT_TRUE(ExplainDue(house_.cases, house_.deadlines, house_.Now(id), 1));
}

TEST_P(DatedDeadlines, ThePlatformsDeadlineWinsAndSaysSo) {
  auto open = house_.Open(kLine, 1000);
  std::get<OpenCase>(open->body).platform_refund_id = "P-1";
  const CaseId id = house_.Insist(*open).after.id;
  const std::int64_t due_at = ground_.clock.NowUs() + 2 * kHourUs;
  house_.Insist(*house_.Make(id, PlatformDeadline{due_at}));
  EXPECT_EQ(house_.Now(id).due_at, due_at);
  EXPECT_EQ(Why(id).basis->source, DeadlineBasis::Source::kPlatform);
  EXPECT_EQ(Why(id).due_at, due_at);
  EXPECT_EQ(Why(id, 1).basis->source, DeadlineBasis::Source::kDefault);
  EXPECT_TRUE(VerifyHistory(house_.cases, kShop, id)->intact());
}

// A service that was down: each case is warned and fired once, and the rest of its life goes on.
TEST_P(DatedDeadlines, WhatFellDueMeanwhileIsCaughtUpOnce) {
  constexpr int kCases = 150;
  SetRule(Rule(600), Change());
  std::vector<CaseId> cases;
  for (int i = 0; i < kCases; ++i) {
    cases.push_back(house_.OpenCase(LineId{700 + static_cast<std::uint64_t>(i)}, 100));
  }
  ground_.clock.Advance(kHourUs);
  House restarted(ground_, 2);
  DeadlineTimer timer({.at_once = 32}, restarted.deadlines, restarted.engine, ground_.clock);
  while (restarted.deadlines.CountDue(ground_.clock.NowUs(), 1) > 0) timer.Round();
  for (const CaseId id : cases) {
    EXPECT_EQ(house_.Now(id).state, "Settling");
    const auto steps = house_.History(id);
    ASSERT_EQ(steps.size(), 2u) << "no warning of what is past, and one deadline";
    EXPECT_EQ(steps[1].event, "deadline_reached");
  }
}

INSTANTIATE_TEST_SUITE_P(Calm, DatedDeadlines, ::testing::Values(false));
INSTANTIATE_TEST_SUITE_P(UnderFaults, DatedDeadlines, ::testing::Values(true));

// What was set before rules had versions stays in force, and is told.
TEST(FirstRules, StayInForceBesideLaterOnes) {
  Ground ground;
  House house(ground);
  platform::Transact(ground.quiet_pool, [&](platform::Connection& db) {
    db.Execute(
        "INSERT INTO deadline_rules (shop_id, rule, rule_condition, effective_at,"
        " duration_s, repeat_s, warn_s, set_by, set_at)"
        " VALUES (7, 'seller_answers', 'in_transit_refund_only', 5, 700, 60, 350, 1, 5)");
  });
  const CaseId id = house.OpenCase(kLine, 1000);
  EXPECT_EQ(house.Now(id).due_at - house.Now(id).opened_at, 700'000'000);
}

}  // namespace
}  // namespace redress::aftersales
