// Files of products and SKUs, read through a mapping.

#include "clients/importing/product_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "clients/importing/plan.h"
#include "tests/support/data_directory.h"
#include "tests/unit/clients/temporary_file.h"

namespace redress::importing {
namespace {

using test::TemporaryFolder;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr char kHeader[] = "item,name,sku,code,colour,size,price,stock,day,note\n";
constexpr char kMapping[] = R"(
rows = "products"
[time]
format = "%Y-%m-%d"
zone = "UTC"
[product]
platform = { constant = "direct" }
currency_code = { constant = "GBP" }
item_number = "item"
title = "name"
source_time = { column = "day", optional = true }
[sku]
sku_number = { column = "sku", optional = true }
code = "code"
properties = { named = { "Colour" = "colour", "Size" = "size" } }
price_minor = "price"
stock = "stock"
)";
constexpr char kOneRowEach[] = R"(
rows = "products"
[product]
platform = { constant = "direct" }
currency_code = { constant = "GBP" }
item_number = "item"
title = "name"
price_minor = "price"
stock = "stock"
)";

struct Read {
  std::vector<ProductItem> products;
  std::vector<Reject> rejects;
};

class ProductFileTest : public testing::Test {
 protected:
  Read ReadRows(const std::string& rows, const std::string& mapping = kMapping) {
    const Mapping parsed = ParseMapping(mapping, "m.toml");
    ProductFile file(folder_.Write("products.csv", kHeader + rows), parsed);
    return ReadAll(file);
  }
  static Read ReadAll(ProductFile& file) {
    Read read;
    file.ReadProducts([&](ProductItem item) { read.products.push_back(std::move(item)); },
                      [&](Reject bad) { read.rejects.push_back(std::move(bad)); });
    return read;
  }
  // What is wrong, by line.
  static std::vector<std::string> Reasons(const Read& read) {
    std::vector<std::string> reasons;
    for (const Reject& bad : read.rejects) {
      reasons.push_back(std::to_string(bad.row.line) + ": " + bad.reason);
    }
    return reasons;
  }
  const TemporaryFolder folder_;
};

TEST_F(ProductFileTest, RowsOfOneItemAreItsSkusWhereverTheyStand) {
  const Read read = ReadRows(
      "1,Cup,a,CUP-A,red,L,12.50,3,2020-01-01,\n"
      "2,Plate,x,PLATE,,,8,,,\n"
      "1,,b,CUP-B,blue,L,11,0,2020-01-03,\n");
  ASSERT_EQ(read.products.size(), 2u);
  EXPECT_EQ(read.products[0].message.title(), "Plate");
  const auto& cup = read.products[1].message;
  EXPECT_EQ(cup.title(), "Cup");
  EXPECT_EQ(cup.source_time().seconds(), 1'578'009'600);
  ASSERT_EQ(cup.skus_size(), 2);
  EXPECT_EQ(cup.skus(0).code(), "CUP-A");
  EXPECT_EQ(cup.skus(0).properties(), "Colour:red;Size:L");
  EXPECT_EQ(cup.skus(0).price_minor(), 1250);
  EXPECT_EQ(cup.skus(1).stock(), 0);
  EXPECT_EQ(read.products[1].rows.size(), 2u);
}

TEST_F(ProductFileTest, AnEmptyStockIsUnknownAndAnEmptyPriceIsNoZero) {
  const Read read = ReadRows("1,Cup,a,A,,,1,,,\n2,Plate,b,B,,,,5,,\n");
  ASSERT_EQ(read.products.size(), 1u);
  EXPECT_FALSE(read.products[0].message.skus(0).has_stock());
  EXPECT_THAT(Reasons(read), ElementsAre("3: price: is empty, but every row needs it"));
}

TEST_F(ProductFileTest, ARowWithoutASkuTellsOfTheProductItself) {
  const Read read = ReadRows("1,Cup,,CUP,red,,9.99,4,,\n");
  ASSERT_EQ(read.products.size(), 1u);
  const auto& cup = read.products[0].message;
  EXPECT_EQ(cup.skus_size(), 0);
  EXPECT_EQ(cup.code(), "CUP");
  EXPECT_EQ(cup.price_minor(), 999);
  EXPECT_EQ(cup.stock(), 4);
  EXPECT_EQ(cup.properties(), "Colour:red");
  EXPECT_THAT(Reasons(ReadRows("1,Cup,,A,,,1,,,\n1,Cup,,B,,,1,,,\n")),
              ElementsAre("2: goes in with its whole product or not at all, and line 3 is wrong",
                          HasSubstr("3: sku_number: is empty, as in line 2")));
}

TEST_F(ProductFileTest, WhatPartsPropertiesIsWrittenFullWidthInsideOne) {
  const Read read = ReadRows("1,Cup,a,A,red;blue,,1,,,\n");
  EXPECT_EQ(read.products.at(0).message.skus(0).properties(), "Colour:red；blue");
}

TEST_F(ProductFileTest, AProductWithOneBadRowWaitsWithAllItsRows) {
  const Read read = ReadRows(
      "1,Cup,a,A,,,1,1,,\n"
      "2,Plate,x,X,,,1,1,,\n"
      "1,Cup,b,B,,,0.30000000000000004,1,,\n");
  ASSERT_EQ(read.products.size(), 1u);
  EXPECT_EQ(read.products[0].message.item_number(), "2");
  EXPECT_THAT(
      Reasons(read),
      ElementsAre("2: goes in with its whole product or not at all, and line 4 is wrong",
                  "4: price: `0.30000000000000004` is not an amount with at most 2 decimals"));
}

TEST_F(ProductFileTest, WrongStocksAndRepeatedSkusAreNamedByLine) {
  EXPECT_THAT(Reasons(ReadRows("1,Cup,a,A,,,1,-3,,\n")),
              ElementsAre("2: stock: `-3` is not between 0 and 2147483647"));
  EXPECT_THAT(Reasons(ReadRows("1,Cup,a,A,,,1,1.5,,\n")),
              ElementsAre("2: stock: `1.5` is not a whole number"));
  EXPECT_THAT(Reasons(ReadRows("1,Cup,a,A,,,1,1,,\n1,Cup,a,B,,,2,1,,\n")).back(),
              HasSubstr("3: sku_number: `a` is in line 2 already"));
  EXPECT_THAT(Reasons(ReadRows("1,Cup,a,A,,,1,1,,\n1,Mug,b,B,,,2,1,,\n")).back(),
              "3: title: differs from the product's first row (line 2)");
}

TEST_F(ProductFileTest, ASkuWhoseProductIsUnknownEndsTheImport) {
  try {
    ReadRows("1,Cup,a,A,,,1,1,,\n,Cup,b,B,,,1,1,,\n");
    ADD_FAILURE() << "was read";
  } catch (const MappingError& error) {
    EXPECT_THAT(error.what(), HasSubstr("line 3"));
    EXPECT_THAT(error.what(), HasSubstr("item: is empty"));
  }
}

TEST_F(ProductFileTest, WithoutSkusEachRowIsAProductOfItsOwn) {
  const Read read = ReadRows(
      "1,Cup,,,,,1,7,,\n"
      "2,Plate,,,,,2,,,\n"
      ",Bowl,,,,,2,,,\n"
      "1,Cup again,,,,,1,7,,\n",
      kOneRowEach);
  ASSERT_EQ(read.products.size(), 1u);
  EXPECT_EQ(read.products[0].message.title(), "Plate");
  EXPECT_EQ(read.rejects.size(), 3u);
  EXPECT_THAT(Reasons(read), testing::Contains(HasSubstr("4: item: is empty")));
  EXPECT_THAT(Reasons(read), testing::Contains(HasSubstr("5: item_number: is in line 2 already")));
}

TEST_F(ProductFileTest, AProductOfWithdrawnSkusIsWithdrawn) {
  std::string mapping = kMapping;
  mapping +=
      "withdrawn = { column = \"note\", values = { gone = \"true\" }, otherwise = \"false\" }\n";
  const Read read =
      ReadRows("1,Cup,a,A,,,1,1,,gone\n2,Plate,a,P,,,1,1,,gone\n2,Plate,b,Q,,,1,1,,\n", mapping);
  ASSERT_EQ(read.products.size(), 2u);
  EXPECT_TRUE(read.products[0].message.withdrawn());
  EXPECT_FALSE(read.products[1].message.withdrawn());
}

TEST_F(ProductFileTest, TheLowestPriceOfAJoinedFileCounts) {
  const Mapping mapping = ParseMapping(R"(
rows = "products"
[joins.sold]
column = "item"
key = "item"
lowest = ["paid"]
[product]
platform = { constant = "direct" }
currency_code = { constant = "GBP" }
item_number = "item"
title = "name"
price_minor = "sold.paid"
)",
                                       "m.toml");
  const auto sold = std::make_shared<const JoinedFile>(
      folder_.Write("sold.csv", "item,paid\n1,9.90\n1,10\n1,9.5\n"), "utf-8", mapping,
      mapping.joins.front());
  ProductFile file(folder_.Write("products.csv", "item,name\n1,Cup\n2,Plate\n"), mapping,
                   {.joined = {sold}});
  const Read read = ReadAll(file);
  ASSERT_EQ(read.products.size(), 1u);
  EXPECT_EQ(read.products[0].message.price_minor(), 950);
  EXPECT_THAT(Reasons(read), ElementsAre("3: sold.paid: is empty, but every row needs it"));
}

TEST_F(ProductFileTest, ColumnsThatNoFieldTakesAreTold) {
  const Mapping mapping = ParseMapping(kMapping, "m.toml");
  EXPECT_THAT(UnreadColumns(mapping, {"item", "name", "note", "price", "extra", ""}),
              ElementsAre("note", "extra"));
}

std::string ErrorOf(const std::string& toml) {
  try {
    ParseMapping(toml, "m.toml");
    return "";
  } catch (const MappingError& error) {
    return error.what();
  }
}

TEST(ProductMapping, NamesWhatIsWrongInIt) {
  const std::string head =
      "rows = \"products\"\n[product]\nplatform = { constant = \"x\" }\n"
      "currency_code = { constant = \"GBP\" }\nitem_number = \"i\"\ntitle = \"t\"\n";
  EXPECT_THAT(ErrorOf(head), HasSubstr("`product.price_minor` is missing"));
  EXPECT_THAT(ErrorOf(head + "price_minor = { column = \"p\", optional = true }\n"),
              HasSubstr("an unknown price is no 0"));
  EXPECT_THAT(
      ErrorOf(head + "price_minor = \"p\"\n[sku]\nsku_number = \"s\"\nprice_minor = \"p\"\n"),
      HasSubstr("`product.price_minor` belongs to [sku]"));
  EXPECT_THAT(ErrorOf(head + "price_minor = \"p\"\nsource_time = \"d\"\n"),
              HasSubstr("`time.format` is missing"));
  EXPECT_THAT(ErrorOf("group_by = \"i\"\n" + head + "price_minor = \"p\"\n"),
              HasSubstr("`group_by` has no place"));
  EXPECT_EQ(ErrorOf(head + "price_minor = \"p\"\n"), "");
}

TEST(ShippedProductMappings, NameTheColumnThatTheFileHas) {
  const TemporaryFolder folder;
  const Mapping mapping =
      LoadMapping(test::SourceDirectory() / "clients/importing/mappings/products.toml");
  ProductFile file(folder.Write("t.csv", "宝贝ID,宝贝标题,价格\n1,玻璃杯,=1+1\n"), mapping);
  std::string reason;
  file.ReadProducts([](const ProductItem&) { ADD_FAILURE() << "was taken"; },
                    [&](const Reject& bad) { reason = bad.reason; });
  EXPECT_THAT(reason, HasSubstr("价格: `=1+1` is not an amount"));
}

TEST(ShippedProductMappings, ReadASellersTableWithSpreadsheetCells) {
  const TemporaryFolder folder;
  const Mapping mapping =
      LoadMapping(test::SourceDirectory() / "clients/importing/mappings/products.toml");
  ProductFile file(folder.Write("t.csv",
                                "宝贝ID,宝贝标题,SKU ID,商家编码,销售属性,价格,库存,状态\n"
                                "=\"600001\",玻璃杯,1,CUP-R,颜色:红,\"1,299.00元\",1,出售中\n"
                                "=\"600001\",玻璃杯,2,CUP-B,颜色:蓝,￥99,20,仓库中\n"),
                   mapping);
  std::vector<ProductItem> products;
  file.ReadProducts([&](ProductItem item) { products.push_back(std::move(item)); },
                    [](const Reject& bad) { ADD_FAILURE() << bad.reason; });
  ASSERT_EQ(products.size(), 1u);
  const auto& cup = products[0].message;
  EXPECT_EQ(cup.platform(), "taobao");
  EXPECT_EQ(cup.currency_code(), "CNY");
  EXPECT_EQ(cup.item_number(), "600001");
  EXPECT_EQ(cup.skus(0).price_minor(), 129'900);
  EXPECT_TRUE(cup.skus(1).withdrawn());
  EXPECT_FALSE(cup.withdrawn());
}

}  // namespace
}  // namespace redress::importing
