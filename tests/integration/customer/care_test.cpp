// Care: tasks at occasions, and nobody contacted twice in a quiet period.
#include <gtest/gtest.h>

#include <atomic>
#include <barrier>
#include <thread>

#include "tests/integration/customer/tag_house.h"

namespace redress::customer {
namespace {

class CareTest : public ::testing::Test {
 protected:
  CareRule NewRule(const std::string& code, const std::string& condition,
                   Occasion occasion = Occasion::kMatch) {
    CareRule rule;
    rule.code = rule.name_zh = rule.name_en = code;
    rule.expression = condition;
    rule.occasion = occasion;
    rule.quiet_days = 30;
    rule.enabled = true;
    return Set(rule);
  }
  CareRule Set(const CareRule& rule) {
    const Write write = house_.NewWrite();
    return Patiently([&] { return house_.care.SetRule(write, rule); });
  }
  std::vector<CareTask> Tasks(CareState state = CareState::kOpen) {
    return house_.care.List({.shop = kShop, .state = state});
  }
  CareTask Change(const CareTask& task, CareState to, std::uint64_t account = 5,
                  const std::string& request_id = "") {
    const Write write = house_.NewWrite(request_id, kShop, account);
    return Patiently([&] {
      return house_.care.Change(write, {.task = task.id,
                                        .version = task.version,
                                        .to = to,
                                        .result = to == CareState::kDone ? "reached" : ""});
    });
  }
  void Wish(CustomerId customer, const std::string& birthday, bool no_contact) {
    const Write write = house_.NewWrite();
    Patiently([&] {
      return house_.care.SetWishes(
          write, {.customer = customer, .birthday = birthday, .no_contact = no_contact});
    });
  }

  TagHouse house_{test::InjectedFaults()};
};

TEST_F(CareTest, ATaskIsMadeOnceWhenTheConditionBeginsToMatch) {
  NewRule("win_back", "days_since(last_paid_at) >= 90");
  const CustomerId customer = house_.NewCustomer();
  house_.Learn(customer,
               [&](CustomerFacts& facts) { facts.figures.last_paid_at = house_.clock.NowUs(); });
  house_.Settle();
  EXPECT_TRUE(Tasks().empty());
  house_.clock.Advance(91 * platform::kDayUs);
  house_.Settle();
  ASSERT_EQ(Tasks().size(), 1u);
  EXPECT_EQ(Tasks()[0].customer, customer);
  house_.clock.Advance(10 * platform::kDayUs);
  house_.Learn(customer, [](CustomerFacts&) {});
  house_.Settle();
  EXPECT_EQ(Tasks().size(), 1u);
}

TEST_F(CareTest, ABirthdayIsSealedAndMakesATaskOnItsDay) {
  NewRule("birthday", "true", Occasion::kBirthday);
  const CustomerId customer = house_.NewCustomer();
  // The house's clock stands at 2025-10-09 in Shanghai.
  Wish(customer, "10-12", false);
  house_.Settle();
  EXPECT_TRUE(Tasks().empty());
  EXPECT_EQ(house_.Count("SELECT COUNT(1) FROM care_wishes WHERE sealed_birthday LIKE '%10-12%'"),
            0);
  house_.clock.Advance(3 * platform::kDayUs);
  house_.Settle();
  ASSERT_EQ(Tasks().size(), 1u);
  EXPECT_EQ(platform::DayText(Tasks()[0].occasion_day), "2025-10-12");
  house_.Learn(customer, [](CustomerFacts&) {});
  house_.Settle();
  EXPECT_EQ(Tasks().size(), 1u);
}

TEST_F(CareTest, AFestivalMakesTasksOnItsDays) {
  CareRule rule;
  rule.code = rule.name_zh = rule.name_en = "sale";
  rule.expression = "true";
  rule.occasion = Occasion::kFestival;
  rule.days = {platform::ParseDay("2025-11-11", "days")};
  rule.days_ahead = 1;
  rule.quiet_days = 7;
  rule.enabled = true;
  Set(rule);
  house_.NewCustomer();
  house_.Settle();
  EXPECT_TRUE(Tasks().empty());
  house_.clock.Advance(32 * platform::kDayUs);
  house_.Settle();
  EXPECT_EQ(Tasks().size(), 1u);
}

TEST_F(CareTest, WhoAskedForNoContactIsLeftOut) {
  NewRule("hello", "true");
  const CustomerId customer = house_.NewCustomer();
  house_.Settle();
  ASSERT_EQ(Tasks().size(), 1u);
  Wish(customer, "", true);
  EXPECT_EQ(ReasonOfRefusal([&] { Change(Tasks()[0], CareState::kClaimed); }), "CARE_NO_CONTACT");
  NewRule("again", "true");
  house_.Settle();
  EXPECT_EQ(Tasks().size(), 1u);
}

TEST_F(CareTest, OfTwoFirstWishesAtOnceOneIsTaken) {
  constexpr int kRounds = 20;
  for (int round = 0; round < kRounds; ++round) {
    const CustomerId customer = house_.NewCustomer();
    std::atomic<int> taken = 0;
    std::barrier both(2);
    const auto wish = [&](const Write& write, const std::string& birthday) {
      both.arrive_and_wait();
      const std::string reason = ReasonOfRefusal([&] {
        Patiently([&] {
          return house_.care.SetWishes(write, {.customer = customer, .birthday = birthday});
        });
      });
      if (reason.empty()) ++taken;
    };
    const Write one = house_.NewWrite();
    const Write other = house_.NewWrite();
    std::thread first(wish, one, "10-12");
    std::thread second(wish, other, "11-13");
    first.join();
    second.join();
    ASSERT_EQ(taken, 1) << "round " << round;
  }
}

TEST_F(CareTest, ARefusalOfContactOutlivesAFirstWishOfThatMoment) {
  constexpr int kRounds = 20;
  for (int round = 0; round < kRounds; ++round) {
    const CustomerId customer = house_.NewCustomer();
    std::barrier both(2);
    std::thread refusal([&] {
      both.arrive_and_wait();
      Patiently([&] {
        house_.care.ContactRefused(kShop, {&customer, 1}, house_.clock.NowUs());
        return true;
      });
    });
    const Write write = house_.NewWrite();
    both.arrive_and_wait();
    ReasonOfRefusal([&] {
      Patiently([&] {
        return house_.care.SetWishes(write, {.customer = customer, .birthday = "10-12"});
      });
    });
    refusal.join();
    ASSERT_TRUE(house_.care.GetWishes(kShop, customer).no_contact) << "round " << round;
  }
}

TEST_F(CareTest, ATaskIsWorkedOnByOneAndDoneByThem) {
  NewRule("hello", "true");
  house_.NewCustomer();
  house_.Settle();
  const CareTask claimed = Change(Tasks()[0], CareState::kClaimed);
  EXPECT_EQ(claimed.worker, AccountId{5});
  EXPECT_EQ(ReasonOfRefusal([&] { Change(claimed, CareState::kDone, 6); }), "CARE_NOT_YOURS");
  const CareTask done = Change(claimed, CareState::kDone);
  EXPECT_EQ(done.state, CareState::kDone);
  EXPECT_EQ(done.result, "reached");
  EXPECT_EQ(ReasonOfRefusal([&] { Change(done, CareState::kSkipped); }), "CARE_STATE");
}

TEST_F(CareTest, AReleasedTaskFreesThePerson) {
  NewRule("hello", "true");
  NewRule("again", "true");
  house_.NewCustomer();
  house_.Settle();
  const auto tasks = Tasks();
  ASSERT_EQ(tasks.size(), 2u);
  const CareTask claimed = Change(tasks[0], CareState::kClaimed);
  EXPECT_EQ(ReasonOfRefusal([&] { Change(tasks[1], CareState::kClaimed); }),
            "CARE_PERSON_RESERVED");
  Change(claimed, CareState::kOpen);
  EXPECT_EQ(Change(tasks[1], CareState::kClaimed).state, CareState::kClaimed);
}

TEST_F(CareTest, TheQuietPeriodHoldsForTheWholeGroup) {
  NewRule("hello", "true");
  const auto customers = house_.NewCustomers(2);
  house_.Settle();
  const auto tasks = Tasks();
  ASSERT_EQ(tasks.size(), 2u);
  Change(Change(tasks[0], CareState::kClaimed), CareState::kDone);
  house_.Merge(customers[1], customers[0]);
  EXPECT_EQ(ReasonOfRefusal([&] { Change(tasks[1], CareState::kClaimed); }), "CARE_QUIET_PERIOD");
  NewRule("again", "true");
  house_.Settle();
  EXPECT_EQ(Tasks().size(), 1u);  // the old one
  ASSERT_EQ(Tasks(CareState::kSkipped).size(), 1u);
  EXPECT_EQ(Tasks(CareState::kSkipped)[0].result, "quiet_period");
  house_.clock.Advance(31 * platform::kDayUs);
  EXPECT_EQ(Change(tasks[1], CareState::kClaimed).state, CareState::kClaimed);
}

// Many tasks of one group, taken into work by many people in the same moment.
TEST_F(CareTest, OfManyAtOnceOneContactsAPerson) {
  constexpr int kRules = 6;
  for (int i = 0; i < kRules; ++i) NewRule("rule" + std::to_string(i), "true");
  const auto customers = house_.NewCustomers(2);
  house_.Settle();
  house_.Merge(customers[1], customers[0]);
  const auto tasks = Tasks();
  ASSERT_EQ(tasks.size(), 2u * kRules);
  std::atomic<int> contacted = 0;
  std::barrier start(static_cast<std::ptrdiff_t>(tasks.size()));
  std::vector<std::thread> workers;
  workers.reserve(tasks.size());
  for (std::size_t i = 0; i < tasks.size(); ++i) {
    workers.emplace_back([&, i] {
      const std::string name = "race" + std::to_string(i);
      start.arrive_and_wait();
      try {
        const CareTask claimed = Change(tasks[i], CareState::kClaimed, 100 + i, name + "c");
        Change(claimed, CareState::kDone, 100 + i, name + "d");
        ++contacted;
      } catch (const platform::Refusal& refusal) {
        EXPECT_TRUE(refusal.reason() == "CARE_QUIET_PERIOD" ||
                    refusal.reason() == "CARE_PERSON_RESERVED")
            << refusal.reason();
      }
    });
  }
  for (std::thread& worker : workers) worker.join();
  EXPECT_EQ(contacted, 1);
  EXPECT_EQ(Tasks(CareState::kDone).size(), 1u);
}

}  // namespace
}  // namespace redress::customer
