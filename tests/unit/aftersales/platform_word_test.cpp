// What the platform writes, and what it means to a case.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "services/aftersales/domain/platform_form.h"
#include "services/aftersales/domain/platform_word.h"

namespace redress::aftersales {
namespace {

using workflows::refund::Shipping;
using workflows::refund::Variant;

std::string Object(const std::string& more) {
  return R"({"refund_id":"900719925474099312","tid":2,"oid":"3","modified":"2024-05-06 08:00:00")" +
         (more.empty() ? "" : "," + more) + "}";
}

std::vector<PushedItem> Read(const std::string& body) { return ReadPushes({body}, RefundForm()); }

PushedObject Pushed(const std::string& body) {
  const auto items = Read(body);
  EXPECT_EQ(items.size(), 1U);
  if (const auto* bad = std::get_if<BadPush>(&items.front())) {
    ADD_FAILURE() << bad->field << " " << bad->problem;
    return {};
  }
  return std::get<PushedObject>(items.front());
}

PlatformWord Word(const std::string& more) { return WordOf(Pushed(Object(more)).fields); }

BadPush Bad(const std::string& body) {
  const auto items = Read(body);
  if (items.size() != 1 || !std::holds_alternative<BadPush>(items.front())) {
    ADD_FAILURE() << "was taken";
    return {};
  }
  return std::get<BadPush>(items.front());
}

struct StatusCase {
  const char* status;
  PlatformStage stage;
};

class PlatformStatus : public ::testing::TestWithParam<StatusCase> {};

TEST_P(PlatformStatus, IsKnown) {
  EXPECT_EQ(Word(std::string(R"("status":)") + GetParam().status).stage, GetParam().stage);
}

INSTANTIATE_TEST_SUITE_P(
    All, PlatformStatus,
    ::testing::Values(
        StatusCase{"\"WAIT_SELLER_AGREE\"", PlatformStage::kWaitSellerAgree},
        StatusCase{"\"WAIT_BUYER_RETURN_GOODS\"", PlatformStage::kWaitBuyerReturn},
        StatusCase{"\"WAIT_SELLER_CONFIRM_GOODS\"", PlatformStage::kWaitSellerConfirmGoods},
        StatusCase{"\"SELLER_REFUSE_BUYER\"", PlatformStage::kSellerRefused},
        StatusCase{"\"CLOSED\"", PlatformStage::kClosed},
        StatusCase{"\"SUCCESS\"", PlatformStage::kSuccess},
        StatusCase{"\"WAIT_BUYER_CONFIRM_EXCHANGE_SELLER_SEND_GOODS\"",
                   PlatformStage::kWaitBuyerConfirm},
        StatusCase{"\"EXCHANGE_TRANSFORM_TO_REFUND\"", PlatformStage::kTurnedIntoRefund},
        StatusCase{"\"WAIT_SELLER_CONSIGN_GOODS\"", PlatformStage::kWaitSellerConsign},
        StatusCase{"\"WAIT_SELLER_CONSIGN_GOOGDS\"", PlatformStage::kWaitSellerConsign},
        StatusCase{"\"WAIT_BUYER_CONFIRM_REDO_SEND_GOODS\"", PlatformStage::kWaitBuyerConfirm},
        StatusCase{"\"WAIT_SELLER_CONFIRM_RETURN_ADDRESS\"", PlatformStage::kWaitBuyerReturn},
        StatusCase{"\"EXCHANGE_WAIT_BUYER_CONFIRM_GOODS\"", PlatformStage::kWaitBuyerConfirm},
        StatusCase{"\"POST_FEE_DISPUTE_WAIT_ACTIVATE\"", PlatformStage::kPostFeeDispute},
        StatusCase{"1", PlatformStage::kWaitSellerAgree},
        StatusCase{"\"2\"", PlatformStage::kWaitBuyerReturn},
        StatusCase{"3", PlatformStage::kWaitSellerConfirmGoods},
        StatusCase{"4", PlatformStage::kClosed}, StatusCase{"5", PlatformStage::kSuccess},
        StatusCase{"6", PlatformStage::kSellerRefused},
        StatusCase{"12", PlatformStage::kWaitSellerConsign},
        StatusCase{"13", PlatformStage::kWaitBuyerConfirm},
        StatusCase{"14", PlatformStage::kTurnedIntoRefund},
        StatusCase{"\"NEVER_HEARD_OF\"", PlatformStage::kUnknown},
        StatusCase{"7", PlatformStage::kUnknown}));

TEST(PlatformWord, IdsStayWholeAsTextsAndAsNumbers) {
  const PlatformWord word = WordOf(
      Pushed(
          R"({"refund_id":9007199254740993,"tid":"9007199254740995","refund_version":1714953600000})")
          .fields);
  EXPECT_EQ(word.refund_id, "9007199254740993");
  EXPECT_EQ(word.order_number, "9007199254740995");
  EXPECT_EQ(word.line_number, "9007199254740995");  // a single line bears its order's number
}

TEST(PlatformWord, MoneyUnitsParcelAndReasonAreMapped) {
  const PlatformWord word = Word(
      R"("refund_fee":"12.30","num":2,"has_good_return":true,"company_name":"SF","sid":"SF1",)"
      R"("shipping_type":"post","reason":"7天无理由","desc":"碎了","status":"WAIT_SELLER_AGREE")");
  EXPECT_EQ(word.amount, 1230);
  EXPECT_EQ(word.quantity, 2);
  EXPECT_EQ(word.variant, Variant::kReturnAndRefund);
  EXPECT_EQ(word.carrier, "SF");
  EXPECT_EQ(word.tracking, "SF1");
  EXPECT_EQ(word.shipping, Shipping::kPost);
  EXPECT_EQ(word.reason, "7天无理由");
  EXPECT_EQ(word.description, "碎了");
  EXPECT_TRUE(word.sent);
}

TEST(PlatformWord, ThePlatformsDeadlineIsReadWhereThereIsOne) {
  EXPECT_EQ(
      Word(R"("refund_remind_timeout":{"exist_timeout":true,"timeout":"1970-01-02 08:00:00"})")
          .remind_at,
      86'400'000'000);
  EXPECT_EQ(
      Word(R"("refund_remind_timeout":{"exist_timeout":false,"timeout":"1970-01-02 08:00:00"})")
          .remind_at,
      0);
}

TEST(PlatformWord, AnInterventionIsRemembered) {
  for (const char* code : {"3", "\"4\"", "5", "6", "8", "9", "10", "11"}) {
    EXPECT_TRUE(Word(std::string(R"("cs_status":)") + code).intervened) << code;
  }
  for (const char* code : {"1", "2", "7"}) {
    EXPECT_FALSE(Word(std::string(R"("cs_status":)") + code).intervened) << code;
  }
}

TEST(PlatformWord, AnExchangeIsWorthItsGoods) {
  const PlatformWord word = Word(R"("status":12,"price":"10.00","num":3)");
  EXPECT_EQ(word.variant, Variant::kExchange);
  EXPECT_EQ(word.amount, 3000);
  EXPECT_EQ(word.paid, 0);
}

TEST(PlatformWord, OperationsAreReadInEitherForm) {
  EXPECT_EQ(Word(R"("allowed_operations":["agree","refuse"])").allowed_operations,
            (std::vector<std::string>{"agree", "refuse"}));
  EXPECT_EQ(Word(R"("not_allowed_operations":{"operation":[{"operation_code":"agree"}]})")
                .refused_operations,
            (std::vector<std::string>{"agree"}));
}

TEST(PlatformPush, AnswersListsAndMessagesAreUnwrapped) {
  EXPECT_EQ(Read("[" + Object("") + "," + Object("") + "]").size(), 2U);
  EXPECT_EQ(Pushed(R"({"refund_get_response":{"refund":)" + Object("") + "}}").key,
            "900719925474099312");
  EXPECT_EQ(Read(R"({"refunds_receive_get_response":{"refunds":{"refund":[)" + Object("") +
                 R"(]},"total_results":1}})")
                .size(),
            1U);
  const PushedObject success =
      Pushed(R"({"topic":"taobao_refund_RefundSuccess","content":)" + Object("") + "}");
  EXPECT_EQ(WordOf(success.fields).stage, PlatformStage::kSuccess);
  const PushedObject as_text = Pushed(
      R"({"topic":"taobao_refund_RefundTaobaoIntervened","content":"{\"refund_id\":5,\"modified\":\"2024-05-06 08:00:00\"}"})");
  EXPECT_TRUE(WordOf(as_text.fields).intervened);
}

TEST(PlatformPush, AWrongObjectIsRefusedByItself) {
  const auto items = Read("[" + Object(R"("refund_fee":"1e3")") + "," + Object("") + "]");
  ASSERT_EQ(items.size(), 2U);
  const auto& bad = std::get<BadPush>(items[0]);
  EXPECT_EQ(bad.field, "refund_fee");
  EXPECT_EQ(bad.key, "900719925474099312");
  EXPECT_TRUE(std::holds_alternative<PushedObject>(items[1]));
}

TEST(PlatformPush, WhatIsMissingIsNamed) {
  EXPECT_EQ(Bad(R"({"tid":1})").field, "refund_id");
  EXPECT_EQ(Bad(R"({"refund_id":1})").field, "modified");
  EXPECT_EQ(Bad(R"({"refund_id":1,"modified":"yesterday"})").field, "modified");
  EXPECT_EQ(Bad(R"({"topic":"taobao_trade_TradeSuccess","content":{}})").field, "topic");
  EXPECT_NE(Bad("no json").problem.find("no JSON"), std::string::npos);
  EXPECT_NE(Bad("[]").problem, "");
  EXPECT_NE(Bad("5").problem, "");
  EXPECT_NE(Bad(Object("\"#agreed\":true")).problem, "");
}

TEST(PlatformPush, ObjectsBeyondTheMostAreRefused) {
  std::string many = "[" + Object("");
  for (std::size_t i = 0; i < kMostPushed; ++i) many += "," + Object("");
  const auto items = Read(many + "]");
  ASSERT_EQ(items.size(), kMostPushed + 1);
  EXPECT_TRUE(std::holds_alternative<BadPush>(items.back()));
}

TEST(PlatformPush, WhatNothingMapsIsNamedOnceAnObject) {
  const PushedObject pushed = Pushed(Object(R"("new_field":"13800138000","status":"NEW_STATUS")"));
  const std::vector<Unmapped> expected = {{"new_field", ""}, {"status", "NEW_STATUS"}};
  EXPECT_EQ(pushed.unmapped, expected);
  PlatformFields known;
  EXPECT_EQ(Absorb(pushed, known), expected);
  EXPECT_TRUE(Absorb(pushed, known).empty());
  EXPECT_EQ(known.at("new_field").written, "\"13800138000\"");
}

TEST(PlatformPush, AnOperationThatNobodyKnowsIsNamed) {
  const PushedObject pushed =
      Pushed(Object(R"("allowed_operations":[{"operation_code":"negotiate"},"agree"])"));
  EXPECT_EQ(pushed.unmapped, (std::vector<Unmapped>{{"allowed_operations", "negotiate"}}));
}

TEST(PlatformPush, ANameThatIsNoneIsNotShown) {
  const PushedObject pushed = Pushed(Object(R"("联系 13800138000":1)"));
  ASSERT_EQ(pushed.unmapped.size(), 1U);
  EXPECT_EQ(pushed.unmapped[0].field, "(not a plain name)");
  EXPECT_EQ(Pushed(Object(R"("status":"13800138000")")).unmapped,
            (std::vector<Unmapped>{{"status", "(not a plain name)"}}));
  EXPECT_EQ(Pushed(Object(R"("status":1234)")).unmapped,
            (std::vector<Unmapped>{{"status", "1234"}}));
}

}  // namespace
}  // namespace redress::aftersales
