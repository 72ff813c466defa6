#include "clients/importing/order_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/clients/sample_mapping.h"
#include "tests/unit/clients/temporary_file.h"

namespace redress::importing {
namespace {

using testing::HasSubstr;

struct Content {
  std::vector<OrderItem> orders;
  std::vector<AdjustmentItem> adjustments;
  std::vector<Reject> rejects;
  std::uint64_t rows = 0;
};

Content ReadAll(const std::string& rows) {
  const test::TemporaryFolder folder;
  const Mapping mapping = ParseMapping(test::kMapping, "m.toml");
  OrderFile file(folder.Write("f.csv", test::kHeader + rows), mapping);
  Content content;
  content.rows = file.rows();
  const auto reject = [&](Reject bad) { content.rejects.push_back(std::move(bad)); };
  file.ReadOrders([&](OrderItem item) { content.orders.push_back(std::move(item)); }, reject);
  file.ReadAdjustments([&](AdjustmentItem item) { content.adjustments.push_back(std::move(item)); },
                       reject);
  return content;
}

std::string Line(const std::string& invoice, const std::string& sku, const std::string& units = "1",
                 const std::string& when = "2020-02-21 08:30", const std::string& buyer = "b") {
  return invoice + ",交易成功," + when + "," + buyer + ",," + sku + "," + units + ",1.5\n";
}

TEST(OrderFile, GroupsTheLinesOfAnInvoice) {
  const Content content = ReadAll(Line("1", "A") + Line("1", "B") + Line("2", "A"));
  ASSERT_EQ(content.orders.size(), 2u);
  EXPECT_EQ(content.rows, 3u);
  EXPECT_EQ(content.orders[0].order.lines_size(), 2);
  EXPECT_EQ(content.orders[0].order.lines(1).line_number(), "2");
  EXPECT_EQ(content.orders[0].rows[1].line, 3u);
}

TEST(OrderFile, GroupsLinesThatDoNotStandTogether) {
  const Content content = ReadAll(Line("1", "A") + Line("2", "X") + Line("1", "B"));
  ASSERT_EQ(content.orders.size(), 2u);
  EXPECT_EQ(content.orders[0].order.order_number(), "2")
      << "an order is complete with its last line";
  EXPECT_EQ(content.orders[1].order.lines_size(), 2);
}

TEST(OrderFile, NumbersIdenticalRowsApart) {
  const Content content =
      ReadAll(Line("1", "A") + Line("1", "A") + Line("C1", "A", "-1") + Line("C1", "A", "-1"));
  ASSERT_EQ(content.orders.size(), 1u);
  EXPECT_EQ(content.orders[0].order.lines(0).line_number(), "1");
  EXPECT_EQ(content.orders[0].order.lines(1).line_number(), "2");
  ASSERT_EQ(content.adjustments.size(), 2u);
  EXPECT_EQ(content.adjustments[0].adjustment.adjustment_number(), "C1:1");
  EXPECT_EQ(content.adjustments[1].adjustment.adjustment_number(), "C1:2");
}

TEST(OrderFile, TakesTheTimeOfTheFirstLine) {
  const Content content =
      ReadAll(Line("1", "A", "1", "2020-02-21 08:30") + Line("1", "B", "1", "2020-02-21 08:31"));
  ASSERT_EQ(content.orders.size(), 1u);
  EXPECT_EQ(content.orders[0].order.order_time().seconds(), 1582245000);
}

TEST(OrderFile, TellsRefundsAndCorrectionsApart) {
  const Content content = ReadAll(Line("C1", "A", "-2") + Line("A1", "B", "1"));
  ASSERT_EQ(content.adjustments.size(), 2u);
  EXPECT_FALSE(content.adjustments[0].adjustment.correction());
  EXPECT_EQ(content.adjustments[0].adjustment.quantity(), 2);
  EXPECT_TRUE(content.adjustments[1].adjustment.correction());
  EXPECT_EQ(content.adjustments[1].adjustment.quantity(), 1);
}

TEST(OrderFile, RejectsABadRowAloneAndKeepsTheNumbersOfTheOthers) {
  const Content content = ReadAll(Line("1", "A") + Line("1", "B", "many") + Line("1", "C") +
                                  "1,short\n" + Line("2", "D", "none"));
  ASSERT_EQ(content.orders.size(), 1u);
  ASSERT_EQ(content.orders[0].order.lines_size(), 2);
  EXPECT_EQ(content.orders[0].order.lines(1).line_number(), "3");
  ASSERT_EQ(content.rejects.size(), 3u);
  EXPECT_EQ(content.rejects[0].row.line, 3u);
  EXPECT_THAT(content.rejects[0].row.raw, HasSubstr("many"));
  EXPECT_THAT(content.rejects[1].reason, HasSubstr("2 fields, the header has 8"));
  EXPECT_EQ(content.rejects[2].row.line, 6u) << "an order without a good row does not go in";
}

TEST(OrderFile, RejectsARowThatContradictsItsOrder) {
  const Content content =
      ReadAll(Line("1", "A") + Line("1", "B", "1", "2020-02-21 08:30", "someone else"));
  ASSERT_EQ(content.rejects.size(), 1u);
  EXPECT_THAT(content.rejects[0].reason, HasSubstr("buyer_nick: differs"));
  EXPECT_THAT(content.rejects[0].reason, HasSubstr("line 2"));
}

TEST(OrderFile, RejectsARowWithoutItsGroup) {
  const Content content = ReadAll(Line("", "A"));
  ASSERT_EQ(content.rejects.size(), 1u);
  EXPECT_THAT(content.rejects[0].reason, HasSubstr("Invoice"));
}

TEST(OrderFile, RejectsEachRowOnce) {
  const Content content = ReadAll(Line("C1", "A", "x") + "a,b\n" + "\"open\n");
  EXPECT_EQ(content.rejects.size(), 3u);
}

TEST(OrderFile, NeedsAHeaderThatFits) {
  const test::TemporaryFolder folder;
  const Mapping mapping = ParseMapping(test::kMapping, "m.toml");
  EXPECT_THROW(OrderFile(folder.Write("empty.csv", ""), mapping), MappingError);
  EXPECT_THROW(OrderFile(folder.Write("other.csv", "Invoice,Other\n1,2\n"), mapping), MappingError);
}

}  // namespace
}  // namespace redress::importing
