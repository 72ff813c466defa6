#include "clients/cli/fields.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <redress/aftersales/v1/case_service.pb.h>
#include <redress/identity/v1/shop_service.pb.h>

namespace redress::cli {
namespace {

namespace aftersales = redress::aftersales::v1;
namespace identity = redress::identity::v1;
using testing::HasSubstr;

Locale Shanghai() {
  Locale locale;
  absl::LoadTimeZone("Asia/Shanghai", &locale.time_zone);
  locale.currency_code = "CNY";
  return locale;
}

std::string ErrorOf(google::protobuf::Message& message, const std::string& path,
                    const std::string& text) {
  try {
    SetField(message, path, text, Locale());
    return "";
  } catch (const UsageError& error) {
    return error.what();
  }
}

TEST(SetField, ReadsEveryKindOfValue) {
  aftersales::OpenRefundRequest request;
  SetField(request, "order_id", "42", Shanghai());
  SetField(request, "quantity", "3", Shanghai());
  SetField(request, "amount_asked", "12.34", Shanghai());
  SetField(request, "variant", "return-and-refund", Shanghai());
  EXPECT_EQ(request.order_id(), "42");
  EXPECT_EQ(request.quantity(), 3);
  EXPECT_EQ(request.amount_asked().minor_units(), 1234);
  EXPECT_EQ(request.amount_asked().currency_code(), "CNY");
  EXPECT_EQ(request.variant(), aftersales::REFUND_VARIANT_RETURN_AND_REFUND);
  SetField(request, "amount_asked", "1500 JPY", Shanghai());
  EXPECT_EQ(request.amount_asked().minor_units(), 1500);
  SetField(request, "amount_asked.minor_units", "7", Shanghai());
  EXPECT_EQ(request.amount_asked().minor_units(), 7);
}

TEST(SetField, AppendsToLists) {
  identity::CreateMemberRequest request;
  SetField(request, "roles", "agent", Shanghai());
  SetField(request, "roles", "ROLE_ADMIN", Shanghai());
  ASSERT_EQ(request.roles_size(), 2);
  EXPECT_EQ(request.roles(1), redress::common::v1::ROLE_ADMIN);
}

TEST(SetField, ReadsTimesInTheShopsZone) {
  identity::SetShopSettingRequest request;
  const Locale locale = Shanghai();
  SetField(request, "effective_time", "2026-11-22", locale);
  EXPECT_EQ(request.effective_time().seconds(), 1795276800) << "midnight there";
  SetField(request, "effective_time", "2026-11-22 08:00", locale);
  EXPECT_EQ(request.effective_time().seconds(), 1795305600);
  SetField(request, "effective_time", "2026-11-22T00:00:00.5Z", locale);
  EXPECT_EQ(request.effective_time().seconds(), 1795305600);
  EXPECT_EQ(request.effective_time().nanos(), 500'000'000);
}

TEST(SetField, SaysWhatWouldBeRight) {
  aftersales::OpenRefundRequest request;
  EXPECT_THAT(ErrorOf(request, "quantity", "three"), HasSubstr("`three`"));
  EXPECT_THAT(ErrorOf(request, "quantity", "99999999999"), HasSubstr("whole number"));
  EXPECT_THAT(ErrorOf(request, "variant", "refund_onyl"), HasSubstr("did you mean `refund_only`?"));
  EXPECT_THAT(ErrorOf(request, "amount_asked", "12.345 CNY"), HasSubstr("12.34"));
  EXPECT_THAT(ErrorOf(request, "amount_asked", "12.34"), HasSubstr("currency"));
  identity::SetShopSettingRequest setting;
  EXPECT_THAT(ErrorOf(setting, "effective_time", "tomorrow"), HasSubstr("2026-11-22"));
  EXPECT_THROW(SetField(request, "no_such_field", "1", Locale()), std::logic_error);
}

TEST(Amounts, AreReadAndWrittenExactly) {
  EXPECT_EQ(FormatAmount(1234, "CNY"), "12.34");
  EXPECT_EQ(FormatAmount(-5, "CNY"), "-0.05");
  EXPECT_EQ(FormatAmount(1500, "JPY"), "1500");
  EXPECT_EQ(FormatAmount(1500, "KWD"), "1.500");
  EXPECT_EQ(FormatAmount(0, "GBP"), "0.00");
  EXPECT_EQ(ParseAmount("12.3", "CNY"), 1230);
  EXPECT_THROW(ParseAmount("1.5", "JPY"), UsageError);
  EXPECT_THROW(ParseAmount("12,3", "CNY"), UsageError);
}

}  // namespace
}  // namespace redress::cli
