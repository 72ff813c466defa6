#include "services/order/store/product_rows.h"

#include <algorithm>
#include <unordered_map>

#include "services/order/store/product_sql.h"
#include "services/platform/database/rows.h"

namespace redress::order {
namespace {

using platform::Connection;
using platform::MultiRow;
using platform::Result;
using platform::Value;

Product ReadProduct(const Result& row) {
  Product product;
  product.id = row.Id<ProductId>(1);
  product.platform = row.String(2);
  product.number = row.String(3);
  product.code = row.String(4);
  product.title = row.String(5);
  product.category = row.String(6);
  product.properties = row.String(7);
  product.currency = row.String(8);
  product.price_minor = row.Int64(9);
  product.stock = row.OptInt64(10);
  product.withdrawn = row.Uint64(11) != 0;
  product.source_at = row.Int64(12);
  product.version = static_cast<std::uint32_t>(row.Uint64(13));
  return product;
}

Sku ReadSku(const Result& row) {
  Sku sku;
  sku.number = row.String(1);
  sku.code = row.String(2);
  sku.properties = row.String(3);
  sku.price_minor = row.Int64(4);
  if (const auto stock = row.OptInt64(5)) sku.stock = static_cast<std::int32_t>(*stock);
  sku.withdrawn = row.Uint64(6) != 0;
  return sku;
}

std::vector<Value> KeysOf(ShopId shop, std::span<const ProductId> ids) {
  std::vector<Value> keys;
  keys.reserve(ids.size() * 2);
  for (const ProductId id : ids) keys.insert(keys.end(), {shop, id});
  return keys;
}

void WriteSkus(Connection& connection, ShopId shop, const Product& product) {
  static const MultiRow insert(sql::kInsertSkus, sql::kSkuColumns);
  std::vector<Value> values;
  values.reserve(product.skus.size() * sql::kSkuColumns);
  for (const Sku& sku : product.skus) {
    values.insert(values.end(), {shop, product.id, sku.number, sku.code, sku.properties,
                                 sku.price_minor, sku.stock, unsigned{sku.withdrawn}});
  }
  if (!values.empty()) insert.Execute(connection, values);
}

void WriteWords(Connection& connection, ShopId shop, const Product& product) {
  static const MultiRow insert(sql::kInsertWords, 3);
  const std::vector<std::string> words = WordsOf(product.title);
  std::vector<Value> values;
  values.reserve(words.size() * 3);
  for (const std::string& word : words) values.insert(values.end(), {shop, word, product.id});
  if (!values.empty()) insert.Execute(connection, values);
}

}  // namespace

std::vector<Product> ReadProducts(Connection& connection, ShopId shop,
                                  std::span<const ProductId> ids) {
  static const MultiRow headers(sql::kSelectProducts, 2, ")", 256);
  static const MultiRow skus(sql::kSelectSkus, 2, ")", 256);
  std::vector<Product> products;
  if (ids.empty()) return products;
  const std::vector<Value> keys = KeysOf(shop, ids);
  headers.Query(connection, keys, [&](Result& row) { products.push_back(ReadProduct(row)); });
  std::sort(products.begin(), products.end(),
            [](const Product& a, const Product& b) { return a.id > b.id; });
  products.erase(std::unique(products.begin(), products.end(),
                             [](const Product& a, const Product& b) { return a.id == b.id; }),
                 products.end());
  std::unordered_map<ProductId, Product*> by_id;
  for (Product& product : products) by_id.emplace(product.id, &product);
  skus.Query(connection, keys, [&](Result& row) {
    const auto found = by_id.find(row.Id<ProductId>(0));
    if (found != by_id.end()) found->second->skus.push_back(ReadSku(row));
  });
  for (Product& product : products) {
    std::sort(product.skus.begin(), product.skus.end(),
              [](const Sku& a, const Sku& b) { return LineNumberLess(a.number, b.number); });
  }
  return products;
}

std::vector<ProductId> FindByCodes(Connection& connection, ShopId shop,
                                   std::span<const std::string> codes) {
  static const MultiRow products(sql::kFindProductsByCode, 2, ")", 256);
  static const MultiRow skus(sql::kFindSkusByCode, 2, ")", 256);
  std::vector<Value> keys;
  for (const std::string& code : codes) {
    if (!code.empty()) keys.insert(keys.end(), {shop, code});
  }
  std::vector<ProductId> ids;
  if (keys.empty()) return ids;
  const auto add = [&](Result& row) { ids.push_back(row.Id<ProductId>(0)); };
  products.Query(connection, keys, add);
  skus.Query(connection, keys, add);
  std::sort(ids.begin(), ids.end(), std::greater<>());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

void WriteProduct(Connection& connection, ShopId shop, const ProductChange& change) {
  const Product& product = change.product;
  if (change.outcome == Outcome::kUnchanged) return;
  if (change.outcome == Outcome::kCreated) {
    connection.Execute(
        sql::kWriteProduct,
        {shop, product.id, product.platform, product.number, product.code, product.title,
         product.category, product.properties, product.currency, product.price_minor, product.stock,
         unsigned{product.withdrawn}, product.source_at, product.version});
  } else {
    connection.Execute(
        sql::kUpdateProduct,
        {product.code, product.title, product.category, product.properties, product.currency,
         product.price_minor, product.stock, unsigned{product.withdrawn}, product.source_at,
         product.version, shop, product.id});
    connection.Execute(sql::kDeleteSkus, {shop, product.id});
    connection.Execute(sql::kDeleteWords, {shop, product.id});
  }
  WriteSkus(connection, shop, product);
  WriteWords(connection, shop, product);
}

}  // namespace redress::order
