#include "services/customer/domain/rfm.h"

#include <gtest/gtest.h>

namespace redress::customer {
namespace {

constexpr std::int64_t kDay = 86'400'000'000;

std::vector<RfmRaw> TenPeople() {
  std::vector<RfmRaw> people;
  for (int i = 1; i <= 10; ++i) {
    people.push_back({.head = CustomerId{static_cast<std::uint64_t>(i)},
                      .last_paid_at = 100 * kDay - i * kDay,
                      .frequency = i,
                      .monetary_minor = i * 100});
  }
  return people;
}

TEST(Quintiles, AreValuesAtTheNearestRank) {
  std::vector<std::int64_t> seven{70, 10, 20, 30, 40, 50, 60};
  EXPECT_EQ(QuintilesOf(seven), (Quintiles{20, 30, 50, 60}));
  std::vector<std::int64_t> one{5};
  EXPECT_EQ(QuintilesOf(one), (Quintiles{5, 5, 5, 5}));
  std::vector<std::int64_t> none;
  EXPECT_EQ(QuintilesOf(none), Quintiles{});
}

TEST(Rfm, GivesFiveToTheMostRecentAndToTheMostFrequent) {
  const auto people = TenPeople();
  RfmBounds bounds = BoundsOf(people, 100 * kDay);
  EXPECT_EQ(ScoresOf(people.front(), bounds).recency_score, 5);
  EXPECT_EQ(ScoresOf(people.front(), bounds).frequency_score, 1);
  EXPECT_EQ(ScoresOf(people.back(), bounds).recency_score, 1);
  EXPECT_EQ(ScoresOf(people.back(), bounds).monetary_score, 5);
}

TEST(Rfm, GivesEqualValuesEqualScores) {
  std::vector<RfmRaw> people = TenPeople();
  for (RfmRaw& raw : people) raw.frequency = 1;
  const RfmBounds bounds = BoundsOf(people, 100 * kDay);
  for (const RfmRaw& raw : people) EXPECT_EQ(ScoresOf(raw, bounds).frequency_score, 1);
}

TEST(Rfm, CountsWhoPaidAfterTheMomentAsJustNow) {
  const auto people = TenPeople();
  const RfmBounds bounds = BoundsOf(people, 95 * kDay);
  EXPECT_EQ(ScoresOf(people.front(), bounds).recency_us, 0);
}

TEST(Rfm, ExplainsAScoreByItsBound) {
  const auto people = TenPeople();
  const RfmBounds bounds = BoundsOf(people, 100 * kDay);
  EXPECT_EQ(ExplainRecency(ScoresOf(people[0], bounds), bounds),
            "recency 1 day: bound of 5 is ≤ 2 days");
  EXPECT_EQ(ExplainFrequency(ScoresOf(people[9], bounds), bounds),
            "frequency 10: bound of 5 is > 8");
}

}  // namespace
}  // namespace redress::customer
