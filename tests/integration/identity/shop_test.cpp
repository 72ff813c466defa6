// Shops and their settings, over the real server.
#include <gtest/gtest.h>

#include <string>

#include "services/platform/time_zone/time_zone.h"
#include "tests/integration/identity/identity_house.h"

namespace redress::test {
namespace {

using grpc::StatusCode;
using platform::kDayUs;
using platform::kSecondUs;
using platform::ShopId;

class ShopTest : public ::testing::Test {
 protected:
  ShopTest() : house_(ground_), shop_(house_.MakeShop("admin")), token_(house_.Token("admin")) {}

  identity::v1::SetShopSettingRequest Setting(const std::string& id, const std::string& name,
                                              const std::string& value, std::int64_t at_us = 0) {
    identity::v1::SetShopSettingRequest request;
    request.set_request_id(id);
    request.set_name(name);
    request.set_value(value);
    if (at_us != 0) request.mutable_effective_time()->set_seconds(at_us / kSecondUs);
    return request;
  }
  grpc::Status Set(const identity::v1::SetShopSettingRequest& request) {
    identity::v1::SetShopSettingResponse response;
    return house_.Set(token_, shop_, request, response);
  }
  std::string ZoneNow(const std::string& token) {
    grpc::ClientContext context;
    Prepare(context, token, shop_);
    identity::v1::GetShopResponse response;
    EXPECT_TRUE(house_.shop_stub().GetShop(&context, {}, &response).ok());
    return response.shop().time_zone();
  }

  Ground ground_;
  IdentityHouse house_;
  ShopId shop_;
  std::string token_;
};

TEST_F(ShopTest, OnlyTheOperatorCreatesShops) {
  const auto request = ShopRequest("r1", "boss");
  identity::v1::CreateShopResponse response;
  {
    grpc::ClientContext context;
    Prepare(context, token_, shop_);
    EXPECT_EQ(house_.shop_stub().CreateShop(&context, request, &response).error_code(),
              StatusCode::PERMISSION_DENIED);
  }
  {
    grpc::ClientContext context;
    Prepare(context, "");
    EXPECT_EQ(house_.shop_stub().CreateShop(&context, request, &response).error_code(),
              StatusCode::UNAUTHENTICATED);
  }
  {
    const auto stub = identity::v1::ShopService::NewStub(house_.server().Channel("order"));
    grpc::ClientContext context;
    Prepare(context, "");
    EXPECT_EQ(stub->CreateShop(&context, request, &response).error_code(),
              StatusCode::PERMISSION_DENIED);
  }
  EXPECT_TRUE(house_.CreateShop(request, response).ok());
}

TEST_F(ShopTest, ARepeatedCreateShopAnswersTheFirstAnswer) {
  const auto request = ShopRequest("r1", "boss");
  identity::v1::CreateShopResponse first, again;
  ASSERT_TRUE(house_.CreateShop(request, first).ok());
  ground_.clock.Advance(kSecondUs);
  ASSERT_TRUE(house_.CreateShop(request, again).ok());
  EXPECT_EQ(again.SerializeAsString(), first.SerializeAsString());
  EXPECT_EQ(house_.Count("SELECT COUNT(1) FROM shops"), 2);

  auto other = request;
  other.set_name("another");
  EXPECT_EQ(ReasonOf(house_.CreateShop(other, again)), "REQUEST_ID_REUSED");
}

TEST_F(ShopTest, ShopNumbersHaveNoGaps) {
  identity::v1::CreateShopResponse response;
  ASSERT_TRUE(house_.CreateShop(ShopRequest("r1", "boss"), response).ok());
  EXPECT_EQ(response.shop().shop_id(), std::to_string(shop_.value + 1));
  EXPECT_EQ(house_.CreateShop(ShopRequest("r2", "boss"), response).error_code(),
            StatusCode::ALREADY_EXISTS);
  ASSERT_TRUE(house_.CreateShop(ShopRequest("r2", "boss2"), response).ok());
  EXPECT_EQ(response.shop().shop_id(), std::to_string(shop_.value + 2));
}

TEST_F(ShopTest, BadFieldsOfAShopAreNamed) {
  auto request = ShopRequest("r1", "Boss With Blanks");
  request.set_time_zone("Mars/Olympus");
  request.set_currency_code("yuan");
  request.mutable_first_admin()->set_password("short");
  identity::v1::CreateShopResponse response;
  const auto status = house_.CreateShop(request, response);
  EXPECT_EQ(status.error_code(), StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(BadRequestOf(status).field_violations_size(), 4);
  EXPECT_EQ(status.error_message().find("short"), std::string::npos);
}

TEST_F(ShopTest, SettingsHoldFromTheirMoment) {
  const std::int64_t later = ground_.clock.NowUs() + kDayUs;
  EXPECT_TRUE(Set(Setting("s1", "settlement_attempts", "3")).ok());
  EXPECT_TRUE(Set(Setting("s2", "settlement_attempts", "5", later)).ok());
  const auto& directory = house_.server().directory();
  EXPECT_EQ(directory.Setting(shop_, "settlement_attempts", later - 1), "3");
  EXPECT_EQ(directory.Setting(shop_, "settlement_attempts", later), "5");
  EXPECT_EQ(directory.Setting(shop_, "settlement_attempts", ground_.clock.NowUs() - 1), "");
}

TEST_F(ShopTest, ARepeatedSettingAnswersTheFirstAnswer) {
  const auto request = Setting("s1", "non_returnable_categories", "生鲜, 定制");
  identity::v1::SetShopSettingResponse first, again;
  ASSERT_TRUE(house_.Set(token_, shop_, request, first).ok());
  EXPECT_EQ(first.setting().value(), "生鲜,定制");
  ground_.clock.Advance(kSecondUs);
  ASSERT_TRUE(house_.Set(token_, shop_, request, again).ok());
  EXPECT_EQ(again.SerializeAsString(), first.SerializeAsString());
  EXPECT_EQ(house_.Count("SELECT COUNT(1) FROM shop_settings"), 1);
}

TEST_F(ShopTest, WrongSettingsAreRefused) {
  EXPECT_EQ(Set(Setting("s1", "settlement_atempts", "3")).error_code(),
            StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(Set(Setting("s2", "settlement_attempts", "many")).error_code(),
            StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(ReasonOf(Set(Setting("s3", "currency_code", "USD"))), "SETTING_FIXED");
  EXPECT_EQ(Set(Setting("s4", "settlement_attempts", "3", ground_.clock.NowUs() - kSecondUs))
                .error_code(),
            StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(Set(Setting("s5", "time_zone", "Europe/London")).error_code(),
            StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(house_.Count("SELECT COUNT(1) FROM shop_settings"), 0);
  // A refused write is not remembered: the id may be used for the right one.
  EXPECT_TRUE(Set(Setting("s4", "settlement_attempts", "3")).ok());
}

TEST_F(ShopTest, AZoneChangesAtMidnight) {
  const auto zone = platform::TimeZone::Load("Asia/Shanghai");
  const std::int64_t midnight = zone->DayStart(zone->DayOf(ground_.clock.NowUs()) + 1);
  ASSERT_TRUE(Set(Setting("s1", "time_zone", "Europe/London", midnight)).ok());
  EXPECT_EQ(ZoneNow(token_), "Asia/Shanghai");
  ground_.clock.Set(midnight);
  const std::string token = house_.Token("admin");
  EXPECT_EQ(ZoneNow(token), "Europe/London");
  const auto& directory = house_.server().directory();
  EXPECT_EQ(directory.TimeZoneAt(shop_, midnight - 1)->name(), "Asia/Shanghai");
  EXPECT_EQ(directory.TimeZoneAt(shop_, midnight)->name(), "Europe/London");
}

TEST_F(ShopTest, SettingsAreListedInPages) {
  const std::int64_t now = ground_.clock.NowUs();
  for (int i = 1; i <= 5; ++i) {
    ASSERT_TRUE(Set(Setting("a" + std::to_string(i), "settlement_attempts", std::to_string(i),
                            now + i * kDayUs))
                    .ok());
  }
  ASSERT_TRUE(Set(Setting("b", "non_returnable_categories", "生鲜")).ok());
  std::vector<std::string> values;
  identity::v1::ListShopSettingsRequest request;
  request.set_page_size(2);
  do {
    grpc::ClientContext context;
    Prepare(context, token_, shop_);
    identity::v1::ListShopSettingsResponse response;
    ASSERT_TRUE(house_.shop_stub().ListShopSettings(&context, request, &response).ok());
    for (const auto& setting : response.settings()) values.push_back(setting.value());
    request.set_page_token(response.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(values, (std::vector<std::string>{"生鲜", "1", "2", "3", "4", "5"}));

  request.set_page_token("invented");
  grpc::ClientContext context;
  Prepare(context, token_, shop_);
  identity::v1::ListShopSettingsResponse response;
  EXPECT_EQ(house_.shop_stub().ListShopSettings(&context, request, &response).error_code(),
            StatusCode::INVALID_ARGUMENT);
}

}  // namespace
}  // namespace redress::test
