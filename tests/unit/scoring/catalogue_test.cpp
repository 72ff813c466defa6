#include "services/scoring/domain/catalogue.h"

#include <gtest/gtest.h>

#include <set>

namespace redress::scoring {
namespace {

TEST(Catalogue, EveryEntryIsWholeAndFoundByItsId) {
  std::set<std::string_view> ids;
  for (const Figure& figure : Catalogue()) {
    EXPECT_TRUE(ids.insert(figure.id).second) << figure.id;
    EXPECT_EQ(FindFigure(figure.id), &figure);
    EXPECT_FALSE(figure.name_zh.empty() || figure.name_en.empty()) << figure.id;
    EXPECT_FALSE(figure.formula_zh.empty() || figure.formula_en.empty()) << figure.id;
    EXPECT_EQ(figure.unit == Unit::kDuration, figure.quantiles.front() != 0) << figure.id;
  }
  for (const char* id :
       {"case_completion_rate", "handling_time", "refund_speed", "refund_rate",
        "refund_rate_cohort", "dispute_completion_rate", "dispute_completion_at_deadline",
        "first_contact_time", "review_change_rate", "review_change_rate_unrevisable"}) {
    EXPECT_EQ(ids.count(id), 1u) << id;
  }
  EXPECT_EQ(FindFigure("no_such_figure"), nullptr);
}

}  // namespace
}  // namespace redress::scoring
