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

  ContactVerdict Reserve(CustomerId customer, std::uint32_t quiet_days,
                         const std::string& request_id = "") {
    return Reserve(house_.NewWrite(request_id), customer, quiet_days);
  }
  ContactVerdict Reserve(const Write& write, CustomerId customer, std::uint32_t quiet_days) {
    return Patiently([&] { return house_.care.ReserveContact(write, customer, quiet_days); })
        .verdict;
  }
  CareTrial Try(const std::string& condition, Occasion occasion = Occasion::kMatch) {
    return Patiently([&] {
      return house_.questions.TryCare(kShop, occasion, condition,
                                      [](const CareTrial&) { return true; });
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

TEST_F(CareTest, ShippedRulesComeSwitchedOffAndLeaveWhatThereIs) {
  const CareRule own = NewRule("birthday", "orders >= 5", Occasion::kBirthday);
  house_.NewCustomer();
  const auto adopt = [&](const Write& write) {
    return Patiently([&] { return house_.care.Adopt(write); });
  };
  const Write write = house_.NewWrite();
  const auto adopted = adopt(write);
  ASSERT_EQ(adopted.size(), ShippedCareRules().size());
  for (const CareRule& rule : adopted) {
    EXPECT_EQ(rule.enabled, rule.code == own.code) << rule.code;
    EXPECT_EQ(rule.expression == own.expression, rule.code == own.code) << rule.code;
  }
  CareRule changed = adopted.back();
  changed.quiet_days = 3;
  changed = Set(changed);
  adopt(house_.NewWrite());
  adopt(write);
  EXPECT_EQ(house_.care.ListRules(kShop).size(), ShippedCareRules().size());
  for (const CareRule& rule : house_.care.ListRules(kShop)) {
    EXPECT_EQ(rule.quiet_days == 3, rule.code == changed.code) << rule.code;
  }
}

TEST_F(CareTest, ATrialCountsWhomARuleMeansAndMakesNothing) {
  constexpr std::size_t kPeople = 30;
  const auto customers = house_.NewCustomers(kPeople);
  Wish(customers[0], "10-12", false);
  Wish(customers[1], "", true);
  const CareTrial all = Try("true");
  EXPECT_EQ(all.scanned, kPeople);
  EXPECT_EQ(all.matches, kPeople);
  EXPECT_EQ(all.no_contact, 1u);
  EXPECT_EQ(all.matching.size(), kMostSamples);
  EXPECT_TRUE(all.done);
  const CareTrial birthdays = Try("true", Occasion::kBirthday);
  EXPECT_EQ(birthdays.scanned, kPeople);
  EXPECT_EQ(birthdays.matching, std::vector{customers[0]});
  EXPECT_EQ(Try("paid_orders >= 1").matches, 0u);
  EXPECT_TRUE(Tasks().empty());
}

TEST_F(CareTest, ATrialRefusesAConditionThatNamesWhatThereIsNot) {
  EXPECT_EQ(ReasonOfRefusal([&] { Try("tag(\"nobody\")"); }), "INVALID_FIELD");
}

TEST_F(CareTest, ATaskOfARuleThatGivesACouponIsDoneWithOne) {
  CareRule rule = NewRule("coupon", "true");
  rule.coupon = true;
  Set(rule);
  house_.NewCustomer();
  house_.Settle();
  const CareTask claimed = Change(Tasks()[0], CareState::kClaimed);
  try {
    Change(claimed, CareState::kDone);
    ADD_FAILURE() << "it was done without";
  } catch (const platform::Refusal& refusal) {
    EXPECT_EQ(refusal.code(), platform::Code::kInvalidArgument);
    EXPECT_NE(std::string(refusal.what()).find("coupon_code"), std::string::npos) << refusal.what();
  }
  const Write write = house_.NewWrite();
  const CareTask done = Patiently([&] {
    return house_.care.Change(write, {.task = claimed.id,
                                      .version = claimed.version,
                                      .to = CareState::kDone,
                                      .result = "coupon_sent",
                                      .coupon = "C-5"});
  });
  EXPECT_EQ(done.coupon, "C-5");
}

TEST_F(CareTest, AContactIsReservedOnceAndARepeatIsAnsweredAlike) {
  const CustomerId customer = house_.NewCustomer();
  const Write first = house_.NewWrite();
  EXPECT_EQ(Reserve(first, customer, 7), ContactVerdict::kAllowed);
  EXPECT_EQ(Reserve(first, customer, 7), ContactVerdict::kAllowed);
  const Write second = house_.NewWrite();
  EXPECT_EQ(Reserve(second, customer, 7), ContactVerdict::kQuiet);
  house_.clock.Advance(7 * platform::kDayUs);
  EXPECT_EQ(Reserve(second, customer, 7), ContactVerdict::kQuiet) << "a repeat is no new question";
  EXPECT_EQ(Reserve(customer, 7), ContactVerdict::kAllowed);
}

TEST_F(CareTest, AQuestionForWishesReservesNothing) {
  const CustomerId customer = house_.NewCustomer();
  EXPECT_EQ(Reserve(customer, 0), ContactVerdict::kAllowed);
  EXPECT_EQ(Reserve(customer, 7), ContactVerdict::kAllowed);
  EXPECT_EQ(Reserve(customer, 0), ContactVerdict::kAllowed);
  Wish(customer, "", true);
  EXPECT_EQ(Reserve(customer, 0), ContactVerdict::kRefused);
  EXPECT_EQ(Reserve(customer, 7), ContactVerdict::kRefused);
}

TEST_F(CareTest, WhoIsNotKnownCannotBeContacted) {
  EXPECT_EQ(ReasonOfRefusal([&] { Reserve(CustomerId{123}, 7); }), "CUSTOMER_NOT_FOUND");
  EXPECT_EQ(ReasonOfRefusal([&] { Reserve(CustomerId{123}, 0); }), "CUSTOMER_NOT_FOUND");
}

TEST_F(CareTest, WhoWasErasedIsNotContacted) {
  const CustomerId customer = house_.NewCustomer();
  platform::Transact(house_.plain, [&](platform::Connection& db) {
    db.Execute("UPDATE customers SET erased_at = ? WHERE shop_id = ? AND customer_id = ?",
               {house_.clock.NowUs(), kShop, customer});
  });
  EXPECT_EQ(Reserve(customer, 0), ContactVerdict::kRefused);
  EXPECT_EQ(Reserve(customer, 7), ContactVerdict::kRefused);
}

TEST_F(CareTest, AContactAndAWishHoldForTheWholeGroup) {
  const auto customers = house_.NewCustomers(3);
  EXPECT_EQ(Reserve(customers[1], 7), ContactVerdict::kAllowed);
  house_.Merge(customers[1], customers[0]);
  EXPECT_EQ(Reserve(customers[0], 7), ContactVerdict::kQuiet);
  house_.Merge(customers[2], customers[0]);
  Wish(customers[2], "", true);
  EXPECT_EQ(Reserve(customers[0], 0), ContactVerdict::kRefused);
}

TEST_F(CareTest, WhomAServiceContactsIsNotClaimedNorGivenATask) {
  NewRule("hello", "true");
  const CustomerId customer = house_.NewCustomer();
  house_.Settle();
  ASSERT_EQ(Tasks().size(), 1u);
  EXPECT_EQ(Reserve(customer, 7), ContactVerdict::kAllowed);
  EXPECT_EQ(ReasonOfRefusal([&] { Change(Tasks()[0], CareState::kClaimed); }), "CARE_QUIET_PERIOD");
  NewRule("again", "true");
  house_.Settle();
  ASSERT_EQ(Tasks(CareState::kSkipped).size(), 1u);
  EXPECT_EQ(Tasks(CareState::kSkipped)[0].result, "quiet_period");
}

TEST_F(CareTest, WhoIsCaredForIsLeftInPeaceByServices) {
  NewRule("hello", "true");
  const CustomerId customer = house_.NewCustomer();
  house_.Settle();
  const CareTask claimed = Change(Tasks()[0], CareState::kClaimed);
  EXPECT_EQ(Reserve(customer, 7), ContactVerdict::kQuiet) << "somebody is about to";
  Change(claimed, CareState::kDone);
  EXPECT_EQ(Reserve(customer, 7), ContactVerdict::kQuiet);
  house_.clock.Advance(8 * platform::kDayUs);
  EXPECT_EQ(Reserve(customer, 7), ContactVerdict::kAllowed);
}

TEST_F(CareTest, OfManyServicesAtOnceOneContactsAPerson) {
  constexpr int kRounds = 10;
  constexpr int kAtOnce = 6;
  for (int round = 0; round < kRounds; ++round) {
    const auto customers = house_.NewCustomers(2);
    house_.Merge(customers[1], customers[0]);
    std::atomic<int> allowed = 0;
    std::barrier start(kAtOnce);
    std::vector<std::thread> services;
    for (int i = 0; i < kAtOnce; ++i) {
      const Write write = house_.NewWrite();
      services.emplace_back([&, write, i] {
        start.arrive_and_wait();
        if (Reserve(write, customers[i % 2], 7) == ContactVerdict::kAllowed) ++allowed;
      });
    }
    for (std::thread& service : services) service.join();
    ASSERT_EQ(allowed, 1) << "round " << round;
  }
}

TEST_F(CareTest, OfAServiceAndAColleagueAtOnceOneContactsAPerson) {
  NewRule("hello", "true");
  constexpr int kRounds = 10;
  house_.NewCustomers(kRounds);
  house_.Settle();
  const auto tasks = Tasks();
  ASSERT_EQ(tasks.size(), std::size_t{kRounds});
  for (const CareTask& task : tasks) {
    std::atomic<int> allowed = 0;
    std::barrier both(2);
    const Write write = house_.NewWrite();
    std::thread service([&] {
      both.arrive_and_wait();
      if (Reserve(write, task.customer, 7) == ContactVerdict::kAllowed) ++allowed;
    });
    const std::string claim = "claim" + platform::ToString(task.id);
    both.arrive_and_wait();
    if (ReasonOfRefusal([&] { Change(task, CareState::kClaimed, 5, claim); }).empty()) ++allowed;
    service.join();
    ASSERT_EQ(allowed, 1);
  }
}

}  // namespace
}  // namespace redress::customer
