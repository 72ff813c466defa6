#include "services/order/domain/product.h"

#include <algorithm>
#include <unordered_set>

#include "services/order/domain/gbk.h"
#include "services/platform/base/money.h"

namespace redress::order {
namespace {

bool IsNumber(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Cuts off and answers what stands before the separator, or all.
std::string_view Cut(std::string_view& rest, char separator) {
  const std::size_t end = rest.find(separator);
  const std::string_view part = rest.substr(0, end);
  rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
  return part;
}

// "20000:3275069:品牌:盈讯" → "品牌:盈讯".
std::string_view WithoutNumbers(std::string_view property) {
  std::string_view rest = property;
  const std::string_view first = Cut(rest, ':');
  const std::string_view second = Cut(rest, ':');
  const bool numbered = IsNumber(first) && IsNumber(second) && rest.find(':') != rest.npos;
  return numbered ? rest : property;
}

std::string Folded(std::string_view text) {
  std::string folded(text);
  for (char& c : folded) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return folded;
}

std::string PriceOf(const Product& product) {
  return platform::ToString(platform::Money{product.currency, product.price_minor});
}

std::vector<std::pair<std::string, std::string>> Row(const Product& product) {
  std::vector<std::pair<std::string, std::string>> row = {
      {"price", PriceOf(product)},
      {"stock", product.stock ? std::to_string(*product.stock) : ""},
      {"category", product.category}};
  for (auto& property : PropertiesOf(product.properties)) row.push_back(std::move(property));
  return row;
}

}  // namespace

std::vector<std::pair<std::string, std::string>> PropertiesOf(std::string_view text) {
  std::vector<std::pair<std::string, std::string>> properties;
  while (!text.empty()) {
    std::string_view rest = WithoutNumbers(Cut(text, ';'));
    if (rest.empty()) continue;
    const std::string_view name = Cut(rest, ':');
    properties.emplace_back(name, rest);
  }
  return properties;
}

std::variant<Product, Problem> PrepareProduct(Product product) {
  if (!platform::MinorDigits(product.currency)) {
    return Problem{"currency_code", "is not an ISO 4217 code; give three capitals such as CNY"};
  }
  std::unordered_set<std::string_view> seen;
  for (std::size_t i = 0; i < product.skus.size(); ++i) {
    if (!seen.insert(product.skus[i].number).second) {
      return Problem{"skus[" + std::to_string(i) + "].sku_number",
                     "is named twice in the product; every SKU needs a number of its own"};
    }
  }
  std::sort(product.skus.begin(), product.skus.end(),
            [](const Sku& a, const Sku& b) { return LineNumberLess(a.number, b.number); });
  std::optional<std::int64_t> lowest;
  std::optional<std::int64_t> stock;
  for (const Sku& sku : product.skus) {
    if (sku.withdrawn) continue;
    lowest = lowest ? std::min(*lowest, sku.price_minor) : sku.price_minor;
    if (sku.stock) stock = stock.value_or(0) + *sku.stock;
  }
  if (lowest) product.price_minor = *lowest;
  if (stock) product.stock = stock;
  return product;
}

ProductChange MergeProduct(Product pushed, const Product* stored, platform::IdSource& ids) {
  ProductChange change;
  if (stored == nullptr) {
    pushed.id = ids.New<ProductId>();
    pushed.version = 1;
    change.outcome = Outcome::kCreated;
    change.product = std::move(pushed);
    return change;
  }
  change.product = *stored;
  if (pushed.source_at < stored->source_at) return change;
  const std::int64_t source_at = pushed.source_at;
  pushed.id = stored->id;
  pushed.version = stored->version;
  pushed.source_at = stored->source_at;
  if (pushed == *stored) return change;
  pushed.source_at = source_at;
  ++pushed.version;
  change.outcome = Outcome::kChanged;
  change.product = std::move(pushed);
  return change;
}

std::vector<ComparedProperty> Compare(std::span<const Product> products) {
  std::vector<ComparedProperty> compared;
  for (std::size_t i = 0; i < products.size(); ++i) {
    for (auto& [name, value] : Row(products[i])) {
      auto known = std::find_if(compared.begin(), compared.end(),
                                [&, &name = name](const auto& each) { return each.name == name; });
      if (known == compared.end()) {
        compared.push_back({name, std::vector<std::string>(products.size()), false});
        known = compared.end() - 1;
      }
      std::string& cell = known->values[i];
      cell += (cell.empty() ? "" : ", ") + value;
    }
  }
  for (ComparedProperty& property : compared) {
    property.equal =
        std::all_of(property.values.begin(), property.values.end(),
                    [&](const std::string& value) { return value == property.values.front(); });
  }
  std::stable_partition(compared.begin(), compared.end(),
                        [](const ComparedProperty& each) { return !each.equal; });
  return compared;
}

std::vector<std::string> WordsOf(std::string_view text) {
  const std::string folded = Folded(text);
  std::vector<std::string> characters;
  for (std::size_t at = 0; at < folded.size();) {
    const std::size_t length = std::min(Utf8CharacterLength(folded[at]), folded.size() - at);
    characters.push_back(folded.substr(at, length));
    at += length;
  }
  std::vector<std::string> words;
  std::unordered_set<std::string> seen;
  for (std::size_t i = 0; i < characters.size(); ++i) {
    std::string word = characters[i];
    if (i + 1 < characters.size()) word += characters[i + 1];
    if (seen.insert(word).second) words.push_back(std::move(word));
  }
  return words;
}

bool TitleHas(const Product& product, std::string_view text) {
  return Folded(product.title).find(Folded(text)) != std::string::npos;
}

}  // namespace redress::order
