// What the contract asks of requests before a command is made of them.

#include <gtest/gtest.h>

#include "redress/aftersales/v1/case_service.pb.h"
#include "redress/aftersales/v1/settlement_service.pb.h"
#include "services/platform/rules/field_rules.h"

namespace redress::aftersales {
namespace {

namespace v1 = redress::aftersales::v1;

std::vector<std::string> FieldsRefused(const google::protobuf::Message& message) {
  std::vector<std::string> fields;
  for (const platform::FieldViolation& violation : platform::FindViolations(message)) {
    fields.push_back(violation.field);
  }
  return fields;
}

using Fields = std::vector<std::string>;

v1::OpenRefundRequest Opening(const std::string& platform_refund_id) {
  v1::OpenRefundRequest request;
  request.set_request_id("r1");
  request.set_order_id("70");
  request.set_quantity(1);
  request.mutable_amount_asked()->set_currency_code("CNY");
  request.mutable_amount_asked()->set_minor_units(10);
  request.set_variant(v1::REFUND_VARIANT_REFUND_ONLY);
  request.set_reason("damaged");
  request.set_platform_refund_id(platform_refund_id);
  return request;
}

TEST(OpenRefundRequest, TakesPlatformRefundIdsAsPlatformsWriteThem) {
  for (const std::string id : {"", "123456789012345678", "TB-2024_1:a.b", "x"}) {
    EXPECT_EQ(FieldsRefused(Opening(id)), Fields{}) << id;
  }
  EXPECT_EQ(FieldsRefused(Opening(std::string(64, '9'))), Fields{});
}

// The database compares without trailing blanks: two such ids would be one there.
TEST(OpenRefundRequest, TakesNoPlatformRefundIdThatTheDatabaseWouldTakeForAnother) {
  for (const std::string id : {"123 ", " 123", "12 3", "123\t", "１２３", "123\n"}) {
    EXPECT_EQ(FieldsRefused(Opening(id)), Fields{"platform_refund_id"}) << id;
  }
}

TEST(RecordSettlementResultRequest, SaysWhichAttemptItIsAbout) {
  v1::RecordSettlementResultRequest request;
  request.set_request_id("r1");
  request.set_case_id("11");
  request.set_result(v1::SETTLEMENT_STATE_FAILED);
  EXPECT_EQ(FieldsRefused(request), Fields{"attempts"});
  request.set_attempts(1);
  EXPECT_EQ(FieldsRefused(request), Fields{});
}

}  // namespace
}  // namespace redress::aftersales
