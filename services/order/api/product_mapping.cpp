#include "services/order/api/product_mapping.h"

#include "services/order/api/mapping.h"

namespace redress::order {
namespace {

void SetMoney(const std::string& currency, std::int64_t minor, redress::common::v1::Money& out) {
  out.set_currency_code(currency);
  out.set_minor_units(minor);
}

}  // namespace

Product FromProto(const v1::ProductInput& input, std::int64_t now_us) {
  Product product;
  product.platform = input.platform();
  product.number = input.item_number();
  product.code = input.code();
  product.title = input.title();
  product.category = input.category();
  product.properties = input.properties();
  product.currency = input.currency_code();
  product.price_minor = input.price_minor();
  if (input.has_stock()) product.stock = input.stock();
  product.withdrawn = input.withdrawn();
  product.source_at = input.has_source_time() ? ToMicros(input.source_time()) : now_us;
  for (const v1::SkuInput& from : input.skus()) {
    Sku sku{from.sku_number(),  from.code(), from.properties(),
            from.price_minor(), {},          from.withdrawn()};
    if (from.has_stock()) sku.stock = from.stock();
    product.skus.push_back(std::move(sku));
  }
  return product;
}

void ToProto(const Product& product, v1::Product& out) {
  out.set_product_id(platform::ToString(product.id));
  out.set_platform(product.platform);
  out.set_item_number(product.number);
  out.set_code(product.code);
  out.set_title(product.title);
  out.set_category(product.category);
  out.set_properties(product.properties);
  SetMoney(product.currency, product.price_minor, *out.mutable_price());
  if (product.stock) out.set_stock(static_cast<std::int32_t>(*product.stock));
  out.set_withdrawn(product.withdrawn);
  *out.mutable_source_time() = ToTimestamp(product.source_at);
  for (const Sku& sku : product.skus) {
    v1::Sku& added = *out.add_skus();
    added.set_sku_number(sku.number);
    added.set_code(sku.code);
    added.set_properties(sku.properties);
    SetMoney(product.currency, sku.price_minor, *added.mutable_price());
    if (sku.stock) added.set_stock(*sku.stock);
    added.set_withdrawn(sku.withdrawn);
  }
  out.set_etag(std::to_string(product.version));
}

void ToProto(const Recommendation& recommendation, v1::Recommendation& out) {
  ToProto(recommendation.product, *out.mutable_product());
  out.set_kind(static_cast<v1::RecommendationKind>(recommendation.kind));
  out.set_same_category(recommendation.same_category);
  for (const std::string& property : recommendation.shared_properties) {
    out.add_shared_properties(property);
  }
  out.set_bought_together(recommendation.bought_together);
  out.set_orders_seen(recommendation.orders_seen);
}

}  // namespace redress::order
