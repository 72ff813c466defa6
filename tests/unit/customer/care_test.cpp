// Occasions of care.
#include "services/customer/domain/care.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "services/customer/domain/rules/type_check.h"
#include "services/platform/base/clock.h"
#include "services/platform/base/errors.h"
#include "services/platform/time_zone/time_zone.h"

namespace redress::customer {
namespace {

std::int64_t Day(const char* text) { return platform::ParseDay(text, "day"); }

CareRule Birthday(std::uint32_t days_ahead) {
  return {.code = "birthday", .occasion = Occasion::kBirthday, .days_ahead = days_ahead};
}

TEST(CareOccasions, ABirthdayComesEachYear) {
  const auto days = DaysOf(Birthday(0), "12-31", Day("2026-12-31"));
  EXPECT_EQ(days.now, Day("2026-12-31"));
  EXPECT_EQ(days.next, Day("2027-12-31"));
}

TEST(CareOccasions, DaysAheadReachAcrossTheYear) {
  const auto days = DaysOf(Birthday(5), "01-02", Day("2026-12-29"));
  EXPECT_EQ(days.now, Day("2027-01-02"));
}

TEST(CareOccasions, TheTwentyNinthOfFebruaryIsTheDayBeforeWhereThereIsNone) {
  EXPECT_EQ(DaysOf(Birthday(0), "02-29", Day("2026-02-28")).now, Day("2026-02-28"));
  EXPECT_EQ(DaysOf(Birthday(0), "02-29", Day("2028-02-29")).now, Day("2028-02-29"));
}

TEST(CareOccasions, WithoutABirthdayNothingIsDue) {
  const auto days = DaysOf(Birthday(0), "", Day("2026-02-28"));
  EXPECT_FALSE(days.now);
  EXPECT_FALSE(days.next);
}

TEST(CareOccasions, AFestivalIsEachOfItsDays) {
  CareRule rule{.code = "sale",
                .occasion = Occasion::kFestival,
                .days = {Day("2026-11-11"), Day("2026-12-12")},
                .days_ahead = 2};
  EXPECT_EQ(DaysOf(rule, "", Day("2026-11-09")).now, Day("2026-11-11"));
  EXPECT_FALSE(DaysOf(rule, "", Day("2026-11-12")).now);
  EXPECT_EQ(DaysOf(rule, "", Day("2026-11-12")).next, Day("2026-12-10"));
}

TEST(CareWishes, ABirthdayIsADayOfSomeYear) {
  for (const char* good : {"", "02-29", "12-31"}) EXPECT_NO_THROW(CheckBirthday(good, "birthday"));
  for (const char* bad : {"02-30", "13-01", "00-10", "1-1"}) {
    EXPECT_THROW(CheckBirthday(bad, "birthday"), platform::Refusal) << bad;
  }
}

constexpr std::int64_t kNow = 1'790'000'000'000'000;

TEST(Contacts, WhoWasNeverContactedMayBe) {
  EXPECT_EQ(VerdictOn({}, 30, kNow), ContactVerdict::kAllowed);
}

TEST(Contacts, ArePossibleAgainOnceTheQuietDaysAreOver) {
  const PersonContacts contacts{.contacted_at = kNow - 7 * platform::kDayUs};
  EXPECT_EQ(VerdictOn(contacts, 7, kNow), ContactVerdict::kAllowed);
  EXPECT_EQ(VerdictOn(contacts, 7, kNow - 1), ContactVerdict::kQuiet);
  EXPECT_EQ(VerdictOn(contacts, 8, kNow), ContactVerdict::kQuiet);
}

TEST(Contacts, WaitForATaskThatIsInWork) {
  EXPECT_EQ(VerdictOn({.reserved_by = CareTaskId{1}}, 1, kNow), ContactVerdict::kQuiet);
}

TEST(Contacts, WithWhoWantsNoneAreRefusedWhateverElseHolds) {
  EXPECT_EQ(VerdictOn({.unwanted = true}, 0, kNow), ContactVerdict::kRefused);
  EXPECT_EQ(
      VerdictOn({.unwanted = true, .contacted_at = kNow, .reserved_by = CareTaskId{1}}, 30, kNow),
      ContactVerdict::kRefused);
}

TEST(ShippedCareRules, EachOfThemIsReadAndSwitchedOff) {
  for (const ShippedCareRule& shipped : ShippedCareRules()) {
    EXPECT_NO_THROW(rules::ReadCondition(shipped.expression, "expression")) << shipped.code;
    const CareRule rule = RuleOf(shipped);
    EXPECT_FALSE(rule.enabled) << shipped.code;
    EXPECT_GT(rule.quiet_days, 0u) << shipped.code;
    EXPECT_EQ(rule.occasion == Occasion::kFestival, !rule.days.empty()) << shipped.code;
    EXPECT_TRUE(std::is_sorted(rule.days.begin(), rule.days.end())) << shipped.code;
  }
}

TEST(ShippedCareRules, KnowTheFestivalsOfTheComingYears) {
  const std::map<std::string, std::vector<const char*>> festivals = {
      {"spring_festival", {"2026-02-17", "2027-02-06", "2028-01-26"}},
      {"june_18", {"2026-06-18", "2027-06-18", "2028-06-18"}},
      {"double_11", {"2026-11-11", "2027-11-11", "2028-11-11"}},
      {"christmas", {"2026-12-25", "2027-12-25", "2028-12-25"}}};
  std::size_t found = 0;
  for (const ShippedCareRule& shipped : ShippedCareRules()) {
    const auto festival = festivals.find(std::string(shipped.code));
    if (festival == festivals.end()) continue;
    ++found;
    std::vector<std::int64_t> days;
    for (const char* day : festival->second) days.push_back(Day(day));
    EXPECT_EQ(RuleOf(shipped).days, days) << shipped.code;
  }
  EXPECT_EQ(found, festivals.size());
}

}  // namespace
}  // namespace redress::customer
