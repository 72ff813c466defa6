// Reveals within their limits, and the erasure of persons, over a real database.

#include <gtest/gtest.h>

#include <atomic>
#include <barrier>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "services/customer/domain/erasures.h"
#include "services/customer/store/customer_event_log.h"
#include "services/customer/store/erasure_store.h"
#include "services/customer/store/personal_data.h"
#include "services/customer/store/reveal_log.h"
#include "services/platform/base/errors.h"
#include "services/platform/database/transact.h"
#include "services/platform/events/event_log.h"
#include "services/platform/events/event_source.h"
#include "services/platform/privacy/retention.h"
#include "tests/integration/customer/customer_house.h"

namespace redress::customer {
namespace {

using platform::AccountId;
using platform::Code;
using platform::Refusal;

constexpr AccountId kAgent{9};
const Contact kContact{"张三丰", "13812345678", "浙江省杭州市西湖区文三路 1 号"};
const FindObstacles kNoObstacles = [](ShopId, std::span<const CustomerId>) {
  return std::vector<std::string>();
};

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

struct PrivacyHouse : CustomerHouse {
  explicit PrivacyHouse(platform::FaultPlan* faults)
      : CustomerHouse(faults),
        limited(store, ids, clock, {.hour = 5, .day = 8}),
        events(ids, clock),
        log(events),
        reveals(plain, sealer),
        erasure_rows({pool, sealer, log, ids, clock}),
        erasures(erasure_rows),
        data(plain, sealer) {}

  CustomerId Make(const std::string& nick, ShopId shop = kShop) {
    return Repeating([&] {
      const std::string answer = customers.Upsert(
          shop, {"make-" + nick, platform::Sha256(nick), "taobao", nick, kContact, ""},
          [](const Customer& made) { return platform::ToString(made.id); });
      return platform::ParseId<CustomerId>(answer, "customer");
    });
  }
  Contact Reveal(CustomerId customer, const std::string& request_id, AccountId account = kAgent) {
    return Repeating([&] {
      return limited.RevealContact(kShop, {.request_id = request_id,
                                           .digest = platform::Sha256(request_id),
                                           .customer = customer,
                                           .account = account,
                                           .client = "cli/1",
                                           .reason = "因为 " + request_id});
    });
  }
  Erasure Erase(CustomerId customer, const std::string& request_id) {
    return Repeating([&] {
      return erasures.Erase(kShop,
                            {.request_id = request_id,
                             .digest = platform::Sha256(request_id),
                             .customer = customer,
                             .account = kAgent,
                             .reason = "asked for it"},
                            kNoObstacles);
    });
  }
  std::vector<events::v1::Event> Events() {
    return platform::Read(plain, [&](platform::Connection& connection) {
      return platform::EventsTableSource().ReadPage(connection, {});
    });
  }

  Customers limited;
  platform::EventLog events;
  CustomerEventLog log;
  MysqlRevealLog reveals;
  MysqlErasureStore erasure_rows;
  Erasures erasures;
  CustomerPersonalData data;
};

class PrivacyTest : public ::testing::Test {
 protected:
  PrivacyHouse house_{test::InjectedFaults()};
};

TEST_F(PrivacyTest, RevealsEndAtTheLimitAndTellHowLongToWait) {
  const CustomerId tom = house_.Make("tom");
  for (int i = 0; i < 5; ++i) house_.Reveal(tom, "r" + std::to_string(i));
  const Refusal refusal = RefusalOf([&] { house_.Reveal(tom, "r5"); });
  EXPECT_EQ(refusal.code(), Code::kResourceExhausted);
  EXPECT_EQ(refusal.reason(), "REVEAL_LIMIT");
  EXPECT_GT(refusal.retry_after_us(), 0);
  EXPECT_LE(refusal.retry_after_us(), kRevealHourUs);
  EXPECT_EQ(house_.Count("SELECT COUNT(1) FROM contact_reveals"), 5);
  EXPECT_EQ(house_.Reveal(tom, "r0"), kContact) << "a repeat is no further reveal";
  EXPECT_EQ(house_.Reveal(tom, "other", AccountId{10}), kContact) << "limits are each account's";
  house_.clock.Advance(refusal.retry_after_us());
  EXPECT_EQ(house_.Reveal(tom, "r5"), kContact);
}

TEST_F(PrivacyTest, TheDayHasALimitOfItsOwn) {
  const CustomerId tom = house_.Make("tom");
  for (int i = 0; i < 8; ++i) {
    house_.Reveal(tom, "r" + std::to_string(i));
    house_.clock.Advance(kRevealHourUs);
  }
  const Refusal refusal = RefusalOf([&] { house_.Reveal(tom, "r8"); });
  EXPECT_EQ(refusal.code(), Code::kResourceExhausted);
  EXPECT_EQ(refusal.retry_after_us(), kRevealDayUs - 8 * kRevealHourUs);
}

TEST_F(PrivacyTest, ManyAtOnceDoNotPassTheLimit) {
  constexpr int kThreads = 12;
  const CustomerId tom = house_.Make("tom");
  std::atomic<int> shown = 0;
  std::barrier start(kThreads);
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&, i] {
      start.arrive_and_wait();
      try {
        house_.Reveal(tom, "race" + std::to_string(i));
        ++shown;
      } catch (const Refusal& refusal) {
        EXPECT_EQ(refusal.code(), Code::kResourceExhausted) << refusal.what();
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(shown, 5);
  EXPECT_EQ(house_.Count("SELECT COUNT(1) FROM contact_reveals"), 5);
}

TEST_F(PrivacyTest, ListsWhoSawWhomAndWhy) {
  const CustomerId tom = house_.Make("tom");
  const CustomerId ann = house_.Make("ann");
  house_.Reveal(tom, "a");
  house_.clock.Advance(1);
  house_.Reveal(ann, "b", AccountId{10});
  house_.clock.Advance(1);
  house_.Reveal(ann, "c");
  const auto all = house_.reveals.List(kShop, {});
  ASSERT_EQ(all.size(), 3u);
  EXPECT_EQ(all[0].reason, "因为 c");
  EXPECT_EQ(all[2].customer, tom);
  const auto own = house_.reveals.List(kShop, {.account = kAgent});
  ASSERT_EQ(own.size(), 2u);
  EXPECT_EQ(own[1].customer, tom);
  const auto of_ann = house_.reveals.List(kShop, {.customer = ann});
  ASSERT_EQ(of_ann.size(), 2u);
  EXPECT_EQ(of_ann[1].account, AccountId{10});
  const auto next =
      house_.reveals.List(kShop, {.after = std::pair(all[1].revealed_at, all[1].id), .limit = 5});
  ASSERT_EQ(next.size(), 1u);
  EXPECT_EQ(next[0].id, all[2].id);
  EXPECT_TRUE(house_.reveals.List(kOtherShop, {}).empty());
}

TEST_F(PrivacyTest, AReceiverWithoutACustomerIsRecordedUnderTheOrder) {
  const std::uint64_t reveal = Repeating([&] {
    return house_.limited.RecordReveal(kShop, {.request_id = "receiver:1",
                                               .digest = platform::Sha256("x"),
                                               .customer = {},
                                               .account = kAgent,
                                               .client = "cli/1",
                                               .reason = "parcel came back",
                                               .kind = RevealKind::kReceiver,
                                               .order = OrderId{55}});
  });
  const auto all = house_.reveals.List(kShop, {});
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].id, reveal);
  EXPECT_EQ(all[0].kind, RevealKind::kReceiver);
  EXPECT_EQ(all[0].order, OrderId{55});
  EXPECT_EQ(all[0].reason, "parcel came back");
}

TEST_F(PrivacyTest, AnOldOrderDoesNotBringBackAnErasedPersonsContactData) {
  const CustomerId tom = house_.Make("tom");
  const std::int64_t before = house_.clock.NowUs();
  house_.Erase(tom, "erase-1");
  const std::string nicks[] = {"tom"};
  const CustomerId anew =
      Repeating([&] { return house_.customers.Ensure(kShop, "taobao", nicks).at(0); });
  EXPECT_NE(anew, tom);
  Repeating([&] {
    house_.customers.Learn(kShop, "taobao", {{anew, "tom", kContact, before}});
    return 0;
  });
  EXPECT_TRUE(house_.customers.FindByPhone(kShop, kContact.phone).empty());
}

TEST_F(PrivacyTest, AnErasedPersonIsFoundByNothing) {
  const CustomerId tom = house_.Make("tom");
  house_.Reveal(tom, "seen");
  const Erasure erasure = house_.Erase(tom, "erase-1");
  EXPECT_EQ(erasure.named, tom);
  EXPECT_EQ(erasure.reason, "asked for it");
  EXPECT_EQ(erasure.confirmations.size(), 3u);
  EXPECT_TRUE(house_.customers.FindByNick(kShop, "taobao", "tom").empty());
  EXPECT_TRUE(house_.customers.FindByPhone(kShop, kContact.phone).empty());
  EXPECT_EQ(house_.Count("SELECT COUNT(1) FROM nick_words"), 0) << "nor by a part of the nick";
  const CustomerView view = house_.customers.Get(kShop, tom);
  EXPECT_EQ(view.customer.nick, ErasedNick(tom));
  EXPECT_NE(view.customer.erased_at, 0);
  EXPECT_TRUE(view.masked_contact.empty());
  EXPECT_EQ(RefusalOf([&] { house_.Reveal(tom, "again"); }).reason(), "SUBJECT_ERASED");
  EXPECT_EQ(house_.reveals.List(kShop, {}).at(0).reason, "") << "who and when stay, why does not";
  EXPECT_EQ(house_.Count("SELECT COUNT(1) FROM subject_keys WHERE wrapped_key <> ''"
                         " AND subject_kind = 1"),
            0);
}

TEST_F(PrivacyTest, NobodyTurnsToAnErasedPerson) {
  const CustomerId tom = house_.Make("tom");
  house_.Erase(tom, "erase-1");
  EXPECT_EQ(house_.Count("SELECT COUNT(1) FROM care_wishes WHERE no_contact = 1"
                         " AND sealed_birthday = ''"),
            1);
}

TEST_F(PrivacyTest, ErasureIsToldOnceAndConfirmedByEachService) {
  const CustomerId tom = house_.Make("tom");
  house_.Erase(tom, "erase-1");
  house_.Erase(tom, "erase-1");
  house_.Erase(tom, "erase-2");
  const auto events = house_.Events();
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].aggregate_id(), tom.value);
  ASSERT_EQ(events[0].customer_erased().customer_ids_size(), 1);
  EXPECT_EQ(events[0].customer_erased().customer_ids(0), tom.value);
  house_.erasures.Confirm(kShop, tom, "order");
  const std::int64_t first = house_.erasures.Get(kShop, tom).confirmations.at(2).confirmed_at;
  EXPECT_NE(first, 0);
  house_.clock.Advance(5);
  house_.erasures.Confirm(kShop, tom, "order");
  const Erasure erasure = house_.erasures.Get(kShop, tom);
  EXPECT_EQ(erasure.confirmations.at(2).confirmed_at, first);
  EXPECT_EQ(erasure.confirmations.at(0).confirmed_at, 0);
  EXPECT_EQ(RefusalOf([&] { house_.erasures.Confirm(kOtherShop, tom, "order"); }).code(),
            Code::kNotFound);
}

TEST_F(PrivacyTest, OpenCasesKeepAPerson) {
  const CustomerId tom = house_.Make("tom");
  const Refusal refusal = RefusalOf([&] {
    house_.erasures.Erase(kShop, {"e", platform::Sha256("e"), tom, kAgent, "asked"},
                          [](ShopId, std::span<const CustomerId>) {
                            return std::vector<std::string>{"12", "17"};
                          });
  });
  EXPECT_EQ(refusal.reason(), "CUSTOMER_HAS_OPEN_CASES");
  EXPECT_EQ(refusal.metadata().at("cases"), "12, 17");
  EXPECT_EQ(house_.customers.Get(kShop, tom).customer.erased_at, 0);
}

TEST_F(PrivacyTest, TheWholeGroupIsErased) {
  const CustomerId head = house_.Make("head");
  const CustomerId member = house_.Make("member");
  platform::Transact(house_.plain, [&](platform::Connection& connection) {
    connection.Execute("UPDATE customers SET head_id = ? WHERE shop_id = 7 AND customer_id = ?",
                       {head, member});
    connection.Execute(
        "INSERT INTO customer_members (shop_id, head_id, customer_id) VALUES (7, ?, ?)",
        {head, member});
  });
  const Erasure erasure = house_.Erase(member, "erase-1");
  EXPECT_EQ(erasure.customers, (std::vector{head, member}));
  EXPECT_NE(house_.customers.Get(kShop, head).customer.erased_at, 0);
  EXPECT_EQ(house_.erasures.Get(kShop, head).named, member);
  EXPECT_EQ(house_.Erase(head, "erase-2").id, erasure.id);
}

TEST_F(PrivacyTest, TheSameNickIsAnotherCustomerLater) {
  const CustomerId tom = house_.Make("tom");
  house_.Erase(tom, "erase-1");
  const std::string nick = "tom";
  const CustomerId again = Repeating([&] {
    return house_.customers.Ensure(kShop, "taobao", {&nick, 1}).at(0);
  });
  EXPECT_NE(again, tom);
  EXPECT_EQ(house_.customers.FindByNick(kShop, "taobao", "tom").at(0).customer.id, again);
}

TEST_F(PrivacyTest, ErasingAnothersCustomerFindsNothing) {
  const CustomerId theirs = house_.Make("tom", kOtherShop);
  EXPECT_EQ(RefusalOf([&] { house_.Erase(theirs, "e"); }).code(), Code::kNotFound);
  EXPECT_EQ(house_.customers.Get(kOtherShop, theirs).customer.erased_at, 0);
}

TEST_F(PrivacyTest, ExportsWhatIsKnown) {
  const CustomerId tom = house_.Make("tom");
  const auto page = house_.data.Export(kShop, std::vector{tom}, {});
  ASSERT_EQ(page.records.size(), 1u);
  EXPECT_TRUE(page.more) << "notes follow";
  EXPECT_EQ(page.records[0].fields.at("phone"), kContact.phone);
  EXPECT_EQ(page.records[0].fields.at("nick"), "tom");
}

TEST_F(PrivacyTest, AnExportDoesNotGoOnAfterTheErasure) {
  const CustomerId tom = house_.Make("tom");
  const auto admit = [&] {
    return Repeating([&] {
      return house_.limited.RecordReveal(kShop, {.request_id = "export",
                                                 .digest = platform::Sha256("export"),
                                                 .customer = tom,
                                                 .account = kAgent,
                                                 .client = "cli/1",
                                                 .reason = "they asked for it",
                                                 .kind = RevealKind::kExport});
    });
  };
  EXPECT_EQ(admit(), admit());
  house_.Erase(tom, "erase");
  EXPECT_EQ(RefusalOf(admit).reason(), "CUSTOMER_ERASED");
}

TEST_F(PrivacyTest, OldRevealsAreForgottenWhereTheShopSaysSo) {
  const CustomerId tom = house_.Make("tom");
  house_.Reveal(tom, "old");
  house_.clock.Advance(3 * platform::Retention::kMonthUs);
  house_.Reveal(tom, "new");
  std::string months;
  platform::Retention retention(
      {.pool = house_.pool,
       .ids = house_.ids,
       .clock = house_.clock,
       .shops =
           [] {
             return std::vector{kShop, kOtherShop};
           },
       .setting = [&](ShopId shop, std::string_view) { return shop == kShop ? months : ""; }},
      {RevealRetention()});
  const auto never = [] { return false; };
  retention.Run(never);
  EXPECT_EQ(house_.Count("SELECT COUNT(1) FROM contact_reveals"), 2) << "rules are off";
  EXPECT_EQ(retention.Preview(kShop, 2).at(0).due, 1u);
  EXPECT_EQ(retention.Preview(kShop, 4).at(0).due, 0u);
  months = "2";
  Repeating([&] { retention.Run(never); });
  EXPECT_EQ(house_.reveals.List(kShop, {}).size(), 1u);
  EXPECT_EQ(house_.reveals.List(kShop, {}).at(0).reason, "因为 new");
  const auto runs = retention.List(kShop, {}, 10);
  ASSERT_EQ(runs.size(), 1u);
  EXPECT_EQ(runs[0].destroyed, 1u);
  EXPECT_EQ(runs[0].setting, "retention_reveal_months");
}

TEST(ErasuresUnderFaults, EndTheSame) {
  platform::FaultPlan faults(150, 80, 60);
  PrivacyHouse house(&faults);
  for (int i = 0; i < 40; ++i) {
    const CustomerId one = house.Make("nick" + std::to_string(i));
    house.Erase(one, "erase" + std::to_string(i));
  }
  EXPECT_EQ(house.Events().size(), 40u);
  EXPECT_EQ(house.Count("SELECT COUNT(1) FROM erasures"), 40);
  EXPECT_EQ(house.Count("SELECT COUNT(1) FROM customer_contacts"), 0);
  EXPECT_GT(faults.struck(), 5u);
}

}  // namespace
}  // namespace redress::customer
