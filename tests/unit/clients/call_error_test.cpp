#include "clients/cpp/call_error.h"

#include <gmock/gmock.h>
#include <google/rpc/error_details.pb.h>
#include <google/rpc/status.pb.h>
#include <gtest/gtest.h>

namespace redress::client {
namespace {

using testing::HasSubstr;

grpc::Status Detailed() {
  google::rpc::ErrorInfo info;
  info.set_reason("VERSION_CONFLICT");
  (*info.mutable_metadata())["found"] = "7";
  google::rpc::BadRequest bad;
  auto& violation = *bad.add_field_violations();
  violation.set_field("version");
  violation.set_description("read the case again");
  google::rpc::RetryInfo retry;
  retry.mutable_retry_delay()->set_seconds(1);
  retry.mutable_retry_delay()->set_nanos(500'000'000);
  google::rpc::Status status;
  status.add_details()->PackFrom(info);
  status.add_details()->PackFrom(bad);
  status.add_details()->PackFrom(retry);
  return {grpc::StatusCode::ABORTED, "the case has moved on", status.SerializeAsString()};
}

TEST(CallError, ReadsTheDetails) {
  const CallError error(Detailed());
  EXPECT_EQ(error.code(), grpc::StatusCode::ABORTED);
  EXPECT_EQ(error.reason(), "VERSION_CONFLICT");
  EXPECT_EQ(error.metadata().at("found"), "7");
  ASSERT_EQ(error.violations().size(), 1u);
  EXPECT_EQ(error.violations()[0].field, "version");
  EXPECT_EQ(error.retry_after(), std::chrono::microseconds(1'500'000));
  EXPECT_FALSE(error.unreachable());
}

TEST(CallError, SaysWhatHappenedWhereAndWhatToDo) {
  const std::string text = CallError(Detailed()).Explanation();
  EXPECT_THAT(text, HasSubstr("the case has moved on [ABORTED VERSION_CONFLICT]"));
  EXPECT_THAT(text, HasSubstr("version: read the case again"));
  EXPECT_THAT(text, HasSubstr("found = 7"));
  EXPECT_THAT(text, HasSubstr("try again in 2 s"));
}

TEST(CallError, MakesDoWithoutDetails) {
  const CallError error({grpc::StatusCode::UNAVAILABLE, ""});
  EXPECT_TRUE(error.unreachable());
  EXPECT_EQ(error.reason(), "");
  EXPECT_THAT(error.Explanation(), HasSubstr("UNAVAILABLE"));
  const CallError garbled({grpc::StatusCode::INTERNAL, "x", "\xFF\xFF"});
  EXPECT_EQ(garbled.reason(), "");
}

}  // namespace
}  // namespace redress::client
