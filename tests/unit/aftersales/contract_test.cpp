// What the contract asks of requests before a command is made of them.

#include <gtest/gtest.h>

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
