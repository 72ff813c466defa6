#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "clients/cpp/json.h"
#include "tests/integration/clients/deployment.h"
#include "tests/support/process.h"

namespace redress::test {
namespace {

using google::protobuf::Struct;
using testing::HasSubstr;

constexpr const char* kHeader =
    "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";

std::string Write(const std::filesystem::path& path, const std::string& rows) {
  std::ofstream(path) << kHeader << rows;
  return path;
}

TEST(ImportRejects, HoldsOrdersWithBadRowsBackUntilTheyAreMended) {
  const TemporaryDirectory folder;
  const std::string rejects = folder.path() / "rejects.csv";
  ImportShop shop("rejects");
  const std::string good =
      "1,S1,\"a, quoted\",2,2011-01-01 10:00:00,6.455,77,Italy\n"
      "2,S3,c,1,2011-01-01 11:00:00,0,,Italy\n";
  const Struct first = shop.Import(
      Write(folder.path() / "a.csv", good + "1,S2,b,many,2011-01-01 10:00:00,1.00,77,Italy\n"
                                            "3,S4,d,1,yesterday,1.00,77,Italy\n"
                                            "C4,S1,a,-1,2011-02-01 10:00:00,6.455,77,Italy\n"),
      "uci_online_retail", rejects);
  EXPECT_EQ(Count(first, "rows_accepted"), 1u);
  EXPECT_EQ(Count(first, "rows_rejected"), 4u);
  EXPECT_EQ(Count(first, "orders_created"), 1u) << "an order with a bad row waits with its others";
  EXPECT_EQ(Count(first, "adjustments_created"), 0u) << "its order is not in yet";
  const std::string kept = client::ReadFile(rejects);
  EXPECT_THAT(kept, HasSubstr("4,Quantity: `many` is not a whole number"));
  EXPECT_THAT(kept, HasSubstr("5,InvoiceDate: `yesterday`"));
  EXPECT_THAT(kept,
              HasSubstr("2,\"goes in with its whole order or not at all, and line 4 is wrong"));

  const Struct mended = shop.Import(
      Write(folder.path() / "b.csv", good + "1,S2,b,3,2011-01-01 10:00:00,1.00,77,Italy\n"
                                            "3,S4,d,1,2011-01-03 10:00:00,1.00,77,Italy\n"
                                            "C4,S1,a,-1,2011-02-01 10:00:00,6.455,77,Italy\n"),
      "uci_online_retail", rejects);
  EXPECT_EQ(Count(mended, "rows_rejected"), 0u);
  EXPECT_EQ(Count(mended, "orders_created"), 2u);
  EXPECT_EQ(Count(mended, "orders_changed"), 0u);
  EXPECT_EQ(Count(mended, "orders_unchanged"), 1u);
  EXPECT_EQ(Count(mended, "adjustments_created"), 1u);
  EXPECT_EQ(Count(mended, "adjustments_matched"), 1u) << "the refund finds what it waited for";
  EXPECT_FALSE(std::filesystem::exists(rejects)) << "nothing was rejected this time";
  // 2 × 6.455 = 12.91; the half penny of 1 × 6.455 rounds to the even 6.46 (645.5 → 646).
  EXPECT_EQ(shop.Value("SELECT paid_minor FROM redress_order.order_lines WHERE shop_id = {shop} "
                       "AND sku = 'S1'"),
            "1291");
  EXPECT_EQ(shop.Value("SELECT amount_minor FROM redress_order.adjustments WHERE shop_id = {shop}"),
            "646");
  EXPECT_EQ(shop.Value("SELECT GROUP_CONCAT(line_number ORDER BY line_number) FROM "
                       "redress_order.order_lines l JOIN redress_order.orders o ON "
                       "o.shop_id = l.shop_id AND o.order_id = l.order_id WHERE "
                       "o.shop_id = {shop} AND o.order_number = '1'"),
            "1,2");
}

TEST(ImportRejects, ADryRunTellsWhatWouldBecomeOfTheFileAndStoresNothing) {
  const TemporaryDirectory folder;
  const std::string rejects = folder.path() / "rejects.csv";
  ImportShop shop("dry");
  const std::string good = "1,S1,a,2,2011-01-01 10:00:00,6.45,77,Italy\n";
  const std::string file = Write(folder.path() / "a.csv", good);
  const Struct first = shop.Import(file, "uci_online_retail", rejects, {"--dry-run"});
  EXPECT_EQ(Count(first, "rows_accepted"), 1u);
  EXPECT_EQ(Count(first, "orders_created"), 1u);
  EXPECT_EQ(shop.Value("SELECT COUNT(*) FROM redress_order.orders WHERE shop_id = {shop}"), "0");
  EXPECT_EQ(shop.Value("SELECT COUNT(*) FROM redress_customer.customers WHERE shop_id = {shop}"),
            "0");

  shop.Import(file, "uci_online_retail", rejects);
  const Struct other = shop.Import(
      Write(folder.path() / "b.csv", good + "C2,S1,a,-1,2011-02-01 10:00:00,6.45,77,Italy\n"),
      "uci_online_retail", rejects, {"--dry-run"});
  EXPECT_EQ(Count(other, "orders_unchanged"), 1u);
  EXPECT_EQ(Count(other, "adjustments_created"), 1u);
  EXPECT_EQ(shop.Value("SELECT COUNT(*) FROM redress_order.adjustments WHERE shop_id = {shop}"),
            "0");
}

TEST(ImportRejects, AProductOfWhichOneRowIsWrongWaitsWithAllItsRows) {
  const TemporaryDirectory folder;
  const std::string rejects = folder.path() / "rejects.csv";
  ImportShop shop("product-rejects");
  const auto write = [&](const std::string& second_sku) {
    const std::string path = folder.path() / "products.csv";
    std::ofstream(path) << "item_number,title,sku_number,code,price,stock,currency,shelf\n"
                        << "1,Cup,a,CUP-A,1.50,3,GBP,7\n"
                        << "2,Plate,,PLATE,8,,GBP,7\n"
                        << "1,Cup," << second_sku << ",CUP-B,1.20,4,GBP,7\n";
    return path;
  };
  const Struct first = shop.ImportOf("products", write("a"), "products", rejects);
  EXPECT_EQ(Count(first, "products_created"), 1u);
  EXPECT_EQ(Count(first, "rows_rejected"), 2u);
  EXPECT_THAT(client::ReadFile(rejects), HasSubstr("4,sku_number: `a` is in line 2 already"));
  EXPECT_EQ(first.fields().at("unread_columns").list_value().values(0).string_value(), "shelf");

  const Struct mended = shop.ImportOf("products", write("b"), "products", rejects);
  EXPECT_EQ(Count(mended, "products_created"), 1u);
  EXPECT_EQ(Count(mended, "products_unchanged"), 1u);
  EXPECT_EQ(Count(mended, "skus"), 2u);
  EXPECT_EQ(shop.Value("SELECT CONCAT(price_minor, ' ', stock) FROM redress_order.products"
                       " WHERE shop_id = {shop} AND item_number = '1'"),
            "120 7");
}

}  // namespace
}  // namespace redress::test
