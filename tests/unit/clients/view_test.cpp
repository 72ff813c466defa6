#include "clients/cli/view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <redress/aftersales/v1/case_service.pb.h>
#include <redress/identity/v1/shop_service.pb.h>

#include "clients/cli/table.h"

namespace redress::cli {
namespace {

namespace aftersales = redress::aftersales::v1;
using testing::HasSubstr;
using testing::Not;

TEST(Table, AlignsColumnsAndNumbers) {
  Table table({"NAME", "N"});
  table.Add({"张三", "7"});
  table.Add({"x", "1,234"});
  EXPECT_EQ(table.Text(),
            "NAME      N\n"
            "张三      7\n"
            "x     1,234\n");
}

TEST(Table, KeepsTheTerminalItsOwn) {
  EXPECT_EQ(Printable("a\x1B[2Jb\nc\xC2\x9B"), "a [2Jb c ");
  EXPECT_EQ(Printable("买家 é"), "买家 é");
}

TEST(DisplayWidth, CountsWideCharactersTwice) {
  EXPECT_EQ(DisplayWidth("ab"), 2u);
  EXPECT_EQ(DisplayWidth("买家"), 4u);
  EXPECT_EQ(DisplayWidth("é"), 1u);
}

aftersales::Case Example() {
  aftersales::Case one;
  one.set_case_number(12);
  one.set_state("Requested");
  one.set_variant(aftersales::REFUND_VARIANT_REFUND_ONLY);
  one.mutable_amount_asked()->set_currency_code("CNY");
  one.mutable_amount_asked()->set_minor_units(1234);
  one.mutable_deadline()->set_rule("seller_answers");
  one.mutable_deadline()->mutable_due_time()->set_seconds(1795305600);
  return one;
}

TEST(Cell, ShowsValuesAsPeopleReadThem) {
  Locale locale;
  absl::LoadTimeZone("Asia/Shanghai", &locale.time_zone);
  const aftersales::Case one = Example();
  EXPECT_EQ(Cell(one, "amount_asked", locale), "12.34 CNY");
  EXPECT_EQ(Cell(one, "amount_approved", locale), "");
  EXPECT_EQ(Cell(one, "variant", locale), "refund_only");
  EXPECT_EQ(Cell(one, "deadline.due_time", locale), "2026-11-22 08:00:00");
  EXPECT_EQ(Cell(aftersales::Case(), "deadline.due_time", locale), "");
  EXPECT_EQ(Cell(one, "final", locale), "no");
}

TEST(TableText, ShowsTheColumnsThatHoldSomething) {
  aftersales::ListCasesResponse answer;
  EXPECT_EQ(TableText(answer, "cases", {{"STATE", "state"}}, Locale()), "no cases\n");
  *answer.add_cases() = Example();
  const std::string text =
      TableText(answer, "cases", {{"STATE", "state"}, {"ASSIGNEE", "assignee_id"}}, Locale());
  EXPECT_THAT(text, HasSubstr("Requested"));
  EXPECT_THAT(text, Not(HasSubstr("ASSIGNEE")));
}

TEST(RecordText, ShowsPartsBelowTheRecord) {
  const std::string text = RecordText(Example(), Locale());
  EXPECT_THAT(text, HasSubstr("amount asked"));
  EXPECT_THAT(text, HasSubstr("12.34 CNY"));
  EXPECT_THAT(text, HasSubstr("deadline:\n"));
  EXPECT_THAT(text, HasSubstr("seller_answers"));
  EXPECT_THAT(text, Not(HasSubstr("assignee")));
}

}  // namespace
}  // namespace redress::cli
