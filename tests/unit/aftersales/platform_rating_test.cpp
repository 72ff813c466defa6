// What a platform says of ratings: read as it comes, merged whatever came first, and followed by
// review cases.

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "services/aftersales/domain/case_kind.h"
#include "services/aftersales/domain/platform_form.h"
#include "services/aftersales/domain/platform_pursuit.h"
#include "services/aftersales/domain/platform_rating.h"
#include "services/aftersales/domain/platform_rating_follow.h"
#include "tests/unit/aftersales/desk.h"

namespace redress::aftersales {
namespace {

namespace review = workflows::review;
using review::Rating;

std::string Object(int second, const std::string& more) {
  return R"({"tid":70,"oid":"700","created":"2024-05-01 08:00:00","modified":"2024-05-06 08:00:0)" +
         std::to_string(second) + "\"," + more + "}";
}

std::vector<PushedItem> Read(const std::string& body) { return ReadPushes({body}, RatingForm()); }

PushedObject Pushed(const std::string& body) {
  const auto items = Read(body);
  EXPECT_EQ(items.size(), 1U);
  if (const auto* bad = std::get_if<BadPush>(&items.front())) {
    ADD_FAILURE() << bad->field << " " << bad->problem;
    return {};
  }
  return std::get<PushedObject>(items.front());
}

std::string ProblemField(const std::string& body) {
  const auto items = Read(body);
  const auto* bad = std::get_if<BadPush>(&items.front());
  return bad == nullptr ? "was taken" : bad->field;
}

RatingWord WordOfAll(const std::vector<std::string>& bodies) {
  PlatformFields known;
  for (const std::string& body : bodies) Absorb(Pushed(body), known);
  return RatingWordOf(known);
}

TEST(RatingForm, TakesThePlatformsAnswerAsItIs) {
  const auto items =
      Read(R"({"traderates_get_response":{"trade_rates":{"trade_rate":[)"
           R"({"content":"坏了","created":"2010-05-20 22:00:37","nick":"a","oid":37750250222274,)"
           R"("result":"bad","role":"buyer","tid":37750250222274},)"
           R"({"content":"好评！","created":"2010-05-20 22:00:37","nick":"b","oid":37749751692274,)"
           R"("result":"good","role":"seller","tid":37749751692274}]},"total_results":12}})");
  ASSERT_EQ(items.size(), 2U);
  const auto& bad = std::get<PushedObject>(items[0]);
  EXPECT_EQ(bad.key, "review#37750250222274");
  EXPECT_FALSE(bad.by_shop);
  EXPECT_TRUE(std::get<PushedObject>(items[1]).by_shop);
  EXPECT_EQ(RatingWordOf(bad.fields).created_at, 1'274'364'037'000'000);
}

TEST(RatingForm, IsNamedByItsOwnNumberOrByOrderAndLine) {
  EXPECT_EQ(Pushed(Object(1, R"("result":"bad")")).key, "review#70-700");
  EXPECT_EQ(Pushed(R"({"tid":"70","result":"bad","created":"2024-05-01 08:00:00"})").key,
            "review#70");
  EXPECT_EQ(Pushed(Object(1, R"("review_id":"R-1","stars":1)")).key, "review#R-1");
  EXPECT_EQ(ProblemField(R"({"tid":"7 0","result":"bad","created":"2024-05-01 08:00:00"})"), "tid");
  EXPECT_EQ(ProblemField(R"({"oid":"70","result":"bad","created":"2024-05-01 08:00:00"})"), "tid");
}

TEST(RatingForm, KnowsWordsAndStars) {
  const auto given = [](const std::string& more) { return WordOfAll({Object(1, more)}).now; };
  EXPECT_EQ(given(R"("result":"neutral")"), (Given{Rating::kNeutral, 0}));
  EXPECT_EQ(given(R"("result":"2")"), (Given{Rating::kBad, 2}));
  EXPECT_EQ(given(R"("stars":3)"), (Given{Rating::kNeutral, 3}));
  EXPECT_EQ(given(R"("score":"4")"), (Given{Rating::kGood, 4}));
  EXPECT_EQ(given(R"("result":"bad","stars":1)"), (Given{Rating::kBad, 1}));
  EXPECT_EQ(given(R"("content":"x")"), std::nullopt);
  EXPECT_EQ(ProblemField(Object(1, R"("stars":6)")), "stars");
  EXPECT_EQ(ProblemField(Object(1, R"("result":"awful")")), "result");
  EXPECT_EQ(ProblemField(R"({"tid":1,"result":"bad"})"), "modified");
}

TEST(RatingForm, KeepsWhatItDoesNotKnowByNameAlone) {
  const PushedObject pushed = Pushed(Object(1, R"("result":"bad","buyer_phone":"13800138000")"));
  ASSERT_EQ(pushed.unmapped.size(), 1U);
  EXPECT_EQ(pushed.unmapped.front().field, "rating.buyer_phone");
  EXPECT_EQ(pushed.unmapped.front().value, "");
  EXPECT_TRUE(pushed.fields.contains("buyer_phone"));
}

TEST(RatingWord, IsTheSameWhateverCameFirst) {
  std::vector<std::string> bodies{Object(1, R"("result":"good")"), Object(2, R"("result":"bad")"),
                                  Object(3, R"("result":"neutral","reply":"抱歉")"),
                                  Object(4, R"("result":"bad")")};
  std::sort(bodies.begin(), bodies.end());
  do {
    const RatingWord word = WordOfAll(bodies);
    EXPECT_EQ(word.first, (Given{Rating::kBad, 0}));
    EXPECT_EQ(word.best, (Given{Rating::kNeutral, 0}));
    EXPECT_EQ(word.Target(), (Given{Rating::kNeutral, 0}));
    EXPECT_EQ(word.now, (Given{Rating::kBad, 0}));
    EXPECT_EQ(word.reply, "抱歉");
  } while (std::next_permutation(bodies.begin(), bodies.end()));
}

TEST(RatingWord, RemembersChangesAndNotRepeats) {
  PlatformFields known;
  for (int second = 1; second <= 9; ++second) {
    Absorb(Pushed(Object(second, R"("result":"bad")")), known);
  }
  const auto notes = std::count_if(known.begin(), known.end(), [](const auto& field) {
    return field.first.starts_with(kNoteGiven);
  });
  EXPECT_EQ(notes, 2);  // since when, and until when it was heard
}

TEST(RatingWord, IsTheSameHoweverTheObjectsCameTogether) {
  // The last is the only one that is heard late, or each is, or all come at once.
  const std::vector<std::string> said{R"("result":"good")", R"("result":"bad")",
                                      R"("result":"good")", R"("result":"bad")",
                                      R"("result":"bad")"};
  std::vector<std::string> bodies;
  for (std::size_t i = 0; i < said.size(); ++i) {
    bodies.push_back(Object(static_cast<int>(i) + 1, said[i]));
  }
  const RatingWord whole = WordOfAll(bodies);
  ASSERT_EQ(whole.best, (Given{Rating::kGood, 0}));
  std::sort(bodies.begin(), bodies.end());
  do {
    for (std::size_t cut = 0; cut <= bodies.size(); ++cut) {
      const auto at = bodies.begin() + static_cast<std::ptrdiff_t>(cut);
      PlatformFields first;
      for (auto body = bodies.begin(); body != at; ++body) Merge(Pushed(*body).fields, first);
      ForgetRepeats(first);
      for (auto body = at; body != bodies.end(); ++body) Merge(Pushed(*body).fields, first);
      ForgetRepeats(first);
      const RatingWord word = RatingWordOf(first);
      EXPECT_EQ(word.first, whole.first);
      EXPECT_EQ(word.best, whole.best) << cut;
      EXPECT_EQ(word.Target(), whole.Target());
    }
  } while (std::next_permutation(bodies.begin(), bodies.end()));
}

// The desk, with what the platform says of one rating.
class Counter {
 public:
  Desk desk;
  PlatformObject heard;

  Counter() {
    heard.kind = PlatformObjectKind::kRating;
    heard.shop = Desk::kShop;
    heard.object = Desk::kCase.value;
  }

  PlatformObject Hear(int second, const std::string& more) { return HearAll(Object(second, more)); }
  PlatformObject HearAll(const std::string& body) {
    const PushedObject pushed = Pushed(body);
    heard.key = pushed.key;
    Absorb(pushed, heard.fields);
    MapColumns(heard);
    return Follow();
  }
  PlatformObject Follow() {
    PlatformPursuit pursuit(heard);
    if (HasCase()) pursuit.SetCase(desk.Now());
    for (int turn = 0; turn < 20 && !pursuit.IsOver(); ++turn) {
      if (pursuit.IsStale()) pursuit.SetCase(desk.Now());
      if (!pursuit.HasCase() && !pursuit.WantsCase()) break;
      auto command = pursuit.HasCase() ? pursuit.Next(desk.now_us) : Opening(pursuit);
      if (command) pursuit.Take(desk.Decide(*command));
    }
    EXPECT_TRUE(pursuit.IsOver());
    heard = std::move(pursuit).Conclude(desk.now_us);
    return heard;
  }

  std::unique_ptr<Command> Opening(PlatformPursuit& pursuit) const {
    try {
      pursuit.CheckOpening();
      return pursuit.Opening(desk.line_facts, 1, Desk::kCase, true);
    } catch (const platform::Refusal& refusal) {
      pursuit.Refuse(refusal);
      return nullptr;
    }
  }

  bool HasCase() const { return desk.rows.cases.contains({Desk::kShop, Desk::kCase}); }
  const review::ReviewProgress& Review() const { return desk.Now().Review(); }
};

TEST(RatingFollow, AGoodRatingHasNoCase) {
  Counter counter;
  const PlatformObject after = counter.Hear(1, R"("result":"good")");
  EXPECT_FALSE(counter.HasCase());
  EXPECT_EQ(after.attention, "");
  EXPECT_EQ(after.due_at, 0);
  EXPECT_EQ(after.status, "good");
}

TEST(RatingFollow, ABadOneOpensAReviewWithWhatTheBuyerWrote) {
  Counter counter;
  counter.Hear(1, R"("result":"1","content":"用了两天就坏了")");
  ASSERT_TRUE(counter.HasCase());
  EXPECT_EQ(counter.desk.Now().state, "Detected");
  EXPECT_EQ(counter.desk.Now().platform_refund_id, "review#70-700");
  EXPECT_EQ(counter.Review().stars, 1);
  EXPECT_EQ(counter.Review().reviewed_at, 1'714'521'600'000'000);
  EXPECT_EQ(counter.desk.steps.front().text_digest.size(), 32U);
}

std::string Undated(const std::string& created) {
  return R"({"tid":70,"oid":"700","result":"bad","modified":"2024-05-06 08:00:07")" + created + "}";
}

TEST(RatingFollow, AnUndatedOneOpensNothingUntilItsTimeIsHeard) {
  for (const char* created : {"", R"(,"created":null)", R"(,"created":"")"}) {
    Counter counter;
    const PlatformObject before = counter.HearAll(Undated(created));
    EXPECT_FALSE(counter.HasCase()) << created;
    EXPECT_EQ(before.attention, kTimeUnknown);
    EXPECT_GT(before.due_at, counter.desk.now_us);
    // Of an older object, too: what was heard first does not matter.
    const PlatformObject after = counter.Hear(1, R"("result":"bad")");
    ASSERT_TRUE(counter.HasCase());
    EXPECT_EQ(counter.Review().reviewed_at, 1'714'521'600'000'000);
    EXPECT_EQ(after.attention, "");
  }
}

TEST(RatingFollow, AnUndatedOneDoesNotTakeTheTimeBack) {
  for (const char* created : {"", R"(,"created":null)", R"(,"created":"")"}) {
    const RatingWord word = WordOfAll({Object(1, R"("result":"bad")"), Undated(created)});
    EXPECT_EQ(word.created_at, 1'714'521'600'000'000) << created;
  }
}

TEST(RatingFollow, ARevisionForTheBetterEndsIt) {
  Counter counter;
  counter.Hear(1, R"("result":"bad")");
  const PlatformObject after = counter.Hear(2, R"("result":"good")");
  EXPECT_EQ(counter.desk.Now().state, "Resolved");
  EXPECT_EQ(counter.Review().change, review::Change::kRevised);
  EXPECT_EQ(after.attention, "");
}

TEST(RatingFollow, WhatItWasAtFirstMayBeHeardLast) {
  Counter counter;
  counter.Hear(2, R"("result":"neutral")");
  EXPECT_EQ(counter.desk.Now().state, "Detected");
  counter.Hear(1, R"("result":"bad")");
  EXPECT_EQ(counter.desk.Now().state, "Resolved");
  EXPECT_EQ(counter.Review().rating, Rating::kBad);
  EXPECT_EQ(counter.Review().rating_now, Rating::kNeutral);
}

TEST(RatingFollow, ARemovalEndsIt) {
  Counter counter;
  counter.Hear(1, R"("result":"bad")");
  const PlatformObject after = counter.Hear(2, R"("deleted":true)");
  EXPECT_EQ(counter.desk.Now().state, "Resolved");
  EXPECT_EQ(counter.Review().change, review::Change::kRemoved);
  EXPECT_EQ(after.status, "removed");
}

TEST(RatingFollow, OurReplyIsRecordedWhereTheCaseWaitsForIt) {
  Counter counter;
  counter.Hear(1, R"("result":"bad")");
  const PlatformObject early = counter.Hear(2, R"("reply":"非常抱歉")");
  EXPECT_EQ(counter.desk.Now().state, "Detected");
  EXPECT_GT(early.due_at, counter.desk.now_us);
  counter.desk.Apply(counter.desk.Fire(review::RefuseContact{}));
  counter.desk.Apply(counter.desk.Fire(review::JudgeGenuine{}));
  ASSERT_EQ(counter.desk.Now().state, "Replying");
  const PlatformObject after = counter.Follow();
  EXPECT_EQ(counter.desk.Now().state, "Resolved");
  EXPECT_TRUE(counter.Review().replied);
  EXPECT_EQ(after.due_at, 0);
}

TEST(RatingFollow, WhatTheCaseEndedWithoutIsShown) {
  Counter counter;
  counter.Hear(1, R"("result":"bad")");
  counter.desk.Apply(counter.desk.Fire(review::RefuseContact{}));
  counter.desk.Apply(counter.desk.Fire(review::JudgeGenuine{}));
  counter.desk.Apply(counter.desk.Fire(review::PublishReply{}));
  const PlatformObject after = counter.Hear(2, R"("result":"good")");
  EXPECT_EQ(after.attention, kRatingDiffers);
  EXPECT_EQ(after.detail, "good ≠ bad");
}

}  // namespace
}  // namespace redress::aftersales
