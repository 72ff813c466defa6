// The shipped mapping taobao_export over rows written here; the people in them are invented.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "clients/importing/order_file.h"
#include "tests/support/data_directory.h"
#include "tests/support/gbk.h"
#include "tests/unit/clients/temporary_file.h"

namespace redress::importing {
namespace {

using redress::order::v1::OrderInput;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char* kHeader =
    "订单编号,买家会员名,买家支付宝账号,买家应付邮费,买家实际支付金额,订单状态,买家留言,收货人姓名,"
    "收货地址 ,联系电话 ,联系手机,订单创建时间,订单付款时间 ,宝贝标题 ,宝贝种类,物流单号,物流公司,"
    "订单备注,宝贝总数量,退款金额\n";
constexpr const char* kLinesHeader =
    "订单编号,标题,价格,购买数量,外部系统编号,商品属性,备注,商家编码\n";

// A row of kHeader; each test changes what it is about.
struct RowOf {
  std::string number = "=\"912345678901234567\"";
  std::string nick = "buyer_a";
  std::string account = "someone@example.com";
  std::string postage = "6.00";
  std::string paid = "106.00元";
  std::string status = "交易成功";
  std::string message = "请尽快";
  std::string name = "王小明";
  std::string address = "浙江省 杭州市 西湖区 文三路 1 号";
  std::string telephone = "";
  std::string mobile = "'13800138000";
  std::string created = "2018-05-01 00:03:00";
  std::string paid_at = "2018-05-01 00:04:00";
  std::string title = "书";
  std::string kinds = "2";
  std::string tracking = "No:221307653740";
  std::string carrier = "申通快递";
  std::string memo = "'null";
  std::string quantity = "3";
  std::string refund = "";

  std::string Text() const {
    std::string text;
    for (const std::string* cell :
         {&number, &nick,     &account,   &postage, &paid,     &status,  &message,
          &name,   &address,  &telephone, &mobile,  &created,  &paid_at, &title,
          &kinds,  &tracking, &carrier,   &memo,    &quantity, &refund}) {
      text += (text.empty() && cell == &number ? "" : ",") + CsvField(*cell);
    }
    return text + "\n";
  }
};

struct Content {
  std::vector<OrderItem> orders;
  std::vector<Reject> rejects;
  std::vector<std::string> kept;
  std::uint64_t rows = 0;
};

Mapping Shipped() {
  return LoadMapping(test::SourceDirectory() / "clients/importing/mappings/taobao_export.toml");
}

Content ReadBytes(const std::string& bytes, const std::string& lines = "",
                  const std::string& encoding = "") {
  const test::TemporaryFolder folder;
  const Mapping mapping = Shipped();
  OrderFile::Options options{.encoding = encoding, .lines_path = ""};
  if (!lines.empty()) options.lines_path = folder.Write("lines.csv", lines);
  OrderFile file(folder.Write("f.csv", bytes), mapping, options);
  Content content;
  file.ReadOrders([&](OrderItem item) { content.orders.push_back(std::move(item)); },
                  [&](Reject bad) { content.rejects.push_back(std::move(bad)); });
  file.ReadAdjustments([](AdjustmentItem) { ADD_FAILURE(); }, [](Reject) { ADD_FAILURE(); });
  content.kept = file.KeptColumns();
  content.rows = file.rows();
  return content;
}

Content ReadRows(const std::string& rows, const std::string& lines = "") {
  return ReadBytes(kHeader + rows, lines.empty() ? "" : kLinesHeader + lines);
}

OrderInput OrderOf(const RowOf& row, const std::string& lines = "") {
  const Content content = ReadRows(row.Text(), lines);
  for (const Reject& bad : content.rejects) ADD_FAILURE() << bad.reason;
  return content.orders.empty() ? OrderInput() : content.orders[0].order;
}

std::string ReasonFor(const RowOf& row, const std::string& lines = "") {
  const Content content = ReadRows(row.Text(), lines);
  EXPECT_TRUE(content.orders.empty());
  return content.rejects.empty() ? "" : content.rejects[0].reason;
}

std::string ErrorOf(const std::string& bytes, const std::string& lines = "") {
  try {
    ReadBytes(bytes, lines);
    return "";
  } catch (const MappingError& error) {
    return error.what();
  }
}

std::string Raw(const OrderInput& order, const std::string& name, const std::string& line = "") {
  for (const auto& field : order.raw_fields()) {
    if (field.name() == name && field.line_number() == line) return field.text();
  }
  return "(none)";
}

bool IsDerived(const OrderInput& order, redress::order::v1::DerivedPart part) {
  return std::count(order.derived().begin(), order.derived().end(), part) == 1;
}

TEST(TaobaoExport, MapsARow) {
  const OrderInput order = OrderOf({});
  EXPECT_EQ(order.platform(), "taobao");
  EXPECT_EQ(order.currency_code(), "CNY");
  EXPECT_EQ(order.order_number(), "912345678901234567");
  EXPECT_EQ(order.status(), redress::order::v1::ORDER_STATUS_TRADE_FINISHED);
  EXPECT_EQ(order.order_time().seconds(), 1525104180) << "UTC+8";
  EXPECT_EQ(order.receiver().name(), "王小明");
  EXPECT_EQ(order.receiver().phone(), "13800138000");
  EXPECT_EQ(order.receiver().address(), "浙江省 杭州市 西湖区 文三路 1 号");
  EXPECT_EQ(order.buyer_account(), "someone@example.com");
  EXPECT_EQ(order.buyer_message(), "请尽快");
  EXPECT_EQ(order.memo(), "") << "'null says nothing";
  ASSERT_EQ(order.shipments_size(), 1);
  EXPECT_EQ(order.shipments(0).tracking_number(), "221307653740");
  EXPECT_EQ(order.shipments(0).carrier(), "申通快递");
}

TEST(TaobaoExport, MakesOneLineOfEverythingAndMarksIt) {
  const OrderInput order = OrderOf({});
  ASSERT_EQ(order.lines_size(), 1);
  EXPECT_EQ(order.lines(0).line_number(), "912345678901234567");
  EXPECT_EQ(order.lines(0).title(), "书");
  EXPECT_EQ(order.lines(0).quantity(), 3);
  EXPECT_EQ(order.lines(0).paid_minor(), 10600);
  EXPECT_TRUE(IsDerived(order, redress::order::v1::DERIVED_PART_LINES));
  EXPECT_EQ(order.derived_size(), 1);
}

TEST(TaobaoExport, ReadsTheTimesOfSpreadsheetsToo) {
  EXPECT_EQ(OrderOf({.created = "2018/5/1 0:03"}).order_time().seconds(), 1525104180);
  EXPECT_EQ(OrderOf({.created = "２０１８-05-01 00:03"}).order_time().seconds(), 1525104180);
  EXPECT_THAT(ReasonFor({.created = "May 1st"}), HasSubstr("订单创建时间: `May 1st`"));
}

TEST(TaobaoExport, TakesEachStatusOfThePlatform) {
  using namespace redress::order::v1;  // NOLINT: the test names all of them
  EXPECT_EQ(OrderOf({.status = "等待买家付款", .paid_at = ""}).status(),
            ORDER_STATUS_WAIT_BUYER_PAY);
  EXPECT_EQ(OrderOf({.status = "买家已付款，等待卖家发货"}).status(),
            ORDER_STATUS_WAIT_SELLER_SEND_GOODS);
  EXPECT_EQ(OrderOf({.status = "卖家已发货，等待买家确认"}).status(),
            ORDER_STATUS_WAIT_BUYER_CONFIRM_GOODS);
  EXPECT_EQ(OrderOf({.status = "交易关闭"}).status(), ORDER_STATUS_TRADE_CLOSED);
  EXPECT_EQ(OrderOf({.status = "交易关闭", .paid_at = ""}).status(),
            ORDER_STATUS_TRADE_CLOSED_BY_TAOBAO);
  EXPECT_THAT(ReasonFor({.status = "不明"}), HasSubstr("订单状态: `不明`"));
}

TEST(TaobaoExport, ConcludesAMissingStatusFromTheTimes) {
  using namespace redress::order::v1;  // NOLINT: the test names most of them
  const auto status_of = [](const RowOf& row) {
    const OrderInput order = OrderOf(row);
    EXPECT_TRUE(IsDerived(order, DERIVED_PART_STATUS));
    return order.status();
  };
  EXPECT_EQ(status_of({.status = "", .paid_at = "", .tracking = ""}), ORDER_STATUS_WAIT_BUYER_PAY);
  EXPECT_EQ(status_of({.status = "", .tracking = ""}), ORDER_STATUS_WAIT_SELLER_SEND_GOODS);
  EXPECT_EQ(status_of({.status = ""}), ORDER_STATUS_WAIT_BUYER_CONFIRM_GOODS);
}

TEST(TaobaoExport, KnowsOrdersWithoutANumberByTheirContent) {
  const RowOf row{.number = ""};
  const Content content = ReadRows(row.Text() + row.Text());
  ASSERT_EQ(content.orders.size(), 2u);
  EXPECT_THAT(content.orders[0].order.order_number(), HasSubstr("no-order-number:"));
  EXPECT_NE(content.orders[0].order.order_number(), content.orders[1].order.order_number());
  EXPECT_TRUE(IsDerived(content.orders[0].order, redress::order::v1::DERIVED_PART_ORDER_NUMBER));
}

TEST(TaobaoExport, RefusesANumberThatASpreadsheetRounded) {
  EXPECT_THAT(ReasonFor({.number = "9.12346E+17"}), HasSubstr("rounded by a spreadsheet"));
}

TEST(TaobaoExport, ReadsQuotedLineBreaksAndCommas) {
  const OrderInput order = OrderOf({.message = "第一行\n第二行, \"引号\"", .title = "书，上, 下"});
  EXPECT_EQ(order.buyer_message(), "第一行\n第二行, \"引号\"");
  EXPECT_EQ(order.lines(0).title(), "书，上, 下");
}

TEST(TaobaoExport, TakesTheOtherPhoneWhereOneIsEmptyAndKeepsASecondOne) {
  EXPECT_EQ(OrderOf({.telephone = "0571-87654321", .mobile = ""}).receiver().phone(),
            "0571-87654321");
  const OrderInput both = OrderOf({.telephone = "0571-87654321"});
  EXPECT_EQ(both.receiver().phone(), "13800138000");
  EXPECT_EQ(Raw(both, "联系电话 "), "0571-87654321");
}

TEST(TaobaoExport, KeepsWhatNoFieldTakes) {
  const Content content = ReadRows(RowOf().Text());
  EXPECT_THAT(content.kept, ElementsAre("买家应付邮费", "宝贝种类"));
  const OrderInput& order = content.orders.at(0).order;
  EXPECT_EQ(Raw(order, "宝贝种类"), "2");
  EXPECT_FALSE(order.raw_fields(0).personal());
}

TEST(TaobaoExport, MasksColumnsThatNobodyKnows) {
  std::string bytes = kHeader + RowOf().Text();
  bytes.replace(bytes.find("宝贝种类"), std::string("宝贝种类").size(), "家属姓名");
  const OrderInput order = ReadBytes(bytes).orders.at(0).order;
  EXPECT_TRUE(order.raw_fields(1).personal());
}

TEST(TaobaoExport, ShortensALongTitleAndKeepsTheWholeOfIt) {
  std::string title;
  for (int i = 0; i < 455; ++i) title += "书";
  const OrderInput order = OrderOf({.title = title});
  EXPECT_EQ(CountCharacters(order.lines(0).title()), 300u);
  EXPECT_TRUE(order.lines(0).title().ends_with("书…"));
  EXPECT_EQ(Raw(order, "宝贝标题 "), title);
}

TEST(TaobaoExport, LowersTheCeilingByWhatWasRefunded) {
  EXPECT_EQ(OrderOf({.refund = "1,000.50元"}).lines(0).refunded_elsewhere_minor(), 100050);
  EXPECT_THAT(ReasonFor({.refund = "-1"}), HasSubstr("退款金额"));
}

TEST(TaobaoExport, JoinsTheLinesAndSharesOutWhatWasPaid) {
  const OrderInput order = OrderOf({.refund = "53.00"},
                                   "=\"912345678901234567\",书甲,30.00元,2,,红色,,SKU-A\n"
                                   "912345678901234567,书乙,60.00,1,EXT-B,,,\n");
  ASSERT_EQ(order.lines_size(), 3);
  EXPECT_EQ(order.derived_size(), 0);
  EXPECT_EQ(order.lines(0).line_number(), "1");
  EXPECT_EQ(order.lines(0).sku(), "SKU-A");
  EXPECT_EQ(order.lines(0).unit_price(), "30.00");
  EXPECT_EQ(order.lines(0).paid_minor(), 5000);
  EXPECT_EQ(order.lines(1).sku(), "EXT-B");
  EXPECT_EQ(order.lines(1).paid_minor(), 5000);
  EXPECT_TRUE(order.lines(2).postage());
  EXPECT_EQ(order.lines(2).paid_minor(), 600);
  EXPECT_EQ(order.lines(0).refunded_elsewhere_minor(), 2500);
  EXPECT_EQ(order.lines(2).refunded_elsewhere_minor(), 300);
  EXPECT_EQ(order.lines(0).properties(), "红色");
  EXPECT_EQ(Raw(order, "宝贝标题 "), "书") << "the lines have titles of their own";
}

// A second row would find the lines taken, and replace them by one of everything.
TEST(TaobaoExport, LetsAnOrderInOnceWhereItHasLines) {
  const Content content =
      ReadRows(RowOf().Text() + RowOf().Text(), "912345678901234567,书甲,30.00,2,,,,\n");
  ASSERT_EQ(content.orders.size(), 1u);
  ASSERT_EQ(content.rejects.size(), 1u);
  EXPECT_EQ(content.rejects[0].row.line, 3u);
  EXPECT_THAT(content.rejects[0].reason, HasSubstr("stands on line 2 already"));
}

TEST(TaobaoExport, NamesASingleLineLikeItsOrder) {
  const OrderInput order =
      OrderOf({.postage = "0"}, "912345678901234567,书甲,30.00,2,,红色,,SKU-A\n");
  ASSERT_EQ(order.lines_size(), 1);
  EXPECT_EQ(order.lines(0).line_number(), "912345678901234567");
  EXPECT_EQ(order.lines(0).properties(), "红色");
}

TEST(TaobaoExport, LetsAnOrderInWithAllItsLinesOrNotAtAll) {
  const Content content =
      ReadRows(RowOf().Text() + RowOf{.number = "2", .kinds = "1"}.Text(),
               "912345678901234567,书甲,30.00,2,,,,\n912345678901234567,书乙,x,1,,,,\n"
               "3,书丙,1.00,1,,,,\n");
  ASSERT_EQ(content.orders.size(), 1u);
  EXPECT_EQ(content.orders[0].order.order_number(), "2");
  ASSERT_EQ(content.rejects.size(), 4u) << "the order's row, its two lines, and one line of nobody";
  EXPECT_THAT(content.rejects[0].reason, HasSubstr("lines.csv line 3: 价格: `x`"));
  EXPECT_EQ(content.rejects[2].row.file, "lines.csv");
  EXPECT_THAT(content.rejects[3].reason, HasSubstr("not in the file of orders"));
  EXPECT_EQ(content.rows, 5u);
}

TEST(TaobaoExport, ImportsNothingWhereALineDoesNotTellItsOrder) {
  EXPECT_THAT(ErrorOf(kHeader + RowOf().Text(), std::string(kLinesHeader) + "1,\"open\n"),
              HasSubstr("lines.csv line 2: 标题: a quotation mark is never closed"));
  EXPECT_THAT(ErrorOf(kHeader + RowOf().Text(), std::string(kLinesHeader) + ",书,1,1,,,,\n"),
              HasSubstr("lines.csv line 2: 订单编号 is empty"));
}

TEST(TaobaoExport, ReadsGbkAndUtf8Alike) {
  const std::string bytes = kHeader + RowOf().Text() + RowOf{.number = ""}.Text();
  const Content plain = ReadBytes(bytes);
  for (const Content& other :
       {ReadBytes("\xEF\xBB\xBF" + bytes), ReadBytes(test::Gbk(bytes)),
        ReadBytes(test::Gbk(bytes), "", "gbk"), ReadBytes(bytes, "", "utf-8")}) {
    ASSERT_EQ(other.orders.size(), 2u);
    for (std::size_t i = 0; i < 2; ++i) {
      EXPECT_EQ(other.orders[i].order.SerializeAsString(),
                plain.orders[i].order.SerializeAsString());
    }
  }
}

TEST(TaobaoExport, RejectsOnlyTheRowThatCannotBeDecodedAndNamesTheColumn) {
  const std::string good = RowOf().Text();
  const std::string text = kHeader + good + RowOf{.name = "MARK"}.Text() + good;
  for (std::string bytes : {text, test::Gbk(text)}) {
    bytes.replace(bytes.find("MARK"), 4, "\xFF");
    const Content content = ReadBytes(bytes);
    EXPECT_EQ(content.orders.size(), 2u);
    ASSERT_EQ(content.rejects.size(), 1u);
    EXPECT_EQ(content.rejects[0].row.line, 3u);
    EXPECT_THAT(content.rejects[0].reason, HasSubstr("收货人姓名: the row is not valid"));
  }
}

TEST(TaobaoExport, DoesNotRepeatContactDataInAReason) {
  const std::string reason = ReasonFor({.mobile = std::string(41, '9')});
  EXPECT_THAT(reason, HasSubstr("联系手机: is longer than 40 characters"));
  EXPECT_THAT(reason, testing::Not(HasSubstr("999")));
}

TEST(TaobaoExport, NamesWhatIsWrongWithAHeader) {
  EXPECT_THAT(ErrorOf("订单编号,买家会员名\n1,a\n"), HasSubstr("has no column `订单付款时间`"));
  EXPECT_THAT(ErrorOf("buyer_a,106,王小明\n"), HasSubstr("does the file have a header?"));
  EXPECT_THAT(ErrorOf("buyer_a,106,王小明\n"), testing::Not(HasSubstr("王小明")));
  std::string twice = kHeader;
  twice.insert(twice.size() - 1, ",宝贝标题");
  EXPECT_THAT(ErrorOf(twice), HasSubstr("more than one column `宝贝标题`, the 14th and the 21th"));
  EXPECT_THAT(ErrorOf("订单编号,\"买家会员名\n"), HasSubstr("line 1, column 2"));
}

TEST(TaobaoExport, RejectsARowThatIsCutOff) {
  const std::string row = RowOf().Text();
  const Content content = ReadRows(RowOf().Text() + row.substr(0, row.size() / 2));
  EXPECT_EQ(content.orders.size(), 1u);
  ASSERT_FALSE(content.rejects.empty());
  EXPECT_EQ(content.rejects[0].row.line, 3u);
}

TEST(TaobaoExport, IsRefusedWhereItIsCutOffWithinAQuotedText) {
  const std::string row = RowOf{.message = "a\nb"}.Text();
  const std::string cut = row.substr(0, row.find("a\nb") + 2);
  try {
    ReadRows(RowOf().Text() + cut);
    ADD_FAILURE() << "the file was taken";
  } catch (const MappingError& error) {
    EXPECT_THAT(error.what(), HasSubstr("line 3 of "));
    EXPECT_THAT(error.what(), HasSubstr("never closed; nothing is imported"));
  }
}

}  // namespace
}  // namespace redress::importing
