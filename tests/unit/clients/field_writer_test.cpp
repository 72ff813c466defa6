#include "clients/importing/field_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <redress/order/v1/order.pb.h>

#include "tests/unit/clients/sample_mapping.h"

namespace redress::importing {
namespace {

using redress::order::v1::AdjustmentInput;
using redress::order::v1::ORDER_STATUS_TRADE_FINISHED;
using redress::order::v1::OrderInput;
using redress::order::v1::OrderLineInput;
using testing::AllOf;
using testing::HasSubstr;

const std::vector<std::string> kNames = {"Invoice", "State", "When",  "Buyer",
                                         "Name",    "Sku",   "Units", " Price "};

class FieldWriterTest : public testing::Test {
 protected:
  const Mapping mapping_ = ParseMapping(test::kMapping, "m.toml");
  const Header header_{kNames};
  FieldWriter order_{mapping_.order, header_, mapping_};
  FieldWriter line_{mapping_.line, header_, mapping_};
  FieldWriter refund_{mapping_.refund, header_, mapping_};

  std::vector<std::string> Row(std::string units = "2", std::string price = "6.45",
                               std::string when = "2020-02-21 08:30") {
    return {" 7 ",  "交易成功", std::move(when),  "buyer",
            "张三", "S1",       std::move(units), std::move(price)};
  }
};

TEST_F(FieldWriterTest, FillsAnOrder) {
  OrderInput order;
  ASSERT_EQ(order_.Write(Row(), order), "");
  EXPECT_EQ(order.order_number(), "7") << "trimmed";
  EXPECT_EQ(order.status(), ORDER_STATUS_TRADE_FINISHED);
  EXPECT_EQ(order.receiver().name(), "张三");
  EXPECT_EQ(order.order_time().seconds(), 1582245000) << "00:30 UTC: the zone is UTC+8";
}

TEST_F(FieldWriterTest, KeepsPricesAsTheyAreWritten) {
  OrderLineInput line;
  ASSERT_EQ(line_.Write(Row("-3", "0.001"), line), "");
  EXPECT_EQ(line.unit_price(), "0.001");
  EXPECT_EQ(line.quantity(), -3);
}

TEST_F(FieldWriterTest, TurnsTheSignWhereTheMappingSaysSo) {
  AdjustmentInput refund;
  ASSERT_EQ(refund_.Write(Row("-3"), refund), "");
  EXPECT_EQ(refund.quantity(), 3);
}

TEST_F(FieldWriterTest, NamesTheColumnOfABadValue) {
  OrderLineInput line;
  EXPECT_THAT(line_.Write(Row("two"), line), AllOf(HasSubstr("Units"), HasSubstr("`two`")));
  EXPECT_THAT(line_.Write(Row("1.5"), line), HasSubstr("whole number"));
  EXPECT_THAT(line_.Write(Row("3000000000"), line), HasSubstr("between"));
  EXPECT_THAT(line_.Write(Row("1", "1,50"), line), HasSubstr("Price"));
  EXPECT_THAT(line_.Write(Row("1", "1e3"), line), HasSubstr("Price"));
  OrderInput order;
  EXPECT_THAT(order_.Write(Row("1", "1", "21.02.2020"), order), HasSubstr("When"));
  auto row = Row();
  row[1] = "交易关闭";
  EXPECT_THAT(order_.Write(row, order), HasSubstr("State"));
  row = Row();
  row[0] = "  ";
  EXPECT_THAT(order_.Write(row, order), HasSubstr("Invoice: is empty"));
  row = Row();
  row[0] = std::string(65, '1');
  EXPECT_THAT(order_.Write(row, order), HasSubstr("longer than 64"));
}

TEST_F(FieldWriterTest, CountsCharactersNotBytes) {
  std::string nick;
  for (int i = 0; i < 100; ++i) nick += "买";
  auto row = Row();
  row[3] = nick;
  OrderInput order;
  EXPECT_EQ(order_.Write(row, order), "");
  row[3] += "买";
  EXPECT_THAT(order_.Write(row, order), HasSubstr("longer than 100"));
}

TEST(Header, SaysWhichColumnIsMissing) {
  const Mapping mapping = ParseMapping(test::kMapping, "m.toml");
  const Header header({"Invoice", "State", "When", "Byer", "Name"});
  try {
    const FieldWriter writer(mapping.order, header, mapping);
    FAIL();
  } catch (const MappingError& error) {
    EXPECT_THAT(error.what(), AllOf(HasSubstr("no column `Buyer`"), HasSubstr("`Byer`")));
  }
}

TEST(Header, RefusesAColumnThatIsThereTwice) {
  const Header header({"a", "b", " a"});
  EXPECT_EQ(header.PositionOf("b", "x"), 1u);
  EXPECT_THROW(header.PositionOf("a", "x"), MappingError);
}

TEST(ParseMinor, IsExact) {
  std::int64_t minor = 0;
  EXPECT_TRUE(ParseMinor("12.34", 2, minor));
  EXPECT_EQ(minor, 1234);
  EXPECT_TRUE(ParseMinor("-0.5", 2, minor));
  EXPECT_EQ(minor, -50);
  EXPECT_TRUE(ParseMinor("7", 2, minor));
  EXPECT_EQ(minor, 700);
  EXPECT_TRUE(ParseMinor("7.100", 2, minor));
  EXPECT_EQ(minor, 710);
  EXPECT_TRUE(ParseMinor("1500", 0, minor));
  EXPECT_EQ(minor, 1500);
  for (const char* bad : {"", "-", ".5", "1.234", "1e2", "1 2", "--1", "1.2.3",
                          "12345678901234567890", "abc", "1,5"}) {
    EXPECT_FALSE(ParseMinor(bad, 2, minor)) << bad;
  }
}

}  // namespace
}  // namespace redress::importing
