#include "services/platform/base/errors.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace redress::platform {
namespace {

using testing::HasSubstr;

TEST(Refusal, CarriesItsDetails) {
  const Refusal refusal = Refusal(Code::kFailedPrecondition, "LINE_EXHAUSTED", "Ask for less.")
                              .With("left", "300")
                              .Field("amount_asked", "at most 3.00 GBP is left")
                              .RetryAfter(5);
  EXPECT_EQ(refusal.code(), Code::kFailedPrecondition);
  EXPECT_EQ(refusal.reason(), "LINE_EXHAUSTED");
  EXPECT_STREQ(refusal.what(), "Ask for less.");
  EXPECT_EQ(refusal.metadata().at("left"), "300");
  ASSERT_EQ(refusal.violations().size(), 1u);
  EXPECT_EQ(refusal.violations()[0].field, "amount_asked");
  EXPECT_EQ(refusal.retry_after_us(), 5);
}

TEST(Refusal, IsCaughtAsWhatItIs) {
  EXPECT_THROW(throw InvalidField("quantity", "is 0; send at least 1"), Refusal);
}

TEST(Refusal, NamesExpectedAndFound) {
  const Refusal conflict = VersionConflict(3, 5);
  EXPECT_EQ(conflict.code(), Code::kAborted);
  EXPECT_EQ(conflict.metadata().at("expected_version"), "3");
  EXPECT_EQ(conflict.metadata().at("current_version"), "5");
  EXPECT_THAT(conflict.message(), HasSubstr("version 5"));
}

TEST(Refusal, MakesReasonsOfWords) {
  EXPECT_EQ(NotFound("order line", "7").reason(), "ORDER_LINE_NOT_FOUND");
  EXPECT_EQ(NotFound("case", "7").code(), Code::kNotFound);
  EXPECT_EQ(AlreadyExists("order", "A1").reason(), "ORDER_ALREADY_EXISTS");
  EXPECT_EQ(Unavailable("X", "y").code(), Code::kUnavailable);
  EXPECT_GT(Unavailable("X", "y").retry_after_us(), 0);
  EXPECT_EQ(CodeName(Code::kResourceExhausted), "RESOURCE_EXHAUSTED");
}

}  // namespace
}  // namespace redress::platform
