#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>

#include "clients/cpp/json.h"
#include "tests/integration/clients/comparisons.h"
#include "tests/integration/clients/deployment.h"
#include "tests/integration/clients/taobao_figures.h"
#include "tests/integration/clients/uci_figures.h"
#include "tests/support/data_directory.h"
#include "tests/support/figure.h"
#include "tests/support/gbk.h"
#include "tests/support/process.h"

namespace redress::test {
namespace {

using google::protobuf::Struct;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kMapping = "taobao_export";

// The columns of ExportOrderList in its later generation; the earlier one has the first 45.
const std::vector<std::string> kColumns = {"订单编号",         "买家会员名",
                                           "买家支付宝账号",   "买家应付货款",
                                           "买家应付邮费",     "买家支付积分",
                                           "总金额",           "返点积分",
                                           "买家实际支付金额", "买家实际支付积分",
                                           "订单状态",         "买家留言",
                                           "收货人姓名",       "收货地址 ",
                                           "运送方式",         "联系电话 ",
                                           "联系手机",         "订单创建时间",
                                           "订单付款时间 ",    "宝贝标题 ",
                                           "宝贝种类 ",        "物流单号 ",
                                           "物流公司",         "订单备注",
                                           "宝贝总数量",       "店铺Id",
                                           "店铺名称",         "订单关闭原因",
                                           "卖家服务费",       "买家服务费",
                                           "发票抬头",         "是否手机订单",
                                           "分阶段订单信息",   "特权订金订单id",
                                           "是否上传合同照片", "是否上传小票",
                                           "是否代付",         "定金排名",
                                           "修改后的sku",      "修改后的收货地址",
                                           "异常信息",         "天猫卡券抵扣",
                                           "集分宝抵扣",       "是否是O2O交易",
                                           "新零售交易类型",   "新零售导购门店名称",
                                           "新零售导购门店id", "新零售发货门店名称",
                                           "新零售发货门店id", "退款金额",
                                           "预约门店",         "确认收货时间",
                                           "打款商家金额",     "含应开票给个人的个人红包"};
constexpr std::size_t kEarlierColumns = 45;

using Cells = std::map<std::string, std::string>;

std::string Quoted(const std::string& text) {
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

// Cells by the column's name; the people in them are invented.
std::string ExportOf(std::size_t columns, const std::vector<Cells>& orders) {
  std::string text;
  for (std::size_t i = 0; i < columns; ++i) text += (i > 0 ? "," : "") + Quoted(kColumns[i]);
  text += "\r\n";
  for (const Cells& cells : orders) {
    for (std::size_t i = 0; i < columns; ++i) {
      std::string name = kColumns[i];
      while (name.ends_with(' ')) name.pop_back();
      const auto cell = cells.find(name);
      text += (i > 0 ? "," : "") + Quoted(cell == cells.end() ? "" : cell->second);
    }
    text += "\r\n";
  }
  return text;
}

const Cells kFinished = {{"订单编号", "=\"912345678901234567\""},
                         {"买家会员名", "tb_xiaoming"},
                         {"买家支付宝账号", "xiaoming@example.com"},
                         {"买家应付货款", "100.00元"},
                         {"买家应付邮费", "6.00元"},
                         {"买家实际支付金额", "106.00元"},
                         {"总金额", "106.00元"},
                         {"订单状态", "交易成功"},
                         {"买家留言", "周末送货,\n请先打电话"},
                         {"收货人姓名", "王小明"},
                         {"收货地址", "浙江省 杭州市 西湖区 文三路 1 号"},
                         {"运送方式", "快递"},
                         {"联系手机", "'13800138000"},
                         {"订单创建时间", "2020-02-21 00:03:00"},
                         {"订单付款时间", "2020-02-21 00:04:30"},
                         {"宝贝标题", "书甲，书乙"},
                         {"宝贝种类", "2"},
                         {"物流单号", "No:221307653740"},
                         {"物流公司", "申通快递"},
                         {"订单备注", "'已核对地址"},
                         {"宝贝总数量", "3"},
                         {"发票抬头", "王小明"},
                         {"退款金额", "53.00"},
                         {"确认收货时间", "2020-02-25 10:00:00"}};
const Cells kUnpaid = {{"订单编号", "=\"912345678901234568\""},
                       {"买家会员名", "tb_lihua"},
                       {"买家实际支付金额", "0.00"},
                       {"订单状态", "交易关闭"},
                       {"订单关闭原因", "买家未付款"},
                       {"订单创建时间", "2020-02-21 09:00:00"},
                       {"宝贝标题", "书丙"},
                       {"宝贝总数量", "1"}};
const Cells kWaiting = {{"订单编号", "=\"912345678901234569\""},
                        {"买家会员名", "tb_lihua"},
                        {"买家实际支付金额", "1,234.50"},
                        {"订单状态", "买家已付款，等待卖家发货"},
                        {"收货人姓名", "李华"},
                        {"收货地址", "北京 北京市 海淀区"},
                        {"修改后的收货地址", "上海 上海市 徐汇区"},
                        {"联系电话", "021-87654321"},
                        {"订单创建时间", "2020/2/21 9:01"},
                        {"订单付款时间", "2020/2/21 9:02"},
                        {"宝贝标题", "书丙"},
                        {"宝贝总数量", "１"}};
constexpr const char* kLines =
    "订单编号,标题,价格,购买数量,外部系统编号,商品属性,套餐信息,备注,订单状态,商家编码\r\n"
    "\"=\"\"912345678901234567\"\"\",书甲,30.00,2,,颜色:红,,,交易成功,B1\r\n"
    "\"=\"\"912345678901234567\"\"\",书乙,40.00,1,,,,,交易成功,B2\r\n";

std::string Write(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
  return path;
}

// Every stored row of the shop, in one number each, but for the time of the last import.
std::string Fingerprint(const ImportShop& shop) {
  std::string all;
  for (const char* sql :
       {"SELECT COUNT(*), SUM(version), SUM(CRC32(CONCAT_WS('|', order_id, platform, "
        "order_number, customer_id, status, currency, region, order_at, paid_at, version, derived, "
        "HEX(details_hash)))) FROM redress_order.orders WHERE shop_id = {shop}",
        "SELECT COUNT(*), SUM(CRC32(CONCAT_WS('|', order_id, line_number, line_id, sku, title, "
        "quantity, unit_price, paid_minor, refunded_elsewhere_minor, adjusted_minor, postage, "
        "removed))) FROM redress_order.order_lines WHERE shop_id = {shop}",
        "SELECT COUNT(*), SUM(CRC32(CONCAT_WS('|', order_id, tracking_number, carrier, "
        "received_at))) FROM redress_order.shipments WHERE shop_id = {shop}",
        "SELECT COUNT(*), SUM(CRC32(CONCAT_WS('|', order_id, HEX(sealed), HEX(content_hash)))) "
        "FROM redress_order.order_contacts WHERE shop_id = {shop}",
        "SELECT COUNT(*), SUM(CRC32(CONCAT_WS('|', order_id, HEX(sealed)))) "
        "FROM redress_order.order_details WHERE shop_id = {shop}",
        "SELECT COUNT(*) FROM redress_customer.customers WHERE shop_id = {shop}"}) {
    const auto rows = shop.Rows(sql);
    for (const std::string& cell : rows[0]) all += cell + " ";
  }
  return all;
}

bool ChangedNothing(const Struct& report) {
  return Count(report, "orders_created") == 0 && Count(report, "orders_changed") == 0 &&
         Count(report, "rows_rejected") == 0 &&
         Count(report, "orders_unchanged") == Count(report, "rows");
}

TEST(ImportTaobao, StoresEveryFigureOfEveryFileInGbkAndUtf8Alike) {
  const auto data = DataDirectory();
  if (!data) GTEST_SKIP() << "not run: taobao_export is not here";
  const TemporaryDirectory folder;
  const std::string rejects = folder.path() / "rejects.csv";
  google::protobuf::Value expected;
  google::protobuf::Value actual;
  *expected.mutable_struct_value() = client::ParseJsonObject(
      client::ReadFile(*data / "expected/taobao_export.public.json"), "expected figures");
  auto& found = *actual.mutable_struct_value()->mutable_fields();
  found["dataset"].set_string_value("taobao_export");
  double files = 0;
  for (const auto& [name, wanted] : expected.struct_value().fields()) {
    if (!wanted.has_struct_value()) continue;
    const std::string base = *data / "taobao_export" / name;
    ImportShop shop("tb-" + std::to_string(static_cast<int>(++files)));
    const Struct gbk = shop.Import(base + ".gbk.csv", kMapping, rejects);
    EXPECT_EQ(Count(gbk, "rows_rejected"), 0u) << name;
    EXPECT_EQ(Count(gbk, "orders_created"), Count(gbk, "rows")) << name;
    const std::string before = Fingerprint(shop);
    const Struct utf8 = shop.Import(base + ".utf8bom.csv", kMapping, rejects);
    const bool same = ChangedNothing(utf8) && Fingerprint(shop) == before;
    EXPECT_TRUE(ChangedNothing(shop.Import(base + ".gbk.csv", kMapping, rejects))) << name;
    EXPECT_EQ(Fingerprint(shop), before) << name << ": a repeat changes nothing";
    *found[name].mutable_struct_value() = TaobaoFigures(shop, gbk, same);
  }
  const Comparison comparison = Compare(expected, actual);
  CountIn(comparison);
  Figure("taobao_files", files * 2);
  Figure("taobao_keys_compared", comparison.keys_compared);
  Figure("taobao_mismatches", static_cast<double>(comparison.mismatches.size()));
}

Struct Show(const ImportShop& shop, const std::string& number) {
  const e2e::Finished shown = shop.Run({"--json", "order", "show", "taobao:" + number});
  EXPECT_EQ(shown.exit_code, 0) << shown.output;
  return client::ObjectAt(client::ParseJsonObject(shown.output, "order show"), "order");
}

std::string Status(const ImportShop& shop, const std::string& number) {
  return client::StringAt(Show(shop, number), "status");
}

// Both encodings of both generations name the same orders with the same contents.
TEST(ImportTaobao, ReadsBothGenerationsInBothEncodings) {
  const TemporaryDirectory folder;
  const std::string rejects = folder.path() / "rejects.csv";
  for (const std::size_t columns : {kEarlierColumns, kColumns.size()}) {
    const std::string text = ExportOf(columns, {kFinished, kUnpaid, kWaiting});
    ImportShop shop("generation-" + std::to_string(columns));
    const Struct first = shop.Import(Write(folder.path() / "gbk.csv", Gbk(text)), kMapping, rejects,
                                     {"--encoding", "gbk"});
    EXPECT_EQ(Count(first, "orders_created"), 3u);
    EXPECT_EQ(Count(first, "rows_rejected"), 0u);
    EXPECT_EQ(Count(first, "orders_without_number"), 0u);
    const std::string before = Fingerprint(shop);
    for (const std::string& bytes : {text, "\xEF\xBB\xBF" + text}) {
      EXPECT_TRUE(
          ChangedNothing(shop.Import(Write(folder.path() / "utf8.csv", bytes), kMapping, rejects)));
    }
    EXPECT_EQ(Fingerprint(shop), before);
    EXPECT_EQ(Status(shop, "912345678901234567"), "ORDER_STATUS_TRADE_FINISHED");
    EXPECT_EQ(Status(shop, "912345678901234568"), "ORDER_STATUS_TRADE_CLOSED_BY_TAOBAO");
    EXPECT_EQ(Status(shop, "912345678901234569"), "ORDER_STATUS_WAIT_SELLER_SEND_GOODS");
    EXPECT_EQ(shop.Value("SELECT GROUP_CONCAT(paid_minor ORDER BY paid_minor) FROM "
                         "redress_order.order_lines WHERE shop_id = {shop}"),
              "0,10600,123450");
    // Only the later generation says what was refunded.
    EXPECT_EQ(shop.Value("SELECT MAX(refunded_elsewhere_minor) FROM redress_order.order_lines "
                         "WHERE shop_id = {shop}"),
              columns == kEarlierColumns ? "0" : "5300");
    EXPECT_EQ(shop.Value("SELECT order_at FROM redress_order.orders WHERE shop_id = {shop} AND "
                         "order_number = '912345678901234567'"),
              "1582214580000000")
        << "00:03 in UTC+8";
  }
}

TEST(ImportTaobao, ShowsWordsAndMasksPeople) {
  const TemporaryDirectory folder;
  ImportShop shop("words");
  shop.Import(Write(folder.path() / "a.csv", ExportOf(kColumns.size(), {kFinished, kWaiting})),
              kMapping, folder.path() / "rejects.csv");
  const Struct order = Show(shop, "912345678901234567");
  EXPECT_EQ(client::StringAt(order, "memo"), "已核对地址");
  EXPECT_EQ(client::StringAt(order, "buyer_message"), "周末送货,\n请先打电话");
  const Struct receiver = client::ObjectAt(order, "masked_receiver");
  EXPECT_EQ(client::StringAt(receiver, "name"), "王**");
  EXPECT_EQ(client::StringAt(receiver, "phone"), "138****8000");
  const std::string shown =
      shop.Run({"--json", "order", "show", "taobao:912345678901234567"}).output;
  EXPECT_THAT(shown, HasSubstr("DERIVED_PART_LINES"));
  EXPECT_THAT(shown, HasSubstr("发票抬头"));
  EXPECT_THAT(shown, Not(HasSubstr("王小明")));
  EXPECT_THAT(shown, Not(HasSubstr("xiaoming@example.com")));
  EXPECT_THAT(shown, HasSubstr("快递"));
  EXPECT_THAT(client::StringAt(
                  client::ObjectAt(Show(shop, "912345678901234569"), "masked_receiver"), "address"),
              HasSubstr("上海"))
      << "the changed address counts";
  EXPECT_EQ(shop.Value("SELECT COUNT(*) FROM redress_order.order_details WHERE shop_id = {shop} "
                       "AND (sealed LIKE '%王小明%' OR sealed LIKE '%example.com%')"),
            "0");
}

TEST(ImportTaobao, JoinsTheFileOfLines) {
  const TemporaryDirectory folder;
  ImportShop shop("lines");
  const std::string orders =
      Write(folder.path() / "orders.csv", Gbk(ExportOf(kColumns.size(), {kFinished, kUnpaid})));
  const std::string lines = Write(folder.path() / "lines.csv", Gbk(kLines));
  const std::string rejects = folder.path() / "rejects.csv";
  const Struct report = shop.Import(orders, kMapping, rejects, {"--lines", lines});
  EXPECT_EQ(Count(report, "rows"), 4u);
  EXPECT_EQ(Count(report, "rows_accepted"), 4u);
  EXPECT_EQ(Count(report, "lines_derived"), 1u);
  // Goods 100.00 of which 53.00 × 100 ÷ 106 came back; postage 6.00 is a line of its own.
  EXPECT_EQ(shop.Value("SELECT GROUP_CONCAT(l.sku, ':', l.paid_minor, ':', "
                       "l.refunded_elsewhere_minor, ':', l.postage ORDER BY l.line_number) FROM "
                       "redress_order.order_lines l JOIN redress_order.orders o ON o.shop_id = "
                       "l.shop_id AND o.order_id = l.order_id WHERE o.shop_id = {shop} AND "
                       "o.order_number = '912345678901234567'"),
            "B1:6000:3000:0,B2:4000:2000:0,:600:300:1");
  const std::string before = Fingerprint(shop);
  shop.Import(orders, kMapping, rejects, {"--lines", lines});
  EXPECT_EQ(Fingerprint(shop), before);
}

TEST(ImportTaobao, RefusesAFileThatDoesNotFitAndImportsNothing) {
  const TemporaryDirectory folder;
  ImportShop shop("misfits");
  const auto import = [&](const std::string& bytes) {
    return shop.Run({"import", "orders", Write(folder.path() / "a.csv", bytes), "--mapping",
                     kMapping, "--rejects", folder.path() / "rejects.csv"});
  };
  const std::string text = ExportOf(kColumns.size(), {kFinished});
  const std::size_t header_end = text.find("\r\n");
  const e2e::Finished headless = import(text.substr(header_end + 2));
  EXPECT_EQ(headless.exit_code, 2);
  EXPECT_THAT(headless.output, HasSubstr("does the file have a header?"));
  const e2e::Finished twice = import("\"宝贝标题\"," + text);
  EXPECT_EQ(twice.exit_code, 2);
  EXPECT_THAT(twice.output, HasSubstr("more than one column `宝贝标题`"));
  const e2e::Finished cut = import(text.substr(0, text.size() - 400));
  EXPECT_EQ(cut.exit_code, 2);
  EXPECT_THAT(cut.output, HasSubstr("line 2"));
  EXPECT_THAT(cut.output, HasSubstr("a quotation mark is never closed"));
  EXPECT_EQ(shop.Value("SELECT COUNT(*) FROM redress_order.orders WHERE shop_id = {shop}"), "0");
}

}  // namespace
}  // namespace redress::test
