#include "services/customer/domain/customers.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <barrier>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "services/platform/base/errors.h"
#include "tests/integration/customer/customer_house.h"

namespace redress::customer {
namespace {

using platform::Code;
using platform::Refusal;

template <class Call>
Refusal RefusalOf(Call call) {
  try {
    call();
  } catch (const Refusal& refusal) {
    return refusal;
  }
  ADD_FAILURE() << "was not refused";
  return Refusal(Code::kInternal, "NONE", "");
}

// A client repeats what was UNAVAILABLE, with the same request_id.
template <class Call>
auto Repeating(Call call) {
  constexpr int kPatience = 50;
  for (int attempt = 1;; ++attempt) {
    try {
      return call();
    } catch (const Refusal& refusal) {
      if (refusal.code() != Code::kUnavailable || attempt == kPatience) throw;
    }
  }
}

// Answers "id/version".
std::string Upsert(CustomerHouse& house, const std::string& request_id, const std::string& nick,
                   const std::optional<Contact>& contact = std::nullopt,
                   const std::string& etag = "", ShopId shop = kShop) {
  const platform::Digest digest = platform::Sha256(nick + "|" + etag);
  return Repeating([&] {
    return house.customers.Upsert(
        shop, {request_id, digest, "taobao", nick, contact, etag}, [](const Customer& customer) {
          return platform::ToString(customer.id) + "/" + std::to_string(customer.version);
        });
  });
}

CustomerId IdOf(const std::string& answer) {
  return platform::ParseId<CustomerId>(answer.substr(0, answer.find('/')), "customer");
}

const Contact kContact{"张三丰", "13812345678", "浙江省杭州市西湖区文三路 1 号"};

class CustomersTest : public ::testing::Test {
 protected:
  CustomerHouse house_{test::InjectedFaults()};
  Customers& customers_ = house_.customers;
};

TEST_F(CustomersTest, UpsertCreatesWithMaskedContact) {
  const CustomerId id = IdOf(Upsert(house_, "r1", "tom", kContact));
  const CustomerView view = customers_.Get(kShop, id);
  EXPECT_EQ(view.customer.nick, "tom");
  EXPECT_EQ(view.customer.version, 1u);
  EXPECT_EQ(view.masked_contact.name, "张**");
  EXPECT_EQ(view.masked_contact.phone, "138****5678");
  EXPECT_EQ(house_.Count("SELECT COUNT(1) FROM customer_contacts WHERE sealed LIKE '%1381234%'"),
            0);
}

TEST_F(CustomersTest, UpsertRepeatedAnswersTheSame) {
  const std::string first = Upsert(house_, "r1", "tom", kContact);
  EXPECT_EQ(Upsert(house_, "r1", "tom", kContact), first);
  EXPECT_EQ(Upsert(house_, "r2", "tom", kContact), first);
  EXPECT_EQ(RefusalOf([&] {
              Upsert(house_, "r1", "tom", Contact{"other", "", ""});
            }).reason(),
            "REQUEST_ID_REUSED");
  EXPECT_EQ(house_.Count("SELECT COUNT(1) FROM customers"), 1);
}

TEST_F(CustomersTest, UpsertWantsTheVersionThatItChanges) {
  const std::string created = Upsert(house_, "r1", "tom", kContact);
  const Contact moved{"张三丰", "13900000000", "another road"};
  const Refusal blind = RefusalOf([&] { Upsert(house_, "r2", "tom", moved); });
  EXPECT_EQ(blind.code(), Code::kAborted);
  EXPECT_EQ(blind.metadata().at("current_version"), "1");
  EXPECT_EQ(Upsert(house_, "r2", "tom", moved, "1"), created.substr(0, created.find('/')) + "/2");
  EXPECT_EQ(RefusalOf([&] { Upsert(house_, "r3", "tom", kContact, "1"); }).code(), Code::kAborted);
  EXPECT_EQ(RefusalOf([&] { Upsert(house_, "r4", "tom", kContact, "x"); }).code(),
            Code::kInvalidArgument);
  EXPECT_EQ(RefusalOf([&] { Upsert(house_, "r5", "nobody", kContact, "1"); }).code(),
            Code::kNotFound);
  EXPECT_EQ(customers_.Get(kShop, IdOf(created)).masked_contact.phone, "139****0000");
}

TEST_F(CustomersTest, FindsByNickAndPhone) {
  const CustomerId tom = IdOf(Upsert(house_, "r1", "tom", kContact));
  const CustomerId ann = IdOf(Upsert(house_, "r2", "ann", Contact{"Ann", "+86 138-1234-5678", ""}));
  Upsert(house_, "r3", "bob", Contact{"Bob", "13900000000", ""});
  const auto found = customers_.FindByPhone(kShop, "'138 1234 5678");
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].customer.id, ann);
  EXPECT_EQ(found[1].customer.id, tom);
  EXPECT_TRUE(customers_.FindByPhone(kOtherShop, "13812345678").empty());
  EXPECT_EQ(RefusalOf([&] { customers_.FindByPhone(kShop, "no digits"); }).code(),
            Code::kInvalidArgument);
  EXPECT_EQ(customers_.FindByNick(kShop, "taobao", "tom").at(0).customer.id, tom);
  EXPECT_TRUE(customers_.FindByNick(kShop, "taobao", "Tom").empty());
  EXPECT_TRUE(customers_.FindByNick(kShop, "direct", "tom").empty());
}

TEST_F(CustomersTest, KeepsShopsApart) {
  const CustomerId ours = IdOf(Upsert(house_, "r1", "tom", kContact));
  EXPECT_EQ(RefusalOf([&] { customers_.Get(kOtherShop, ours); }).code(), Code::kNotFound);
  EXPECT_EQ(RefusalOf([&] {
              customers_.RevealContact(kOtherShop, {"x", {}, ours, {}, "cli", "why not"});
            }).code(),
            Code::kNotFound);
  EXPECT_NE(IdOf(Upsert(house_, "r1", "tom", kContact, "", kOtherShop)), ours);
}

TEST_F(CustomersTest, RecordsARevealOnce) {
  const std::string created = Upsert(house_, "r1", "tom", kContact);
  const RevealRequest request{.request_id = "reveal-1",
                              .digest = platform::Sha256("reveal"),
                              .customer = IdOf(created),
                              .account = platform::AccountId{9},
                              .client = "cli/1",
                              .reason = "parcel came back"};
  const auto reveal = [&] {
    return Repeating([&] { return customers_.RevealContact(kShop, request); });
  };
  EXPECT_EQ(reveal(), kContact);
  Upsert(house_, "r2", "tom", Contact{"changed", "", ""}, "1");
  EXPECT_EQ(reveal(), kContact);
  EXPECT_EQ(house_.Count("SELECT COUNT(1) FROM contact_reveals"), 1);
  EXPECT_EQ(house_.Count("SELECT account_id FROM contact_reveals"), 9);
  EXPECT_EQ(house_.Count("SELECT COUNT(1) FROM contact_reveals WHERE sealed_reason LIKE '%came%'"),
            0);
}

TEST_F(CustomersTest, ListsNewestFirstPageByPage) {
  std::vector<std::string> nicks;
  for (int i = 0; i < 23; ++i) nicks.push_back("nick" + std::to_string(i));
  customers_.Ensure(kShop, "taobao", nicks);
  std::vector<CustomerId> seen;
  std::optional<CustomerId> before;
  do {
    const CustomerPage page = customers_.List(kShop, before, 5);
    for (const CustomerView& view : page.customers) seen.push_back(view.customer.id);
    before = page.next;
  } while (before);
  EXPECT_EQ(seen.size(), 23u);
  EXPECT_TRUE(std::is_sorted(seen.rbegin(), seen.rend()));
  EXPECT_TRUE(customers_.List(kOtherShop, {}, 5).customers.empty());
}

TEST_F(CustomersTest, FindMakesNobody) {
  const std::vector<std::string> known = {"tom"};
  const auto tom = Repeating([&] { return customers_.Ensure(kShop, "taobao", known); }).at(0);
  const std::vector<std::string> nicks = {"ann", "tom", "ann"};
  EXPECT_EQ(customers_.Find(kShop, "taobao", nicks),
            (std::vector<CustomerId>{CustomerId(), tom, CustomerId()}));
  EXPECT_TRUE(customers_.FindByNick(kShop, "taobao", "ann").empty());
}

TEST_F(CustomersTest, EnsureAnswersInOrder) {
  const std::vector<std::string> nicks = {"b", "a", "b", "A", "a "};
  const auto ids = Repeating([&] { return customers_.Ensure(kShop, "taobao", nicks); });
  ASSERT_EQ(ids.size(), 5u);
  EXPECT_EQ(ids[0], ids[2]);
  EXPECT_EQ(std::set<CustomerId>(ids.begin(), ids.end()).size(), 4u);
  EXPECT_EQ(customers_.Ensure(kShop, "taobao", nicks), ids);
  EXPECT_EQ(house_.Count("SELECT COUNT(1) FROM customers"), 4);
  EXPECT_TRUE(customers_.Ensure(kShop, "taobao", {}).empty());
}

// Threads ask for overlapping nicks at once: everybody learns the same id of a nick.
void RaceForNicks(CustomerHouse& house) {
  constexpr int kThreads = 6;
  constexpr int kNicks = 900;
  std::vector<std::vector<CustomerId>> answers(kThreads);
  std::barrier start(kThreads);
  std::vector<std::thread> threads;
  std::vector<std::string> nicks;
  for (int i = 0; i < kNicks; ++i) nicks.push_back("n" + std::to_string(i * 7919 % kNicks));
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&, thread] {
      std::vector<std::string> mine = nicks;
      std::rotate(mine.begin(), mine.begin() + thread * 100, mine.end());
      start.arrive_and_wait();
      auto ids = Repeating([&] { return house.customers.Ensure(kShop, "taobao", mine); });
      std::rotate(ids.rbegin(), ids.rbegin() + thread * 100, ids.rend());
      answers[static_cast<std::size_t>(thread)] = std::move(ids);
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const auto& answer : answers) EXPECT_EQ(answer, answers.front());
  EXPECT_EQ(house.Count("SELECT COUNT(1) FROM customers"), kNicks);
}

TEST_F(CustomersTest, EnsureIsSafeUnderRaces) { RaceForNicks(house_); }

TEST(CustomersUnderFaults, EndTheSame) {
  platform::FaultPlan faults(150, 80, 60);
  CustomerHouse house(&faults);
  RaceForNicks(house);
  for (int i = 0; i < 60; ++i) {
    const std::string nick = "nick" + std::to_string(i);
    const std::string first = Upsert(house, "a" + nick, nick, kContact);
    EXPECT_EQ(Upsert(house, "a" + nick, nick, kContact), first);
    const std::string second = Upsert(house, "b" + nick, nick, Contact{nick, "", ""}, "1");
    EXPECT_EQ(second, first.substr(0, first.size() - 1) + "2");
  }
  EXPECT_EQ(house.Count("SELECT COUNT(1) FROM customers WHERE nick LIKE 'nick%' AND version = 2"),
            60);
  EXPECT_GT(faults.struck(), 10u);
}

}  // namespace
}  // namespace redress::customer
