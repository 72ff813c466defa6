// What sources tell of how to reach customers, over a real database.

#include "services/customer/store/learnt_contacts.h"

#include <gtest/gtest.h>

#include <barrier>
#include <string>
#include <thread>
#include <vector>

#include "services/platform/base/errors.h"
#include "services/platform/database/transact.h"
#include "tests/integration/customer/customer_house.h"

namespace redress::customer {
namespace {

constexpr std::int64_t kDay = 86'400'000'000;

// A client repeats what was UNAVAILABLE.
template <class Call>
auto Repeating(Call call) {
  constexpr int kPatience = 50;
  for (int attempt = 1;; ++attempt) {
    try {
      return call();
    } catch (const platform::Refusal& refusal) {
      if (refusal.code() != platform::Code::kUnavailable || attempt == kPatience) throw;
    }
  }
}

class LearningContacts : public ::testing::Test {
 protected:
  CustomerId Nick(const std::string& nick) {
    const std::string nicks[] = {nick};
    return Repeating([&] { return house_.customers.Ensure(kShop, "taobao", nicks).at(0); });
  }
  void Learn(CustomerId customer, Contact contact, std::int64_t at) {
    Learn({{.customer = customer, .contact = std::move(contact), .source_at = at}});
  }
  void Learn(const std::vector<LearntContact>& words) {
    Repeating([&] {
      house_.customers.Learn(kShop, "taobao", words);
      return 0;
    });
  }
  void Enter(const std::string& nick, const Contact& contact, const std::string& etag) {
    Repeating([&] {
      return house_.customers.Upsert(
          kShop, {"enter-" + nick + contact.phone, {}, "taobao", nick, contact, etag},
          [](const Customer&) { return std::string("done"); });
    });
  }
  CustomerView Of(CustomerId customer) { return house_.customers.Get(kShop, customer); }
  std::string PhoneOf(CustomerId customer) { return Of(customer).masked_contact.phone; }

  CustomerHouse house_{test::InjectedFaults()};
  const std::int64_t now_ = house_.clock.NowUs();
};

const Contact kFirst{"王芳", "13800138000", "杭州市文三路 1 号"};
const Contact kSecond{"王芳", "13911112222", "杭州市文一路 2 号"};

TEST_F(LearningContacts, ALearntPhoneFindsTheCustomer) {
  const CustomerId tom = Nick("tom");
  Learn(tom, kFirst, now_);
  const auto found = house_.customers.FindByPhone(kShop, "+86 138 0013 8000");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].customer.id, tom);
  EXPECT_EQ(found[0].masked_contact.phone, "138****8000");
  EXPECT_EQ(house_.Count("SELECT COUNT(1) FROM customer_contacts WHERE sealed LIKE '%13800138%'"),
            0);
}

TEST_F(LearningContacts, TheLatestWordHoldsInWhicheverOrderTheyCome) {
  const CustomerId early = Nick("early");
  const CustomerId late = Nick("late");
  Learn(early, kFirst, now_ - kDay);
  Learn(early, kSecond, now_);
  Learn(late, kSecond, now_);
  Learn(late, kFirst, now_ - kDay);
  EXPECT_EQ(PhoneOf(early), "139****2222");
  EXPECT_EQ(PhoneOf(late), "139****2222");
  EXPECT_TRUE(house_.customers.FindByPhone(kShop, kFirst.phone).empty());
}

TEST_F(LearningContacts, OfSeveralWordsOfOneCallTheLatestHolds) {
  const CustomerId tom = Nick("tom");
  Learn({{tom, "tom", kSecond, now_}, {tom, "tom", kFirst, now_ - kDay}});
  EXPECT_EQ(PhoneOf(tom), "139****2222");
}

TEST_F(LearningContacts, AWordThatWasSaidAgainLaterStandsAgainstOneBetween) {
  const CustomerId tom = Nick("tom");
  Learn(tom, kFirst, now_ - 3 * kDay);
  Learn(tom, kFirst, now_ - kDay);
  Learn(tom, kSecond, now_ - 2 * kDay);
  EXPECT_EQ(PhoneOf(tom), "138****8000");
}

TEST_F(LearningContacts, AClockThatIsAheadDoesNotHoldForEver) {
  const CustomerId tom = Nick("tom");
  Learn(tom, kFirst, now_ + 1000 * kDay);
  house_.clock.Advance(kDay);
  Learn(tom, kSecond, house_.clock.NowUs());
  EXPECT_EQ(PhoneOf(tom), "139****2222");
}

TEST_F(LearningContacts, WhatWasEnteredByHandStands) {
  const CustomerId tom = Nick("tom");
  Learn(tom, kFirst, now_ - kDay);
  const std::uint32_t version = Of(tom).customer.version;
  EXPECT_EQ(version, 2u);
  Enter("tom", {"Tom", "13700001111", ""}, std::to_string(version));
  Learn(tom, kSecond, now_ + kDay);
  EXPECT_EQ(PhoneOf(tom), "137****1111");
}

TEST_F(LearningContacts, WhoeverEditsMeanwhileSeesWhatWasLearnt) {
  const CustomerId tom = Nick("tom");
  Learn(tom, kFirst, now_);
  EXPECT_THROW(Enter("tom", kSecond, "1"), platform::Refusal);
  EXPECT_EQ(PhoneOf(tom), "138****8000");
}

TEST_F(LearningContacts, ARepeatChangesNothing) {
  const CustomerId tom = Nick("tom");
  Learn(tom, kFirst, now_);
  const std::uint32_t version = Of(tom).customer.version;
  Learn(tom, kFirst, now_);
  Learn(tom, kFirst, now_ + kDay);
  EXPECT_EQ(Of(tom).customer.version, version);
}

TEST_F(LearningContacts, NothingIsLearntOfTheErased) {
  const CustomerId tom = Nick("tom");
  platform::Transact(house_.plain, [&](platform::Connection& connection) {
    connection.Execute("UPDATE customers SET erased_at = 1 WHERE shop_id = ? AND customer_id = ?",
                       {kShop, tom});
    house_.sealer.DestroySubject(connection, kShop, platform::SubjectKind::kCustomer, tom.value);
  });
  const CustomerId ann = Nick("ann");
  Learn({{tom, "tom", kFirst, now_}, {ann, "ann", kSecond, now_}});
  EXPECT_EQ(PhoneOf(tom), "");
  EXPECT_EQ(PhoneOf(ann), "139****2222");
  EXPECT_EQ(house_.Count("SELECT COUNT(1) FROM customer_contacts"), 1);
}

TEST_F(LearningContacts, WhatWasSaidBeforeAnErasureIsNotLearntOfTheNicksNextOwner) {
  const std::string hash = ContactSeal(house_.sealer).NickHash(kShop, "taobao", "tom");
  house_.plain.Acquire()->Execute(
      "INSERT INTO erased_nicks (shop_id, nick_hash, erased_at) VALUES (?, ?, ?)",
      {kShop, hash, now_ - kDay});
  const CustomerId tom = Nick("tom");
  Learn({{tom, "tom", kFirst, now_ - kDay}});
  EXPECT_EQ(PhoneOf(tom), "");
  Learn({{tom, "tom", kSecond, now_}});
  EXPECT_EQ(PhoneOf(tom), "139****2222");
}

TEST_F(LearningContacts, ThatThereIsNoContactCanBeEnteredByHand) {
  const CustomerId tom = Nick("tom");
  Learn(tom, kFirst, now_ - kDay);
  Enter("tom", {}, std::to_string(Of(tom).customer.version));
  Learn(tom, kSecond, now_);
  EXPECT_EQ(PhoneOf(tom), "");
}

TEST_F(LearningContacts, WhoeverEntersWhatASourceToldStandsByIt) {
  const CustomerId tom = Nick("tom");
  Learn(tom, kFirst, now_ - kDay);
  Enter("tom", kFirst, std::to_string(Of(tom).customer.version));
  Learn(tom, kSecond, now_);
  EXPECT_EQ(PhoneOf(tom), "138****8000");
}

TEST_F(LearningContacts, ManyCustomersOfOneCallAreAllLearnt) {
  std::vector<std::string> nicks;
  for (int i = 0; i < 600; ++i) nicks.push_back("buyer" + std::to_string(i));
  const auto ids = Repeating([&] { return house_.customers.Ensure(kShop, "taobao", nicks); });
  std::vector<LearntContact> words;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    words.push_back({ids[i], nicks[i], {"", std::to_string(13'000'000'000 + i), ""}, now_});
  }
  Learn(words);
  EXPECT_EQ(house_.Count("SELECT COUNT(1) FROM customer_contacts"), 600);
  EXPECT_EQ(house_.customers.FindByPhone(kShop, "13000000599").at(0).customer.id, ids[599]);
}

TEST_F(LearningContacts, RacingWordsEndWithTheLatest) {
  const CustomerId tom = Nick("tom");
  constexpr int kThreads = 8;
  std::barrier start(kThreads);
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&, i] {
      start.arrive_and_wait();
      Learn(tom, {"", "1380000000" + std::to_string(i), ""}, now_ - kDay * (kThreads - i));
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(house_.customers.FindByPhone(kShop, "13800000007").size(), 1u);
}

TEST_F(LearningContacts, RetentionForgetsWhatSourcesTold) {
  const CustomerId told = Nick("told");
  const CustomerId later = Nick("later");
  Learn(told, kFirst, now_ - 2 * kDay);
  Learn(later, kSecond, now_);
  Enter("entered", kFirst, "");
  const platform::RetentionRule rule = LearntContactRetention();
  platform::RetentionPlace place;
  platform::Transact(house_.plain, [&](platform::Connection& connection) {
    EXPECT_EQ(rule.count(connection, kShop, now_ - kDay, 10), 1u);
    EXPECT_EQ(rule.destroy_some(connection, kShop, now_ - kDay, 10, place), 1u);
  });
  EXPECT_EQ(PhoneOf(told), "");
  EXPECT_EQ(PhoneOf(later), "139****2222");
  EXPECT_EQ(house_.Count("SELECT COUNT(1) FROM customer_contacts"), 2);
}

}  // namespace
}  // namespace redress::customer
