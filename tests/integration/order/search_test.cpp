// Finding orders over a real database.
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "services/order/domain/order_search.h"
#include "services/order/store/order_index.h"
#include "services/platform/base/errors.h"
#include "tests/integration/order/order_house.h"
#include "tests/support/private_maria_db.h"

namespace redress::order {
namespace {

using Strings = std::vector<std::string>;

// The customer service's answers, said by the test.
class SaidNicks final : public NickBook {
 public:
  std::optional<std::vector<CustomerId>> FindByNick(ShopId, const std::string& words, std::size_t,
                                                    Deadline) override {
    if (silent) return std::nullopt;
    const auto found = known.find(words);
    return found == known.end() ? std::vector<CustomerId>() : found->second;
  }

  bool silent = false;
  std::map<std::string, std::vector<CustomerId>> known;
};

class OrderSearching : public ::testing::Test {
 protected:
  static OrderInput Titled(const std::string& number, const Strings& titles,
                           const std::string& nick = "") {
    std::vector<LineInput> lines;
    for (const std::string& title : titles) {
      lines.push_back(MakeLine(std::to_string(lines.size() + 1), 1, "1"));
      lines.back().title = title;
    }
    return PaidOrder(number, lines, nick);
  }
  OrderSearchPage Page(const std::string& words, const std::optional<OrderSearchKey>& after = {},
                       std::size_t size = 50) {
    return search_.Search(kShop, words, after, size, Soon());
  }
  Strings Numbers(const std::string& words) {
    Strings numbers;
    for (const OrderHit& hit : Page(words).hits) numbers.push_back(hit.order.number);
    return numbers;
  }
  OrderMatch MatchOf(const std::string& words) {
    const OrderSearchPage page = Page(words);
    EXPECT_EQ(page.hits.size(), 1u) << words;
    return page.hits.empty() ? OrderMatch::kTitle : page.hits.front().matched;
  }
  // What a caller sees who reads page after page.
  std::multiset<std::string> AllNumbers(const std::string& words, std::size_t size) {
    std::multiset<std::string> numbers;
    std::optional<OrderSearchKey> after;
    for (int pages = 0; pages < 1000; ++pages) {
      const OrderSearchPage page = Page(words, after, size);
      EXPECT_LE(page.hits.size(), size);
      for (const OrderHit& hit : page.hits) numbers.insert(hit.order.number);
      if (!page.next) return numbers;
      after = page.next;
    }
    ADD_FAILURE() << "the pages do not end";
    return numbers;
  }

  OrderHouse house_{test::InjectedFaults()};
  SqlOrderIndex index_{house_.pool, house_.sealer, house_.clock};
  SaidNicks nicks_;
  OrderSearch search_{house_.store, index_, nicks_};
};

TEST_F(OrderSearching, FindsANumberItsBeginningAndItsEnd) {
  house_.Import({Titled("2024050611223344", {"Lamp"}), Titled("2024050699998888", {"Lamp"})});
  EXPECT_EQ(MatchOf("2024050611223344"), OrderMatch::kNumber);
  EXPECT_EQ(MatchOf("202405061"), OrderMatch::kNumberStart);
  EXPECT_EQ(MatchOf("3344"), OrderMatch::kNumberEnd);
  EXPECT_EQ(MatchOf("050699998888"), OrderMatch::kNumberEnd);
  EXPECT_EQ(MatchOf("24050699998888"), OrderMatch::kNumberEnd);
  EXPECT_EQ(Numbers("20240506"), (Strings{"2024050611223344", "2024050699998888"}));
  EXPECT_TRUE(Numbers("14050699998888").empty());
  EXPECT_TRUE(Numbers("1122").empty());
}

TEST_F(OrderSearching, FindsAParcelByItsNumberOrItsBeginning) {
  OrderInput order = Titled("1", {"Lamp"});
  order.shipments.push_back(
      {.carrier = "SF", .tracking_number = "SF1234567890", .shipped_at = kNoon, .received_at = 0});
  house_.Import({order});
  EXPECT_EQ(MatchOf("SF1234567890"), OrderMatch::kTrackingNumber);
  EXPECT_EQ(MatchOf("SF12345"), OrderMatch::kTrackingNumber);
  EXPECT_TRUE(Numbers("SF1").empty());
}

TEST_F(OrderSearching, FindsTheReceiversPhoneInAnySpelling) {
  OrderInput order = Titled("1", {"Lamp"});
  order.receiver.phone = "138 1234 5678";
  house_.Import({order});
  EXPECT_EQ(MatchOf("+86 138-1234-5678"), OrderMatch::kPhone);
  EXPECT_EQ(Page("13812345678").hits.at(0).masked_receiver.phone, "138****5678");
  EXPECT_TRUE(Numbers("2345678").empty());
}

TEST_F(OrderSearching, FindsTheOrdersOfANickNewestFirst) {
  OrderInput newer = Titled("2", {"Lamp"}, "tom");
  newer.order_at += kDay;
  house_.Import({Titled("1", {"Lamp"}, "tom"), newer, Titled("3", {"Lamp"}, "ann")});
  nicks_.known["to"] = {house_.Stored("1").customer};
  EXPECT_EQ(Numbers("to"), (Strings{"2", "1"}));
  EXPECT_EQ(AllNumbers("to", 1), (std::multiset<std::string>{"1", "2"}));
}

TEST_F(OrderSearching, SaysWhenNicksAreMissing) {
  house_.Import({Titled("1", {"Lamp"})});
  nicks_.silent = true;
  const OrderSearchPage page = Page("lamp");
  EXPECT_TRUE(page.nicks_missing);
  EXPECT_EQ(page.hits.size(), 1u);
}

TEST_F(OrderSearching, FindsTheWordsOfATitleInEitherCaseAndWidth) {
  house_.Import({Titled("1", {"WHITE HANGING HEART T-LIGHT HOLDER", "Lamp"}),
                 Titled("2", {"秋冬新款女士羊毛衫"}), Titled("3", {"RED LAMP"})});
  EXPECT_EQ(Numbers("hanging heart"), Strings{"1"});
  EXPECT_EQ(Numbers("holder white"), Strings{"1"});
  EXPECT_EQ(Numbers("羊毛"), Strings{"2"});
  EXPECT_EQ(Numbers("ＬＡＭＰ"), (Strings{"3", "1"}));
  EXPECT_TRUE(Numbers("white lamp").empty());  // in no one title
  EXPECT_TRUE(Numbers("毛羊").empty());
}

TEST_F(OrderSearching, LooksNoFurtherThanAWholeNumber) {
  house_.Import({Titled("lamp", {"Chair"}), Titled("2", {"Lamp"})});
  EXPECT_EQ(Numbers("lamp"), Strings{"lamp"});
}

TEST_F(OrderSearching, FindsALineByItsPresentTitleOnly) {
  house_.Import({Titled("1", {"Lamp"})});
  OrderInput changed = Titled("1", {"Chair"});
  changed.source_at = *changed.source_at + 1;
  house_.Import({changed});
  EXPECT_EQ(Numbers("chair"), Strings{"1"});
  EXPECT_TRUE(Numbers("lamp").empty());
}

TEST_F(OrderSearching, ShowsEachOrderOnceOverAllPages) {
  std::vector<OrderInput> orders;
  std::multiset<std::string> expected;
  for (int i = 0; i < 120; ++i) {
    // More titles than are looked through at once, several in an order.
    orders.push_back(Titled("n" + std::to_string(i), {"lamp " + std::to_string(i % 70)}));
    expected.insert(orders.back().number);
  }
  house_.Import(orders);
  for (const std::size_t size : {7, 50}) EXPECT_EQ(AllNumbers("lamp", size), expected) << size;
}

TEST_F(OrderSearching, ShowsAllNumbersOfABeginningOverAllPages) {
  std::vector<OrderInput> orders;
  std::multiset<std::string> expected;
  for (int i = 0; i < 90; ++i) {
    orders.push_back(Titled("T" + std::to_string(1000 + i), {"x"}));
    if (i % 2 == 1) orders.back().platform = "taobao";
    expected.insert(orders.back().number);
  }
  house_.Import(orders);
  EXPECT_EQ(AllNumbers("T10", 7), expected);
}

TEST_F(OrderSearching, ShowsAllNumbersOfAnEndOverAllPages) {
  std::vector<OrderInput> orders;
  for (int i = 0; i < 90; ++i) orders.push_back(Titled(std::to_string(i) + "-7788", {"x"}));
  house_.Import(orders);
  EXPECT_EQ(AllNumbers("7788", 20).size(), 90u);
}

TEST_F(OrderSearching, SeesOneShopOnly) {
  house_.Import({Titled("12345", {"Lamp"}, "tom")}, {}, kOtherShop);
  for (const char* words : {"12345", "1234", "2345", "lamp"}) {
    EXPECT_TRUE(Numbers(words).empty()) << words;
  }
}

TEST_F(OrderSearching, FillsInOlderOrdersAndSaysWhenItHasNot) {
  std::vector<OrderInput> orders;
  for (int i = 0; i < 300; ++i) orders.push_back(Titled(std::to_string(i) + "-9999", {"Lamp"}));
  house_.Import(orders);
  for (const char* table : {"order_number_ends", "order_titles", "title_words", "title_orders"}) {
    house_.plain.Acquire()->Execute(std::string("DELETE FROM ") + table + " WHERE shop_id = ?",
                                    {kShop});
  }
  EXPECT_TRUE(Page("lamp").incomplete);
  EXPECT_TRUE(Page("lamp").hits.empty());
  const auto fill_in = [&](SqlOrderIndex& index) {
    for (int attempt = 0; attempt < 50; ++attempt) {
      try {
        return index.FillIn(kShop);
      } catch (const platform::Refusal&) {
        continue;
      }
    }
    return false;
  };
  EXPECT_TRUE(fill_in(index_));
  // Another process goes on where this one stopped.
  SqlOrderIndex other(house_.pool, house_.sealer, house_.clock);
  EXPECT_FALSE(fill_in(other));
  EXPECT_FALSE(Page("lamp").incomplete);
  EXPECT_EQ(AllNumbers("lamp", 50).size(), 300u);
  EXPECT_EQ(AllNumbers("9999", 50).size(), 300u);
}

}  // namespace
}  // namespace redress::order
