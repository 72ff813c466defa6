// Tags and rules as callers see them.
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "redress/customer/v1/tag_rule_service.grpc.pb.h"
#include "redress/customer/v1/tag_service.grpc.pb.h"
#include "services/customer/api/tag_api.h"
#include "services/customer/api/tag_rule_api.h"
#include "tests/integration/customer/tag_house.h"
#include "tests/integration/platform/server/guarded_server.h"

namespace redress::customer {
namespace {

using platform::Role;

class TagServicesTest : public ::testing::Test {
 protected:
  TagServicesTest()
      : tag_api_({server_.guard(), house_.tags, house_.questions, house_.people}),
        rule_api_({server_.guard(), house_.rules, house_.questions,
                   [](ShopId) { return std::string("GBP"); }}) {
    agent_ = server_.Member(AccountId{2}, kShop, {Role::ROLE_AGENT});
    supervisor_ = server_.Member(AccountId{3}, kShop, {Role::ROLE_SUPERVISOR});
    server_.Start({&tag_api_, &rule_api_});
    tags_ = v1::TagService::NewStub(server_.Channel());
    rules_ = v1::TagRuleService::NewStub(server_.Channel());
  }

  template <class Stub, class Request, class Response>
  grpc::Status Ask(const std::unique_ptr<Stub>& stub,
                   grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                   const std::string& token, const Request& request, Response& response) {
    // As a client does that repeats on UNAVAILABLE.
    constexpr int kPatience = 20;
    grpc::Status status;
    for (int attempt = 0; attempt < kPatience; ++attempt) {
      grpc::ClientContext context;
      test::GuardedServer::As(context, token, kShop);
      status = (stub.get()->*method)(&context, request, &response);
      if (status.error_code() != grpc::StatusCode::UNAVAILABLE) break;
    }
    return status;
  }

  // The rule that ships for the tag, as a draft.
  v1::TagRule Adopt(const std::string& tag = "loyal") {
    v1::AdoptShippedRulesRequest request;
    request.set_request_id("adopt");
    request.add_tag_codes(tag);
    v1::AdoptShippedRulesResponse response;
    const auto status =
        Ask(rules_, &v1::TagRuleService::Stub::AdoptShippedRules, supervisor_, request, response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response.rules(0);
  }

  TagHouse house_{test::InjectedFaults()};
  test::GuardedServer server_;
  TagApi tag_api_;
  TagRuleApi rule_api_;
  std::string agent_;
  std::string supervisor_;
  std::unique_ptr<v1::TagService::Stub> tags_;
  std::unique_ptr<v1::TagRuleService::Stub> rules_;
};

TEST_F(TagServicesTest, AShippedRuleIsTriedThenSwitchedOn) {
  house_.NewCustomers(3);
  const v1::TagRule rule = Adopt();
  EXPECT_EQ(rule.state(), v1::TAG_RULE_STATE_DRAFT);

  grpc::ClientContext context;
  test::GuardedServer::As(context, supervisor_, kShop);
  v1::TryTagRuleRequest trial;
  trial.set_request_id("try");
  trial.set_tag_code("loyal");
  trial.set_version(1);
  const auto stream = rules_->TryTagRule(&context, trial);
  v1::TryTagRuleResponse progress;
  while (stream->Read(&progress)) continue;
  ASSERT_TRUE(stream->Finish().ok());
  EXPECT_TRUE(progress.done());
  EXPECT_EQ(progress.scanned(), 3u);
  EXPECT_EQ(progress.gains(), 0u);

  v1::SwitchTagRuleRequest on;
  on.set_request_id("on");
  on.set_tag_code("loyal");
  on.set_version(1);
  on.set_on(true);
  v1::SwitchTagRuleResponse switched;
  const auto status =
      Ask(rules_, &v1::TagRuleService::Stub::SwitchTagRule, supervisor_, on, switched);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(switched.rule().state(), v1::TAG_RULE_STATE_ON);
}

TEST_F(TagServicesTest, AShippedAmountIsOfTheShopsCurrency) {
  EXPECT_EQ(Adopt("high_value").expression(), "lifetime_value >= 5000.00 GBP");
}

TEST_F(TagServicesTest, AConditionThatCannotBeReadSaysWhere) {
  Adopt();
  v1::SetTagRuleRequest request;
  request.set_request_id("set");
  request.set_tag_code("loyal");
  request.set_version(1);
  request.set_expression("paid_ordrs > 1");
  v1::SetTagRuleResponse response;
  const auto status =
      Ask(rules_, &v1::TagRuleService::Stub::SetTagRule, supervisor_, request, response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_NE(status.error_message().find("`paid_orders`"), std::string::npos)
      << status.error_message();
  EXPECT_EQ(
      Ask(rules_, &v1::TagRuleService::Stub::SetTagRule, agent_, request, response).error_code(),
      grpc::StatusCode::PERMISSION_DENIED);
}

TEST_F(TagServicesTest, AnAgentTagsAndReadsWhy) {
  Adopt();
  const std::string customer = platform::ToString(house_.NewCustomer());
  v1::TagCustomersRequest give;
  give.set_request_id("give");
  give.set_tag_code("loyal");
  give.add_customer_ids(customer);
  v1::TagCustomersResponse given;
  const auto status = Ask(tags_, &v1::TagService::Stub::TagCustomers, agent_, give, given);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(given.results(0).result(), v1::TAG_RESULT_CHANGED);

  v1::ListCustomerTagsRequest list;
  list.set_customer_id(customer);
  v1::ListCustomerTagsResponse listed;
  ASSERT_TRUE(Ask(tags_, &v1::TagService::Stub::ListCustomerTags, agent_, list, listed).ok());
  ASSERT_EQ(listed.tags_size(), 1);
  EXPECT_EQ(listed.tags(0).origin(), v1::TAG_ORIGIN_HAND);
  EXPECT_EQ(listed.tags(0).account_id(), "2");

  v1::ExplainTagRequest explain;
  explain.set_customer_id(customer);
  explain.set_tag_code("loyal");
  v1::ExplainTagResponse explained;
  ASSERT_TRUE(Ask(tags_, &v1::TagService::Stub::ExplainTag, agent_, explain, explained).ok());
  EXPECT_TRUE(explained.explanation().has_tag());
  EXPECT_EQ(explained.explanation().account_id(), "2");
}

}  // namespace
}  // namespace redress::customer
