// Statements about products.
#pragma once

namespace redress::order::sql {

#define REDRESS_PRODUCT_COLUMNS                                                     \
  "product_id, platform, item_number, code, title, category, properties, currency," \
  " price_minor, stock, withdrawn, source_at, version"

inline constexpr char kLockProduct[] =
    "SELECT product_id FROM products FORCE INDEX (by_number)"
    " WHERE shop_id = ? AND platform = ? AND item_number = ? FOR UPDATE";
inline constexpr char kFindProductByNumber[] =
    "SELECT product_id FROM products FORCE INDEX (by_number)"
    " WHERE shop_id = ? AND platform = ? AND item_number = ?";
inline constexpr char kWriteProduct[] = "INSERT INTO products (shop_id, " REDRESS_PRODUCT_COLUMNS
                                        ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
inline constexpr char kUpdateProduct[] =
    "UPDATE products SET code = ?, title = ?, category = ?, properties = ?, currency = ?,"
    " price_minor = ?, stock = ?, withdrawn = ?, source_at = ?, version = ?"
    " WHERE shop_id = ? AND product_id = ?";
inline constexpr char kSelectProducts[] = "SELECT shop_id, " REDRESS_PRODUCT_COLUMNS
                                          " FROM products FORCE INDEX (PRIMARY)"
                                          " WHERE (shop_id, product_id) IN (";
inline constexpr char kListProducts[] =
    "SELECT product_id FROM products FORCE INDEX (PRIMARY) WHERE shop_id = ? AND product_id < ?"
    " ORDER BY product_id DESC LIMIT ?";
inline constexpr char kListProductsOfCategory[] =
    "SELECT product_id FROM products FORCE INDEX (by_category) WHERE shop_id = ? AND category = ?"
    " AND product_id < ? ORDER BY product_id DESC LIMIT ?";
inline constexpr char kFindProductsByCode[] =
    "SELECT product_id FROM products FORCE INDEX (by_code) WHERE (shop_id, code) IN (";
inline constexpr char kFindSkusByCode[] =
    "SELECT product_id FROM product_skus FORCE INDEX (by_code) WHERE (shop_id, code) IN (";

inline constexpr int kSkuColumns = 8;
inline constexpr char kInsertSkus[] =
    "INSERT INTO product_skus (shop_id, product_id, sku_number, code, properties, price_minor,"
    " stock, withdrawn) VALUES ";
inline constexpr char kDeleteSkus[] =
    "DELETE FROM product_skus WHERE shop_id = ? AND product_id = ?";
inline constexpr char kSelectSkus[] =
    "SELECT product_id, sku_number, code, properties, price_minor, stock, withdrawn"
    " FROM product_skus FORCE INDEX (PRIMARY) WHERE (shop_id, product_id) IN (";

inline constexpr char kInsertWords[] =
    "INSERT INTO product_words (shop_id, word, product_id) VALUES ";
inline constexpr char kDeleteWords[] =
    "DELETE FROM product_words WHERE shop_id = ? AND product_id = ?";
// Eight words, the last one repeated; how many of them differ stands before the limit.
inline constexpr char kFindByWords[] =
    "SELECT product_id FROM product_words FORCE INDEX (PRIMARY) WHERE shop_id = ?"
    " AND word IN (?, ?, ?, ?, ?, ?, ?, ?) AND product_id < ?"
    " GROUP BY product_id HAVING COUNT(1) >= ? ORDER BY product_id DESC LIMIT ?";
// Of one character: it begins the word, or is the last of its title.
inline constexpr char kFindByCharacter[] =
    "SELECT DISTINCT product_id FROM product_words FORCE INDEX (PRIMARY) WHERE shop_id = ?"
    " AND word >= ? AND word < ? AND product_id < ? ORDER BY product_id DESC LIMIT ?";

inline constexpr char kListOrdersOfSku[] =
    "SELECT order_id FROM order_lines FORCE INDEX (by_sku) WHERE shop_id = ? AND sku = ?"
    " ORDER BY order_id DESC LIMIT ?";
inline constexpr char kSelectSkusOfOrders[] =
    "SELECT order_id, sku FROM order_lines FORCE INDEX (PRIMARY)"
    " WHERE removed = 0 AND postage = 0 AND (shop_id, order_id) IN (";

}  // namespace redress::order::sql
