// What a shop sells: articles, what may be chosen of them, and how many are in stock where a source
// says so.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "services/order/domain/order_input.h"
#include "services/order/domain/order_store.h"

namespace redress::order {

using ProductId = platform::StrongId<struct ProductTag>;

struct Sku {
  std::string number = {};  // the source's own name of it; its identity in the product
  std::string code = {};    // the seller's, which order lines name
  std::string properties = {};
  std::int64_t price_minor = 0;
  std::optional<std::int32_t> stock = {};  // nothing where no source says
  bool withdrawn = false;

  bool operator==(const Sku&) const = default;
};

struct Product {
  ProductId id;
  std::string platform;
  std::string number;  // the marketplace's; with the platform its identity in the shop
  std::string code;
  std::string title;
  std::string category;
  std::string properties;
  std::string currency;
  std::int64_t price_minor = 0;       // of one with SKUs the lowest
  std::optional<std::int64_t> stock;  // of one with SKUs their sum
  bool withdrawn = false;
  std::int64_t source_at = 0;
  std::uint32_t version = 0;
  std::vector<Sku> skus;  // by number

  // On sale, and in stock as far as a source says.
  bool Available() const { return !withdrawn && (!stock || *stock > 0); }
  bool operator==(const Product&) const = default;
};

// Names and values of "颜色:红;尺码:L", in order. A part without a colon is a name without a value;
// a platform's numbers before name and value ("20000:3275069:品牌:盈讯") are left out.
std::vector<std::pair<std::string, std::string>> PropertiesOf(std::string_view text);

// The product as it is stored: SKUs by number, the lowest price and the sum of stocks of those that
// are sold.
std::variant<Product, Problem> PrepareProduct(Product product);

// What a pushed product does to the stored one: nothing when it is older or says the same.
struct ProductChange {
  Outcome outcome = Outcome::kUnchanged;
  Product product;
};
ProductChange MergeProduct(Product pushed, const Product* stored, platform::IdSource& ids);

struct ComparedProperty {
  std::string name;
  std::vector<std::string> values;  // of each product; empty where one has none
  bool equal = false;

  bool operator==(const ComparedProperty&) const = default;
};

// Side by side: those that differ first, else in the order in which they are met.
std::vector<ComparedProperty> Compare(std::span<const Product> products);

// Pairs of neighbouring characters, and the last one alone, each once; ASCII letters count alike in
// either case.
std::vector<std::string> WordsOf(std::string_view text);
// Whether the title has the text in it, ASCII letters alike in either case.
bool TitleHas(const Product& product, std::string_view text);

struct ProductQuery {
  std::string text = {};
  std::string category = {};
  bool in_stock = false;
  std::optional<ProductId> before = {};
  std::size_t limit = 50;
};

struct FoundProducts {
  std::vector<Product> products;   // newest first
  std::optional<ProductId> after;  // where to go on; nothing at the end
};

// In what the latest orders of a product name beside it.
struct BoughtTogether {
  std::uint32_t orders_seen = 0;
  std::vector<std::pair<Product, std::uint32_t>> products;  // and in how many of the orders
};

// Thread-safe.
class ProductRepository {
 public:
  virtual ~ProductRepository() = default;

  virtual Outcome Store(ShopId shop, const Product& product) = 0;
  virtual std::optional<Product> Find(ShopId shop, ProductId id) = 0;
  // Those that the shop has, in no particular order.
  virtual std::vector<Product> FindMany(ShopId shop, std::span<const ProductId> ids) = 0;
  virtual std::optional<Product> FindByNumber(ShopId shop, const std::string& platform,
                                              const std::string& number) = 0;
  // By the code of the product or of a SKU; the newest of several.
  virtual std::optional<Product> FindByCode(ShopId shop, const std::string& code) = 0;
  virtual FoundProducts Search(ShopId shop, const ProductQuery& query) = 0;
  virtual BoughtTogether TogetherWith(ShopId shop, const Product& product) = 0;
};

}  // namespace redress::order
