#include "services/platform/rules/field_rules.h"

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/util/time_util.h>
#include <gtest/gtest.h>

#include "redress/aftersales/v1/case_service.pb.h"
#include "redress/aftersales/v1/refund_events.pb.h"
#include "redress/identity/v1/session_service.pb.h"
#include "redress/identity/v1/shop_service.pb.h"
#include "redress/order/v1/order_service.pb.h"

namespace redress::platform {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

void AddLine(order::v1::OrderInput& order, const std::string& unit_price) {
  auto* line = order.add_lines();
  line->set_line_number(std::to_string(order.lines_size()));
  line->set_unit_price(unit_price);
}

order::v1::OrderInput GoodOrder() {
  order::v1::OrderInput order;
  order.set_platform("taobao");
  order.set_order_number("T-1");
  order.set_status(order::v1::ORDER_STATUS_WAIT_SELLER_SEND_GOODS);
  order.set_currency_code("CNY");
  order.mutable_order_time()->set_seconds(1'700'000'000);
  AddLine(order, "12.50");
  return order;
}

order::v1::PushOrderRequest GoodPush() {
  order::v1::PushOrderRequest request;
  request.set_request_id("push:1");
  *request.mutable_order() = GoodOrder();
  return request;
}

// "path: description" of the only violation.
std::string OnlyViolation(const google::protobuf::Message& message) {
  const auto violations = FindViolations(message);
  if (violations.size() != 1) return std::to_string(violations.size()) + " violations";
  return violations[0].field + ": " + violations[0].description;
}

TEST(FieldRules, GoodMessagePasses) { EXPECT_NO_THROW(CheckFields(GoodPush())); }

TEST(FieldRules, RefusalNamesEveryField) {
  auto request = GoodPush();
  request.clear_request_id();
  request.mutable_order()->set_currency_code("yuan");
  try {
    CheckFields(request);
    FAIL() << "it passed";
  } catch (const Refusal& refusal) {
    EXPECT_EQ(refusal.code(), Code::kInvalidArgument);
    EXPECT_EQ(refusal.reason(), "INVALID_FIELDS");
    ASSERT_EQ(refusal.violations().size(), 2U);
    EXPECT_EQ(refusal.violations()[0].field, "request_id");
    EXPECT_EQ(refusal.violations()[1].field, "order.currency_code");
  }
}

TEST(FieldRules, PathLeadsThroughLists) {
  auto request = GoodPush();
  for (const char* price : {"1", "2", "12,5"}) AddLine(*request.mutable_order(), price);
  EXPECT_THAT(OnlyViolation(request), HasSubstr("order.lines[3].unit_price: \"12,5\""));
}

TEST(FieldRules, MissingMessageIsRefused) {
  auto request = GoodPush();
  request.clear_order();
  EXPECT_EQ(OnlyViolation(request), "order: is missing; it has to be given");
}

TEST(FieldRules, MissingEnumNamesItsValues) {
  auto order = GoodOrder();
  order.clear_status();
  EXPECT_THAT(OnlyViolation(order), HasSubstr("ORDER_STATUS_TRADE_FINISHED"));
}

TEST(FieldRules, UnknownEnumNumberIsRefused) {
  auto order = GoodOrder();
  order.set_status(static_cast<order::v1::OrderStatus>(99));
  EXPECT_THAT(OnlyViolation(order), HasSubstr("99 is no value of OrderStatus"));
}

TEST(FieldRules, LengthCountsCharactersNotBytes) {
  auto order = GoodOrder();
  std::string name;
  for (int i = 0; i < 100; ++i) name += "买";
  order.set_buyer_nick(name);
  EXPECT_TRUE(FindViolations(order).empty());
  order.set_buyer_nick(name + "家");
  EXPECT_EQ(OnlyViolation(order), "buyer_nick: is 101 characters long; give at most 100");
}

TEST(FieldRules, SensitiveValueIsNeverShown) {
  identity::v1::CreateMemberRequest request;
  request.set_request_id("r");
  request.set_account_name("Bad Name");
  request.add_roles(common::v1::ROLE_AGENT);
  request.set_password(std::string(300, 'p'));
  for (const auto& violation : FindViolations(request)) {
    EXPECT_THAT(violation.description, Not(HasSubstr("ppp")));
  }
  EXPECT_THAT(WithoutSensitive(request), Not(HasSubstr("ppp")));
  EXPECT_THAT(WithoutSensitive(request), HasSubstr("Bad Name"));
}

TEST(FieldRules, IdIsDigitsOfANumberOtherThanZero) {
  aftersales::v1::ListStepsRequest request;
  for (const char* good : {"1", "18446744073709551615"}) {
    request.set_case_id(good);
    EXPECT_TRUE(FindViolations(request).empty()) << good;
  }
  for (const char* bad : {"", "0", "-1", "1a", "18446744073709551616", " 1", "007"}) {
    request.set_case_id(bad);
    EXPECT_EQ(FindViolations(request).size(), 1U) << bad;
  }
}

TEST(FieldRules, OptionalIdMayBeEmpty) {
  order::v1::ListOrdersRequest request;
  EXPECT_TRUE(FindViolations(request).empty());
  request.set_customer_id("x");
  EXPECT_EQ(FindViolations(request).size(), 1U);
}

TEST(FieldRules, BoundsHoldForUnsetNumbersToo) {
  aftersales::v1::OpenRefundRequest request;
  request.set_quantity(0);
  const auto violations = FindViolations(request);
  EXPECT_THAT(violations,
              ::testing::Contains(::testing::Field(&FieldViolation::field, "quantity")));
}

// Every amount that a request can carry has a largest value: a sum over many has to fit.
TEST(FieldRules, AmountsOfRequestsAreBounded) {
  constexpr std::int64_t kMost = 1'000'000'000'000'000;
  aftersales::v1::PlatformSucceeded paid;
  paid.set_amount_minor(kMost);
  EXPECT_TRUE(FindViolations(paid).empty());
  paid.set_amount_minor(kMost + 1);
  EXPECT_THAT(OnlyViolation(paid), HasSubstr("amount_minor: "));
  EXPECT_THAT(OnlyViolation(paid), HasSubstr("give a number from 1 to 1000000000000000"));
  common::v1::Money asked;
  asked.set_currency_code("CNY");
  for (const std::int64_t good : {kMost, -kMost}) {
    asked.set_minor_units(good);
    EXPECT_TRUE(FindViolations(asked).empty());
  }
  for (const std::int64_t bad : {kMost + 1, -kMost - 1}) {
    asked.set_minor_units(bad);
    EXPECT_THAT(OnlyViolation(asked), HasSubstr("minor_units: "));
  }
}

TEST(FieldRules, EveryAmountOfACaseEventIsBounded) {
  const auto* file = aftersales::v1::PlatformSucceeded::descriptor()->file();
  int amounts = 0;
  for (int i = 0; i < file->message_type_count(); ++i) {
    const auto* field = file->message_type(i)->FindFieldByName("amount_minor");
    if (field == nullptr) continue;
    ++amounts;
    EXPECT_EQ(field->options().GetExtension(common::v1::rules).maximum(), 1'000'000'000'000'000)
        << field->full_name();
  }
  EXPECT_EQ(amounts, 9);
}

TEST(FieldRules, PresentOptionalNumberIsChecked) {
  identity::v1::UpdateMemberRequest request;
  request.set_request_id("r");
  request.set_account_id("1");
  request.set_etag("1");
  EXPECT_TRUE(FindViolations(request).empty());
  request.set_approval_limit_minor(-1);
  EXPECT_EQ(OnlyViolation(request), "approval_limit_minor: -1 is out of range; give at least 0");
}

TEST(FieldRules, RequiredOneofWantsOneMember) {
  order::v1::GetOrderRequest request;
  EXPECT_EQ(OnlyViolation(request), "key: is missing; set one of order_id, number");
  request.mutable_number()->set_platform("taobao");
  EXPECT_EQ(OnlyViolation(request), "number.order_number: is missing; it has to be given");
  request.set_order_id("");
  EXPECT_EQ(OnlyViolation(request), "order_id: is empty; it has to be given");
  request.set_order_id("12");
  EXPECT_TRUE(FindViolations(request).empty());
}

TEST(FieldRules, NestedRequiredOneofIsFound) {
  aftersales::v1::ApplyStepRequest request;
  request.set_request_id("r");
  request.set_case_id("1");
  request.mutable_refund();
  EXPECT_THAT(OnlyViolation(request), HasSubstr("refund.event: is missing"));
}

TEST(FieldRules, ListBoundsAreChecked) {
  identity::v1::CreateMemberRequest request;
  request.set_request_id("r");
  request.set_account_name("ann");
  EXPECT_EQ(OnlyViolation(request), "roles: is empty; give at least one entry");
  for (int i = 0; i < 8; ++i) request.add_roles(common::v1::ROLE_AGENT);
  EXPECT_EQ(OnlyViolation(request), "roles: has 8 entries; give at most 7");
}

TEST(FieldRules, UnspecifiedEntryOfARequiredEnumListIsRefused) {
  identity::v1::CreateMemberRequest request;
  request.set_request_id("r");
  request.set_account_name("ann");
  request.add_roles(common::v1::ROLE_UNSPECIFIED);
  EXPECT_THAT(OnlyViolation(request), HasSubstr("roles[0]: 0 is no value of Role"));
}

TEST(FieldRules, EntriesJudgedSinglyDoNotRefuseTheCall) {
  order::v1::ImportOrdersRequest request;
  *request.add_orders() = GoodOrder();
  request.add_orders();
  EXPECT_TRUE(FindViolations(request).empty());
  EXPECT_FALSE(FindViolations(request.orders(1)).empty());
  for (int i = 0; i < 1000; ++i) request.add_orders();
  EXPECT_EQ(OnlyViolation(request), "orders: has 1002 entries; give at most 1000");
}

TEST(FieldRules, TimeZoneHasToExist) {
  identity::v1::CreateShopRequest request;
  request.set_request_id("r");
  request.set_name("n");
  request.set_currency_code("CNY");
  request.mutable_first_admin()->set_account_name("ann");
  request.mutable_first_admin()->set_display_name("Ann");
  request.mutable_first_admin()->set_password("123456789012");
  request.set_time_zone("Asia/Shanghai");
  EXPECT_TRUE(FindViolations(request).empty());
  request.set_time_zone("Asia/Atlantis");
  EXPECT_THAT(OnlyViolation(request), HasSubstr("is no time zone"));
  request.set_time_zone("../../etc/passwd");
  EXPECT_THAT(OnlyViolation(request), HasSubstr("is no time zone"));
}

TEST(FieldRules, TimestampOutsideOfTheCalendarIsRefused) {
  auto order = GoodOrder();
  order.mutable_pay_time()->set_seconds(INT64_MAX);
  EXPECT_THAT(OnlyViolation(order), HasSubstr("pay_time: is no time"));
}

TEST(FieldRules, ReportsABoundedNumberOfViolations) {
  auto order = GoodOrder();
  for (int i = 1; i < 2000; ++i) AddLine(order, "x");
  EXPECT_EQ(FindViolations(order).size(), 20U);
}

TEST(FieldRules, PrefixStandsBeforeThePath) {
  auto order = GoodOrder();
  order.set_platform("TAOBAO");
  EXPECT_EQ(FindViolations(order, "orders[7]").front().field, "orders[7].platform");
}

// A message type whose only field has the given rules.
const google::protobuf::Descriptor* TypeWith(google::protobuf::DescriptorPool& pool,
                                             google::protobuf::FieldDescriptorProto::Type type,
                                             const common::v1::FieldRules& rules) {
  google::protobuf::FileDescriptorProto file;
  file.set_name("odd.proto");
  file.set_syntax("proto3");
  auto* message = file.add_message_type();
  message->set_name("Odd");
  auto* field = message->add_field();
  field->set_name("value");
  field->set_number(1);
  field->set_type(type);
  field->set_label(google::protobuf::FieldDescriptorProto::LABEL_OPTIONAL);
  *field->mutable_options()->MutableExtension(common::v1::rules) = rules;
  return pool.BuildFile(file)->message_type(0);
}

TEST(FieldRules, UnusableRulesStopTheStart) {
  using Proto = google::protobuf::FieldDescriptorProto;
  google::protobuf::DescriptorPool pools[3];
  common::v1::FieldRules pattern;
  pattern.set_pattern("[a-");
  EXPECT_THROW(CompileRules(TypeWith(pools[0], Proto::TYPE_STRING, pattern)), std::logic_error);
  common::v1::FieldRules length;
  length.set_max_length(3);
  EXPECT_THROW(CompileRules(TypeWith(pools[1], Proto::TYPE_INT64, length)), std::logic_error);
  common::v1::FieldRules bounds;
  bounds.set_minimum(2);
  bounds.set_maximum(1);
  EXPECT_THROW(CompileRules(TypeWith(pools[2], Proto::TYPE_INT64, bounds)), std::logic_error);
}

}  // namespace
}  // namespace redress::platform
