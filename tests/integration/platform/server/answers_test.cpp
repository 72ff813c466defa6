// What callers are told: details of refusals, bugs without their cause, deadlines.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "services/platform/database/error.h"
#include "services/platform/server/status.h"
#include "services/platform/telemetry/trace.h"
#include "tests/integration/platform/server/guarded_server.h"
#include "tests/integration/platform/server/house_services.h"
#include "tests/support/wait_for.h"

namespace redress::test {
namespace {

using namespace common::v1;
using grpc::StatusCode;
using platform::AccountId;
using platform::Code;
using platform::Refusal;
using platform::ShopId;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr ShopId kShop{1};

class AnswersTest : public ::testing::Test {
 protected:
  AnswersTest() : token_(house_.Member(AccountId{7}, kShop, {ROLE_AGENT})) {
    house_.Start({&orders_});
    stub_ = order::v1::OrderService::NewStub(house_.Channel());
  }

  grpc::Status GetOrder(const std::string& id = "12", const std::string& trace = "") {
    grpc::ClientContext context;
    GuardedServer::As(context, token_, kShop);
    if (!trace.empty()) context.AddMetadata("traceparent", trace);
    return GetOrder(context, id);
  }
  grpc::Status GetOrder(grpc::ClientContext& context, const std::string& id) {
    order::v1::GetOrderRequest request;
    request.set_order_id(id);
    order::v1::GetOrderResponse response;
    return stub_->GetOrder(&context, request, &response);
  }

  GuardedServer house_;
  Orders orders_{house_.guard()};
  std::string token_;
  std::unique_ptr<order::v1::OrderService::Stub> stub_;
};

TEST_F(AnswersTest, RefusalArrivesWithItsDetails) {
  orders_.get_order = [](const Call&) {
    throw Refusal(Code::kFailedPrecondition, "LINE_EXHAUSTED", "Ask for at most 3.00 CNY.")
        .With("left", "300");
  };
  const auto status = GetOrder();
  EXPECT_EQ(status.error_code(), StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(status.error_message(), "Ask for at most 3.00 CNY.");
  const auto refusal = platform::ToRefusal(status);
  EXPECT_EQ(refusal.code(), Code::kFailedPrecondition);
  EXPECT_EQ(refusal.reason(), "LINE_EXHAUSTED");
  EXPECT_EQ(refusal.metadata().at("left"), "300");
}

TEST_F(AnswersTest, FieldViolationsArrive) {
  const auto status = GetOrder("twelve");
  EXPECT_EQ(status.error_code(), StatusCode::INVALID_ARGUMENT);
  const auto bad = BadRequestOf(status);
  ASSERT_EQ(bad.field_violations_size(), 1);
  EXPECT_EQ(bad.field_violations(0).field(), "order_id");
  EXPECT_THAT(bad.field_violations(0).description(), HasSubstr("is no id"));
}

TEST_F(AnswersTest, ManyLongViolationsStillFitIntoTheMetadata) {
  orders_.get_order = [](const Call&) {
    Refusal refusal(Code::kInvalidArgument, "INVALID_FIELDS", std::string(5000, 'm'));
    for (int i = 0; i < 200; ++i) refusal.Field("field", std::string(200, 'd'));
    throw refusal;
  };
  const auto status = GetOrder();
  EXPECT_EQ(status.error_code(), StatusCode::INVALID_ARGUMENT);
  EXPECT_GT(BadRequestOf(status).field_violations_size(), 5);
}

TEST_F(AnswersTest, BugTellsOnlyTheTraceIdAndLogsTheCause) {
  orders_.get_order = [](const Call&) { throw std::runtime_error("the secret cause"); };
  const std::string trace = "4bf92f3577b34da6a3ce929d0e0e4736";
  testing::internal::CaptureStderr();
  const auto status = GetOrder("12", "00-" + trace + "-00f067aa0ba902b7-01");
  const auto log = testing::internal::GetCapturedStderr();
  EXPECT_EQ(status.error_code(), StatusCode::INTERNAL);
  EXPECT_THAT(status.error_message(), HasSubstr(trace));
  EXPECT_THAT(status.error_message() + status.error_details(), Not(HasSubstr("secret")));
  EXPECT_THAT(log, HasSubstr("the secret cause"));
  EXPECT_THAT(log, HasSubstr("\"trace\":\"" + trace + "\""));
}

TEST_F(AnswersTest, HandlersLogUnderTheCallsTraceId) {
  std::string seen;
  orders_.get_order = [&](const Call& call) {
    seen = platform::CurrentTraceId();
    EXPECT_EQ(seen, call.trace_id);
  };
  EXPECT_TRUE(GetOrder("12", "garbage").ok());
  EXPECT_EQ(seen.size(), 32U);
}

TEST_F(AnswersTest, LostDatabaseIsUnavailableNotABug) {
  orders_.get_order = [](const Call&) {
    throw platform::DatabaseError(platform::DatabaseError::Kind::kConnectionLost, 2013, "", "gone");
  };
  const auto status = GetOrder();
  EXPECT_EQ(status.error_code(), StatusCode::UNAVAILABLE);
  EXPECT_TRUE(RetryInfoOf(status));
}

TEST_F(AnswersTest, CallDroppedByItsHandlerIsAnswered) {
  orders_.get_line_facts = [](const Call&, platform::Done) {};
  grpc::ClientContext context;
  GuardedServer::As(context, "", kShop);
  order::v1::GetLineFactsRequest request;
  request.set_order_id("12");
  order::v1::GetLineFactsResponse response;
  const auto status = order::v1::OrderService::NewStub(house_.Channel("aftersales"))
                          ->GetLineFacts(&context, request, &response);
  EXPECT_EQ(status.error_code(), StatusCode::INTERNAL);
}

TEST_F(AnswersTest, AsyncCallIsAnsweredLaterByAnotherThread) {
  std::thread answering;
  orders_.get_line_facts = [&](const Call&, platform::Done done) {
    answering = std::thread([done] { done(); });
  };
  grpc::ClientContext context;
  GuardedServer::As(context, "", kShop);
  order::v1::GetLineFactsRequest request;
  request.set_order_id("12");
  order::v1::GetLineFactsResponse response;
  EXPECT_TRUE(order::v1::OrderService::NewStub(house_.Channel("aftersales"))
                  ->GetLineFacts(&context, request, &response)
                  .ok());
  answering.join();
}

TEST_F(AnswersTest, DeadlineIsPassedToTheHandler) {
  std::int64_t left_us = 0;
  orders_.get_order = [&](const Call& call) {
    left_us = call.deadline_us - house_.clock().NowUs();
    EXPECT_FALSE(call.Expired());
  };
  EXPECT_TRUE(GetOrder().ok());
  EXPECT_GT(left_us, 10'000'000);
  EXPECT_LE(left_us, 20'000'000);
}

TEST_F(AnswersTest, CallWithoutADeadlineGetsOne) {
  std::int64_t left_us = 0;
  orders_.get_order = [&](const Call& call) {
    left_us = call.deadline_us - house_.clock().NowUs();
  };
  grpc::ClientContext context;
  context.AddMetadata("authorization", "Bearer " + token_);
  context.AddMetadata(platform::kShopMetadata, "1");
  EXPECT_TRUE(GetOrder(context, "12").ok());
  EXPECT_GT(left_us, 0);
  EXPECT_LE(left_us, 60'000'000);
}

TEST_F(AnswersTest, CallsAreCounted) {
  EXPECT_TRUE(GetOrder().ok());
  GetOrder("x");
  const auto text = [&] { return house_.metrics().Text(); };
  // The count is taken when the answer leaves, which the client may notice first.
  EXPECT_TRUE(WaitFor([&] {
    return text().find("code=\"3\",method=\"redress.order.v1.OrderService.GetOrder\"} 1") !=
               std::string::npos &&
           text().find("code=\"0\",method=\"redress.order.v1.OrderService.GetOrder\"} 1") !=
               std::string::npos;
  }));
}

}  // namespace
}  // namespace redress::test
