// Files of closed cases and conversations, read through a mapping.

#include "clients/importing/past_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "clients/importing/plan.h"
#include "tests/support/data_directory.h"
#include "tests/unit/clients/temporary_file.h"

namespace redress::importing {
namespace {

using test::TemporaryFolder;
using testing::HasSubstr;

constexpr char kLogMapping[] = R"(
rows = "steps"
group_by = "case"
details = ["product"]
[time]
format = "%Y-%m-%d"
zone = "UTC"
[case]
source = { constant = "log" }
platform = { constant = "direct" }
kind = { constant = "dispute" }
[step]
activity = { columns = ["status", "sub"], join = "/" }
apply_time = "day"
agent = "who"
completes = { column = "status", values = { "Closed" = "true" }, otherwise = "false" }
)";

constexpr char kThreadMapping[] = R"(
rows = "messages"
[thread]
id = "id"
reply_to = "answers"
[time]
format = "%Y-%m-%d"
zone = "UTC"
[conversation]
source = { constant = "chat" }
channel = { constant = "chat" }
platform = { constant = "chat" }
buyer_nick = "who"
[message]
message_number = "id"
side = { column = "side", values = { "c" = "CUSTOMER", "s" = "SHOP" } }
send_time = "day"
agent = "who"
text = "text"
)";

struct Read {
  std::vector<PastCaseItem> cases;
  std::vector<ConversationItem> conversations;
  std::vector<Reject> rejects;
};

class PastFileTest : public testing::Test {
 protected:
  Read Cases(const std::string& rows) {
    const Mapping mapping = ParseMapping(kLogMapping, "log.toml");
    PastFile file(folder_.Write("log.csv", "case,status,sub,day,who,product\n" + rows), mapping);
    Read read;
    file.ReadCases([&](PastCaseItem item) { read.cases.push_back(std::move(item)); },
                   [&](Reject bad) { read.rejects.push_back(std::move(bad)); });
    return read;
  }
  Read Conversations(const std::string& rows) {
    const Mapping mapping = ParseMapping(kThreadMapping, "chat.toml");
    PastFile file(folder_.Write("chat.csv", "id,answers,side,day,who,text\n" + rows), mapping);
    Read read;
    file.ReadConversations(
        [&](ConversationItem item) { read.conversations.push_back(std::move(item)); },
        [&](Reject bad) { read.rejects.push_back(std::move(bad)); });
    return read;
  }

  const TemporaryFolder folder_;
};

TEST_F(PastFileTest, PutsTheStepsOfACaseTogetherWhereverTheyStand) {
  const Read read = Cases(
      "1,Open,new,2020-01-01,anna,cup\n2,Open,,2020-01-01,anna,\n1,Closed,,2020-01-02,bert,\n");
  ASSERT_EQ(read.cases.size(), 2u);
  const auto& first =
      read.cases[0].message.source_number() == "1" ? read.cases[0].message : read.cases[1].message;
  ASSERT_EQ(first.steps_size(), 2);
  EXPECT_EQ(first.steps(0).activity(), "Open/new");
  EXPECT_EQ(first.steps(0).details(0).value(), "cup");
  EXPECT_FALSE(first.steps(0).completes());
  EXPECT_EQ(first.steps(1).activity(), "Closed");
  EXPECT_TRUE(first.steps(1).completes());
}

TEST_F(PastFileTest, RejectsAWholeHistoryForOneBadStep) {
  const Read read =
      Cases("1,Open,,2020-01-01,anna,\n1,Closed,,yesterday,bert,\n2,Open,,2020-01-01,anna,\n");
  ASSERT_EQ(read.cases.size(), 1u);
  ASSERT_EQ(read.rejects.size(), 2u);
  EXPECT_THAT(read.rejects[0].reason, HasSubstr("line 3 is wrong"));
  EXPECT_THAT(read.rejects[1].reason, HasSubstr("yesterday"));
}

TEST_F(PastFileTest, EndsBeforeAnythingIsReadWhereARowBelongsToNobodyKnown) {
  EXPECT_THROW(Cases("1,Open,,2020-01-01,anna,\n1,\"Closed,,2020-01-01,bert,\n"), MappingError);
  EXPECT_THROW(Cases(",Open,,2020-01-01,anna,\n"), MappingError);
}

TEST_F(PastFileTest, PutsMessagesThatAnswerEachOtherTogether) {
  const Read read = Conversations(
      "1,,c,2020-01-01,anna,where?\n3,2,c,2020-01-03,anna,thanks\n2,1,s,2020-01-02,shop,here\n"
      "9,8,s,2020-01-01,shop,welcome\n");
  ASSERT_EQ(read.conversations.size(), 2u);
  const auto& first = read.conversations[0].message;
  EXPECT_EQ(first.source_number(), "1");
  EXPECT_EQ(first.buyer_nick(), "anna");
  EXPECT_EQ(first.messages_size(), 3);
  EXPECT_EQ(read.conversations[1].message.buyer_nick(), "") << "the shop is no buyer";
}

TEST_F(PastFileTest, PlansWithoutShowingWhatPeopleWrote) {
  const Mapping mapping = ParseMapping(kThreadMapping, "chat.toml");
  const Plan plan =
      PlanOf(folder_.Write("chat.csv",
                           "id,answers,side,day,who,text,extra\n1,,c,2020-01-01,anna,a secret,x\n"
                           "2,,c,tomorrow,anna,b,x\n"),
             mapping);
  const std::string text = TextOf(plan);
  EXPECT_THAT(text, HasSubstr("side → message.side"));
  EXPECT_THAT(text, HasSubstr("extra → not read"));
  EXPECT_THAT(text, HasSubstr("conversation.source = chat"));
  EXPECT_THAT(text, HasSubstr("tomorrow"));
  EXPECT_EQ(text.find("a secret"), std::string::npos);
}

// The refund export of Taobao and Tmall, in its published columns.
constexpr char kRefundExport[] =
    "订单编号,退款编号,支付宝交易号,订单付款时间,商品编码,退款完结时间,买家会员名称,"
    "买家实际支付金额,宝贝标题,买家退款金额,手工退款/"
    "系统退款,是否需要退货,退款的申请时间,超时时间,退款状态,货物状态,退货物流信息,发货物流信息,"
    "客服介入状态,卖家真实姓名,卖家退货地址,卖家邮编,卖家电话,卖家手机,退货物流单号,退货物流公司,"
    "买家退款原因,买家退款说明,买家退货时间,责任方,售中或售后,商家备注,完结时间,部分退款/"
    "全部退款,审核操作人,举证超时,是否零秒响应,退款操作人\n"
    "T1,R1,,,,2020-03-05 10:00:00,小明,,,12.50,,退货退款,2020-03-01 "
    "09:00:00,,退款成功,,,,未介入,,,,,,,,不想要了,太小,2020-03-02 09:00:00,,,,,,,,,客服一\n"
    "T1,R2,,,,2020-03-05 10:00:00,小明,,,12.50,,不需要,2020-03-01 "
    "09:00:00,,退款关闭,,,,客服介入中,,,,,,,,不想要了,太小,,,,,,,,,,客服一\n"
    "T1,R3,,,,2020-03-05 10:00:00,小明,,,12.50,,退货退款,2020-03-01 "
    "09:00:00,,等待商家处理,,,,未介入,,,,,,,,不想要了,太小,2020-03-02 09:00:00,,,,,,,,,客服一\n";

TEST(TaobaoRefunds, ThatHaveEndedBecomeCases) {
  const TemporaryFolder folder;
  const Mapping mapping = LoadMapping(
      (test::SourceDirectory() / "clients/importing/mappings/taobao_refunds.toml").string());
  PastFile file(folder.Write("refunds.csv", kRefundExport), mapping);
  Read read;
  file.ReadCases([&](PastCaseItem item) { read.cases.push_back(std::move(item)); },
                 [&](Reject bad) { read.rejects.push_back(std::move(bad)); });
  ASSERT_EQ(read.cases.size(), 2u);
  const auto& paid = read.cases[0].message;
  EXPECT_EQ(paid.amount_settled_minor(), 1250);
  EXPECT_EQ(paid.outcome(), redress::aftersales::v1::IMPORTED_OUTCOME_SETTLED);
  EXPECT_EQ(paid.variant(), redress::aftersales::v1::REFUND_VARIANT_RETURN_AND_REFUND);
  EXPECT_FALSE(paid.platform_intervened());
  EXPECT_EQ(paid.agent(), "客服一");
  ASSERT_EQ(paid.steps_size(), 3);
  const auto& closed = read.cases[1].message;
  EXPECT_EQ(closed.amount_settled_minor(), 0);
  EXPECT_EQ(closed.amount_asked_minor(), 1250);
  EXPECT_EQ(closed.outcome(), redress::aftersales::v1::IMPORTED_OUTCOME_WITHDRAWN);
  EXPECT_TRUE(closed.platform_intervened());
  ASSERT_EQ(read.rejects.size(), 1u) << "an open refund is no history";
  EXPECT_EQ(read.rejects[0].row.line, 4u);
}

TEST(ShippedMapping, OfThePastParses) {
  for (const char* name : {"helpdesk_it", "volvo_bpi2013_incidents", "road_fines_disputes",
                           "reviews_with_replies", "olist_reviews", "olist_orders",
                           "tmall_orders_2020_02", "taobao_refunds", "irc_support_chat", "twcs"}) {
    EXPECT_NO_THROW(LoadMapping(
        (test::SourceDirectory() / "clients/importing/mappings" / (std::string(name) + ".toml"))
            .string()))
        << name;
  }
}

constexpr char kRepeatsMapping[] = R"(
rows = "cases"
number_repeats = true
[time]
format = "%Y-%m-%d"
zone = "UTC"
[case]
source = { constant = "reviews" }
source_number = "id"
platform = { constant = "direct" }
kind = { constant = "review" }
stars = "stars"
[[steps]]
activity = { constant = "review" }
apply_time = "day"
agent = { column = "who", exact = true }
)";

TEST_F(PastFileTest, NumbersCasesThatComeAgainApartEvenWhereOneIsBad) {
  const Mapping mapping = ParseMapping(kRepeatsMapping, "reviews.toml");
  PastFile file(folder_.Write("r.csv",
                              "id,stars,day,who\n"
                              "a,5,2020-01-01,x\n"
                              "a,many,2020-01-01,x\n"
                              "a,4,2020-01-01,\"x \"\n"),
                mapping);
  std::vector<PastCaseItem> cases;
  std::size_t rejects = 0;
  file.ReadCases([&](PastCaseItem item) { cases.push_back(std::move(item)); },
                 [&](const Reject&) { ++rejects; });
  EXPECT_EQ(rejects, 1u);
  ASSERT_EQ(cases.size(), 2u);
  EXPECT_EQ(cases[0].message.source_number(), "a");
  EXPECT_EQ(cases[1].message.source_number(), "a#3");
  EXPECT_EQ(cases[0].message.steps(0).agent(), "x");
  EXPECT_EQ(cases[1].message.steps(0).agent(), "x ") << "taken exactly";
}

TEST_F(PastFileTest, CountsARowThatIsWrongInAnyFieldForItsNumber) {
  const Mapping mapping = ParseMapping(kRepeatsMapping, "reviews.toml");
  PastFile file(folder_.Write("r.csv",
                              "id,stars,day,who\n"
                              "a,5,2020-01-01,\xFF\n"
                              "a,4,2020-01-01,x\n"),
                mapping, "utf-8");
  std::vector<PastCaseItem> cases;
  file.ReadCases([&](PastCaseItem item) { cases.push_back(std::move(item)); },
                 [](const Reject&) {});
  ASSERT_EQ(cases.size(), 1u);
  EXPECT_EQ(cases[0].message.source_number(), "a#2") << "the mended row will be `a`";
}

TEST_F(PastFileTest, EndsBeforeAnythingIsReadWhereANumberThatMayRepeatIsNotKnown) {
  const Mapping mapping = ParseMapping(kRepeatsMapping, "reviews.toml");
  const auto file = [&](const std::string& rows) {
    return PastFile(folder_.Write("r.csv", "id,stars,day,who\n" + rows), mapping, "utf-8");
  };
  EXPECT_THROW(file("a,5,2020-01-01,x,y\na,5,2020-01-01,x\n"), MappingError);
  EXPECT_THROW(file(",5,2020-01-01,x\n"), MappingError);
  EXPECT_THROW(file("\xFF,5,2020-01-01,x\n"), MappingError);
}

}  // namespace
}  // namespace redress::importing
