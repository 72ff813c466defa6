#include "services/identity/domain/shop.h"

#include <gtest/gtest.h>

#include <string>

#include "services/platform/base/errors.h"
#include "services/platform/time_zone/time_zone.h"

namespace redress::identity {
namespace {

using platform::Code;
using platform::Refusal;

constexpr std::int64_t kNow = 1'772'323'200'000'000;  // 2026-03-01T00:00:00Z

SettingChange Change(std::string name, std::string value,
                     std::optional<std::int64_t> at = std::nullopt) {
  return {std::move(name), std::move(value), at, AccountId{7}};
}

template <class Call>
Refusal RefusalOf(Call call) {
  try {
    call();
  } catch (const Refusal& refusal) {
    return refusal;
  }
  ADD_FAILURE() << "was not refused";
  return Refusal(Code::kInternal, "NONE", "");
}

TEST(ShopSettings, UnknownNameIsAnsweredWithTheNearest) {
  const Refusal refusal = RefusalOf([] { CheckSettingForm(Change("settlement_atempts", "3")); });
  EXPECT_EQ(refusal.code(), Code::kInvalidArgument);
  ASSERT_EQ(refusal.violations().size(), 1u);
  EXPECT_EQ(refusal.violations()[0].field, "name");
  EXPECT_NE(refusal.violations()[0].description.find("settlement_attempts"), std::string::npos);
}

TEST(ShopSettings, CurrencyNeverChanges) {
  const Refusal refusal = RefusalOf([] { CheckSettingForm(Change("currency_code", "USD")); });
  EXPECT_EQ(refusal.code(), Code::kFailedPrecondition);
  EXPECT_EQ(refusal.reason(), "SETTING_FIXED");
}

TEST(ShopSettings, ValuesHaveTheirForm) {
  for (const std::string bad : {"", "0", "11", "3x", "-1", "2.5", " 3"}) {
    EXPECT_THROW(CheckSettingForm(Change("settlement_attempts", bad)), Refusal) << bad;
  }
  EXPECT_NO_THROW(CheckSettingForm(Change("settlement_attempts", "10")));
  EXPECT_THROW(CheckSettingForm(Change("time_zone", "Mars/Olympus")), Refusal);
  EXPECT_NO_THROW(CheckSettingForm(Change("non_returnable_categories", "")));
  EXPECT_THROW(CheckSettingForm(Change("non_returnable_categories", std::string(101, 'a'))),
               Refusal);
  std::string many;
  for (int i = 0; i < 201; ++i) many += "c" + std::to_string(i) + ",";
  EXPECT_THROW(CheckSettingForm(Change("non_returnable_categories", many)), Refusal);
}

TEST(ShopSettings, CategoriesAreStoredTidy) {
  const auto setting = DecideSetting(Change("non_returnable_categories", " 定制, 生鲜 ,, digital "),
                                     "Asia/Shanghai", kNow);
  EXPECT_EQ(setting.value, "定制,生鲜,digital");
  EXPECT_EQ(setting.effective_at, kNow);
  EXPECT_EQ(DecideSetting(Change("root_causes", "质量, late "), "Asia/Shanghai", kNow).value,
            "质量,late");
}

// A dispute's step that names a cause has to hold it.
TEST(ShopSettings, RootCausesAreShortNames) {
  EXPECT_NO_THROW(CheckSettingForm(Change("root_causes", std::string(64, 'a'))));
  EXPECT_THROW(CheckSettingForm(Change("root_causes", std::string(65, 'a'))), Refusal);
}

TEST(ShopSettings, OnReviewsAreBounded) {
  for (const char* name :
       {"review_attempts_chat", "review_attempts_phone", "review_attempts_sms"}) {
    EXPECT_NO_THROW(CheckSettingForm(Change(name, "0")));
    EXPECT_NO_THROW(CheckSettingForm(Change(name, "3")));
    EXPECT_THROW(CheckSettingForm(Change(name, "4")), Refusal);
    EXPECT_THROW(CheckSettingForm(Change(name, "-1")), Refusal);
  }
  EXPECT_EQ(
      DecideSetting(Change("unrevisable_platforms", "tmall, jd "), "Asia/Shanghai", kNow).value,
      "tmall,jd");
  EXPECT_THROW(CheckSettingForm(Change("unrevisable_platforms", std::string(33, 'a'))), Refusal);
}

TEST(ShopSettings, CompensationLimitsAreAmountsAndReasonsAreNames) {
  EXPECT_NO_THROW(CheckSettingForm(Change("compensation_agent_month", "0")));
  EXPECT_THROW(CheckSettingForm(Change("compensation_agent_single", "-1")), Refusal);
  EXPECT_THROW(CheckSettingForm(Change("compensation_reasons", std::string(65, 'a'))), Refusal);
}

TEST(ShopSettings, ThePastIsRefused) {
  const auto change = Change("settlement_attempts", "3", kNow - 1);
  const Refusal refusal = RefusalOf([&] { DecideSetting(change, "Asia/Shanghai", kNow); });
  EXPECT_EQ(refusal.violations().at(0).field, "effective_time");
  EXPECT_EQ(DecideSetting(Change("settlement_attempts", "3", kNow), "Asia/Shanghai", kNow).value,
            "3");
}

TEST(ShopSettings, AZoneChangesAtAComingMidnightOfTheOldZoneOnly) {
  const auto zone = platform::TimeZone::Load("Asia/Shanghai");
  const std::int64_t midnight = zone->DayStart(zone->DayOf(kNow) + 1);
  const auto to_london = [](std::optional<std::int64_t> at) {
    return Change("time_zone", "Europe/London", at);
  };
  EXPECT_EQ(DecideSetting(to_london(midnight), "Asia/Shanghai", kNow).effective_at, midnight);
  for (const std::int64_t at : {kNow, midnight + 1, midnight - 1}) {
    EXPECT_THROW(DecideSetting(to_london(at), "Asia/Shanghai", kNow), Refusal) << at;
  }
  const Refusal refusal =
      RefusalOf([&] { DecideSetting(to_london(std::nullopt), "Asia/Shanghai", kNow); });
  EXPECT_NE(
      refusal.violations().at(0).description.find(std::to_string(midnight / platform::kSecondUs)),
      std::string::npos);
}

}  // namespace
}  // namespace redress::identity
