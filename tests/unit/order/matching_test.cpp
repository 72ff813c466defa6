#include "services/order/domain/matching.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "tests/unit/order/samples.h"

namespace redress::order {
namespace {

Candidate LineOf(std::uint64_t line, std::int64_t order_at, std::int32_t quantity) {
  return {.order = OrderId{line * 10},
          .line = LineId{line},
          .order_number = "O" + std::to_string(line),
          .line_number = "1",
          .customer = CustomerId{3},
          .sku = "22464",
          .currency = "GBP",
          .unit_price = "1.65",
          .quantity = quantity,
          .order_at = order_at};
}

Adjustment RefundOf(std::int32_t quantity, std::int64_t adjust_at) {
  Adjustment refund;
  refund.customer = CustomerId{3};
  refund.sku = "22464";
  refund.currency = "GBP";
  refund.unit_price = "1.65";
  refund.quantity = quantity;
  refund.adjust_at = adjust_at;
  return refund;
}

std::uint64_t Found(std::vector<Candidate> candidates, const Adjustment& refund) {
  const CandidateIndex index(std::move(candidates));
  const Candidate* line = index.Find(refund);
  return line == nullptr ? 0 : line->line.value;
}

TEST(Matching, TakesTheLatestEarlierLine) {
  const std::vector<Candidate> lines = {LineOf(1, 100, 12), LineOf(2, 200, 12), LineOf(3, 400, 12)};
  EXPECT_EQ(Found(lines, RefundOf(12, 300)), 2u);
  EXPECT_EQ(Found(lines, RefundOf(12, 99)), 0u);
}

TEST(Matching, TakesALineOfTheSameMoment) {
  EXPECT_EQ(Found({LineOf(1, 100, 12)}, RefundOf(12, 100)), 1u);
}

TEST(Matching, WantsEnoughUnits) {
  const std::vector<Candidate> lines = {LineOf(1, 100, 12), LineOf(2, 200, 5)};
  EXPECT_EQ(Found(lines, RefundOf(6, 300)), 1u);
  EXPECT_EQ(Found(lines, RefundOf(5, 300)), 2u);
  EXPECT_EQ(Found(lines, RefundOf(13, 300)), 0u);
}

TEST(Matching, DoesNotUseLinesUp) {
  const CandidateIndex index({LineOf(1, 100, 12)});
  const Adjustment refund = RefundOf(12, 300);
  EXPECT_EQ(index.Find(refund), index.Find(refund));
  EXPECT_NE(index.Find(refund), nullptr);
}

TEST(Matching, ComparesPricesByValue) {
  Candidate line = LineOf(1, 100, 12);
  line.unit_price = "1.650";
  EXPECT_EQ(Found({line}, RefundOf(1, 300)), 1u);
  line.unit_price = "1.651";
  EXPECT_EQ(Found({line}, RefundOf(1, 300)), 0u);
}

TEST(Matching, WantsCustomerArticleAndCurrency) {
  const Candidate line = LineOf(1, 100, 12);
  Adjustment refund = RefundOf(1, 300);
  refund.customer = CustomerId{4};
  EXPECT_EQ(Found({line}, refund), 0u);
  refund.customer = {};
  EXPECT_EQ(Found({line}, refund), 0u);
  refund = RefundOf(1, 300);
  refund.sku = "22464a";
  EXPECT_EQ(Found({line}, refund), 0u);
  refund = RefundOf(1, 300);
  refund.currency = "EUR";
  EXPECT_EQ(Found({line}, refund), 0u);
}

TEST(Matching, LeavesCorrectionsAlone) {
  Adjustment correction = RefundOf(1, 300);
  correction.correction = true;
  EXPECT_EQ(Found({LineOf(1, 100, 12)}, correction), 0u);
}

TEST(Matching, DecidesTiesByNumberWhateverTheOrder) {
  Candidate nine = LineOf(1, 100, 12);
  nine.order_number = "9";
  Candidate ten = LineOf(2, 100, 12);
  ten.order_number = "10";
  Candidate ten_second = ten;
  ten_second.line = LineId{3};
  ten_second.line_number = "2";
  EXPECT_EQ(Found({nine, ten, ten_second}, RefundOf(1, 300)), 3u);
  EXPECT_EQ(Found({ten_second, ten, nine}, RefundOf(1, 300)), 3u);
  EXPECT_EQ(Found({ten, nine}, RefundOf(1, 300)), 2u);
}

}  // namespace
}  // namespace redress::order
