// Histories of reviews, made by chance: whatever the stepper writes is intact, and whatever is
// altered in it is found.

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

#include "services/aftersales/domain/history_check.h"
#include "services/platform/base/clock.h"
#include "tests/support/figure.h"
#include "tests/unit/aftersales/desk.h"
#include "tests/unit/aftersales/verified.h"
#include "workflows/review/review.h"

namespace redress::aftersales {
namespace {

namespace review = workflows::review;

constexpr std::int64_t kHourUs = 3600 * platform::kSecondUs;

// One review driven by chance; refusals are part of it. The same seed drives the same way.
class Walk {
 public:
  explicit Walk(std::uint32_t seed) : random_(seed) {
    desk.policy.rules = OneIn(2) ? DeadlineRules()
                                 : DeadlineRules({{"revision_window", "", 0, 7200, 60, 60, true},
                                                  {"review_contact", "", 0, 90, 45, 30, true}});
    auto opening = desk.OpenReview();
    auto& open = std::get<OpenReview>(opening->body);
    if (OneIn(3)) open.platform_review_id = "R-1";
    if (OneIn(2)) open.line.line = LineId{};
    if (OneIn(3)) open.line.customer = CustomerId{};
    open.revision_possible = !OneIn(3);
    open.reviewed_at = desk.now_us - Pick<std::int64_t>({1, 7, 25 * 24, 40 * 24}) * kHourUs - 77;
    desk.Apply(std::move(opening));
  }

  void Go(int moves) {
    for (int i = 0; i < moves && !desk.Now().final; ++i) {
      std::unique_ptr<Command> command = Choose();
      if (OneIn(2)) command->sender.is_supervisor = true;
      if (OneIn(3)) {
        command->sender.unlimited = false;
        command->sender.amount_limit = 600;
      }
      desk.policy.reviews.part_of_day =
          Pick({review::PartOfDay::kMorning, review::PartOfDay::kAfternoon,
                review::PartOfDay::kEvening});
      // In another case, too.
      if (OneIn(12)) desk.rows.contact_refusals.emplace(Desk::kShop, desk.Now().customer);
      desk.now_us += Pick<std::int64_t>({0, platform::kSecondUs, kHourUs});
      desk.Decide(*command);
    }
  }

  Desk desk;

 private:
  template <class T>
  T Pick(std::initializer_list<T> choices) {
    return *(choices.begin() + static_cast<std::ptrdiff_t>(random_() % choices.size()));
  }
  bool OneIn(unsigned chances) { return random_() % chances == 0; }

  std::unique_ptr<Command> Choose() {
    switch (random_() % 12) {
      case 0:
        return desk.Make(AssignTo{OneIn(2) ? Desk::kAgent : AccountId{}});
      case 1:
        return desk.Make(WarnSupervisor{desk.Now().Armed().deadline_number});
      case 2:
        return desk.Make(CallPerson{workflows::PersonQueue::kAgents, "LOOK_AT_IT"});
      case 3: {
        auto late = desk.Make(ReachDeadline{desk.Now().Armed().deadline_number});
        late->sender.kind = workflows::ActorKind::kTimeout;
        return late;
      }
      default: {
        auto fire = desk.Fire(ChooseEvent());
        if (OneIn(3)) std::get<FireEvent>(fire->body).beside.open = CaseId{44};
        return fire;
      }
    }
  }

  review::ReviewEvent ChooseEvent() {
    const auto channel = Pick({review::ContactChannel::kChat, review::ContactChannel::kPhone,
                               review::ContactChannel::kSms});
    const auto amount = Pick<std::int64_t>({900, 500, 1});
    const auto event = Pick<review::ReviewEvent>(
        {review::JudgeGenuine{},
         review::JudgeGenuine{},
         review::JudgeMalicious{},
         review::RecordAttempt{channel, OneIn(2)},
         review::RecordAttempt{channel, OneIn(2)},
         review::RefuseContact{},
         review::MakeOffer{{review::OfferKind::kCompensation, amount}, true},
         review::MakeOffer{{review::OfferKind::kOther, 0}, true},
         review::AcceptOffer{},
         review::AcceptOffer{},
         review::RecordRefusal{},
         review::ConcludeTalks{},
         review::RecordFulfilment{},
         review::AddEvidence{},
         review::FileReport{},
         review::ReportTurnedDown{},
         review::PublishReply{},
         review::CloseUnanswered{},
         review::VoidCase{},
         review::ReviewRevised{
             Pick({review::Rating::kBad, review::Rating::kNeutral, review::Rating::kGood})},
         review::ReviewRemoved{},
         review::RevealFault{Pick({review::Fault::kDelivery, review::Fault::kQuality})},
         review::RecordDisputeEnd{OneIn(2)},
         review::CorrectRating{Pick({review::Rating::kBad, review::Rating::kNeutral}), 0}});
    // What ends a review, or decides it, at once would leave most walks short.
    const bool ends = std::holds_alternative<review::VoidCase>(event) ||
                      std::holds_alternative<review::ReviewRemoved>(event) ||
                      std::holds_alternative<review::ReviewRevised>(event) ||
                      std::holds_alternative<review::RefuseContact>(event);
    if (ends && !OneIn(10)) return ChooseEvent();
    return event;
  }

  std::mt19937 random_;
};

HistoryReport Verify(std::span<const Step> steps, const Case& row) {
  return VerifyAs(kReviewKind, steps, row);
}

TEST(ReviewHistory, WhatTheStepperWroteIsIntact) {
  std::map<std::string, int> events;
  for (std::uint32_t seed = 1; seed <= 2000; ++seed) {
    Walk walk(seed);
    walk.Go(60);
    const HistoryReport report = Verify(walk.desk.steps, walk.desk.Now());
    ASSERT_TRUE(report.intact()) << "seed " << seed << "\n" << Told(report);
    EXPECT_EQ(report.steps_replayed, walk.desk.steps.size());
    EXPECT_TRUE(report.unproved.empty());
    for (const Step& step : walk.desk.steps) ++events[step.event];
  }
  // Every event of the machine, and the four steps that are none.
  EXPECT_EQ(events.size(), std::variant_size_v<review::ReviewEvent> + 4);
  int steps = 0;
  for (const auto& [event, count] : events) steps += count;
  test::Figure("review_steps_replayed_exactly", steps);
}

TEST(ReviewHistory, AlteredProgressIsFoundByName) {
  const auto finds = [](std::string_view field, auto alter) {
    Walk walk(7);
    walk.Go(20);
    Case row = walk.desk.Now();
    alter(row);
    const HistoryReport report = Verify(walk.desk.steps, row);
    return std::any_of(report.findings.begin(), report.findings.end(),
                       [&](const Finding& finding) { return finding.field == field; });
  };
  EXPECT_TRUE(finds("case.attempts.chat", [](Case& row) { row.Review().attempts.chat += 1; }));
  EXPECT_TRUE(finds("case.reviewed_at", [](Case& row) { row.Review().reviewed_at += 1; }));
  EXPECT_TRUE(finds("case.offer.amount", [](Case& row) { row.Review().offer.amount += 1; }));
  EXPECT_TRUE(
      finds("case.contact_refused", [](Case& row) { row.Review().contact_refused ^= true; }));
  EXPECT_TRUE(finds("case.dispute_id", [](Case& row) { row.Review().dispute += 1; }));
  EXPECT_TRUE(
      finds("case.change", [](Case& row) { row.Review().change = review::Change::kRevised; }));
  EXPECT_TRUE(
      finds("case.kind", [](Case& row) { row.progress = workflows::dispute::DisputeProgress{}; }));
}

}  // namespace
}  // namespace redress::aftersales
