// From the steps of cases to messages: once, whatever comes again and whoever else takes it.

#include <gtest/gtest.h>

#include <thread>

#include "tests/integration/desk/desk_house.h"
#include "tests/support/figure.h"

namespace redress::desk {
namespace {

using platform::AggregateKey;

class Intake : public testing::Test {
 protected:
  void Take(std::vector<CaseStep> steps) { house_.intake.Take(steps, house_.clock.NowUs()); }
  CaseStep Received(std::uint64_t case_id, std::uint32_t sequence = 1) {
    return house_.Step(case_id, sequence, "receive_goods", "Inspecting");
  }

  DeskHouse house_;
};

TEST_F(Intake, MakesOneMessageOfAStepThatComesAgain) {
  house_.UseDefaults();
  Take({Received(1), Received(1)});
  Take({Received(1)});
  EXPECT_EQ(house_.OfCase(1).size(), 1u);
}

TEST_F(Intake, MakesOneMessageOfAStepThatTwoProcessesTake) {
  house_.UseDefaults();
  constexpr int kCases = 40;
  std::vector<std::thread> processes;
  for (int process = 0; process < 2; ++process) {
    processes.emplace_back([&, process] {
      platform::Pool pool(house_.config);
      platform::TimeOrderedIds ids(house_.clock, static_cast<std::uint16_t>(2 + process));
      SqlStepIntake intake(pool, ids);
      for (int i = 1; i <= kCases; ++i) {
        const std::vector<CaseStep> step{Received(static_cast<std::uint64_t>(i))};
        intake.Take(step, house_.clock.NowUs());
      }
    });
  }
  for (std::thread& process : processes) process.join();
  for (int i = 1; i <= kCases; ++i) {
    EXPECT_EQ(house_.OfCase(static_cast<std::uint64_t>(i)).size(), 1u) << i;
  }
}

TEST_F(Intake, TellsNothingOfWhatHappenedBeforeTheRuleWasOn) {
  const CaseStep before = Received(1);
  house_.clock.Advance(1);
  house_.UseDefaults();
  Take({before});
  EXPECT_TRUE(house_.OfCase(1).empty());
}

TEST_F(Intake, TellsWhatHappenedBeforeARuleThatWasOnWasChanged) {
  house_.UseDefaults();
  house_.clock.Advance(1);
  const CaseStep before = Received(1);
  house_.clock.Advance(1);
  NotificationRule rule = *house_.rules.Find(kShop, "goods_received");
  const std::int64_t since = rule.enabled_at;
  rule.quiet_days = 3;
  rule = house_.rules.Set(house_.NewWrite(), rule);
  EXPECT_EQ(rule.enabled_at, since);
  Take({before});
  EXPECT_EQ(house_.OfCase(1).size(), 1u);
}

TEST_F(Intake, TellsNothingOfWhatHappenedWhileARuleWasOff) {
  house_.UseDefaults();
  NotificationRule rule = *house_.rules.Find(kShop, "goods_received");
  rule.enabled = false;
  rule = house_.rules.Set(house_.NewWrite(), rule);
  const CaseStep meanwhile = Received(1);
  house_.clock.Advance(1);
  rule.enabled = true;
  house_.rules.Set(house_.NewWrite(), rule);
  Take({meanwhile});
  EXPECT_TRUE(house_.OfCase(1).empty());
}

TEST_F(Intake, KeepsNoStepsOfAShopWithoutRules) {
  Take({Received(1)});
  const std::vector<AggregateKey> keys{{kShop, 1}};
  EXPECT_EQ(house_.intake.FirstMissing("aftersales", keys).at(0),
            platform::ConsumerMemory::kNotNeeded);
}

TEST_F(Intake, KnowsWhatIsMissingAndSinceWhen) {
  house_.UseDefaults();
  Take({Received(1, 1), Received(1, 3)});
  const std::vector<AggregateKey> keys{{kShop, 1}};
  EXPECT_EQ(house_.intake.FirstMissing("aftersales", keys).at(0), 1u);
  EXPECT_EQ(house_.intake.Gaps("aftersales", house_.clock.NowUs() + 1, 10), keys);
  EXPECT_TRUE(house_.intake.Gaps("aftersales", house_.clock.NowUs(), 10).empty());
  Take({Received(1, 2)});
  EXPECT_EQ(house_.intake.FirstMissing("aftersales", keys).at(0), 4u);
  EXPECT_TRUE(house_.intake.Gaps("aftersales", house_.clock.NowUs() + 1, 10).empty());
}

TEST_F(Intake, ForgetsTheGapsOfAShopWhoseRulesAreOffUntilTheyAreOnAgain) {
  house_.UseDefaults();
  Take({Received(1, 1), Received(1, 3)});
  std::vector<NotificationRule> rules = house_.rules.List(kShop, "", 100);
  for (NotificationRule& rule : rules) {
    rule.enabled = false;
    rule = house_.rules.Set(house_.NewWrite(), rule);
  }
  const std::int64_t later = house_.clock.NowUs() + 1;
  EXPECT_TRUE(house_.intake.Gaps("aftersales", later, 10).empty());
  for (NotificationRule& rule : rules) {
    rule.enabled = true;
    house_.rules.Set(house_.NewWrite(), rule);
  }
  EXPECT_TRUE(house_.intake.Gaps("aftersales", later, 10).empty()) << "it was forgotten";
  Take({Received(1, 4)});
  EXPECT_EQ(house_.intake.Gaps("aftersales", later, 10), (std::vector<AggregateKey>{{kShop, 1}}));
}

}  // namespace
}  // namespace redress::desk
