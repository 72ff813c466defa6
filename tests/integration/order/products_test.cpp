// Products, stored: found, and recommended by what is bought together.

#include <gtest/gtest.h>

#include <algorithm>

#include "services/order/domain/product_dry_run.h"
#include "services/order/domain/recommending.h"
#include "tests/integration/order/work_house.h"
#include "tests/support/private_maria_db.h"
#include "tests/support/under_faults.h"

namespace redress::order {
namespace {

class Products : public ::testing::Test {
 protected:
  static Product Make(const std::string& number, const std::string& title) {
    Product product;
    product.platform = "taobao";
    product.number = number;
    product.code = "CODE-" + number;
    product.title = title;
    product.category = "cups";
    product.properties = "材质:玻璃";
    product.currency = "CNY";
    product.price_minor = 1000;
    product.stock = 5;
    product.source_at = kNoon;
    return product;
  }
  Outcome Store(const Product& product, ShopId shop = kShop) {
    return WorkHouse::Repeating(
        [&] { return house_.products.Store(shop, std::get<Product>(PrepareProduct(product))); });
  }
  std::vector<std::string> Search(ProductQuery query, std::size_t page, ShopId shop = kShop) {
    std::vector<std::string> titles;
    query.limit = page;
    for (;;) {
      const FoundProducts found = house_.products.Search(shop, query);
      for (const Product& product : found.products) titles.push_back(product.title);
      if (!found.after) return titles;
      query.before = found.after;
    }
  }
  WorkHouse house_{test::InjectedFaults()};
};

TEST_F(Products, AreStoredWithTheirSkusAndReadBack) {
  Product product = Make("1", "双层玻璃杯");
  product.skus = {{"10", "CUP-R", "颜色:红", 1200, 3, false},
                  {"9", "CUP-B", "颜色:蓝", 1100, {}, false}};
  Store(product);
  const auto read = house_.products.FindByCode(kShop, "CUP-R");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->title, "双层玻璃杯");
  EXPECT_EQ(read->price_minor, 1100);
  EXPECT_EQ(read->stock, 3);
  ASSERT_EQ(read->skus.size(), 2u);
  EXPECT_EQ(read->skus[0].code, "CUP-B");
  EXPECT_FALSE(read->skus[0].stock);
  EXPECT_EQ(house_.products.FindByCode(kShop, "CODE-1")->id, read->id);
  EXPECT_FALSE(house_.products.FindByCode(kOtherShop, "CODE-1"));
  EXPECT_FALSE(house_.products.Find(kOtherShop, read->id));
}

TEST_F(Products, ANewerWordReplacesTheWholeProduct) {
  Product product = Make("1", "玻璃杯");
  product.skus = {{"10", "CUP-R", "颜色:红", 1200, 3, false}};
  EXPECT_THAT(Store(product), test::OrAgain(Outcome::kCreated, Outcome::kUnchanged));
  product.source_at = kNoon + 1;
  product.title = "陶瓷碗";
  product.skus.clear();
  EXPECT_THAT(Store(product), test::OrAgain(Outcome::kChanged, Outcome::kUnchanged));
  EXPECT_TRUE(Search({.text = "玻璃"}, 5).empty());
  EXPECT_EQ(Search({.text = "陶瓷"}, 5).size(), 1u);
  EXPECT_FALSE(house_.products.FindByCode(kShop, "CUP-R"));
}

TEST_F(Products, ADryRunForeseesWhatStoringWouldComeToAndStoresNothing) {
  Store(Make("known", "玻璃杯"));
  Store(Make("elsewhere", "玻璃杯"), kOtherShop);
  Product dearer = Make("known", "玻璃杯");
  dearer.price_minor = 2000;
  Product older = Make("known", "旧标题");
  older.source_at = kNoon - 1;
  ProductDryRun dry_run(house_.products, house_.ids, kShop);
  const auto foresee = [&](const Product& product) {
    return WorkHouse::Repeating([&] { return dry_run.Store(product); });
  };
  EXPECT_EQ(foresee(Make("known", "玻璃杯")), Outcome::kUnchanged);
  EXPECT_EQ(foresee(dearer), Outcome::kChanged);
  EXPECT_EQ(foresee(dearer), Outcome::kUnchanged) << "the one before it would be stored";
  EXPECT_EQ(foresee(older), Outcome::kUnchanged);
  EXPECT_EQ(foresee(Make("elsewhere", "玻璃杯")), Outcome::kCreated);
  EXPECT_EQ(foresee(Make("elsewhere", "玻璃杯")), Outcome::kUnchanged);

  EXPECT_EQ(Search({}, 5).size(), 1u);
  EXPECT_EQ(house_.products.FindByCode(kShop, "CODE-known")->price_minor, 1000);
}

TEST_F(Products, AreFoundByAnyPartOfTheTitlePageByPage) {
  for (int i = 0; i < 9; ++i) {
    Store(Make(std::to_string(i), i % 3 == 0 ? "双层玻璃杯" : "玻璃盘子"));
  }
  Store(Make("other", "玻璃杯"), kOtherShop);
  EXPECT_EQ(Search({.text = "玻璃"}, 2).size(), 9u);
  EXPECT_EQ(Search({.text = "璃杯"}, 2).size(), 3u);
  EXPECT_EQ(Search({.text = "层玻璃"}, 1).size(), 3u);
  EXPECT_EQ(Search({.text = "子"}, 4).size(), 6u);
  EXPECT_EQ(Search({.text = "盘"}, 4).size(), 6u);
  EXPECT_TRUE(Search({.text = "璃玻"}, 4).empty());
  EXPECT_EQ(Search({}, 4).size(), 9u);
  EXPECT_EQ(Search({.text = "CODE-4"}, 4).size(), 1u);
}

TEST_F(Products, SoldOutOnesMayBeLeftOut) {
  Store(Make("1", "玻璃杯 a"));
  Product sold_out = Make("2", "玻璃杯 b");
  sold_out.stock = 0;
  Store(sold_out);
  Product unknown = Make("3", "玻璃杯 c");
  unknown.stock.reset();
  Store(unknown);
  EXPECT_EQ(Search({.text = "玻璃", .in_stock = true}, 5),
            (std::vector<std::string>{"玻璃杯 c", "玻璃杯 a"}));
  EXPECT_EQ(Search({.category = "cups"}, 2).size(), 3u);
  EXPECT_TRUE(Search({.category = "plates"}, 2).empty());
}

TEST_F(Products, WhatIsBoughtTogetherIsCounted) {
  Store(Make("1", "玻璃杯"));
  Store(Make("2", "杯盖"));
  Store(Make("3", "杯刷"));
  for (int i = 0; i < 5; ++i) {
    std::vector<LineInput> lines = {MakeLine("1", 1, "10.00"), MakeLine("2", 1, "5.00")};
    lines[0].sku = "CODE-1";
    lines[1].sku = i < 2 ? "CODE-2" : "CODE-3";
    house_.Push(UnpaidOrder("A" + std::to_string(i), kNoon, lines), "p" + std::to_string(i));
  }
  const auto target = house_.products.FindByCode(kShop, "CODE-1");
  const BoughtTogether together = house_.products.TogetherWith(kShop, *target);
  EXPECT_EQ(together.orders_seen, 5u);
  const auto found = Recommend(*target, {}, together, RecommendationKind::kMatching, 5);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].product.title, "杯刷");
  EXPECT_EQ(found[0].bought_together, 3u);
  EXPECT_EQ(found[1].bought_together, 2u);
}

}  // namespace
}  // namespace redress::order
