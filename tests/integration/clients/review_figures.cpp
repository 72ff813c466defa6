#include "tests/integration/clients/review_figures.h"

#include <algorithm>

#include "tests/integration/clients/distribution.h"
#include "tests/integration/clients/uci_figures.h"

namespace redress::test {
namespace {

using google::protobuf::Struct;
using Steps = std::vector<StoredStep>;
constexpr std::int64_t kHourUs = 3'600'000'000;
constexpr int kWorstGood = 4;
constexpr int kPlaces = 6;

struct Review {
  int stars = 0;
  std::int64_t at_us = 0;
  std::int64_t replied_at_us = 0;  // 0: never
};

Review ReviewOf(const Steps& steps) {
  Review review;
  for (const StoredStep& step : steps) {
    if (step.stars > 0) review.stars = step.stars;
    (step.activity == "reply" ? review.replied_at_us : review.at_us) = step.at_us;
  }
  return review;
}

void PutScores(Struct& figures, const std::string& key, const std::map<int, std::int64_t>& counts) {
  std::map<std::string, std::int64_t> named;
  for (int stars = 1; stars <= 5; ++stars) {
    const auto found = counts.find(stars);
    named[std::to_string(stars)] = found == counts.end() ? 0 : found->second;
  }
  PutCounts(figures, key, named);
}

Struct FiguresOf(const std::vector<Review>& reviews) {
  std::map<int, std::int64_t> scores;
  std::map<int, std::int64_t> edited_scores;
  std::int64_t sum = 0;
  std::int64_t bad = 0;
  std::int64_t bad_replied = 0;
  std::int64_t replied = 0;
  std::int64_t soon = 0;
  std::int64_t edited = 0;
  std::int64_t naive_us = 0;
  std::vector<std::int64_t> times;
  for (const Review& review : reviews) {
    ++scores[review.stars];
    sum += review.stars;
    const bool is_bad = review.stars < kWorstGood;
    bad += is_bad ? 1 : 0;
    if (review.replied_at_us == 0) continue;
    ++replied;
    bad_replied += is_bad ? 1 : 0;
    const std::int64_t took = review.replied_at_us - review.at_us;
    naive_us += took;
    if (took < 0) {
      ++edited;
      ++edited_scores[review.stars];
      continue;
    }
    times.push_back(took);
    soon += took <= 24 * kHourUs ? 1 : 0;
  }
  const auto count = static_cast<std::int64_t>(reviews.size());
  Struct figures;
  PutCount(figures, "reviews", count);
  PutScores(figures, "score_counts", scores);
  PutRate(figures, "score_mean", sum, count);
  PutRate(figures, "bad_review_rate_1to3", bad, count);
  PutRate(figures, "one_star_rate", scores[1], count);
  PutCount(figures, "replied", replied);
  PutRate(figures, "reply_rate", replied, count);
  PutRate(figures, "bad_reply_rate", bad_replied, bad);
  PutObject(figures, "response_time(replied_at>=reviewed_at only)",
            DistributionOf(std::move(times), {"hours", kHourUs}));
  PutRate(figures, "response_within_24h_rate_of_replied", soon, replied);
  PutCount(figures, "edited_after_reply", edited);
  PutRate(figures, "edited_after_reply_rate_of_replied", edited, replied);
  PutScores(figures, "edited_after_reply_final_score_counts", edited_scores);
  if (replied > 0) {
    PutNumber(figures, "naive_mean_hours_including_negative",
              Ratio(naive_us, static_cast<__int128>(kHourUs) * replied, kPlaces));
  }
  return figures;
}

}  // namespace

Struct ReplyFigures(const StoredCases& cases) {
  std::vector<Review> all;
  std::map<std::string, std::vector<Review>> by_app;
  for (const Steps& steps : cases) {
    const Review review = ReviewOf(steps);
    all.push_back(review);
    for (const StoredStep& step : steps) {
      const std::string& app = step.details.at("app_id");
      if (!app.empty()) by_app[app].push_back(review);
    }
  }
  Struct figures;
  PutText(figures, "dataset", "reviews_with_replies");
  PutObject(figures, "ALL", FiguresOf(all));
  for (const auto& [app, reviews] : by_app) PutObject(figures, app, FiguresOf(reviews));
  return figures;
}

}  // namespace redress::test
