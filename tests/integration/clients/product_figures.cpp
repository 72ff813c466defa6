#include "tests/integration/clients/product_figures.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <stdexcept>

#include "clients/cpp/json.h"

namespace redress::test {
namespace {

using google::protobuf::Struct;
using Cells = std::map<std::string, std::string>;  // by column

struct Sold {
  std::string category;
  std::int64_t price_minor = 0;
  std::int64_t weight_g = 0;
};
using Shelf = std::map<std::string, Sold>;  // by number

std::vector<std::string> Split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::istringstream rest(text + separator);
  for (std::string part; std::getline(rest, part, separator);) parts.push_back(part);
  return parts;
}

// Of files without quotation marks, as these are.
std::vector<Cells> RowsOf(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  const std::vector<std::string> header = Split(line, ',');
  std::vector<Cells> rows;
  while (std::getline(file, line)) {
    const std::vector<std::string> cells = Split(line, ',');
    if (cells.size() != header.size()) throw std::runtime_error("not that simple: " + line);
    Cells& row = rows.emplace_back();
    for (std::size_t i = 0; i < cells.size(); ++i) row[header[i]] = cells[i];
  }
  return rows;
}

std::int64_t WeightIn(const std::string& properties) {
  for (const std::string& property : Split(properties, ';')) {
    const std::vector<std::string> parts = Split(property, ':');
    if (parts.front() == "weight_g") return std::stoll(parts.at(1));
  }
  return 0;
}

Struct FiguresOf(const Shelf& shelf, std::size_t lines_without_product) {
  std::map<std::string, double> products;
  std::map<std::string, double> prices;
  double weight_g = 0;
  for (const auto& [number, sold] : shelf) {
    ++products[sold.category];
    prices[sold.category] += static_cast<double>(sold.price_minor);
    weight_g += static_cast<double>(sold.weight_g);
  }
  Struct figures;
  client::Put(figures, "products", static_cast<double>(shelf.size()));
  client::Put(figures, "weight_g", weight_g);
  client::Put(figures, "lines_without_product", static_cast<double>(lines_without_product));
  for (const auto& [key, sums] : {std::pair("products_by_category", products),
                                  std::pair("price_minor_by_category", prices)}) {
    auto& by_category = *(*figures.mutable_fields())[key].mutable_struct_value();
    for (const auto& [category, sum] : sums) {
      client::Put(by_category, category.empty() ? "none" : category, sum);
    }
  }
  return figures;
}

}  // namespace

Struct OlistProductFigures(const std::filesystem::path& folder) {
  Shelf shelf;
  for (Cells& row : RowsOf(folder / "products.csv")) {
    Sold& sold = shelf[row["product_id"]];
    sold.category = row["product_category_name_english"];
    if (sold.category.empty()) sold.category = row["product_category_name"];
    if (!row["product_weight_g"].empty()) sold.weight_g = std::stoll(row["product_weight_g"]);
  }
  std::size_t lines_without_product = 0;
  std::set<std::string> priced;
  for (Cells& row : RowsOf(folder / "order_items.csv")) {
    const auto sold = shelf.find(row["product_id"]);
    if (sold == shelf.end()) {
      ++lines_without_product;
      continue;
    }
    const std::int64_t minor = std::llround(std::stod(row["price"]) * 100);
    std::int64_t& lowest = sold->second.price_minor;
    lowest = priced.insert(sold->first).second ? minor : std::min(lowest, minor);
  }
  return FiguresOf(shelf, lines_without_product);
}

Struct StoredProductFigures(const ImportShop& shop) {
  Shelf shelf;
  for (const auto& row :
       shop.Rows("SELECT item_number, category, price_minor, properties FROM redress_order.products"
                 " WHERE shop_id = {shop}")) {
    shelf[row.at(0)] = {row.at(1), std::stoll(row.at(2)), WeightIn(row.at(3))};
  }
  return FiguresOf(
      shelf, std::stoull(shop.Value(
                 "SELECT COUNT(*) FROM redress_order.order_lines l LEFT JOIN redress_order.products"
                 " p ON p.shop_id = l.shop_id AND p.code = l.sku WHERE l.shop_id = {shop}"
                 " AND l.removed = 0 AND l.postage = 0 AND l.unit_price <> ''"
                 " AND p.product_id IS NULL")));
}

}  // namespace redress::test
