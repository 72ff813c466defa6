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

TEST(OrderFile, IsAsOldAsWhatItTells) {
  const Content content = ReadAll(Line("1", "A"));
  ASSERT_EQ(content.orders.size(), 1u);
  const auto& order = content.orders[0].order;
  EXPECT_EQ(order.source_time().seconds(), order.order_time().seconds());
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

TEST(OrderFile, HoldsAnOrderWithABadRowBackAndKeepsTheNumbersOfOthers) {
  const Content content =
      ReadAll(Line("1", "A") + Line("2", "X") + Line("1", "B", "many") + Line("1", "C") +
              Line("1", "D", "few") + Line("2", "Y") + Line("3", "D", "none"));
  ASSERT_EQ(content.orders.size(), 1u);
  EXPECT_EQ(content.orders[0].order.order_number(), "2");
  ASSERT_EQ(content.orders[0].order.lines_size(), 2);
  EXPECT_EQ(content.orders[0].order.lines(1).line_number(), "2");
  ASSERT_EQ(content.rejects.size(), 5u);
  EXPECT_EQ(content.rejects[0].row.line, 2u);
  EXPECT_THAT(content.rejects[0].reason, HasSubstr("whole order or not at all, and line 4"));
  EXPECT_THAT(content.rejects[1].row.raw, HasSubstr("many"));
  EXPECT_THAT(content.rejects[1].reason, HasSubstr("`many` is not a whole number"));
  EXPECT_THAT(content.rejects[2].reason, HasSubstr("line 4"));
  EXPECT_THAT(content.rejects[3].reason, HasSubstr("`few` is not a whole number"));
  EXPECT_EQ(content.rejects[4].row.line, 8u);
}

TEST(OrderFile, HoldsAnOrderBackWhoseRowContradictsIt) {
  const Content content =
      ReadAll(Line("1", "A") + Line("1", "B", "1", "2020-02-21 08:30", "someone else"));
  EXPECT_TRUE(content.orders.empty());
  ASSERT_EQ(content.rejects.size(), 2u);
  EXPECT_THAT(content.rejects[1].reason, HasSubstr("buyer_nick: differs"));
  EXPECT_THAT(content.rejects[1].reason, HasSubstr("line 2"));
}

TEST(OrderFile, HoldsAnOrderBackWithARowInAnotherEncoding) {
  const Content content = ReadAll(Line("1", "A") + Line("1", "B\xFF") + Line("2", "A"));
  ASSERT_EQ(content.orders.size(), 1u);
  EXPECT_EQ(content.orders[0].order.order_number(), "2");
  ASSERT_EQ(content.rejects.size(), 2u);
  EXPECT_THAT(content.rejects[1].reason, HasSubstr("not valid in the file's encoding"));
}

std::string ErrorOf(const std::string& rows) {
  try {
    ReadAll(rows);
  } catch (const MappingError& error) {
    return error.what();
  }
  return "none";
}

TEST(OrderFile, IsRefusedWhereItIsNotKnownWhichOrderMissesARow) {
  EXPECT_THAT(ErrorOf(Line("1", "A") + Line("", "A")), HasSubstr("line 3 of "));
  EXPECT_THAT(ErrorOf(Line("", "A")), HasSubstr("Invoice: is empty"));
  EXPECT_THAT(ErrorOf("1,short\n"), HasSubstr("2 fields, the header has 8"));
  EXPECT_THAT(ErrorOf(Line("1\xFF", "A")), HasSubstr("not known which order misses the row"));
}

TEST(OrderFile, IsRefusedWhereRowsMayBeMisread) {
  for (const std::string& bad :
       {"\"" + Line("1", "A"), "\"1\"x" + Line("", "A"), "\xEF\xBB\xBF" + Line("1", "A"),
        Line("1", std::string(1, '\0'))}) {
    EXPECT_THAT(ErrorOf(bad + Line("2", "A")), HasSubstr("what follows may be misread")) << bad;
  }
}

TEST(OrderFile, RejectsEachRowOnce) {
  const Content content = ReadAll(Line("C1", "A", "x") + Line("1", "A", "x"));
  EXPECT_EQ(content.rejects.size(), 2u);
}

TEST(OrderFile, NeedsAHeaderThatFits) {
  const test::TemporaryFolder folder;
  const Mapping mapping = ParseMapping(test::kMapping, "m.toml");
  EXPECT_THROW(OrderFile(folder.Write("empty.csv", ""), mapping), MappingError);
  EXPECT_THROW(OrderFile(folder.Write("other.csv", "Invoice,Other\n1,2\n"), mapping), MappingError);
}

}  // namespace
}  // namespace redress::importing
