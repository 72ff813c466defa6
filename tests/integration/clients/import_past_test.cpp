// Every folder of real data that has orders, reviews, conversations or logs of tickets goes through
// a shipped mapping into real services; what is stored then equals what independent programs have
// counted in the same files.

#include <gtest/gtest.h>

#include <set>

#include "clients/cpp/json.h"
#include "tests/integration/clients/comparisons.h"
#include "tests/integration/clients/conversation_figures.h"
#include "tests/integration/clients/log_figures.h"
#include "tests/integration/clients/product_figures.h"
#include "tests/integration/clients/review_figures.h"
#include "tests/integration/clients/shop_figures.h"
#include "tests/support/data_directory.h"
#include "tests/support/process.h"
#include "tests/support/wait_for.h"

namespace redress::test {
namespace {

using google::protobuf::Struct;
using Keys = std::set<std::string>;

// Keys that are not about what was imported: by what means an order was paid (card, voucher), in
// how many payments. An order keeps what was paid for it.
const Keys kOlistNotImported = {"payments", "payment_sum_by_type"};

class ImportPast : public testing::Test {
 protected:
  void SetUp() override {
    if (!data_) GTEST_SKIP() << "not run: the real data is not here";
  }

  std::string File(const std::string& name) const { return *data_ / name; }
  std::string Rejects() const { return folder_.path() / "rejects.csv"; }

  Struct Expected(const std::string& name) const {
    return client::ParseJsonObject(client::ReadFile(*data_ / ("expected/" + name + ".public.json")),
                                   "expected figures");
  }

  void Compare(const Struct& expected, const Struct& actual, const Keys& without = {}) const {
    google::protobuf::Value want;
    google::protobuf::Value have;
    *want.mutable_struct_value() = expected;
    *have.mutable_struct_value() = actual;
    for (const std::string& key : without)
      want.mutable_struct_value()->mutable_fields()->erase(key);
    CountIn(test::Compare(want, have));
  }

  // Imports twice: the second time changes nothing.
  void Import(ImportShop& shop, const std::string& what, const std::string& file,
              const std::string& mapping, const std::vector<std::string>& more = {}) const {
    const Struct first = shop.ImportOf(what, File(file), mapping, Rejects(), more);
    EXPECT_EQ(Count(first, "rows_rejected"), 0u) << client::ReadFile(Rejects());
    EXPECT_EQ(Count(first, "rows_accepted"), Count(first, "rows"));
    EXPECT_GT(Count(first, what + "_created"), 0u);
    const Struct again = shop.ImportOf(what, File(file), mapping, Rejects(), more);
    EXPECT_EQ(Count(again, what + "_created"), 0u);
    EXPECT_EQ(Count(again, what + "_changed"), 0u);
    EXPECT_EQ(Count(again, what + "_unchanged"), Count(first, what + "_created"));
  }

  const std::optional<std::filesystem::path> data_ = DataDirectory();
  const TemporaryDirectory folder_;
};

TEST_F(ImportPast, HelpdeskLogTellsTheSameFigures) {
  ImportShop shop("helpdesk");
  Import(shop, "cases", "helpdesk_it/events.csv", "helpdesk_it");
  const Struct expected = Expected("helpdesk_it");
  Compare(expected, HelpdeskFigures(ReadStoredCases(shop), expected));
}

TEST_F(ImportPast, VolvoLogTellsTheSameFigures) {
  ImportShop shop("volvo");
  Import(shop, "cases", "volvo_bpi2013_incidents/events.csv", "volvo_bpi2013_incidents");
  const Struct expected = Expected("volvo_bpi2013_incidents");
  Compare(expected, VolvoFigures(ReadStoredCases(shop), expected));
}

TEST_F(ImportPast, FinesTellTheSameFigures) {
  ImportShop shop("fines");
  Import(shop, "cases", "road_fines_disputes/events.csv", "road_fines_disputes");
  Compare(Expected("road_fines_disputes"),
          FinesFigures(ReadStoredCases(shop, {"amount", "dismissal", "paymentamount"})));
}

TEST_F(ImportPast, ReviewsWithRepliesTellTheSameFigures) {
  ImportShop shop("replies");
  Import(shop, "cases", "reviews_with_replies/reviews.csv", "reviews_with_replies");
  Compare(Expected("reviews_with_replies"), ReplyFigures(ReadStoredCases(shop, {"app_id"})));
}

TEST_F(ImportPast, SupportChatTellsTheSameFigures) {
  ImportShop shop("irc");
  Import(shop, "conversations", "irc_support_chat/messages.csv", "irc_support_chat");
  Compare(Expected("irc_support_chat"), IrcFigures(shop));
}

TEST_F(ImportPast, TweetsTellTheSameFigures) {
  ImportShop shop("twitter");
  Import(shop, "conversations", "twcs_sample/tweets.csv", "twcs");
  Compare(Expected("twcs_sample"), TwitterFigures(shop));
}

TEST_F(ImportPast, TmallOrdersTellTheSameFigures) {
  ImportShop shop("tmall");
  const Struct report =
      shop.Import(File("tmall_orders_2020_02/orders.csv"), "tmall_orders_2020_02", Rejects());
  EXPECT_EQ(Count(report, "rows_rejected"), 0u);
  Compare(Expected("tmall_orders_2020_02"), TmallFigures(shop));
}

void ImportOlist(ImportShop& shop, const std::filesystem::path& data, const std::string& folder,
                 const std::string& rejects) {
  const auto file = [&](const std::string& name) { return (data / folder / name).string(); };
  const Struct report = shop.Import(
      file("orders.csv"), "olist_orders", rejects,
      {"--lines", file("order_items.csv"), "--join", "items=" + file("order_items.csv"), "--join",
       "customers=" + file("customers.csv"), "--join", "payments=" + file("order_payments.csv")});
  EXPECT_EQ(Count(report, "rows_rejected"), 0u) << client::ReadFile(rejects);
}

TEST_F(ImportPast, OlistOrdersAndReviewsTellTheSameFigures) {
  ImportShop shop("olist");
  ImportOlist(shop, *data_, "olist", Rejects());
  Import(shop, "cases", "olist/order_reviews.csv", "olist_reviews");
  Compare(Expected("olist"), OlistFigures(shop, true), kOlistNotImported);
}

TEST_F(ImportPast, OlistProductsTellTheSameFiguresAndAreThoseOfTheOrders) {
  ImportShop shop("olist-products");
  ImportOlist(shop, *data_, "olist", Rejects());
  const std::vector<std::string> items = {"--join", "items=" + File("olist/order_items.csv")};
  const auto stored = [&] {
    return shop.Value("SELECT COUNT(*) FROM redress_order.products WHERE shop_id = {shop}");
  };
  std::vector<std::string> dry = items;
  dry.emplace_back("--dry-run");
  const Struct foreseen =
      shop.ImportOf("products", File("olist/products.csv"), "olist_products", Rejects(), dry);
  EXPECT_EQ(stored(), "0") << "a dry run stores nothing";
  Import(shop, "products", "olist/products.csv", "olist_products", items);
  EXPECT_EQ(std::to_string(Count(foreseen, "products_created")), stored());
  Compare(OlistProductFigures(*data_ / "olist"), StoredProductFigures(shop));
}

TEST_F(ImportPast, OlistOrdersWithoutReviewsTellTheSameFigures) {
  ImportShop shop("olist-bulk");
  ImportOlist(shop, *data_, "olist_bulk_no_reviews", Rejects());
  Compare(Expected("olist_bulk_no_reviews"), OlistFigures(shop, false), kOlistNotImported);
}

TEST_F(ImportPast, HistoriesVerifyAndFiguresGoBackInTime) {
  ImportShop shop("past-figures");
  Import(shop, "cases", "helpdesk_it/events.csv", "helpdesk_it");
  const std::string cases =
      shop.Value("SELECT COUNT(*) FROM redress_aftersales.imported_cases WHERE shop_id = {shop}");
  // Opened and completed disputes, as scoring counts them.
  const std::string counted =
      "SELECT COUNT(*) FROM redress_scoring.case_facts f WHERE f.shop_id = {shop}"
      " AND f.sequence = 1";
  EXPECT_TRUE(WaitFor([&] { return shop.Value(counted) == cases; }, std::chrono::seconds(120)))
      << shop.Value(counted) << " of " << cases;
  const auto finished = shop.Run({"case", "verify", "--all"});
  EXPECT_EQ(finished.exit_code, 0) << finished.output;
}

}  // namespace
}  // namespace redress::test
