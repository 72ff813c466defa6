// Finding customers over a real database.
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "services/customer/domain/customer_search.h"
#include "services/customer/store/customer_index.h"
#include "services/customer/store/mysql_people.h"
#include "services/customer/store/note_store.h"
#include "services/customer/store/search_erasure.h"
#include "services/platform/base/errors.h"
#include "services/platform/database/transact.h"
#include "tests/integration/customer/customer_house.h"
#include "tests/support/under_faults.h"

namespace redress::customer {
namespace {

using platform::Code;
using platform::Refusal;
using Strings = std::vector<std::string>;

class CustomerSearching : public ::testing::Test {
 protected:
  // As a client does that repeats on UNAVAILABLE.
  template <class Call>
  static auto Repeating(Call call) {
    constexpr int kPatience = 50;
    for (int attempt = 1;; ++attempt) {
      try {
        return call();
      } catch (const Refusal& refusal) {
        if (refusal.code() != Code::kUnavailable || attempt == kPatience) throw;
      }
    }
  }
  std::vector<CustomerId> Ensure(const Strings& nicks, ShopId shop = kShop,
                                 const std::string& platform = "taobao") {
    return Repeating([&] { return house_.customers.Ensure(shop, platform, nicks); });
  }
  void Upsert(const std::string& nick, const std::string& phone) {
    Repeating([&] {
      return house_.customers.Upsert(kShop,
                                     {.request_id = "upsert-" + nick,
                                      .digest = platform::Sha256(nick),
                                      .platform = "taobao",
                                      .nick = nick,
                                      .contact = Contact{.name = "", .phone = phone, .address = ""},
                                      .etag = ""},
                                     [](const Customer&) { return std::string("done"); });
    });
  }
  CustomerSearchPage Page(const std::string& words,
                          const std::optional<CustomerSearchKey>& after = {},
                          std::size_t size = 50) {
    return search_.Search(kShop, {.words = words, .nicks_only = false, .notes = true}, after, size);
  }
  Strings Nicks(const std::string& words) {
    Strings nicks;
    for (const CustomerHit& hit : Page(words).hits) nicks.push_back(hit.view.customer.nick);
    return nicks;
  }
  // What a caller sees who reads page after page.
  std::multiset<std::string> AllNicks(const std::string& words, std::size_t size) {
    std::multiset<std::string> nicks;
    std::optional<CustomerSearchKey> after;
    for (int pages = 0; pages < 1000; ++pages) {
      const CustomerSearchPage page = Page(words, after, size);
      EXPECT_LE(page.hits.size(), size);
      for (const CustomerHit& hit : page.hits) nicks.insert(hit.view.customer.nick);
      if (!page.next) return nicks;
      after = page.next;
    }
    ADD_FAILURE() << "the pages do not end";
    return nicks;
  }

  CustomerHouse house_{test::InjectedFaults()};
  SqlNoteRepository notes_{house_.pool, house_.sealer, house_.ids};
  SqlCustomerIndex index_{house_.pool, house_.clock};
  MysqlPeople people_{house_.pool};
  CustomerSearch search_{house_.store, index_, notes_, people_};
};

TEST_F(CustomerSearching, FindsTheWholeNickBeforeItsBeginningsBeforeItsParts) {
  Ensure({"小明", "小明88", "我是小明", "小红"});
  EXPECT_EQ(Nicks("小明"), (Strings{"小明", "小明88", "我是小明"}));
}

TEST_F(CustomerSearching, FindsAnyPartOfANick) {
  Ensure({"tb123456789", "快乐的小明2008"});
  for (const char* part : {"tb1", "456", "9", "3456789", "tb123456789"}) {
    EXPECT_EQ(Nicks(part), Strings{"tb123456789"}) << part;
  }
  for (const char* part : {"乐的", "小明2008", "快", "明2"}) {
    EXPECT_EQ(Nicks(part), Strings{"快乐的小明2008"}) << part;
  }
  EXPECT_TRUE(Nicks("tb13").empty());
  EXPECT_TRUE(Nicks("456781").empty());
}

TEST_F(CustomerSearching, FindsNicksInEitherCaseAndWidth) {
  Ensure({"TomLee"});
  EXPECT_EQ(Nicks("tomlee"), Strings{"TomLee"});
  EXPECT_EQ(Nicks("ＬＥＥ"), Strings{"TomLee"});
}

TEST_F(CustomerSearching, FindsANickThatAnUpsertMade) {
  Upsert("annabel", "");
  EXPECT_EQ(Nicks("nabe"), Strings{"annabel"});
}

TEST_F(CustomerSearching, FindsTheNickOfEachPlatform) {
  Ensure({"tom"}, kShop, "taobao");
  Ensure({"tom"}, kShop, "jd");
  EXPECT_EQ(Nicks("tom"), (Strings{"tom", "tom"}));
}

TEST_F(CustomerSearching, FindsAPhoneInAnySpelling) {
  Upsert("ann", "138 1234-5678");
  const CustomerSearchPage page = Page("+86 13812345678");
  ASSERT_EQ(page.hits.size(), 1u);
  EXPECT_EQ(page.hits[0].matched, CustomerMatch::kPhone);
  EXPECT_EQ(page.hits[0].view.masked_contact.phone, "138****5678");
  EXPECT_TRUE(Page("12345678").hits.empty());
}

TEST_F(CustomerSearching, FindsWordsOfNotesForThoseWhoMayReadThem) {
  const CustomerId tom = Ensure({"tom"}).front();
  const Note note = Repeating([&] {
    return notes_.Add({.shop = kShop,
                       .request_id = "note",
                       .digest = platform::Sha256("note"),
                       .account = AccountId{2},
                       .now_us = house_.clock.NowUs()},
                      tom, {"prefers express delivery", {}}, false);
  });
  const CustomerSearchPage page = Page("express");
  ASSERT_EQ(page.hits.size(), 1u);
  EXPECT_EQ(page.hits[0].matched, CustomerMatch::kNote);
  EXPECT_EQ(page.hits[0].note, note.id);
  EXPECT_EQ(page.hits[0].excerpt, "prefers express delivery");
  EXPECT_TRUE(search_.Search(kShop, {.words = "express"}, {}, 50).hits.empty());
}

TEST_F(CustomerSearching, ShowsEachNickOnceOverAllPages) {
  Strings nicks;
  for (int i = 0; i < 60; ++i) nicks.push_back("aa" + std::to_string(i) + "aa");
  for (int i = 0; i < 60; ++i) nicks.push_back("x" + std::to_string(i) + "aaa");
  nicks.push_back("aa");
  Ensure(nicks);
  const std::multiset<std::string> expected(nicks.begin(), nicks.end());
  for (const std::size_t size : {1, 7, 50}) EXPECT_EQ(AllNicks("aa", size), expected) << size;
}

TEST_F(CustomerSearching, ShowsHundredsWhoShareAWindow) {
  Strings nicks;
  for (int i = 0; i < 500; ++i) nicks.push_back(std::to_string(i) + "_2008");
  Ensure(nicks);
  EXPECT_EQ(AllNicks("_2008", 50).size(), 500u);
}

TEST_F(CustomerSearching, NamesThePersonOfAMergedCustomer) {
  const std::vector<CustomerId> both = Ensure({"tom", "thomas"});
  house_.plain.Acquire()->Execute(
      "UPDATE customers SET head_id = ? WHERE shop_id = ? AND customer_id = ?",
      {both[0], kShop, both[1]});
  house_.plain.Acquire()->Execute(
      "INSERT INTO customer_members (shop_id, head_id, customer_id) VALUES (?, ?, ?)",
      {kShop, both[0], both[1]});
  const CustomerSearchPage page = Page("thomas");
  ASSERT_EQ(page.hits.size(), 1u);
  EXPECT_EQ(page.hits[0].view.customer.id, both[1]);
  EXPECT_EQ(page.hits[0].head, both[0]);
}

TEST_F(CustomerSearching, SeesOneShopOnly) {
  Ensure({"tom"}, kOtherShop);
  EXPECT_TRUE(Nicks("to").empty());
  EXPECT_TRUE(Nicks("tom").empty());
}

TEST_F(CustomerSearching, RefusesBlanks) { EXPECT_THROW(Page("　"), Refusal); }

TEST_F(CustomerSearching, FillsInOlderCustomersAndSaysWhenItHasNot) {
  Strings nicks;
  for (int i = 0; i < 700; ++i) nicks.push_back("old" + std::to_string(i));
  Ensure(nicks);
  house_.plain.Acquire()->Execute("DELETE FROM nick_words WHERE shop_id = ?", {kShop});
  EXPECT_TRUE(Page("old").incomplete);
  EXPECT_TRUE(Page("old").hits.empty());
  EXPECT_THAT(Repeating([&] { return index_.FillIn(kShop); }), test::OrAgain(true, false));
  // Another process goes on where this one stopped.
  SqlCustomerIndex other(house_.pool, house_.clock);
  EXPECT_FALSE(Repeating([&] { return other.FillIn(kShop); }));
  EXPECT_FALSE(Page("old").incomplete);
  EXPECT_EQ(AllNicks("old", 50).size(), 700u);
}

TEST_F(CustomerSearching, LooksAgainForWhatAnOlderProcessWroteMeanwhile) {
  Ensure({"tom"});
  EXPECT_FALSE(Repeating([&] { return index_.FillIn(kShop); }));
  Ensure({"late"});
  house_.plain.Acquire()->Execute("DELETE FROM nick_words WHERE shop_id = ? AND place = 0",
                                  {kShop});
  SqlCustomerIndex restarted(house_.pool, house_.clock);
  EXPECT_FALSE(Repeating([&] { return restarted.FillIn(kShop); }));
  EXPECT_EQ(Nicks("lat"), Strings{"late"});
}

TEST_F(CustomerSearching, ForgetsANickThatIsErased) {
  const CustomerId tom = Ensure({"tom"}).front();
  platform::Transact(house_.plain,
                     [&](platform::Connection& db) { EraseFromSearch(db, kShop, tom); });
  EXPECT_EQ(house_.Count("SELECT COUNT(*) FROM nick_words"), 0);
}

}  // namespace
}  // namespace redress::customer
