// What a marketplace pushes, by the command line and by HTTP/JSON, through all real processes.

#include <gtest/gtest.h>
#include <redress/aftersales/v1/platform_service.pb.h>

#include <filesystem>
#include <fstream>
#include <optional>

#include "tests/e2e/shop.h"
#include "tests/e2e/stack.h"
#include "tests/support/wait_for.h"

namespace redress::e2e {
namespace {

namespace fs = std::filesystem;
using std::chrono::seconds;

class Platform : public testing::Test {
 protected:
  Platform() : shop_(stack_) {
    const Finished logged_in =
        stack_.Redress({"log-in", "--account", shop_.AccountNameOf("integration"), "--shop",
                        shop_.shop_id(), "--password-stdin"},
                       shop_.PasswordOf("integration") + "\n");
    EXPECT_EQ(logged_in.exit_code, 0) << logged_in.output;
  }

  // A paid and received order of the platform; its number is its only line's, too.
  void PushOrder(const std::string& number) {
    order::PushOrderRequest request;
    request.set_request_id(Unique("order"));
    order::OrderInput& input = *request.mutable_order();
    input.set_platform("taobao");
    input.set_order_number(number);
    input.set_status(order::ORDER_STATUS_TRADE_FINISHED);
    input.set_currency_code("CNY");
    input.mutable_order_time()->set_seconds(stack_.NowUs() / 1'000'000 - 7200);
    input.mutable_pay_time()->set_seconds(stack_.NowUs() / 1'000'000 - 7200);
    order::OrderLineInput& line = *input.add_lines();
    line.set_line_number(number);
    line.set_sku("CUP-1");
    line.set_title("Cup");
    line.set_quantity(1);
    line.set_unit_price("100.00");
    shop_.As("integration").Call<order::PushOrderResponse>(request);
  }

  fs::path Write(const std::string& name, const std::string& text) {
    const fs::path path = stack_.state() / name;
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }
  Finished Run(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "platform");
    return stack_.Redress(arguments);
  }
  std::optional<aftersales::PlatformRefund> Heard(const std::string& refund_id) {
    const auto answer = shop_.As("integration")
                            .Call<aftersales::ListPlatformRefundsResponse>(
                                aftersales::ListPlatformRefundsRequest());
    for (const auto& refund : answer.refunds()) {
      if (refund.refund_id() == refund_id) return refund;
    }
    return std::nullopt;
  }
  bool AwaitState(const std::string& refund_id, const std::string& state) {
    return test::WaitFor(
        [&] {
          const auto heard = Heard(refund_id);
          return heard && heard->case_state() == state;
        },
        seconds(20));
  }

  Stack& stack_ = Stack::Shared();
  Shop shop_;
};

std::string Object(const std::string& refund_id, const std::string& order, int second,
                   const std::string& more) {
  return R"({"refund_id":)" + refund_id + R"(,"tid":)" + order + R"(,"oid":")" + order +
         R"(","num":1,"refund_fee":"40.00","modified":"2024-05-06 08:00:0)" +
         std::to_string(second) + "\"," + more + "}";
}

TEST_F(Platform, ThePushesOfAReturnBringItToItsEnd) {
  const std::string order = "9007199254740995";
  PushOrder(order);
  const fs::path file =
      Write("refund.json",
            R"({"refunds_receive_get_response":{"refunds":{"refund":[)" +
                Object("9007199254740993", order, 1,
                       R"("status":"WAIT_SELLER_AGREE","has_good_return":true,"new_field":1)") +
                "]}}}");
  const Finished pushed = Run({"push", file});
  EXPECT_EQ(pushed.exit_code, 0) << pushed.output;
  EXPECT_NE(pushed.output.find("1 refunds first heard of"), std::string::npos) << pushed.output;
  EXPECT_TRUE(AwaitState("9007199254740993", "Requested"));
  EXPECT_NE(Run({"push", file}).output.find("1 with nothing new"), std::string::npos);

  const fs::path lines = Write(
      "refund.jsonl",
      Object("\"9007199254740993\"", order, 4, R"("status":"SUCCESS","has_good_return":true)") +
          "\n\n" +
          Object("\"9007199254740993\"", order, 2, R"("status":"WAIT_BUYER_RETURN_GOODS")") + "\n");
  EXPECT_EQ(Run({"push", "--lines", lines}).exit_code, 0);
  ASSERT_TRUE(AwaitState("9007199254740993", "FollowingUp"));
  const aftersales::Case ended = shop_.Get(Heard("9007199254740993")->case_id());
  EXPECT_EQ(ended.amount_settled().minor_units(), 40'00);
  EXPECT_EQ(ended.platform_refund_id(), "9007199254740993");
  EXPECT_NE(Run({"unmapped"}).output.find("new_field"), std::string::npos);
}

TEST_F(Platform, ARefundThatWaitsForItsOrderIsShownAndThenTakenUp) {
  const std::string order = "9007199254741001";
  const fs::path file = Write("early.json", Object("5001", order, 1, R"("status":1)"));
  Run({"push", file});
  const auto waits = [&] {
    return Run({"differences"}).output.find("ORDER_UNKNOWN") != std::string::npos;
  };
  ASSERT_TRUE(test::WaitFor(waits, seconds(20)));
  PushOrder(order);
  EXPECT_TRUE(AwaitState("5001", "Requested"));
  EXPECT_EQ(Run({"differences"}).output.find("ORDER_UNKNOWN"), std::string::npos);
}

TEST_F(Platform, AnOrderAndItsRefundComeAsThePlatformHasThem) {
  const fs::path trade = Write(
      "trade.json",
      R"({"trade_fullinfo_get_response":{"trade":{"tid":9007199254741003,"status":"TRADE_FINISHED",)"
      R"("created":"2024-05-01 08:00:00","pay_time":"2024-05-01 08:01:00","buyer_nick":"tb_buyer",)"
      R"("orders":{"order":[{"oid":9007199254741005,"num":1,"price":"99.00","divide_order_fee":"80.00"}]}}}})");
  const Finished pushed = Run({"push-trades", trade});
  EXPECT_EQ(pushed.exit_code, 0) << pushed.output;
  EXPECT_NE(pushed.output.find("1 orders created"), std::string::npos) << pushed.output;
  EXPECT_NE(Run({"push-trades", trade}).output.find("1 unchanged"), std::string::npos);

  // More than the line's share of what was paid is not opened, and seen.
  const std::string above =
      R"({"refund_id":6001,"tid":9007199254741003,"oid":9007199254741005,"refund_fee":"90.00",)"
      R"("status":1,"modified":"2024-05-06 08:00:01"})";
  Run({"push", Write("above.json", above)});
  const auto is_shown = [&] {
    return Run({"differences"}).output.find("ABOVE_LINE_CEILING") != std::string::npos;
  };
  EXPECT_TRUE(test::WaitFor(is_shown, seconds(20)));
  const std::string lower =
      R"({"refund_id":6001,"refund_fee":"80.00","modified":"2024-05-06 08:00:02"})";
  Run({"push", Write("lower.json", lower)});
  EXPECT_TRUE(AwaitState("6001", "Requested"));
}

TEST_F(Platform, AWrongObjectIsNamedAndTheOthersAreTaken) {
  const fs::path file = Write("bad.json", "[" + Object("1", "2", 1, R"("price":"1e3")") + "," +
                                              Object("3", "4", 1, R"("status":1)") + "]");
  const Finished pushed = Run({"push", file});
  EXPECT_EQ(pushed.exit_code, 4) << pushed.output;
  EXPECT_NE(pushed.output.find("price"), std::string::npos) << pushed.output;
  EXPECT_NE(pushed.output.find("1 refunds first heard of"), std::string::npos) << pushed.output;
}

TEST_F(Platform, ABadRatingHasAReviewCaseThatFollowsIt) {
  const std::string order = "9007199254741011";
  PushOrder(order);
  const auto rating = [&](int second, const std::string& more) {
    return R"({"tid":)" + order + R"(,"role":"buyer","created":"2024-05-01 08:00:00",)" +
           R"("modified":"2024-05-06 08:00:0)" + std::to_string(second) + "\"," + more + "}";
  };
  const fs::path first =
      Write("rating.json", R"({"traderates_get_response":{"trade_rates":{"trade_rate":[)" +
                               rating(1, R"("result":"bad","content":"坏了","new_field":1)") + "," +
                               R"({"tid":5,"result":"good","role":"seller",)"
                               R"("created":"2024-05-01 08:00:00"}]}}})");
  const Finished pushed = Run({"push-ratings", first});
  EXPECT_EQ(pushed.exit_code, 0) << pushed.output;
  EXPECT_NE(pushed.output.find("1 ratings first heard of"), std::string::npos) << pushed.output;
  EXPECT_NE(pushed.output.find("1 given by the shop"), std::string::npos) << pushed.output;
  const auto shows = [&](const std::string& word) {
    return [this, word] { return Run({"ratings"}).output.find(word) != std::string::npos; };
  };
  EXPECT_TRUE(test::WaitFor(shows("Detected"), seconds(20)));
  EXPECT_NE(Run({"unmapped"}).output.find("rating.new_field"), std::string::npos);

  Run({"push-ratings", Write("better.json", rating(2, R"("result":"good")"))});
  EXPECT_TRUE(test::WaitFor(shows("Resolved"), seconds(20)));
  EXPECT_EQ(Run({"rating-differences"}).output.find(order), std::string::npos);
}

}  // namespace
}  // namespace redress::e2e
