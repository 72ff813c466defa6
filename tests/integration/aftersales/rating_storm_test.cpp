// The pushes of many ratings, shuffled, repeated and split at random, heard while their cases
// follow: the end is always that of the orderly run.

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "services/platform/database/transact.h"
#include "tests/integration/aftersales/platform_desk.h"
#include "tests/support/figure.h"

namespace redress::aftersales {
namespace {

constexpr int kRatings = 200;

// What a rating's object says one after another.
using Story = std::vector<std::string>;

std::vector<Story> Stories() {
  return {
      {R"("result":"good")"},
      {R"("result":"bad","content":"坏了")"},
      {R"("result":"neutral")", R"("append_content":"追评")"},
      {R"("result":"bad")", R"("result":"good")"},
      {R"("result":"neutral")", R"("result":"bad")"},
      {R"("result":"bad")", R"("result":"neutral")", R"("result":"bad")"},
      {R"("result":"neutral")", R"("result":"good")", R"("result":"neutral")"},
      {R"("result":"good")", R"("result":"bad")"},
      {R"("result":"bad")", R"("deleted":true)"},
      {R"("stars":5)", R"("stars":2)", R"("stars":"3","brand_new_field":1)"},
      {R"("result":"bad")", R"("reply":"抱歉")", R"("result":"bad","reply":"非常抱歉")"},
  };
}

std::vector<std::string> AllPushes() {
  const std::vector<Story> stories = Stories();
  std::vector<std::string> pushes;
  for (std::size_t moment = 0; moment < 3; ++moment) {
    for (int rating = 0; rating < kRatings; ++rating) {
      const Story& story = stories[static_cast<std::size_t>(rating) % stories.size()];
      if (moment >= story.size()) continue;
      const std::string number = std::to_string(100'000 + rating);
      const bool as_text = (static_cast<std::size_t>(rating) + moment) % 2 == 0;
      pushes.push_back(R"({"tid":)" + (as_text ? '"' + number + '"' : number) + R"(,"oid":")" +
                       number +
                       R"(","created":"2024-05-01 08:00:00","modified":"2024-05-06 08:00:0)" +
                       std::to_string(moment) + "\"," + story[moment] + "}");
    }
  }
  return pushes;
}

std::vector<std::string> Mixed(std::vector<std::string> pushes, unsigned seed) {
  std::mt19937 random(seed);
  const std::size_t all = pushes.size();
  for (std::size_t i = 0; i < all; ++i) {
    if (random() % 4 == 0) pushes.push_back(pushes[i]);
  }
  std::shuffle(pushes.begin(), pushes.end(), random);
  std::vector<std::string> bodies;
  for (std::size_t at = 0; at < pushes.size();) {
    const std::size_t until = std::min(pushes.size(), at + 1 + random() % 40);
    std::string body = "[" + pushes[at];
    for (++at; at < until; ++at) body += "," + pushes[at];
    bodies.push_back(body + "]");
  }
  return bodies;
}

class RatingStorm : public ::testing::Test {
 protected:
  // Where each rating and its case stand. Ids, times of ours and the way there differ.
  std::map<std::string, std::string> EndOf(ShopId shop) {
    std::map<std::string, std::string> ends;
    PlatformObjectQuery query;
    query.shop = shop;
    query.kind = PlatformObjectKind::kRating;
    query.limit = kRatings + 1;
    for (const PlatformObject& one : desk_.rows.List(query)) {
      std::string end = one.status + " " + one.attention + " " + std::to_string(one.version);
      if (one.case_id) {
        const Case now = desk_.house.cases.Find(shop, one.case_id).value();
        const workflows::review::ReviewProgress& p = now.Review();
        end += " " + now.state + " " + std::to_string(p.stars) + " " +
               std::to_string(static_cast<int>(p.rating)) + " " +
               std::to_string(static_cast<int>(p.rating_now)) + " " +
               std::to_string(static_cast<int>(p.change)) + (p.revision_spent ? " spent" : "");
      }
      ends[one.key] = end;
    }
    return ends;
  }

  Ground ground_;
  PlatformDesk desk_{ground_};
};

TEST_F(RatingStorm, EveryOrderComesToTheSameEnd) {
  const bool has_faults = test::InjectedFaults() != nullptr;
  const unsigned seeds = has_faults ? 5 : 50;
  const ShopId calm{2000};
  for (const std::string& push : AllPushes()) {
    desk_.PushRatings(calm, {push});
  }
  // Moment after moment: each word was followed before the next was heard.
  desk_.Follow();
  const ShopId orderly{1999};
  std::string body;
  std::string moment;
  for (const std::string& push : AllPushes()) {
    const std::string when = push.substr(push.find("modified"), 31);
    if (when != moment && !body.empty()) {
      desk_.PushRatings(orderly, {"[" + body + "]"});
      desk_.Follow();
      body.clear();
    }
    moment = when;
    body += (body.empty() ? "" : ",") + push;
  }
  desk_.PushRatings(orderly, {"[" + body + "]"});
  desk_.Follow();
  const auto expected = EndOf(orderly);
  ASSERT_EQ(expected.size(), static_cast<std::size_t>(kRatings));
  EXPECT_EQ(EndOf(calm), expected);
  unsigned equal = 0;
  for (unsigned seed = 1; seed <= seeds; ++seed) {
    const ShopId shop{2000 + seed};
    for (const std::string& one : Mixed(AllPushes(), seed)) {
      for (const PushResult& result : desk_.PushRatings(shop, {one})) {
        EXPECT_EQ(result.problem, "") << result.key << " " << result.field;
      }
      if (seed % 2 == 0) desk_.FollowOnce();
    }
    desk_.Follow();
    const auto ends = EndOf(shop);
    int differing = 0;
    for (const auto& [rating, end] : expected) {
      const auto found = ends.find(rating);
      const std::string mine = found == ends.end() ? "unheard" : found->second;
      if (mine != end && ++differing <= 3) {
        ADD_FAILURE() << "seed " << seed << ", rating " << rating << "\n  orderly " << end
                      << "\n  here " << mine;
      }
    }
    equal += differing == 0 && ends.size() == expected.size();
  }
  EXPECT_EQ(equal, seeds);
  if (!has_faults) test::Figure("rating_storm_seeds_equal", equal);
}

TEST_F(RatingStorm, ARatingWaitsForItsOrder) {
  constexpr ShopId kShop{3};
  desk_.orders.Hide("100000");
  desk_.PushRatings(kShop, {R"({"tid":100000,"result":"bad","created":"2024-05-01 08:00:00"})"});
  desk_.Follow();
  EXPECT_EQ(desk_.Heard(kShop, "review#100000").attention, "ORDER_UNKNOWN");
  desk_.orders.Arrive("100000");
  const std::vector<std::string> numbers{"100000"};
  desk_.rows.OrdersAreThere(kShop, numbers, ground_.clock.NowUs());
  desk_.Follow();
  EXPECT_EQ(desk_.CaseOf(kShop, "review#100000").state, "Detected");
}

TEST_F(RatingStorm, RefundsAndRatingsAreListedApart) {
  constexpr ShopId kShop{4};
  desk_.PushRatings(kShop, {R"({"tid":100001,"result":"bad","created":"2024-05-01 08:00:00"})"});
  desk_.Push(kShop, {R"({"refund_id":7,"tid":100001,"refund_fee":"1.00",)"
                     R"("modified":"2024-05-06 08:00:00"})"});
  desk_.Follow();
  PlatformObjectQuery query;
  query.shop = kShop;
  ASSERT_EQ(desk_.rows.List(query).size(), 1U);
  EXPECT_EQ(desk_.rows.List(query).front().key, "7");
  query.kind = PlatformObjectKind::kRating;
  ASSERT_EQ(desk_.rows.List(query).size(), 1U);
  EXPECT_EQ(desk_.rows.List(query).front().key, "review#100001");
}

}  // namespace
}  // namespace redress::aftersales
