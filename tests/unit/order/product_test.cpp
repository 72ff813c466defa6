// What a shop sells: stored, compared, recommended.

#include "services/order/domain/product.h"

#include <gtest/gtest.h>

#include <set>

#include "services/order/api/item_mapping.h"
#include "services/order/domain/recommending.h"
#include "tests/unit/order/samples.h"

namespace redress::order {
namespace {

using Properties = std::vector<std::pair<std::string, std::string>>;

Product Make(std::uint64_t id, std::string title, std::int64_t price, std::string properties = "") {
  Product product;
  product.id = ProductId{id};
  product.platform = "taobao";
  product.number = std::to_string(id);
  product.title = std::move(title);
  product.category = "cups";
  product.properties = std::move(properties);
  product.currency = "CNY";
  product.price_minor = price;
  product.stock = 5;
  return product;
}

TEST(Product, PropertiesAreReadWithAndWithoutThePlatformsNumbers) {
  EXPECT_EQ(PropertiesOf("颜色:红;尺码:L"), (Properties{{"颜色", "红"}, {"尺码", "L"}}));
  EXPECT_EQ(PropertiesOf("20000:3275069:品牌:盈讯;1753146:3485013:型号:F908"),
            (Properties{{"品牌", "盈讯"}, {"型号", "F908"}}));
  EXPECT_EQ(PropertiesOf(";时间:12:30;透气;"), (Properties{{"时间", "12:30"}, {"透气", ""}}));
}

TEST(Product, WithSkusHasTheirLowestPriceAndTheirStock) {
  Product product = Make(1, "杯子", 999);
  product.skus = {{.number = "10", .price_minor = 500, .stock = 2},
                  {.number = "9", .price_minor = 400, .stock = 3},
                  {.number = "8", .price_minor = 100, .stock = 7, .withdrawn = true}};
  const auto prepared = std::get<Product>(PrepareProduct(product));
  EXPECT_EQ(prepared.price_minor, 400);
  EXPECT_EQ(prepared.stock, 5);
  EXPECT_EQ(prepared.skus[0].number, "8");
}

TEST(Product, NamesASkuOnce) {
  Product product = Make(1, "杯子", 999);
  product.skus = {{.number = "1"}, {.number = "1"}};
  EXPECT_EQ(std::get<Problem>(PrepareProduct(product)).field, "skus[1].sku_number");
}

TEST(Product, OlderWordsAndRepeatsChangeNothing) {
  CountingIds ids;
  Product pushed = Make(0, "杯子", 100);
  pushed.source_at = kNoon;
  const Product stored = MergeProduct(pushed, nullptr, ids).product;
  EXPECT_EQ(stored.version, 1u);
  EXPECT_EQ(MergeProduct(pushed, &stored, ids).outcome, Outcome::kUnchanged);
  pushed.stock = 4;
  pushed.source_at = kNoon - 1;
  EXPECT_EQ(MergeProduct(pushed, &stored, ids).outcome, Outcome::kUnchanged);
  pushed.source_at = kNoon + 1;
  const ProductChange changed = MergeProduct(pushed, &stored, ids);
  EXPECT_EQ(changed.outcome, Outcome::kChanged);
  EXPECT_EQ(changed.product.id, stored.id);
  EXPECT_EQ(changed.product.version, 2u);
}

TEST(Product, IsFoundByAnyPartOfItsTitle) {
  const Product product = Make(1, "双层玻璃杯 350ML", 100);
  EXPECT_TRUE(TitleHas(product, "玻璃"));
  EXPECT_TRUE(TitleHas(product, "350ml"));
  EXPECT_FALSE(TitleHas(product, "玻杯"));
  EXPECT_EQ(WordsOf("玻璃杯"), (std::vector<std::string>{"玻璃", "璃杯", "杯"}));
}

TEST(Product, ComparisonShowsDifferencesFirst) {
  const std::vector<Product> products = {Make(1, "a", 100, "材质:玻璃;容量:350"),
                                         Make(2, "b", 100, "材质:玻璃;颜色:红")};
  const auto compared = Compare(products);
  ASSERT_EQ(compared.size(), 6u);
  EXPECT_EQ(compared[0], (ComparedProperty{"容量", {"350", ""}, false}));
  EXPECT_EQ(compared[1], (ComparedProperty{"颜色", {"", "红"}, false}));
  EXPECT_TRUE(compared[2].equal);
}

TEST(Recommendation, EqualIsOfTheCategoryInStockAndExplained) {
  const Product target = Make(1, "t", 100, "材质:玻璃;容量:350");
  Product sold_out = Make(2, "sold out", 100, "材质:玻璃;容量:350");
  sold_out.stock = 0;
  Product other = Make(3, "other", 100, "材质:玻璃;容量:350");
  other.category = "plates";
  const Product dear = Make(4, "dear", 900, "材质:玻璃");
  const Product near = Make(5, "near", 120, "材质:玻璃");
  const Product best = Make(6, "best", 5000, "材质:玻璃;容量:350");
  const std::vector<Product> candidates = {target, sold_out, other, dear, near, best};
  const auto found = Recommend(target, candidates, {}, RecommendationKind::kEqual, 10);
  ASSERT_EQ(found.size(), 3u);
  EXPECT_EQ(found[0].product.title, "best");
  EXPECT_EQ(found[0].shared_properties.size(), 2u);
  EXPECT_EQ(found[1].product.title, "near");
  EXPECT_EQ(found[2].product.title, "dear");
  EXPECT_TRUE(found[2].same_category);
}

TEST(Recommendation, MatchingIsWhatIsBoughtTogether) {
  const Product target = Make(1, "t", 100);
  BoughtTogether together{10, {{Make(2, "lid", 10), 3}, {Make(3, "brush", 10), 7}}};
  const auto found = Recommend(target, {}, together, RecommendationKind::kMatching, 10);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].product.title, "brush");
  EXPECT_EQ(found[0].bought_together, 7u);
  EXPECT_EQ(found[0].orders_seen, 10u);
}

TEST(Recommendation, WithBothEitherGetsRoomAndNothingIsNamedTwice) {
  const Product target = Make(1, "t", 100);
  std::vector<Product> of_category;
  BoughtTogether together{10, {}};
  for (std::uint64_t id = 2; id < 12; ++id) {
    of_category.push_back(Make(id, "c", 100));
    together.products.emplace_back(Make(id + 5, "m", 100), 1u);
  }
  const auto found = Recommend(target, of_category, together, RecommendationKind::kBoth, 6);
  ASSERT_EQ(found.size(), 6u);
  std::set<std::uint64_t> named;
  for (const auto& each : found) EXPECT_TRUE(named.insert(each.product.id.value).second);
  EXPECT_EQ(found[2].kind, RecommendationKind::kEqual);
  EXPECT_EQ(found[3].kind, RecommendationKind::kMatching);
}

std::vector<ReadItem> Items(const std::string& body) {
  google::protobuf::RepeatedPtrField<std::string> bodies;
  *bodies.Add() = body;
  return ReadItems("taobao", bodies);
}

TEST(ItemMapping, AnItemIsReadUnderThePlatformsNames) {
  const auto items = Items(
      R"({"item_get_response":{"item":{"num_iid":9007199254740995,"title":"玻璃杯","cid":50012,)"
      R"("outer_id":"CUP","price":"12.50","num":8,"approve_status":"onsale",)"
      R"("modified":"2024-05-06 08:00:00","props_name":"20000:1:材质:玻璃",)"
      R"("skus":{"sku":[{"sku_id":"71","outer_id":"CUP-R","price":"13.00","quantity":3,)"
      R"("properties_name":"1627207:28326:颜色:红","status":"normal"}]}}}})");
  ASSERT_EQ(items.size(), 1u);
  ASSERT_FALSE(items[0].problem) << items[0].problem->field;
  const v1::ProductInput& product = items[0].product;
  EXPECT_EQ(product.item_number(), "9007199254740995");
  EXPECT_EQ(product.price_minor(), 1250);
  EXPECT_EQ(product.stock(), 8);
  EXPECT_FALSE(product.withdrawn());
  EXPECT_EQ(product.source_time().seconds(), 1'714'953'600);
  ASSERT_EQ(product.skus_size(), 1);
  EXPECT_EQ(product.skus(0).code(), "CUP-R");
  EXPECT_EQ(product.skus(0).stock(), 3);
  EXPECT_EQ(product.skus(0).price_minor(), 1300);
}

TEST(ItemMapping, EachItemIsJudgedByItself) {
  const auto items = Items(R"([{"num_iid":1,"title":"a","price":"1"},{"num_iid":2,"price":"-1"}])");
  ASSERT_EQ(items.size(), 2u);
  EXPECT_FALSE(items[0].problem);
  ASSERT_TRUE(items[1].problem);
  EXPECT_EQ(items[1].problem->field, "price");
  EXPECT_EQ(Items("{}")[0].problem->field, "num_iid");
  EXPECT_TRUE(Items("nothing")[0].problem);
}

}  // namespace
}  // namespace redress::order
