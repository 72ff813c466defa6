// A case goes where the platform's word wants it, by steps of its machine.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "services/aftersales/domain/platform_form.h"
#include "services/aftersales/domain/platform_pursuit.h"
#include "tests/unit/aftersales/desk.h"

namespace redress::aftersales {
namespace {

namespace refund = workflows::refund;

// The desk, with what the platform says of one refund.
class Counter {
 public:
  Desk desk;
  PlatformObject heard;

  Counter() {
    desk.line_facts.currency = "CNY";
    heard.shop = Desk::kShop;
    heard.key = "77";
    heard.object = Desk::kCase.value;
  }

  // A push of these fields at this second of the platform's clock; the case follows.
  PlatformObject Hear(int second, const std::string& more) {
    const std::string clock = second < 10 ? "0" + std::to_string(second) : std::to_string(second);
    const std::string body = R"({"refund_id":77,"tid":70,"oid":700,"num":1,"modified":")"
                             "2024-05-06 08:00:" +
                             clock + "\"," + more + "}";
    const auto items = ReadPushes({body}, RefundForm());
    Absorb(std::get<PushedObject>(items.at(0)), heard.fields);
    MapColumns(heard);
    heard = Follow();
    return heard;
  }

  const Case& Now() const { return desk.Now(); }
  std::vector<std::string> Events() const {
    std::vector<std::string> events;
    for (const Step& step : desk.steps) events.push_back(step.event);
    return events;
  }

 private:
  PlatformObject Follow() {
    PlatformPursuit pursuit(heard);
    const bool is_open = desk.rows.cases.contains({Desk::kShop, Desk::kCase});
    if (is_open) pursuit.SetCase(desk.Now());
    for (int turn = 0; turn < 20 && !pursuit.IsOver(); ++turn) {
      if (pursuit.IsStale()) pursuit.SetCase(desk.Now());
      auto command = pursuit.HasCase() ? pursuit.Next(desk.now_us)
                                       : pursuit.Opening(desk.line_facts, 1, Desk::kCase, true);
      if (command) pursuit.Take(desk.Decide(*command));
    }
    EXPECT_TRUE(pursuit.IsOver());
    return std::move(pursuit).Conclude(desk.now_us);
  }
};

constexpr char kAsked[] = R"("status":"WAIT_SELLER_AGREE","refund_fee":"10.00")";
constexpr char kReturnAsked[] =
    R"("status":"WAIT_SELLER_AGREE","refund_fee":"10.00","has_good_return":true)";
constexpr char kAgreedThere[] =
    R"("status":"WAIT_BUYER_RETURN_GOODS","refund_fee":"10.00","has_good_return":true)";
constexpr char kSent[] =
    R"("status":"WAIT_SELLER_CONFIRM_GOODS","refund_fee":"10.00","has_good_return":true,)"
    R"("company_name":"SF","sid":"SF1")";

TEST(PlatformFollow, ARequestOpensItsCase) {
  Counter counter;
  const PlatformObject after = counter.Hear(1, kAsked);
  EXPECT_EQ(counter.Now().state, "Requested");
  EXPECT_EQ(counter.Now().Refund().amount_asked, 1000);
  EXPECT_EQ(counter.Now().platform_refund_id, "77");
  EXPECT_EQ(after.attention, "");
  EXPECT_EQ(after.due_at, 0);
}

TEST(PlatformFollow, AReturnGoesItsWayStepByStep) {
  Counter counter;
  counter.Hear(1, kReturnAsked);
  counter.Hear(2, kAgreedThere);
  EXPECT_EQ(counter.Now().state, "AwaitingReturn");
  EXPECT_EQ(counter.Now().Refund().approved_how, refund::ApprovedBy::kPlatform);
  counter.Hear(3, kSent);
  EXPECT_EQ(counter.Now().state, "Returning");
  EXPECT_EQ(counter.Now().return_tracking, "SF1");
  counter.Hear(4, R"("status":"SUCCESS")");
  EXPECT_EQ(counter.Now().state, "FollowingUp");
  EXPECT_EQ(counter.Now().Refund().settled_amount, 1000);
}

TEST(PlatformFollow, ItsLastWordAloneLeadsThroughTheSameSteps) {
  Counter counter;
  counter.Hear(4, std::string(kSent) + R"(,"good_status":"BUYER_RETURNED_GOODS")");
  EXPECT_EQ(counter.Events(), (std::vector<std::string>{"open", "platform_agreed", "ship_return"}));
  EXPECT_EQ(counter.Now().state, "Returning");
}

TEST(PlatformFollow, WhatIsRepeatedOrOlderChangesNothing) {
  Counter counter;
  counter.Hear(3, kSent);
  const std::size_t steps = counter.desk.steps.size();
  counter.Hear(3, kSent);
  counter.Hear(1, kReturnAsked);
  EXPECT_EQ(counter.desk.steps.size(), steps);
}

TEST(PlatformFollow, ARefusalThereIsARefusalHere) {
  Counter counter;
  counter.Hear(1, kAsked);
  counter.Hear(2, R"("status":"SELLER_REFUSE_BUYER")");
  EXPECT_EQ(counter.Now().state, "Rejected");
  counter.Hear(3, R"("status":"WAIT_SELLER_AGREE","refund_fee":"8.00")");
  EXPECT_EQ(counter.Now().state, "Requested");
  EXPECT_EQ(counter.Now().Refund().amount_asked, 800);
}

TEST(PlatformFollow, RefusedGoodsAreDisagreedOver) {
  Counter counter;
  counter.Hear(1, kSent);
  const PlatformObject after = counter.Hear(2, R"("status":"SELLER_REFUSE_BUYER")");
  EXPECT_EQ(counter.Now().state, "Disagreed");
  EXPECT_EQ(after.attention, "");
}

TEST(PlatformFollow, AClosedReturnSendsTheGoodsBack) {
  Counter counter;
  counter.Hear(1, kSent);
  counter.Hear(2, R"("status":"CLOSED")");
  EXPECT_EQ(counter.Now().state, "SendingBack");
}

TEST(PlatformFollow, AnInterventionLeadsToDispute) {
  Counter counter;
  counter.Hear(1, std::string(kAsked) + R"(,"cs_status":3)");
  EXPECT_EQ(counter.Now().state, "InDispute");
  EXPECT_TRUE(counter.Now().platform_intervened);
  counter.Hear(2, R"("status":"SUCCESS","cs_status":8)");
  EXPECT_EQ(counter.Now().state, "FollowingUp");
}

TEST(PlatformFollow, ThePlatformsDeadlineWins) {
  Counter counter;
  // 08:00 there is midnight UTC; the desk's clock stands in October 2025.
  counter.Hear(
      1, std::string(kAsked) +
             R"(,"refund_remind_timeout":{"exist_timeout":true,"timeout":"2030-01-01 08:00:00"})");
  EXPECT_EQ(counter.Now().due_at, 1'893'456'000'000'000);
  EXPECT_EQ(counter.Now().Armed().deadline_number, 2);
  EXPECT_EQ(counter.Events().back(), "platform_deadline");
}

TEST(PlatformFollow, ADeadlineThatHasPassedIsNotMoved) {
  Counter counter;
  counter.Hear(
      1, std::string(kAsked) +
             R"(,"refund_remind_timeout":{"exist_timeout":true,"timeout":"2020-01-01 08:00:00"})");
  EXPECT_EQ(counter.Events(), std::vector<std::string>{"open"});
}

TEST(PlatformFollow, MoreThanTheLineIsWorthWaitsForPeople) {
  Counter counter;
  const PlatformObject after =
      counter.Hear(1, R"("status":"WAIT_SELLER_AGREE","refund_fee":"99.00")");
  EXPECT_TRUE(counter.desk.steps.empty());
  EXPECT_EQ(after.attention, "ABOVE_LINE_CEILING");
  EXPECT_GT(after.due_at, counter.desk.now_us);
}

TEST(PlatformFollow, AnAgentsOwnDecisionIsADifference) {
  Counter counter;
  counter.Hear(1, kAsked);
  counter.desk.Apply(counter.desk.Fire(refund::Reject{}));
  const PlatformObject after = counter.Hear(2, R"("status":"WAIT_BUYER_RETURN_GOODS")");
  EXPECT_EQ(counter.Now().state, "AwaitingReturn");
  EXPECT_EQ(after.attention, "");
  counter.desk.Apply(counter.desk.Fire(refund::Withdraw{}));
  EXPECT_EQ(counter.Hear(3, R"("status":"SUCCESS")").attention, kCaseEnded);
}

TEST(PlatformFollow, OperationsThatDifferAreSaid) {
  Counter counter;
  const PlatformObject after =
      counter.Hear(1, std::string(kAsked) +
                          R"(,"allowed_operations":["agree","returngoods_confirm","negotiate"])");
  EXPECT_EQ(after.attention, kOperationsDiffer);
  EXPECT_NE(after.detail.find("+returngoods_confirm"), std::string::npos);
  EXPECT_EQ(after.detail.find("negotiate"), std::string::npos);
}

TEST(PlatformFollow, OperationsThatThePlatformRefusesAreSaidToo) {
  Counter counter;
  const PlatformObject after =
      counter.Hear(1, std::string(kAsked) + R"(,"not_allowed_operations":["refuse"])");
  EXPECT_EQ(after.attention, kOperationsDiffer);
  EXPECT_NE(after.detail.find("-refuse"), std::string::npos);
}

TEST(PlatformFollow, AnotherAmountIsSaidInMoney) {
  Counter counter;
  counter.Hear(1, kReturnAsked);
  counter.Hear(2, kAgreedThere);
  const PlatformObject after = counter.Hear(3, R"("refund_fee":"8.00")");
  EXPECT_EQ(after.attention, kAmountDiffers);
  EXPECT_EQ(after.detail, "8.00 CNY ≠ 10.00 CNY");
}

TEST(PlatformFollow, AStatusThatNobodyKnowsIsSaid) {
  Counter counter;
  const PlatformObject after = counter.Hear(1, R"("status":"BRAND_NEW","refund_fee":"10.00")");
  EXPECT_EQ(after.attention, kStatusUnknown);
  EXPECT_EQ(after.detail, "");
  EXPECT_EQ(after.status, "");
}

TEST(PlatformFollow, NewsOfAnEndedCaseAreNoSteps) {
  Counter counter;
  counter.Hear(1, kAsked);
  counter.Hear(2, R"("status":"CLOSED")");
  EXPECT_EQ(counter.Now().state, "Closed");
  const std::size_t steps = counter.desk.steps.size();
  counter.Hear(3, R"("status":"CLOSED","reason":"other")");
  EXPECT_EQ(counter.desk.steps.size(), steps);
}

}  // namespace
}  // namespace redress::aftersales
